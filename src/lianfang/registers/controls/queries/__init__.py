"""Reading measures and ledgers."""
