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
    The map moves below the corners only where a card would lie under one. Too large a map is seen
    from its top, at whoever stands highest.
    """
    foot = max((corner.bottom() for corner in corners), default=0.0)
    high = _below(frame, cards, whole, side, full=full, least=least, side=side)
    if any(_seen(card, high, frame).intersects(box) for card in cards for box in corners):
        return _below(frame, cards, whole, foot + side / 2, full=full, least=least, side=side)
    return high


def _below(
    frame: QRectF,
    cards: Sequence[QRectF],
    whole: QRectF,
    head: float,
    *,
    full: float,
    least: float,
    side: float,
) -> Sight:
    room = frame.adjusted(side, head, -side, -side)
    scale = min(room.width() / whole.width(), room.height() / whole.height(), full)
    scale = max(scale, least)
    wide, high = room.width() / scale, room.height() / scale
    down = max((whole.height() - high) / 2, 0.0)  # too high to be seen whole: its top is
    lift = (head - side) / 2 / scale
    across = whole.center().x()
    if whole.width() > wide:  # too wide: who stands at the top is in the middle
        top = min(cards, key=lambda card: card.y(), default=whole)
        left, right = whole.left() + wide / 2, whole.right() - wide / 2
        across = min(max(top.center().x(), left), right)
    return Sight(scale, QPointF(across, whole.center().y() - down - lift))


def _seen(card: QRectF, sight: Sight, frame: QRectF) -> QRectF:
    corner = (card.topLeft() - sight.middle) * sight.scale + frame.center()
    return QRectF(corner, card.size() * sight.scale).adjusted(-8, -8, 8, 8)
