"""The time slider below the canvas: any past day, the days on which the map changed, play."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.clock import Day, days_between
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.chain.panel_analysis import MONTH
from kamdesk.desktop.chain.panel_marks import BallPair
from kamdesk.desktop.chain.panel_words import month_words
from kamdesk.desktop.stances import paint_ball
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel

SHORTEST: Final = 180
"""Days the slider reaches back at least."""


_ROOMY: Final = 620
"""Narrower, what changed is said by the key U only."""


class Tick(NamedTuple):
    """A day on which the map changed, with the stances taken on it."""

    day: Day
    stances: tuple[int | None, ...] = ()


class Change(NamedTuple):
    """One change as the slider says it: its words; the stance before and after where it is one."""

    words: Text | str
    stance: tuple[int | None, int | None] | None = None


class TimeTrack(QWidget):
    """The line of days. Signals: ``chosen(day)``. ``← →`` go by days, with Shift by changes."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.first = self.today = self.day = Day.min
        self.ticks: tuple[Tick, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(theme.now().px(160))
        self.setAccessibleName(looks.said(Text("Day of the map")))

    def show_days(self, ticks: Sequence[Tick], day: Day, today: Day) -> None:
        """Show the days with changes, oldest first; ``day`` is the one that is seen."""
        self.ticks, self.day, self.today = tuple(ticks), day, today
        earliest = min((ticks[0].day if ticks else today), day)
        self.first = min(earliest - timedelta(days=7), today - timedelta(days=SHORTEST))
        self.setAccessibleDescription(looks.day(day, today=today))
        self.update()

    @property
    def since(self) -> Day:
        """The day with which the one shown is compared."""
        return max(self.day - timedelta(days=MONTH), self.first)

    def neighbour(self, way: int) -> Day:
        """Return the next day with changes before (−1) or after (1); else the end."""
        days = [tick.day for tick in self.ticks]
        if way < 0:
            n = bisect_left(days, self.day) - 1
            return days[n] if n >= 0 else self.first
        n = bisect_right(days, self.day)
        return days[n] if n < len(days) else self.today

    def beside(self, days: int) -> Day:
        """Return the day so many days on, within the line."""
        return min(max(self.day + timedelta(days=days), self.first), self.today)

    # ---- geometry

    def at(self, day: Day) -> float:
        """Return where a day stands, in pixels from the left."""
        look = theme.now()
        reach = self.width() - 2 * look.px(10)
        whole = max(days_between(self.first, self.today), 1)
        return look.px(10) + reach * days_between(self.first, day) / whole

    def day_at(self, x: float) -> Day:
        """Return the day at a place."""
        look = theme.now()
        reach = max(self.width() - 2 * look.px(10), 1)
        share = min(max((x - look.px(10)) / reach, 0.0), 1.0)
        return self.first + timedelta(days=round(share * days_between(self.first, self.today)))

    def _press(self, x: float) -> None:
        day = self.day_at(x)
        if day != self.day:
            self.chosen.emit(day)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._press(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not way:
            super().keyPressEvent(event)
            return
        by_change = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self.chosen.emit(self.neighbour(way) if by_change else self.beside(way))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.first == Day.min:
            return
        look, painter = theme.now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() * 0.5
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.drawLine(QPointF(self.at(self.first), base), QPointF(self.at(self.today), base))
        self._paint_months(painter, base)
        free = -1.0
        for tick in self.ticks:
            at = self.at(tick.day)
            painter.setPen(QPen(look.colour(Tone.SECOND), 1.6))
            painter.drawLine(QPointF(at, base - look.px(8)), QPointF(at, base - look.px(2)))
            if tick.stances and at - free > look.px(13):
                paint_ball(painter, QPointF(at, base - look.px(16)), tick.stances[-1], look.px(4))
                free = at
        painter.setPen(QPen(look.colour(Tone.ACCENT), 3))
        painter.drawLine(QPointF(self.at(self.since), base), QPointF(self.at(self.day), base))
        painter.setPen(QPen(look.colour(Tone.ACCENT), 2))
        painter.setBrush(look.colour("page"))
        painter.drawEllipse(QPointF(self.at(self.since), base), look.px(4.5), look.px(4.5))
        painter.setBrush(look.colour(Tone.ACCENT))
        painter.drawEllipse(QPointF(self.at(self.day), base), look.px(6), look.px(6))
        if self.hasFocus():
            theme.focus_ring(painter, QRectF(self.rect()).adjusted(0, 2, 0, -2), look.px(4))

    def _paint_months(self, painter: QPainter, base: float) -> None:
        look = theme.now()
        font = look.font(Type.TINY)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.MUTED))
        month, free = _next_month(self.first), -1.0
        while month <= self.today:
            at = self.at(month)
            painter.drawLine(QPointF(at, base), QPointF(at, base + look.px(4)))
            words = str(month.year) if month.month == 1 else month_words(month)
            wide = metrics.horizontalAdvance(words)
            if at - wide / 2 > free and at + wide / 2 < self.width():
                painter.drawText(QPointF(at - wide / 2, base + look.px(20)), words)
                free = at + wide / 2 + look.px(8)
            month = _next_month(month)


def _next_month(day: Day) -> Day:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


class TimeSlider(QWidget):
    """64 px: play, the day, the line of days, what changed lately.

    Signals: ``chosen(day)`` another day is wanted · ``played`` play or stop · ``listed`` all
    changes are wanted.
    """

    chosen = Signal(object)
    played = Signal()
    listed = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.setFixedHeight(look.px(64))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(24), look.px(2), look.px(20), look.px(2))
        row.setSpacing(look.px(12))
        self.play = Button(Text("Play"), icon="play", keys="Space")
        self.play.clicked.connect(self.played)
        self.play.shorten(True)
        self.day = PlainLabel("", Type.STRONG)
        self.track = TimeTrack()
        self.track.chosen.connect(self.chosen)
        row.addWidget(self.play)
        row.addWidget(self.day)
        row.addWidget(self.track, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self.summary = PlainLabel("", Type.SMALL_STRONG, fit=Fit.WRAP)
        self._first = QHBoxLayout()
        self._first.setSpacing(look.px(6))
        right.addStretch(1)
        right.addWidget(self.summary)
        right.addLayout(self._first)
        right.addStretch(1)
        holder = QWidget()
        holder.setLayout(right)
        holder.setFixedWidth(look.px(206))
        self._changes = holder
        row.addWidget(holder)
        self.setAccessibleName(looks.said(Text("Time")))

    def show_days(self, ticks: Sequence[Tick], day: Day, today: Day) -> None:
        """Show the days with changes, and the one that is seen."""
        self.track.show_days(ticks, day, today)
        self.day.say(looks.day(day, today=today))

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Say what changed between ``track.since`` and the day that is seen."""
        since = looks.day(self.track.since, today=self.track.today)
        n = len(changes)
        self.summary.say(
            Text("{n} change since {day}", "{n} changes since {day}", n=n, day=since)
            if n
            else Text("no change since {day}", day=since)
        )
        while (item := self._first.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not changes:
            return
        first = changes[0]
        if first.stance is not None:
            self._first.addWidget(BallPair(*first.stance))
        self._first.addWidget(PlainLabel(first.words, Type.SMALL, Tone.SECOND, fit=Fit.ELIDE), 1)
        if n == 1:
            return
        more = Button(Text("and {n} more", n=n - 1), keys="U", kind=Kind.LINK)
        more.setAccessibleDescription(self.summary.text())
        more.clicked.connect(self.listed)
        self._first.addWidget(more)

    def show_playing(self, playing: bool) -> None:
        """Say whether it plays."""
        self.play._icon = "pause" if playing else "play"
        self.play.say(Text("Stop") if playing else Text("Play"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._changes.setVisible(self.width() >= theme.now().px(_ROOMY))

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(720), theme.now().px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, self.width(), 1, theme.now().colour("line"))
