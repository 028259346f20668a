"""Turns points of Chinese map services into WGS-84: GCJ-02 and BD-09 are shifted on purpose."""

from math import atan2, cos, pi, radians, sin, sqrt
from typing import Final

from kamdesk.core.spot import Spot

_AXIS: Final = 6378245.0
_FLAT: Final = 0.00669342162296594323
"""Half axis and squared eccentricity of Krasovsky's ellipsoid, by which GCJ-02 is reckoned."""
_BAIDU: Final = pi * 3000 / 180
_SHIFTED: Final = (
    (42.8899, 79.4462, 49.2204, 96.3300),
    (39.3742, 109.6872, 54.1415, 135.0002),
    (29.5297, 73.1246, 42.8899, 124.143255),
    (26.7186, 82.9684, 29.5297, 97.0352),
    (20.414096, 97.0253, 29.5297, 124.367395),
    (17.871542, 107.975793, 20.414096, 111.744104),
)
"""South, west, north, east of what maps shift: the mainland, roughly."""
_NOT_SHIFTED: Final = (
    (21.785006, 119.921265, 25.398623, 122.497559),
    (20.0988, 101.8652, 22.2840, 106.6650),
    (20.4878, 106.4525, 21.5422, 108.0510),
    (50.3257, 109.0323, 55.8175, 119.1270),
    (49.5574, 127.4568, 55.8175, 137.0227),
    (42.5692, 131.2662, 44.8922, 137.0227),
)


def from_gcj(spot: Spot) -> Spot:
    """Return a point of GCJ-02 (Amap, Tencent, Google in China) in WGS-84, to within a metre.

    The shift was never published; this is the reconstruction everybody uses (eviltransform, MIT),
    turned round by coming closer three times. Abroad nothing is shifted.
    """
    lat, lon = spot
    if not _is_shifted(spot):
        return spot
    for _ in range(3):
        north, east = _shift(lat, lon)
        lat, lon = spot.lat - north, spot.lon - east
    return Spot(lat, lon)


def to_gcj(spot: Spot) -> Spot:
    """Return a point of WGS-84 in GCJ-02."""
    if not _is_shifted(spot):
        return spot
    north, east = _shift(spot.lat, spot.lon)
    return Spot(spot.lat + north, spot.lon + east)


def from_baidu(spot: Spot) -> Spot:
    """Return a point of BD-09 (Baidu) in WGS-84, to within some metres: by way of GCJ-02."""
    x, y = spot.lon - 0.0065, spot.lat - 0.006
    far = sqrt(x * x + y * y) - 0.00002 * sin(y * _BAIDU)
    turn = atan2(y, x) - 0.000003 * cos(x * _BAIDU)
    return from_gcj(Spot(far * sin(turn), far * cos(turn)))


def _is_shifted(spot: Spot) -> bool:
    return _within(spot, _SHIFTED) and not _within(spot, _NOT_SHIFTED)


def _within(spot: Spot, fields: tuple[tuple[float, float, float, float], ...]) -> bool:
    return any(
        south <= spot.lat <= north and west <= spot.lon <= east
        for south, west, north, east in fields
    )


def _shift(lat: float, lon: float) -> tuple[float, float]:
    """Return by how many degrees north and east GCJ-02 is off at a point of WGS-84."""
    x, y = lon - 105.0, lat - 35.0
    waves = 20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += (waves + 20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += (waves + 20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    bent = 1 - _FLAT * sin(radians(lat)) ** 2
    north *= 180 / (_AXIS * (1 - _FLAT) / (bent * sqrt(bent)) * pi)
    east *= 180 / (_AXIS / sqrt(bent) * cos(radians(lat)) * pi)
    return north, east
