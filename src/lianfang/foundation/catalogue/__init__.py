"""检索与计数: the index of every Row, for search and for counts that do not grow with the table."""
