"""Appointments of other calendars behind the visits of a day: quiet, grey, not to be moved here."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final, NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from kamdesk.core.clock import Day
from kamdesk.core.minutes import DAY_MINUTES
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.wrapping import wrapped
from kamdesk.domain.appointments.store import Occurrence
from kamdesk.domain.visits.calendar import Span

_LEAST: Final = 15
"""Minutes a stretch is drawn at least."""
_LINE: Final = 20
"""Minutes a line of words is about as high as."""
_MORNING: Final = 8 * 60
"""Where the words of a whole day stand: a calendar opens there."""


class Measure(Protocol):
    """Where days and minutes lie, in pixels."""

    def y(self, minute: float, /) -> float:
        """Return how far down a minute of the day lies."""
        ...

    def box(self, day: int, begins: int, ends: int, /) -> QRect:
        """Return where a stretch of a day lies."""
        ...


class Stretch(NamedTuple):
    """What an appointment takes of one of the days shown; ``day`` counts them from 0."""

    day: int
    begins: int
    ends: int
    one: Occurrence

    @property
    def whole_day(self) -> bool:
        """True when nothing of the day is left."""
        return self.begins == 0 and self.ends == DAY_MINUTES

    @property
    def title(self) -> str:
        """How it is called."""
        return looks.cut(self.one.title, 80) or looks.said(Text("without a title"))

    @property
    def words(self) -> str:
        """What is said of it: its title, and when where that is not the whole day."""
        if self.whole_day:
            return looks.joined(self.title, looks.said(Text("all day")))
        return f"{self.title} {looks.clock(self.one.start.local)}"


def stretches(found: Iterable[Occurrence], first: Day, days: int) -> list[Stretch]:
    """Return what appointments take of each of some days."""
    made = []
    for one in found:
        for n in range(days):
            taken = one.on(first + timedelta(days=n))
            if taken is not None:
                made.append(Stretch(n, *taken, one))
    return made


def paint_appointments(
    painter: QPainter,
    taken: Iterable[Stretch],
    scale: Measure,
    covered: Iterable[tuple[int, Span]] = (),
) -> None:
    """Paint them below what else stands there; words where nothing has ``covered`` them."""
    above = sorted((day, span.begins, span.ends) for day, span in covered)
    look = theme.now()
    font = look.font(Type.SMALL)
    line = look.px(17)
    for stretch in taken:
        ends = max(stretch.ends, min(stretch.begins + _LEAST, DAY_MINUTES))
        box = QRectF(scale.box(stretch.day, stretch.begins, ends))
        if stretch.one.busy:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
        else:
            painter.setPen(QPen(look.colour("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.px(6), look.px(6))
        begins = _free_from(stretch, above)
        top = max(box.top(), scale.y(begins))
        room = int((box.bottom() - top - look.px(2)) // line)
        if room < 1 and begins > stretch.begins:
            continue
        painter.setFont(font)
        painter.setPen(look.colour(Tone.SECOND if stretch.one.busy else Tone.MUTED))
        wide = box.width() - look.px(14)
        said = stretch.words
        if room <= 1 and QFontMetricsF(font).horizontalAdvance(said) > wide:
            said = stretch.title  # it stands at its time: rather all of its name
        for n, words in enumerate(wrapped(said, font, wide, max(room, 1))):
            base = round(top + look.px(3) + (n + 0.5) * line + 0.365 * font.pixelSize())
            painter.drawText(QPointF(box.left() + look.px(8), base), words)


def _free_from(stretch: Stretch, above: Iterable[tuple[int, int, int]]) -> int:
    """Return from which minute on the words of a stretch can be read."""
    at = max(stretch.begins, _MORNING if stretch.whole_day else 0)
    for day, begins, ends in above:
        if day == stretch.day and begins < at + _LINE and ends > at:
            at = ends
    return at


def words_at(taken: Iterable[Stretch], day: int, minute: int, until: int) -> str:
    """Return what stands in a stretch of a day, for who cannot see it; empty for nothing."""
    there = (one for one in taken if one.day == day and one.begins < until and one.ends > minute)
    return looks.joined(*(one.words for one in there))
