"""Reads a point on the earth from what was pasted: links of map services, numbers, degrees."""

from kamdesk.core.spot import Spot


def coordinates(pasted: str) -> Spot | None:
    """Return the point (WGS-84) named by a pasted text; None when it names none."""
    return None
