"""Visits: planned, held, closed; who sat there and what was learnt."""
