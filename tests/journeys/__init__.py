"""Stories across rooms, in a real browser, against the demo bureau served as a user would serve it."""
