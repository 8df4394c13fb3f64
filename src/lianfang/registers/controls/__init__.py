"""防控措施·台账: measures tied to a risk and its grade, and the ledger generated from what was approved."""
