"""Patterns of visits that come round again: a cycle of weeks, laid over the calendar."""
