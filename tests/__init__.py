"""Tests of the whole: the house rules, traceability and the commands; each room keeps its own tests."""
