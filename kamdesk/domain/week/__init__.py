"""The week planner: which customers on which day in which order, and why."""
