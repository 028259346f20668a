"""A visit on the agenda: whom, when, where, what for, with whom, in as many lines as it lasts."""

from typing import TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.stances import stance_words
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.today.clamped import Clamped
from kamdesk.desktop.today.people_row import PeopleRow, sitter_words
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.pressable import Pressable
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.visits.model import KIND_WORDS, VisitKind, VisitState
from kamdesk.dossier.agenda import Meeting

_Part = TypeVar("_Part", bound=QWidget)
NO_OBJECTIVE = Text("No objective yet")
TO_WRITE_UP = Text("To write up")
_WRITTEN_UP = Text("Written up")
_LINE, _PAD = 19, 6
_ROOMY = 3
"""Lines below the title from which the place has one of its own."""


class MeetingBlock(Pressable):
    """A visit one can go to. ``is_next``: the only filled block of the day; ``narrow``
    ones share their time with others and say only when they begin."""

    def __init__(
        self, meeting: Meeting, now: Instant, *, is_next: bool, narrow: bool, parent: QWidget
    ) -> None:
        super().__init__("", parent)
        self.meeting, self._is_next = meeting, is_next
        self._over = meeting.end <= now
        self._sign = _sign(meeting, over=self._over)
        self._hours = f"{looks.clock(meeting.start.local)}–{looks.clock(meeting.end.local)}"
        self._shown_hours = looks.clock(meeting.start.local) if narrow else self._hours
        self.setAccessibleName(self._said())
        self._column = QVBoxLayout(self)
        look = theme.now()
        self._column.setContentsMargins(look.px(14), look.px(_PAD), look.px(11), look.px(_PAD))
        self._column.setSpacing(0)

    def fill(self, height: int) -> None:
        """Put in what fits into a block of ``height`` pixels; once."""
        look, meeting = theme.now(), self.meeting
        name: Text | str = meeting.account_name
        if meeting.kind is not VisitKind.VISIT:
            name = looks.joined(name, KIND_WORDS[meeting.kind])
        quiet = Tone.MUTED if self._over else Tone.INK
        lines = (height - look.px(2 * _PAD + 20)) // look.px(_LINE)
        title = PlainLabel(looks.cut(name, 200), Type.STRONG, quiet, fit=Fit.ELIDE)
        where = looks.cut(looks.joined(*meeting.places), 200)
        place = PlainLabel(where, Type.SMALL, Tone.MUTED, fit=Fit.ELIDE)
        hours = PlainLabel(self._shown_hours, Type.SMALL, Tone.MUTED if self._over else Tone.SECOND)
        people = PeopleRow(meeting.theirs, not_shown=meeting.not_shown)
        sign = self._sign_parts()
        if lines < 1:
            self._line(growing(title, 1), *sign, hours)
        elif lines < _ROOMY and where:  # no line of its own
            title.setMaximumWidth(_width_of(title) + 2)
            growing(title, 40)
            self._line(title, growing(place, 1), hours)
        else:
            self._line(growing(title, 1), hours)
        if lines >= _ROOMY and (where or (sign and meeting.objective)):
            self._line(growing(place, 1), *(sign if meeting.objective else []))
            lines -= 1
        if meeting.objective and lines >= 1:
            most = min(max(lines - 1, 1), 3) if meeting.theirs else min(lines, 3)
            words = Clamped(meeting.objective, lines=most, tone=quiet)
            self._line(growing(words, 1), *(sign if lines < _ROOMY - 1 else []))
            lines -= most
            sign = []
        if sign and not meeting.objective and lines >= (2 if meeting.theirs else 1):
            self._line(*sign, growing(QWidget(), 1))  # a line of its own: it is ours to read
            lines -= 1
            sign = []
        if lines >= 1:
            self._line(people, *(sign if not meeting.objective else []))
        self._column.addStretch(1)

    def _sign_parts(self) -> list[QWidget]:
        if self._sign is None:
            return []
        icon, said, tone = self._sign
        words = PlainLabel(said, Type.SMALL, tone, fit=Fit.ELIDE)
        words.setMaximumWidth(_width_of(words) + 2)
        return [IconMark(icon, 14, tone), growing(words, 30)]

    def _line(self, *parts: QWidget) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.now().px(8))
        for part in parts:
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            if isinstance(part, PlainLabel):
                part.setFixedHeight(theme.now().px(_LINE))
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(row)

    def _said(self) -> str:
        meeting = self.meeting
        people = [looks.joined(sitter_words(s), stance_words(s.stance)) for s in meeting.theirs]
        return ", ".join(
            looks.said(part)
            for part in (
                looks.cut(meeting.account_name, 200),
                self._hours,
                KIND_WORDS[meeting.kind],
                looks.cut(looks.joined(*meeting.places), 200),
                looks.cut(meeting.objective, 300) or NO_OBJECTIVE,
                *people,
                self._sign[1] if self._sign and meeting.objective else "",
            )
            if part
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.underMouse()
        edge = "accent" if self._is_next else "second" if over else "strong_line"
        fill = "soft" if self._is_next else "rail" if self._over else "page"
        painter.setPen(QPen(look.colour(edge), 1.5 if self._is_next else 1))
        painter.setBrush(look.colour(fill))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.px(6), look.px(6))
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(6), on=fill)


def _sign(meeting: Meeting, *, over: bool) -> tuple[str, Text, Tone] | None:
    """Return the one thing worth saying of a visit's state, with its icon."""
    if meeting.state is VisitState.CLOSED:
        return "check", _WRITTEN_UP, Tone.MUTED
    if over or meeting.state is VisitState.HELD:
        return "pencil", TO_WRITE_UP, Tone.OCHRE
    if not meeting.objective:
        return "circle-alert", NO_OBJECTIVE, Tone.OCHRE
    return None


def growing(part: _Part, share: int) -> _Part:
    """Return a part that takes a share of the room that is left."""
    policy = part.sizePolicy()
    policy.setHorizontalStretch(share)
    part.setSizePolicy(policy)
    return part


def _width_of(label: PlainLabel) -> int:
    return -int(-QFontMetricsF(label.font()).horizontalAdvance(label.text()) // 1)
