"""Checks of a bureau in the browser: run and stored, listed, scored, waived, explained rule by rule."""
