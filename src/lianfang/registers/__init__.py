"""What is true of the bureau: laws, powers, risks, regulations, controls."""
