"""The open question: what was answered to it, the line one types in, how the line was read."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.debrief.line_field import LineField
from kamdesk.desktop.debrief.question_row import INDENT, write_in_disc
from kamdesk.desktop.debrief.read_back import ReadBack
from kamdesk.desktop.debrief.suggestions import Suggestions
from kamdesk.desktop.debrief.talk import Talk
from kamdesk.desktop.debrief.wording import (
    ASKED,
    day_and_weekday,
    folded,
    reached_words,
    row_of,
    stance_words,
)
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visit.facts import STAY_KEYS
from kamdesk.desktop.visit.staying import NEVER_SENT, STAYS
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.dossier.debrief import QUESTIONS, Question, Seated


class Kept(NamedTuple):
    """One answer as a row: name, words, what stands at the right."""

    name: str
    words: str
    right: str = ""


class _Disc(QWidget):
    """The number of the open question, on the accent."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 1
        side = theme.now().px(22)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        disc = QRectF(self.rect())
        painter.drawEllipse(disc)
        write_in_disc(painter, disc, str(self.number), Type.STRONG, "on_accent")


class OpenQuestion(QWidget):
    """Signals: ``removed(int)`` an answer shall be taken back."""

    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self._disc = _Disc()
        self._title = PlainLabel("", Type.TITLE, fit=Fit.WRAP)
        self._which = PlainLabel("", Type.SMALL, Tone.SECOND)
        self._context = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        head = QHBoxLayout()
        head.setSpacing(look.px(INDENT) - look.px(22))
        head.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title, 1)
        head.addWidget(self._which, 0, Qt.AlignmentFlag.AlignBottom)
        self._kept = QVBoxLayout()
        self._kept.setSpacing(0)
        self.field = LineField()
        self._refusal = PlainLabel("", Type.SMALL, Tone.BRICK, fit=Fit.WRAP)
        self._why = QWidget()
        why = QHBoxLayout(self._why)
        why.setContentsMargins(0, 0, 0, 0)
        why.setSpacing(look.px(6))
        why.addWidget(IconMark("circle-alert", 14, Tone.BRICK), 0, Qt.AlignmentFlag.AlignTop)
        why.addWidget(self._refusal, 1)
        self._why.hide()
        self.here = TickBox(STAYS)
        self._never = PlainLabel(NEVER_SENT, Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self._never.hide()
        self.here.toggled.connect(self._never.setVisible)
        self._stays = QWidget()
        stays = QHBoxLayout(self._stays)
        stays.setContentsMargins(0, 0, 0, 0)
        stays.setSpacing(look.px(8))
        stays.addWidget(self.here)
        stays.addWidget(KeyCap(STAY_KEYS))
        stays.addWidget(self._never, 1)
        stays.addStretch()
        self.suggestions = Suggestions()
        self.read_back = ReadBack()
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.setSpacing(look.px(32))
        self._below.addWidget(self.suggestions, 0, Qt.AlignmentFlag.AlignTop)
        self._below.addWidget(self.read_back, 1, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout()
        inner.setContentsMargins(look.px(INDENT), 0, 0, 0)
        inner.setSpacing(look.px(8))
        inner.addWidget(self._context)
        inner.addLayout(self._kept)
        inner.addWidget(self.field)
        inner.addWidget(self._why)
        inner.addWidget(self._stays)
        inner.addLayout(self._below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(24), 0, look.px(20))
        column.setSpacing(look.px(10))
        column.addLayout(head)
        column.addLayout(inner)

    def show_question(self, talk: Talk) -> None:
        """Show the question that is open in a talk, and what was answered to it."""
        asked, number = ASKED[talk.at], QUESTIONS.index(talk.at) + 1
        self._disc.number = number
        self._disc.update()
        self._title.say(asked.title)
        self._which.say(Text("question {k} of {n}", k=number, n=len(QUESTIONS)))
        self.field.setPlaceholderText(looks.said(asked.example))
        self.field.setAccessibleName(looks.said(asked.title))
        context = _context(talk)
        self._context.say(context)
        self._context.setVisible(bool(context))
        self.here.setChecked(talk.here)
        self._stays.setVisible(talk.at is Question.LEARNT)
        self.refuse(None)
        self.show_kept(talk)

    def show_kept(self, talk: Talk) -> None:
        """Show what was answered to the open question."""
        emptied(self._kept)
        for at, one in enumerate(kept_rows(talk)):
            self._kept.addWidget(_row(at, one, partial(self.removed.emit, at)))

    def tick(self) -> None:
        """Tick that what is being noted stays on this computer, or no longer."""
        if self._stays.isVisible():
            self.here.toggle()

    def refuse(self, why: Text | None) -> None:
        """Say below the line why it was refused; None takes that back."""
        self._why.setVisible(why is not None)
        self._refusal.say(why or "")
        self.field.setProperty("refused", "true" if why is not None else "false")
        self.field.setAccessibleDescription(self._refusal.text())
        style = self.field.style()
        style.unpolish(self.field)
        style.polish(self.field)

    @property
    def refusal(self) -> str:
        """Why the line was refused; empty when it was not."""
        return "" if self._why.isHidden() else self._refusal.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.now().px(560)
        way = QBoxLayout.Direction
        self._below.setDirection(way.TopToBottom if narrow else way.LeftToRight)


def _context(talk: Talk) -> Text | str:
    """Return what the file says to the open question before one answers it."""
    objective = talk.seen.visit.objective
    if talk.at is Question.GOAL and objective:
        return Text("It was to bring: {objective}", objective=looks.cut(objective, 300))
    if talk.at is Question.STANCE:
        there = [one for one in talk.answers.seated if not one.ours and not one.absent]
        stood = talk.seen.stances
        said = [f"{one.name}{looks.aside(stance_words(stood.get(one.who)))}" for one in there]
        return Text("At the table: {people}", people=tuple(said)) if said else ""
    return ""


def kept_rows(talk: Talk) -> Sequence[Kept]:
    """Return the answers to the open question as rows."""
    question, answers, today = talk.at, talk.answers, talk.seen.today
    if question is Question.WHO:
        return [_seated(one, talk) for one in answers.seated]
    if question is Question.GOAL and answers.given(question):
        return [Kept(reached_words(answers.reached) or looks.DASH, answers.outcome)]
    if question is Question.NEXT and answers.given(question):
        by = day_and_weekday(answers.next_by, today) if answers.next_by else ""
        return [Kept("", looks.said(folded(question, answers, today)) if answers.because
                     else answers.next_step, by)]  # fmt: skip
    if question is Question.STANCE:
        return [
            Kept(one.name, one.note, f"{stance_words(one.before)} → {stance_words(one.after)}")
            for one in answers.turns
        ]
    items = {
        Question.OURS: answers.ours,
        Question.THEIRS: answers.theirs,
        Question.LEARNT: answers.learnt,
    }.get(question, ())
    return [Kept(*row_of(item, today)) for item in items]


def _seated(one: Seated, talk: Talk) -> Kept:
    who = talk.everybody.of(one.who)
    new = any(newcomer.key == one.who for newcomer in talk.answers.newcomers)
    beside = looks.joined(Text("one of us") if one.ours else "", who.post if who else "")
    right = Text("was absent") if one.absent else Text("new") if new else ""
    return Kept(one.name, beside, looks.said(right))


def _row(at: int, one: Kept, remove: Callable[[], object]) -> QWidget:
    look = theme.now()
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, look.px(3), 0, look.px(3))
    grid.setHorizontalSpacing(look.px(12))
    number = PlainLabel(str(at + 1), Type.SMALL, Tone.MUTED)
    number.setMinimumWidth(look.px(8))
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(number, 0, 0, top)
    name = PlainLabel(one.name, Type.STRONG)
    if one.name:
        name.setMinimumWidth(look.px(44))
        grid.addWidget(name, 0, 1, top)
    words = PlainLabel(one.words, Type.BODY, fit=Fit.WRAP)
    words.setAlignment(top)
    grid.addWidget(words, 0, 2)
    grid.addWidget(PlainLabel(one.right, Type.BODY, Tone.SECOND), 0, 3, top)
    grid.setColumnStretch(2, 1)
    away = Button(
        Text("Take back: {what}", what=looks.cut(one.name or one.words, 40)),
        icon="x",
        kind=Kind.BARE,
        words_shown=False,
    )
    away.setFixedSize(look.px(22), look.px(22))
    away.clicked.connect(remove)
    grid.addWidget(away, 0, 4, top)
    made.setAccessibleName(looks.joined(one.name, one.words, one.right))
    return made
