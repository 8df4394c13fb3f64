"""Chinese date formats as official documents write them."""
