"""The composition root: the only place where all rooms meet."""
