"""Risk points, negative lists, searches and gradings as JSON: the same queries and actions as the pages."""
