"""权力清单·流程: what the bureau may do, on what basis, by which steps; the exemplar room."""
