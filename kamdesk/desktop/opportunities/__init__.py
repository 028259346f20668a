"""The list of opportunities."""
