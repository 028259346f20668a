"""Taking in a foreign file: look first, then take it."""
