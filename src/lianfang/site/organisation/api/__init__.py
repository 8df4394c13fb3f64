"""Units, posts, people and tenures as JSON: the same queries and actions as the pages, the same refusals."""
