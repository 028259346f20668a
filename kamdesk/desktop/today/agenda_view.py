"""The agenda of a day on a true scale of time: hours, visits, free time in between, now."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.clock import Instant
from kamdesk.core.ids import VisitId
from kamdesk.core.minutes import length
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.today.block import MeetingBlock
from kamdesk.desktop.today.time_scale import Gap, Slot, Way, gaps, hours, minutes_at, slots, ways
from kamdesk.desktop.visits.appointments import Stretch, paint_appointments, stretches
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.visits.calendar import Span
from kamdesk.dossier.agenda import Meeting
from kamdesk.dossier.day import DayRead

_HOUR = 72
_LEFT = 48
_TOP = 14
_SMALLEST = 14
"""So many pixels high a way must be for its minutes to stand beside it."""


class AgendaView(QWidget):
    """Hours are painted, visits stand on them as blocks; ``opened`` is told which was pressed."""

    def __init__(self, opened: Callable[[Meeting], object], plan: Button) -> None:
        super().__init__()
        self.setAccessibleName(looks.said(Text("Agenda")))
        self.blocks: list[MeetingBlock] = []
        self._opened = opened
        self._slots: list[Slot] = []
        self._taken: list[Stretch] = []
        self._gaps: list[Gap] = []
        self.ways: list[Way] = []
        self._minutes: Mapping[VisitId, int] = {}
        self._hours = range(8, 19)
        self._now: int | None = None
        self._now_words = ""
        self._line = _NowLine(self)
        self._none = _NoVisits(plan, self)

    def show_day(self, read: DayRead) -> None:
        """Show a day as it was read."""
        focused = next((block.meeting.id for block in self.blocks if block.hasFocus()), None)
        for block in self.blocks:
            block.hide()
            block.deleteLater()
        self._slots = slots(read.meetings, read.day)
        self._taken = stretches(read.appointments, read.day, 1)
        self.show_ways(self._minutes)
        self._tell_now(read.now, shown=read.day == read.today)
        coming = read.next()
        self.blocks = []
        for slot in self._slots:
            is_next = coming is not None and slot.meeting.id == coming.id
            block = MeetingBlock(
                slot.meeting, read.now, is_next=is_next, narrow=slot.lanes > 1, parent=self
            )
            block.fill(self._height(slot))
            block.clicked.connect(lambda _=False, one=slot.meeting: self._opened(one))
            block.show()
            self.blocks.append(block)
            if slot.meeting.id == focused:
                block.setFocus(Qt.FocusReason.OtherFocusReason)
        self._none.setVisible(not self.blocks)
        self.setFixedHeight(round(self._y(self._hours[-1] * 60)) + theme.now().px(_TOP))
        self._place()
        self.update()

    def show_ways(self, minutes: Mapping[VisitId, int]) -> None:
        """Show how long the ways to the visits are; ``minutes`` by the visit's id."""
        self._minutes = minutes
        self._gaps = gaps(self._slots, minutes, self._busy)
        self.ways = ways(self._slots, minutes)
        told = [looks.said(way_words(way)) for way in self.ways]
        told += [one.words for one in self._taken]
        self.setAccessibleDescription(looks.joined(*told))
        self.update()

    def _tell_now(self, now: Instant, *, shown: bool) -> None:
        self._now = minutes_at(now, now.day) if shown else None
        self._now_words = looks.clock(now.local)
        self._hours = hours(self._slots, self._now, self._busy)

    @property
    def _busy(self) -> list[Gap]:
        """When something else takes one's time."""
        return [Gap(one.begins, one.ends) for one in self._taken if one.one.busy]

    def _y(self, minutes: float) -> float:
        look = theme.now()
        return look.px(_TOP) + (minutes / 60 - self._hours[0]) * look.px(_HOUR)

    def _height(self, slot: Slot) -> int:
        return round(self._y(slot.bottom)) - round(self._y(slot.top))

    def _place(self) -> None:
        look = theme.now()
        left, room = look.px(_LEFT), self.width() - look.px(_LEFT)
        gap = look.px(4)
        for slot, block in zip(self._slots, self.blocks, strict=True):
            wide = (room - gap * (slot.lanes - 1)) / slot.lanes
            x = left + slot.lane * (wide + gap)
            block.setGeometry(round(x), round(self._y(slot.top)), round(wide), self._height(slot))
        self._line.setVisible(self._now is not None)
        if self._now is not None:
            high = look.px(9)
            top = round(self._y(self._now) - high / 2)
            self._line.setGeometry(left - high // 2, top, room + high // 2, high)
            self._line.raise_()
        middle = self.height() // 2
        self._none.setGeometry(left, middle - look.px(60), room, look.px(130))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        now = None if self._now is None else self._y(self._now)
        for hour in self._hours:
            y = round(self._y(hour * 60))
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(look.px(_LEFT), y, self.width(), y)
            if now is None or abs(y - now) > look.px(14):
                self._label(painter, y, f"{hour}:00", Type.SMALL, Tone.MUTED)
        if now is not None:
            self._label(painter, now, self._now_words, Type.SMALL_STRONG, Tone.BRICK)
        covered = [(0, Span(b"", slot.top, slot.bottom)) for slot in self._slots]
        paint_appointments(painter, self._taken, _Ruler(self._y, self.width()), covered)
        for gap in self._gaps:
            self._free(painter, gap)
        for way in self.ways:
            self._paint_way(painter, way)

    def _label(self, painter: QPainter, y: float, words: str, role: Type, tone: Tone) -> None:
        look = theme.now()
        font = look.font(role)
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        right = look.px(_LEFT - 14)
        left = right - QFontMetricsF(font).horizontalAdvance(words)
        painter.drawText(QPointF(left, round(y + 0.365 * font.pixelSize())), words)

    def _paint_way(self, painter: QPainter, way: Way) -> None:
        """Paint a way as a dotted line down to its visit, with its minutes."""
        look = theme.now()
        top, low = self._y(way.top), self._y(way.bottom)
        pen = QPen(look.colour("edge"), 1.5)
        pen.setDashPattern([1.5, 2.0])
        painter.setPen(pen)
        x = look.px(_LEFT + 18)
        painter.drawLine(QPointF(x, top + 1), QPointF(x, low - 2))
        if low - top >= look.px(_SMALLEST):
            tone = Tone.OCHRE if way.is_short_of_time else Tone.MUTED
            self._beside(painter, (top + low) / 2, looks.said(way_words(way)), tone)

    def _free(self, painter: QPainter, gap: Gap) -> None:
        if self._now is not None and gap.bottom <= self._now:
            return
        words = looks.said(free_words(gap.bottom - gap.top))
        self._beside(painter, (self._y(gap.top) + self._y(gap.bottom)) / 2, words, Tone.MUTED)

    def _beside(self, painter: QPainter, middle: float, words: str, tone: Tone) -> None:
        """Paint words between the visits; no line of the hours runs through them."""
        look = theme.now()
        font = look.font_for(Type.SMALL, words)
        left = look.px(_LEFT + 34)
        wide = QFontMetricsF(font).horizontalAdvance(words)
        behind = QRectF(left - look.px(6), middle - look.px(9), wide + look.px(12), look.px(18))
        painter.fillRect(behind, look.colour("page"))
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        painter.drawText(QPointF(left, round(middle + 0.365 * font.pixelSize())), words)


class _Ruler(NamedTuple):
    """Where the minutes of the one day lie, for what is painted below its visits."""

    down: Callable[[float], float]
    wide: int

    def y(self, minute: float, /) -> float:
        """Return how far down a minute lies."""
        return self.down(minute)

    def box(self, _day: int, begins: int, ends: int, /) -> QRect:
        """Return where a stretch of the day lies."""
        left, top = theme.now().px(_LEFT), self.down(begins)
        return QRectF(left, top, self.wide - left, self.down(ends) - top).toRect()


def way_words(way: Way) -> Text:
    """Return how long a way is, and that the time for it does not suffice."""
    if way.is_short_of_time:
        between = way.bottom - way.top
        return Text(
            "{length} on the road, only {between} between",
            length=length(way.minutes),
            between=length(between),
        )
    return Text("{length} on the road", length=length(way.minutes))


def free_words(minutes: int) -> Text:
    """Return how long somebody is free: free 2 h 20, free 45 min."""
    return Text("Free {length}", length=length(minutes))


class _NowLine(QWidget):
    """The line of now, above the blocks; nobody can touch it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(Tone.BRICK))
        high = self.height()
        painter.drawEllipse(QRectF(0, 0, high, high).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.drawRect(QRectF(high / 2, high / 2 - 1, self.width() - high / 2, 2))


class _NoVisits(QWidget):
    """What stands on a day without visits."""

    def __init__(self, plan: Button, parent: QWidget) -> None:
        super().__init__(parent)
        look = theme.now()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), 0, 0, 0)
        column.setSpacing(look.px(6))
        column.addWidget(PlainLabel(Text("No visits on this day"), Type.STRONG))
        sentence = Text("A visit stands here on its hour, with what for and who will sit there.")
        words = PlainLabel(sentence, Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        column.addWidget(words)
        column.addSpacing(look.px(4))
        column.addWidget(plan)
        column.addStretch(1)
        self.setAutoFillBackground(True)
