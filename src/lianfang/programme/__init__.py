"""Who owes what by when: plans, stages, deliverables."""
