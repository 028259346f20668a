"""What is being written into the file, beside the questions: as one types, section by section."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.debrief.reading import DebriefSeen
from kamdesk.desktop.debrief.wording import reached_words, stance_words
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visit.staying import HERE
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.desktop.widgets.flow import Flow
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel
from kamdesk.desktop.widgets.panes import scrolled
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.domain.visits.model import VisitState
from kamdesk.dossier.debrief import Answers, Item, Question, Seated


class Entry(NamedTuple):
    """One line to be written; ``side`` is ours or theirs for a promise."""

    words: str
    beside: str = ""
    right: str = ""
    side: str = ""
    live: bool = False


class Section(NamedTuple):
    """A part of what is written."""

    title: Text
    entries: Sequence[Entry]


def sections(seen: DebriefSeen, answers: Answers, preview: Answers) -> Iterator[Section]:
    """Yield what would be written: ``answers``, and with them the line in ``preview``."""
    promises = [
        *_promises(seen, "ours", answers.ours, preview.ours),
        *_promises(seen, "theirs", answers.theirs, preview.theirs),
    ]
    if promises:
        yield Section(Text("Promises"), promises)
    people = [entry for one in preview.seated if (entry := _met(seen, one, answers, preview))]
    if people:
        yield Section(Text("People"), people)
    if preview.reached or preview.outcome:
        live = (preview.reached, preview.outcome) != (answers.reached, answers.outcome)
        words = reached_words(preview.reached) or looks.DASH
        yield Section(Text("Objective"), [Entry(words, preview.outcome, live=live)])
    if preview.learnt:
        facts = [
            Entry(
                item.name or item.words,
                item.words if item.name else "",
                looks.said(HERE) if item.here else "",
                live=at >= len(answers.learnt),
            )
            for at, item in enumerate(preview.learnt)
        ]
        yield Section(Text("New facts"), facts)
    if preview.turns:
        turns = [
            Entry(
                turn.name,
                f"{stance_words(turn.before)} → {stance_words(turn.after)}",
                live=turn not in answers.turns,
            )
            for turn in preview.turns
        ]
        yield Section(Text("Stances"), turns)
    if preview.next_step or preview.because:
        day = looks.day(preview.next_by, today=seen.today) if preview.next_by else ""
        live = (preview.next_step, preview.because) != (answers.next_step, answers.because)
        because = Text("none: {why}", why=preview.because)
        words = preview.next_step or looks.said(because)
        yield Section(Text("Next step"), [Entry(words, right=day, live=live)])
        if preview.plans and preview.next_by:
            again = looks.said(Text("A visit is planned, at the same hour"))
            yield Section(Text("Next visit"), [Entry(again, right=day, live=live)])


def unwritten(seen: DebriefSeen, answers: Answers) -> list[Text]:
    """Return the names of what nothing is written about yet."""
    named = (
        (Question.GOAL, Text("Objective")),
        (Question.OURS, Text("Our promises")),
        (Question.THEIRS, Text("Their promises")),
        (Question.LEARNT, Text("New facts")),
        (Question.STANCE, Text("Stances")),
        (Question.NEXT, Text("Next step")),
    )
    return [words for question, words in named if not answers.given(question)]


def _promises(
    seen: DebriefSeen, side: str, items: Sequence[Item], shown: Sequence[Item]
) -> Iterator[Entry]:
    for at, item in enumerate(shown):
        who = item.name or ("" if side == "theirs" else looks.said(Text("me")))
        handed = looks.said(Text("handed over")) if item.instead else ""
        day = looks.day(item.day, today=seen.today) if item.day else handed or looks.DASH
        yield Entry(looks.joined(who, item.words), "", day, side, at >= len(items))


def _met(seen: DebriefSeen, one: Seated, answers: Answers, preview: Answers) -> Entry | None:
    """Return what the visit changes about somebody: seen today, new, or not there."""
    live = one not in answers.seated
    if one.ours:
        return None
    if one.absent:
        return Entry(one.name, looks.said(Text("was expected and not there")), live=live)
    new = next((new for new in preview.newcomers if new.key == one.who), None)
    if new is not None:
        words = looks.joined(Text("new in the file"), new.post)
        return Entry(one.name, words, live=live)
    met = seen.last_met.get(one.who)
    if met is None:
        return Entry(one.name, looks.said(Text("first meeting")), live=live)
    last = Text("last met {day} → this visit", day=looks.day(met.day, today=seen.today))
    return Entry(one.name, looks.said(last), live=live)


class Written(QWidget):
    """The panel at the right, 448 px on the colour of the rail."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(look.px(20), 0, look.px(20), look.px(12))
        self._column.setSpacing(0)
        inside = QWidget()
        inside.setLayout(self._column)
        inside.setAutoFillBackground(False)
        area = scrolled(inside)
        area.setStyleSheet("background: transparent;")
        name = PlainLabel(Text("Will be written"), Type.HEADING)
        kept = PlainLabel(Text("kept as you type"), Type.SMALL, Tone.SECOND)
        kept.setContentsMargins(0, look.px(3), 0, 0)  # on the baseline of the name
        head = Flow([name, kept], gap=look.px(16), line=look.px(4))
        head.setContentsMargins(look.px(32), look.px(18), look.px(32), look.px(4))
        foot = QHBoxLayout()
        foot.setContentsMargins(look.px(32), look.px(12), look.px(32), look.px(26))
        foot.setSpacing(look.px(8))
        foot.addWidget(IconMark("hard-drive", 15), 0, Qt.AlignmentFlag.AlignTop)
        where = Text("Kept on this computer, encrypted; no network needed")
        foot.addWidget(PlainLabel(where, Type.SMALL, Tone.SECOND, fit=Fit.WRAP), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(area, 1)
        column.addLayout(foot)
        self.setAccessibleName(looks.said(Text("Will be written")))
        self._shown: object = None

    def show_answers(self, seen: DebriefSeen, answers: Answers, preview: Answers) -> None:
        """Show what would be written; nothing is laid out anew while it stays the same."""
        parts, missing = list(sections(seen, answers, preview)), unwritten(seen, preview)
        if (parts, missing) == self._shown:
            return
        self._shown = (parts, missing)
        emptied(self._column)
        if seen.visit.state is VisitState.CLOSED:
            told = Text("This visit is closed already: what you write is added to it.")
            self._column.addSpacing(theme.now().px(12))
            note = PlainLabel(told, Type.SMALL, Tone.OCHRE, fit=Fit.WRAP)
            note.setContentsMargins(theme.now().px(12), 0, theme.now().px(12), 0)
            self._column.addWidget(note)
        for part in parts:
            self._heading(part.title)
            for entry in part.entries:
                self._column.addWidget(_EntryRow(entry))
        if missing:
            self._heading(Text("Nothing written yet"))
            for words in missing:
                self._column.addWidget(_EntryRow(Entry("", looks.said(words), looks.DASH)))
        self._column.addStretch(1)

    def _heading(self, words: Text) -> None:
        look = theme.now()
        label = PlainLabel(words, Type.SMALL, Tone.SECOND)
        label.setContentsMargins(look.px(12), look.px(16), 0, look.px(4))
        self._column.addWidget(label)
        rule = QHBoxLayout()
        holder = QWidget()
        holder.setLayout(rule)
        rule.setContentsMargins(look.px(12), 0, look.px(12), 0)
        rule.addWidget(Divider(strong=True))
        self._column.addWidget(holder)

    @property
    def words(self) -> list[str]:
        """What stands in it, line by line: for readers of the screen and tests."""
        return [
            row.accessibleName() for row in self.findChildren(_EntryRow) if row.isVisibleTo(self)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.now().colour("rail"))
        painter.fillRect(0, 0, 1, self.height(), theme.now().colour("line"))


class _EntryRow(QWidget):
    """One line; what is being typed lies on the soft colour."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        look = theme.now()
        self._live = entry.live
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(7), look.px(12), look.px(7))
        row.setSpacing(look.px(12))
        top = Qt.AlignmentFlag.AlignTop
        if entry.side:
            ours = entry.side == "ours"
            row.addWidget(Tag(Text("ours") if ours else Text("theirs"), filled=ours), 0, top)
        if entry.words:
            strong = Type.STRONG if entry.beside or entry.live else Type.BODY
            wraps = Fit.KEEP if entry.beside else Fit.WRAP
            name = PlainLabel(looks.cut(entry.words, 300), strong, fit=wraps)
            name.setAlignment(top)
            row.addWidget(name, 0 if entry.beside else 1, top)
        if entry.beside:
            tone = Tone.INK if entry.words else Tone.MUTED
            beside = PlainLabel(looks.cut(entry.beside, 300), Type.BODY, tone, fit=Fit.WRAP)
            beside.setAlignment(top)
            row.addWidget(beside, 1, top)
        if entry.right:
            row.addWidget(PlainLabel(entry.right, Type.SMALL, Tone.SECOND), 0, top)
        side = Text("ours") if entry.side == "ours" else Text("theirs") if entry.side else ""
        self.setAccessibleName(looks.joined(side, entry.words, entry.beside, entry.right))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        if self._live:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("soft"))
            painter.drawRoundedRect(QRectF(self.rect()), look.px(4), look.px(4))
        inset = look.px(12)
        painter.fillRect(inset, self.height() - 1, self.width() - 2 * inset, 1, look.colour("line"))
