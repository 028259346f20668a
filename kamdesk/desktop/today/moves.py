"""What the day is to bring, as rows: a move with its reason, a contact that is due."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.due.said import CHANNEL_WORDS, last_words, sign_of, standing_words, tone_of
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.today.block import growing
from kamdesk.desktop.today.rows import Row
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.cadence.duty import Channel, DueWord
from kamdesk.dossier.moves import Ground, Move

if TYPE_CHECKING:  # the day is seen before these are needed
    from kamdesk.dossier.due import DueLine

TALL = 56
"""Pixels of a row of two lines."""
_STANDING = 196


class MoveRow(Row):
    """A move worth making: its key, what to do, and below why; a promise has its box to tick."""

    def __init__(self, move: Move, key: str, today: Day) -> None:
        self.move_ = move
        what, why = looks.cut(move_words(move), 300), looks.cut(why_words(move, today), 400)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(1))
        column.addWidget(PlainLabel(what, Type.STRONG, fit=Fit.ELIDE))
        column.addWidget(PlainLabel(why, Type.SMALL, Tone.MUTED, fit=Fit.ELIDE))
        parts: list[QWidget] = [KeyCap(key), growing(words, 1)]
        self.box: TickBox | None = None
        if move.ground is Ground.PROMISE:
            self.box = TickBox(Text("Kept"))
            self.box.setAccessibleName(looks.said(Text("Kept: {what}", what=move.words)))
            parts.append(self.box)
        super().__init__(f"{what}. {why}", parts)
        self.setFixedHeight(theme.now().px(TALL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.box is not None:
            self.box.click()
        else:
            super().keyPressEvent(event)


class DueRow(Row):
    """A contact that is due: with whom, what, when they were last met, how it stands."""

    def __init__(self, line: "DueLine", today: Day) -> None:
        self.line = line
        look = theme.now()
        name = looks.cut(line.account_name, 40)
        beside = looks.joined(
            looks.cut(line.person_name, 40),
            CHANNEL_WORDS[line.channel] if line.channel is Channel.TOUCH else "",
        )
        last = looks.capital(last_words(line, today))
        planned = looks.day(line.planned, today=today) if line.planned else ""
        coming = Text("planned {day}", day=planned) if planned else ""
        standing = looks.capital(standing_words(line, today))
        late = line.word in (DueWord.OVERDUE, DueWord.NEVER)
        met = PlainLabel(last, Type.SMALL, Tone.SECOND if line.last else Tone.OCHRE)
        met.setMinimumWidth(look.px(106))
        how = QWidget()
        how.setFixedWidth(look.px(_STANDING))
        pair = QHBoxLayout(how)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(look.px(6))
        if icon := sign_of(line):
            pair.addWidget(IconMark(icon, 12, tone_of(line)))
        role = Type.SMALL_STRONG if late else Type.SMALL
        pair.addWidget(PlainLabel(standing, role, tone_of(line), fit=Fit.ELIDE), 1)
        parts: list[QWidget] = [
            PlainLabel(name, Type.STRONG),
            growing(PlainLabel(beside, Type.SMALL, Tone.SECOND, fit=Fit.ELIDE), 1),
            PlainLabel(coming, Type.SMALL, Tone.ACCENT),
            met,
            how,
        ]
        super().__init__(looks.joined(name, beside, last, coming, standing), parts)


def move_words(move: Move) -> Text | str:
    """Return what to do."""
    if move.ground is Ground.PROMISE:
        return Text("Keep our word: {what}", what=looks.cut(move.words, 160))
    if move.ground is Ground.CONTACT:
        if move.person_name:
            return Text("See {name} at {customer}", name=move.person_name,
                        customer=move.account_name)  # fmt: skip
        return Text("Call on {customer}", customer=move.account_name)
    if move.ground is Ground.TASK:
        return Text("{task} at {customer}", task=move.advice or "", customer=move.account_name)
    return move.advice or ""


def why_words(move: Move, today: Day) -> str:
    """Return why it is worth making, with the figures it was chosen by."""
    late = Text("{n} day late", "{n} days late", n=move.late) if move.late else ""
    due = Text("due {day}", day=looks.day(move.due, today=today)) if move.due else ""
    soon = _soon(move.visit_on, today)
    if move.ground is Ground.PROMISE:
        return looks.joined(move.account_name, due, late, soon)
    if move.ground is Ground.CONTACT:
        last = (
            Text("last met {day}", day=looks.day(move.last, today=today))
            if move.last
            else Text("never met")
        )
        return looks.joined(move.because or "", last, late)
    if move.ground is Ground.TASK:
        return looks.joined(Text("Standing task of the phase"), due, late)
    finding = looks.said(move.finding).rstrip(".。") if move.finding else ""
    return looks.joined(move.account_name, finding, soon)


def _soon(day: Day | None, today: Day) -> Text | str:
    if day is None:
        return ""
    if day == today:
        return Text("you are there today")
    return Text("you are there on {day}", day=f"{looks.weekday(day)} {looks.day(day)}")
