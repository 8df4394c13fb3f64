"""账户授权: who may log in, and which role each holds over which subtree of units, from when to when."""
