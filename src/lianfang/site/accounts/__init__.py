"""Pages of accounts: one for each of the three administrators, and the pages that everybody has.

They stand here and not in the room of accounts because choosing a scope needs the tree of units, which lies above it.
"""
