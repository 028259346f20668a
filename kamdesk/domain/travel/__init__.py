"""From address to place, and how long it takes from one to another."""
