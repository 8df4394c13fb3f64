"""法规依据: laws and regulations that powers and 制度 rest on, and what replaced them."""
