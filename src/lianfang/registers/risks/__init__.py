"""三级负面清单·风险点·定级: what could go wrong, found by whom, graded how."""
