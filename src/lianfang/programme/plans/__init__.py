"""Implementation plans (实施方案): their stages, tasks, deadlines and what has to be reported to whom."""
