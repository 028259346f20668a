"""Promises of both sides: who, what, by when, kept or not."""
