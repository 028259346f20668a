"""Where things stand on every table page, whatever it holds: what a reader of scans looks for.

All in points from the lower left corner of an A4 page, printed at full size.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

PAGE: Final = (595.28, 841.89)
_EDGE, _MARK = 20.0, 11.0
_LEFT, _RIGHT = 48.0, 547.28
_BOX: Final = 13.0
_STRIP: Final = 50.0  # baseline of the tick strip


class Place(NamedTuple):
    """A rectangle: its lower left corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The fixed places of a table page.

    ``corners`` go clockwise from the upper left; the one at the lower right is hollow, so that a
    page upside down is known for one. ``ticks`` are named A–D and 1–4, ``date`` month and day
    digit by digit, ``notes`` by the head of the strip. The strip for facts begins higher, within
    ``body``, where the page has little to say.
    """

    corners: tuple[Place, Place, Place, Place]
    ticks: dict[str, Place]
    date: tuple[Place, Place, Place, Place]
    notes: dict[str, Place]
    qr: Place
    body: Place


def places() -> Places:
    """Return where everything stands."""
    wide, high = PAGE
    far_x, far_y = wide - _EDGE - _MARK, high - _EDGE - _MARK
    corners = (
        Place(_EDGE, far_y, _MARK, _MARK),
        Place(far_x, far_y, _MARK, _MARK),
        Place(far_x, _EDGE, _MARK, _MARK),
        Place(_EDGE, _EDGE, _MARK, _MARK),
    )
    ticks = {
        name: Place(_LEFT + 12 + at * 36.0 + (26.0 if at > 3 else 0.0), _STRIP, _BOX, _BOX)
        for at, name in enumerate("ABCD1234")
    }
    date = tuple(
        Place(_RIGHT - 94 + at * (_BOX + 3) + (16.0 if at > 1 else 0.0), _STRIP, _BOX, _BOX)
        for at in range(4)
    )
    notes: dict[str, Place] = {}
    top = 432.0
    for head, height in (("facts", 138.0), ("agreed", 100.0), ("people", 52.0), ("next", 62.0)):
        notes[head] = Place(_LEFT, top - height, _RIGHT - _LEFT, height)
        top -= height
    return Places(
        corners=corners,
        ticks=ticks,
        date=(date[0], date[1], date[2], date[3]),
        notes=notes,
        qr=Place(_RIGHT - 58, high - 48 - 58, 58, 58),
        body=Place(_LEFT, 444.0, _RIGHT - _LEFT, high - 48 - 444.0),
    )
