"""Pure Python words that every floor above may use: no Django, no input or output."""
