"""Writing the room, each action in four beats: allow, change, record, return."""
