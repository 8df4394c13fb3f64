"""The rules of the house, each a small check that is itself shown to fail on a bad sample."""
