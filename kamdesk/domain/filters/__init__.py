"""Filters of lists that their user has given a name."""
