"""The page of one opportunity."""
