"""How the line was read, beside it: who, when, what; and what speaks against it."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.clock import Day, days_between
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.debrief.talk import Talk
from kamdesk.desktop.debrief.wording import day_and_weekday, reached_words, stance_words
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import ago
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.chain.standing import SURENESS_WORDS
from kamdesk.dossier.debrief import Question
from kamdesk.dossier.debrief_lines import Line


class Read(NamedTuple):
    """One thing read: its label, the value, a quiet word beside it."""

    label: Text
    value: Text | str
    support: Text | str = ""


def read_parts(line: Line, question: Question, today: Day) -> Iterator[Read]:
    """Yield what a line was read as, in the order one reads it back."""
    for who in line.whos:
        label = Text("About") if question is Question.LEARNT else Text("Who")
        absent = question is Question.WHO and line.absent
        yield Read(label, who.name, Text("was absent") if absent else who.post or who.where)
    if line.newcomer is not None:
        new = line.newcomer
        yield Read(Text("New"), new.name, looks.joined(new.department, new.title))
    if question is Question.GOAL:
        yield Read(Text("Reached"), reached_words(line.reached) or looks.DASH)
    if line.turn is not None:
        before, after = (stance_words(one) for one in (line.turn.before, line.turn.after))
        yield Read(Text("Stance"), f"{before} → {after}", SURENESS_WORDS[line.turn.sureness])
    if line.day is not None:
        support = ago(line.day, today) if days_between(today, line.day) else Text("today")
        yield Read(Text("When"), day_and_weekday(line.day, today), support)
    if line.because:
        yield Read(Text("Why none"), line.words or looks.DASH)
    elif line.words and question is not Question.WHO:
        label = Text("Evidence") if question is Question.STANCE else Text("What")
        yield Read(label, line.words)


def warning(line: Line, talk: Talk) -> tuple[Text, Text] | None:
    """Return what speaks against a line, and what to do; None when nothing does."""
    if line.past is not None:
        said = Text("{day} is past: it stays text", day=day_and_weekday(line.past, talk.seen.today))
        return said, Text("Write a day to come, as “next Wed” or 下周三.")
    if line.unknown and talk.at is not Question.WHO:
        return (
            Text("Nobody here is called “{name}”", name=looks.cut(line.unknown, 40)),
            Text("The name stays in the words. Somebody new belongs in question 1 (Alt+1)."),
        )
    if (same := talk.same(line)) is not None:
        due = Text("due {day}", day=looks.day(same.due, today=talk.seen.today))
        about = looks.joined(same.owner, due if same.due else "")
        what = Text("Already promised: {about}", about=about or looks.cut(same.words, 40))
        if line.whos:
            name = line.whos[0].name
            return what, Text("Alt+R hands it to {name} instead of noting it twice", name=name)
        return what, Text("Say @who, and Alt+R hands it over instead of noting it twice")
    return None


class ReadBack(QWidget):
    """What was read, a line each; a help sentence while nothing is typed."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, look.px(2), 0, 0)
        self._column.setSpacing(look.px(6))
        self._inside: QWidget | None = None
        self._shown: object = None

    def show_help(self, words: Text) -> None:
        """Show how one answers."""
        if self._shown == words:
            return
        self._fresh(words).addWidget(PlainLabel(words, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))

    def show_line(self, line: Line, talk: Talk) -> None:
        """Show what a line was read as."""
        parts = list(read_parts(line, talk.at, talk.seen.today))
        against = warning(line, talk)
        if self._shown == (parts, against):
            return
        column = self._fresh((parts, against))
        look = theme.now()
        column.addWidget(PlainLabel(Text("Read as"), Type.SMALL, Tone.MUTED))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(6))
        grid.setColumnMinimumWidth(0, look.px(28))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for at, part in enumerate(parts):
            label = PlainLabel(part.label, Type.SMALL, Tone.MUTED)
            label.setContentsMargins(0, look.px(1), 0, 0)
            grid.addWidget(label, at, 0, top)
            value = QHBoxLayout()
            value.setSpacing(look.px(10))
            value.addWidget(PlainLabel(part.value, Type.STRONG, fit=Fit.WRAP), 0, top)
            if part.support:
                value.addWidget(PlainLabel(part.support, Type.SMALL, Tone.SECOND, fit=Fit.WRAP), 1)
            else:
                value.setStretch(0, 1)
            grid.addLayout(value, at, 1)
        column.addLayout(grid)
        if against is not None:
            column.addLayout(_warned(*against))
        spoken = [f"{looks.said(part.label)}: {looks.said(part.value)}" for part in parts]
        self.setAccessibleName("; ".join([*spoken, *map(looks.said, against or ())]))

    def _fresh(self, shown: object) -> QVBoxLayout:
        self._shown = shown
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(6))
        self._column.addWidget(self._inside)
        return column


def _warned(what: Text, todo: Text) -> QHBoxLayout:
    look = theme.now()
    row = QHBoxLayout()
    row.setSpacing(look.px(8))
    row.addWidget(IconMark("circle-alert", 14, Tone.OCHRE), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(look.px(2))
    column.addWidget(PlainLabel(what, Type.SMALL, Tone.OCHRE, fit=Fit.WRAP))
    column.addWidget(PlainLabel(todo, Type.SMALL, Tone.SECOND, fit=Fit.WRAP))
    row.addLayout(column, 1)
    return row
