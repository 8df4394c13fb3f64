"""What this software needs in time and memory: each module here measures one thing and returns figures."""
