"""Reading the room: risk points, gradings, negative lists, searches, and what follows for posts and powers."""
