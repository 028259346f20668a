"""Where days and minutes lie on a calendar of hours, in pixels."""

from typing import Final, NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF

from kamdesk.desktop import theme
from kamdesk.domain.visits.calendar import STEP, Lane, snapped

GUTTER: Final = 64
HOUR: Final = 56
FOOT: Final = 8
"""Pixels at 100 %: for the figures at the left, for an hour, above and below the day."""
_ALONE: Final = Lane(0, 1)


class Slot(NamedTuple):
    """A half hour of a day shown: which day, and its first minute after midnight."""

    day: int
    minute: int


class Scale(NamedTuple):
    """The scale of a calendar so wide and high, with so many days."""

    width: int
    height: int
    days: int

    @property
    def columns(self) -> list[QRectF]:
        """The column of each day."""
        left = theme.now().px(GUTTER)
        wide = (self.width - left) / max(self.days, 1)
        return [QRectF(left + n * wide, 0, wide, self.height) for n in range(max(self.days, 1))]

    def y(self, minute: float) -> float:
        """Return how far down a minute of the day lies."""
        look = theme.now()
        return look.px(FOOT) + minute * look.px(HOUR) / 60

    def minute_at(self, y: float) -> float:
        """Return which minute of the day lies so far down."""
        look = theme.now()
        return (y - look.px(FOOT)) * 60 / look.px(HOUR)

    def box(self, day: int, begins: int, ends: int, lane: Lane = _ALONE) -> QRect:
        """Return where a stretch of a day lies, in its lane."""
        look = theme.now()
        column = self.columns[day]
        wide = (column.width() - look.px(10)) / lane.of
        top, foot = self.y(begins), self.y(ends)
        left = column.left() + look.px(4) + lane.at * wide
        return QRectF(left, top + 1, wide - 1, foot - top - 2).toRect()

    def slot_at(self, at: QPoint, *, nearest: bool = False) -> Slot | None:
        """Return the half hour that covers a place, or the ``nearest``; None left of all days."""
        columns = self.columns
        if at.x() < columns[0].left() and not nearest:
            return None
        days = range(len(columns))
        day = next((n for n in days if at.x() < columns[n].right()), len(columns) - 1)
        minute = self.minute_at(at.y())
        return Slot(day, snapped(minute if nearest else minute - STEP / 2))
