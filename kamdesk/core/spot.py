"""A point on the earth, and how far it is to another as the crow flies."""

from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

_EARTH_KM: Final = 6371.0088
"""Mean radius (IUGG)."""


class Spot(NamedTuple):
    """Degrees north and east (WGS-84)."""

    lat: float
    lon: float

    @staticmethod
    def read(lat: float | None, lon: float | None) -> "Spot | None":
        """Return the point of two stored numbers; None when one lacks or there is no such point."""
        if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None
        return Spot(lat, lon)


def kilometres(one: Spot, other: Spot) -> float:
    """Return the great-circle distance in kilometres (haversine)."""
    north, east = radians(other.lat - one.lat), radians(other.lon - one.lon)
    half = sin(north / 2) ** 2
    half += cos(radians(one.lat)) * cos(radians(other.lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))
