"""操作日志: who did what to which entry, when, on what basis; append-only."""
