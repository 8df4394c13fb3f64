"""Reading programmes: lists and single programmes, the reading of a plan, the submission matrix."""
