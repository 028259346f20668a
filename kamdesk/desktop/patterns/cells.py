"""The cycle at a glance: a row a week, a column a day, who is seen when."""

from collections import defaultdict

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kamdesk.core.minutes import hours_minutes
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.patterns.reading import WEEKDAYS
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.shortening import shortened
from kamdesk.dossier.patterns import StopLine

_LINES = 3
_WORKING = 5


class CycleCells(QWidget):
    """Painted, read out as one sentence; the list below it is what one works in."""

    def __init__(self) -> None:
        super().__init__()
        self._weeks = 1
        self._cells: dict[tuple[int, int], list[str]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_cycle(self, weeks: int, stops: list[StopLine]) -> None:
        """Show a cycle of so many weeks."""
        cells: dict[tuple[int, int], list[str]] = defaultdict(list)
        for one in stops:
            words = f"{hours_minutes(one.stop.begins)} {looks.cut(one.account_name, 60)}"
            cells[one.stop.week, one.stop.weekday].append(words)
        self._weeks, self._cells = weeks, cells
        self.setAccessibleName(
            looks.said(Text("{n} visit in {weeks} weeks", "{n} visits in {weeks} weeks",
                            n=len(stops), weeks=weeks))
        )  # fmt: skip
        self.updateGeometry()
        self.update()

    @property
    def _days(self) -> int:
        return max((day + 1 for _, day in self._cells), default=0) if self._late else _WORKING

    @property
    def _late(self) -> bool:
        return any(day >= _WORKING for _, day in self._cells)

    def _high(self, week: int) -> int:
        most = max((len(self._cells.get((week, day), ())) for day in range(7)), default=0)
        return theme.now().px(12 + 18 * max(1, min(most, _LINES + 1)))

    def sizeHint(self) -> QSize:
        look = theme.now()
        rows = sum(self._high(week) for week in range(1, self._weeks + 1))
        return QSize(look.px(600), look.px(26) + rows + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.now().px(300), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.now(), QPainter(self)
        head, left = look.px(26), look.px(64)
        wide = (self.width() - left) / max(1, self._days)
        small = look.font(Type.SMALL)
        painter.setFont(small)
        painter.setPen(look.colour(Tone.MUTED))
        for day in range(self._days):
            box = QRectF(left + day * wide, 0, wide - look.px(8), head)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, looks.said(WEEKDAYS[day]))
        top = float(head)
        for week in range(1, self._weeks + 1):
            high = self._high(week)
            painter.setPen(look.colour("line"))
            painter.drawLine(0, round(top), self.width(), round(top))
            painter.setPen(look.colour(Tone.MUTED))
            label = QRectF(0, top + look.px(6), left, look.px(18))
            words = looks.capital(Text("week {n}", n=week))
            painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, words)
            for day in range(self._days):
                self._paint_cell(painter, week, day, left + day * wide, top, wide)
            top += high

    def _paint_cell(
        self, painter: QPainter, week: int, day: int, left: float, top: float, wide: float
    ) -> None:
        look = theme.now()
        lines = self._cells.get((week, day), [])
        shown = lines if len(lines) <= _LINES + 1 else lines[:_LINES]
        more = len(lines) - len(shown)
        if more:
            shown = [*shown, looks.said(Text("and {n} more", n=more))]
        room = wide - look.px(8)
        for n, words in enumerate(shown):
            painter.setFont(look.font_for(Type.SMALL, words))
            painter.setPen(look.colour(Tone.INK))
            cut = _cut(words, painter.fontMetrics(), int(room))
            box = QRectF(left, top + look.px(6 + 18 * n), room, look.px(18))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, cut)


def _cut(words: str, metrics: QFontMetrics, room: int) -> str:
    """Return a time and a name in so much room: the name shortened, else elided."""
    time, _, name = words.partition(" ")
    short = shortened(name, lambda form: metrics.horizontalAdvance(f"{time} {form}") <= room)
    return metrics.elidedText(f"{time} {short}", Qt.TextElideMode.ElideRight, room)
