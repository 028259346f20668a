"""How large a map is shown at first: all of it, clear of what stands in the frame's corners."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF

LEAST: Final = 0.6
"""Smaller than this a map is scrolled, not shrunk, until one asks for the whole."""


class Sight(NamedTuple):
    """Pixels to one unit of the drawing, and the point of it in the middle of the frame."""

    scale: float
    middle: QPointF


def first_sight(
    frame: QRectF,
    cards: Sequence[QRectF],
    whole: QRectF,
    corners: Sequence[QRectF],
    *,
    full: float,
    least: float,
    side: float,
) -> Sight:
    """Return how a map is seen as a whole.

    ``frame`` and ``corners`` (what stands over the map) are in pixels, ``cards`` and ``whole`` in
    the drawing's units; ``full`` and ``least`` bound the scale, ``side`` pixels stay free around.
    The map stands where it is largest with no card under a corner: in the middle, between the
    corners, or below them. Too large a map is seen from its top, at whoever stands highest.
    """
    left = max((box.right() for box in corners if box.x() < frame.center().x()), default=side)
    right = min((box.x() for box in corners if box.x() > frame.center().x()), default=frame.width())
    foot = max((box.bottom() for box in corners), default=0.0)
    rooms = (
        frame.adjusted(side, side, -side, -side),
        QRectF(left + side, side, right - left - 2 * side, frame.height() - 2 * side),
        frame.adjusted(side, foot + side / 2, -side, -side),
    )
    middle, between, below = (
        _fitted(room, frame, cards, whole, full=full, least=least) for room in rooms
    )
    clear = [
        sight
        for sight in (middle, between)
        if not any(_seen(card, sight, frame).intersects(box) for card in cards for box in corners)
    ]
    return max((*clear, below), key=lambda sight: sight.scale)


def _fitted(
    room: QRectF,
    frame: QRectF,
    cards: Sequence[QRectF],
    whole: QRectF,
    *,
    full: float,
    least: float,
) -> Sight:
    """Return a map seen in the middle of a part of the frame."""
    scale = min(room.width() / whole.width(), room.height() / whole.height(), full)
    scale = max(scale, least)
    wide, high = room.width() / scale, room.height() / scale
    down = max((whole.height() - high) / 2, 0.0)  # too high to be seen whole: its top is
    across = whole.center().x()
    if whole.width() > wide:  # too wide: who stands at the top is in the middle
        top = min(cards, key=lambda card: card.y(), default=whole)
        most = (whole.width() - wide) / 2
        across += min(max(top.center().x() - across, -most), most)
    aside = (frame.center() - room.center()) / scale
    return Sight(scale, QPointF(across, whole.center().y() - down) + aside)


def _seen(card: QRectF, sight: Sight, frame: QRectF) -> QRectF:
    corner = (card.topLeft() - sight.middle) * sight.scale + frame.center()
    return QRectF(corner, card.size() * sight.scale).adjusted(-16, -26, 16, 16)
