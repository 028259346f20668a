"""Visits of all customers: the log, and the calendar of a day, a week, a month."""
