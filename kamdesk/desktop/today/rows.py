"""Rows of the day's lists: one line each, reached by J and K, opened by Enter or a click."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.promise_lines import due_words
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.today.block import growing
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.pressable import Pressable
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.promises.model import SIDE_WORDS, Promise, PromiseSide
from kamdesk.domain.promises.store import PromiseLine
from kamdesk.dossier.agenda import Meeting

INSET = 8
"""So far do the words of a row stand within its ring of focus."""


class Row(Pressable):
    """A line 36 px high on a hairline; what is in it and not a box to tick is not touched."""

    def __init__(self, name: str, parts: Sequence[QWidget]) -> None:
        super().__init__(name)
        self.setText("")
        look = theme.now()
        line = QHBoxLayout(self)
        line.setContentsMargins(look.px(INSET), 0, look.px(INSET), 0)
        line.setSpacing(look.px(10))
        for part in parts:
            if not isinstance(part, TickBox):
                part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(look.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), look.colour("hover"))
        inset = look.px(INSET)
        rule = QRectF(inset, self.height() - 1, self.width() - 2 * inset, 1)
        painter.fillRect(rule, look.colour("line"))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme.focus_ring(painter, QRectF(self.rect()), look.px(4))


class PromiseRow(Row):
    """An open promise; its box, or the blank on the row, says that it was kept."""

    def __init__(self, line: PromiseLine, today: Day) -> None:
        self.line = line
        promise = Promise(
            id=line.id, account=line.account, side=line.side, words=line.words, due=line.due
        )
        late = promise.days_over(today) > 0
        due = due_words(promise, today)
        words = looks.cut(line.words, 300)
        who = looks.cut(line.account_name, 60)
        if line.side is PromiseSide.THEIRS and line.owner:
            who = looks.joined(looks.cut(line.owner, 40), who)
        self.box = TickBox("")
        self.box.setAccessibleName(looks.said(Text("Kept: {what}", what=words)))
        self.box.setFixedWidth(theme.now().px(18))
        parts: list[QWidget] = [
            self.box,
            Tag(looks.capital(SIDE_WORDS[line.side]), filled=line.side is PromiseSide.OURS),
            growing(PlainLabel(words, Type.BODY, fit=Fit.ELIDE), 3),
            PlainLabel(who, Type.SMALL, Tone.MUTED),
        ]
        if late:
            parts.append(IconMark("triangle-alert", 12, Tone.BRICK))
        role, tone = (Type.SMALL_STRONG, Tone.BRICK) if late else (Type.SMALL, Tone.MUTED)
        parts.append(PlainLabel(due, role, tone))
        super().__init__(looks.joined(SIDE_WORDS[line.side], words, who, due), parts)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.box.click()
        else:
            super().keyPressEvent(event)


class MeetingRow(Row):
    """A visit in a list: when, whom, and what is to be said of it in ochre."""

    def __init__(self, meeting: Meeting, today: Day, said: Sequence[Text | str]) -> None:
        self.meeting = meeting
        when = looks.capital(moment_words(meeting.start, today))
        day = PlainLabel(when, Type.SMALL, Tone.SECOND)
        day.setMinimumWidth(theme.now().px(116))
        name = PlainLabel(looks.cut(meeting.account_name, 60), Type.STRONG)
        what = meeting.objective or meeting.topic
        parts = [
            day,
            name,
            growing(PlainLabel(looks.cut(what, 200), Type.SMALL, Tone.MUTED, fit=Fit.ELIDE), 1),
            PlainLabel(looks.capital(looks.joined(*said)), Type.SMALL, Tone.OCHRE),
        ]
        super().__init__(looks.joined(when, looks.cut(meeting.account_name, 60), *said), parts)
