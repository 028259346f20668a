"""Where days and minutes lie on a calendar of hours, in pixels."""

from typing import Final, NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF

from kamdesk.desktop import theme
from kamdesk.domain.visits.calendar import STEP, Lane, snapped

GUTTER: Final = 64
FOOT: Final = 8
"""Pixels at 100 %: for the figures at the left, above and below the day."""
_HOUR, _TALL, _NARROW = 56, 76, 128
"""An hour; one where a day is so narrow that names need two lines in half an hour."""
_LEAST: Final = 54
"""An hour at least, where the hours shown fill what room there is."""
_ALONE: Final = Lane(0, 1)


class Slot(NamedTuple):
    """A half hour of a day shown: which day, and its first minute after midnight."""

    day: int
    minute: int


class Scale(NamedTuple):
    """The scale of a calendar so wide and high, with so many days.

    It shows the hours from ``opens`` to ``closes``; one that ``fills`` makes them as high as there
    is room for.
    """

    width: int
    height: int
    days: int
    opens: int = 0
    closes: int = 1440
    fills: bool = False

    @property
    def hour(self) -> int:
        """How high an hour is."""
        look = theme.now()
        if self.fills:
            return max(self._least, (self.height - look.px(FOOT) * 2) * 60 // self._minutes)
        return look.px(_TALL if self.columns[0].width() < look.px(_NARROW) else _HOUR)

    @property
    def whole(self) -> int:
        """How high all hours are, with what is left free above and below; at least if it fills."""
        hour = self._least if self.fills else self.hour
        return hour * self._minutes // 60 + theme.now().px(FOOT) * 2

    @property
    def _least(self) -> int:
        return theme.now().px(_LEAST)

    @property
    def _minutes(self) -> int:
        return self.closes - self.opens

    @property
    def columns(self) -> list[QRectF]:
        """The column of each day."""
        left = theme.now().px(GUTTER)
        wide = (self.width - left) / max(self.days, 1)
        return [QRectF(left + n * wide, 0, wide, self.height) for n in range(max(self.days, 1))]

    def y(self, minute: float) -> float:
        """Return how far down a minute of the day lies."""
        return theme.now().px(FOOT) + (minute - self.opens) * self.hour / 60

    def minute_at(self, y: float) -> float:
        """Return which minute of the day lies so far down."""
        return (y - theme.now().px(FOOT)) * 60 / self.hour + self.opens

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
