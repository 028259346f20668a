"""Patterns of visits: made from a good week or by hand, laid out over the weeks to come."""
