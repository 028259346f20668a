"""Opportunities: a chance to sell something to a customer, until it is won or lost."""
