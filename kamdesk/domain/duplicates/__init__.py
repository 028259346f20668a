"""Pairs of records somebody looked at and found to be two, not one."""
