"""Calendars of other programs on screen: in, out, what stands in them, and days away."""
