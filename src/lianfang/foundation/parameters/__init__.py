"""参数: quantities that the plan or a norm leaves open, each with its owner, default and approval record (S88)."""
