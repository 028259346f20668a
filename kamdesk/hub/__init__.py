"""The hub: one log for a team, one order for all, and who may read what."""
