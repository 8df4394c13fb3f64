"""Pages of measures and ledgers."""
