"""Fields a workspace adds to customers, people and visits, and what they hold."""
