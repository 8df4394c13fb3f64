"""制度: the bureau's own regulations, how they were evaluated, and which powers they cover."""
