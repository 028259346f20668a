"""Minutes: what both sides take from a meeting, for the customer to read."""
