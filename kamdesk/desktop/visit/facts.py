"""What was learnt at a visit: a line adds a fact to the customer's file, or to this computer."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.pages import Page
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visit.reading import VisitSeen
from kamdesk.desktop.visit.staying import HERE, NEVER_SENT, STAYS, Asking
from kamdesk.desktop.visits.verbs import undo_of
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import LineEditor, TickBox
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.desktop.widgets.fields import FieldRow
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.lines import Line, Lines
from kamdesk.domain.visits.model import Fact

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


STAY_KEYS: Final = "Ctrl+Shift+O"
"""Ticks that the note stays on this computer, while one types it too."""


class Facts(QWidget):
    """The facts, newest last, and the line that adds one; Enter adds."""

    def __init__(self, page: "Page[Workspace]", place: str) -> None:
        """``place`` names the draft of the line."""
        super().__init__()
        self._page = page
        self._seen: VisitSeen | None = None
        self._asked: Id | None = None
        self.asking: Asking | None = None
        self.lines = Lines()
        self.words = LineEditor(hint=Text("Add what was learnt; Enter keeps it in the file"))
        self._row = FieldRow("words", Text("New fact"), self.words, beside=False)
        self.here = TickBox(STAYS)
        self._never = PlainLabel(NEVER_SENT, Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self._never.hide()
        editors = {"words": self.words, "here": self.here}
        self.draft = Drafting(self, page.workbench, place, editors)
        self.here.toggled.connect(self._ticked)
        self.words.textChanged.connect(self._typing)
        self.words.returnPressed.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(6))
        column.addWidget(self.lines)
        column.addWidget(self.draft.line)
        column.addWidget(self._row)
        tick = QHBoxLayout()
        tick.setSpacing(theme.now().px(8))
        tick.addWidget(self.here)
        tick.addWidget(KeyCap(STAY_KEYS))
        tick.addStretch(1)
        column.addLayout(tick)
        column.addWidget(self._never)

    def show_seen(self, seen: VisitSeen) -> None:
        """Show what was learnt."""
        self._seen = seen
        self._show()

    def _show(self) -> None:
        seen, self.asking = self._seen, None
        if seen is None:
            return
        self.lines.show_parts(
            [part for fact in seen.facts for part in self._parts(fact)],
            Text("Nothing is noted yet. What you learn here stays in the customer's file."),
        )

    def _parts(self, fact: Fact) -> list[QWidget]:
        if fact.id != self._asked:
            return [self._line(fact)]
        self.asking = Asking(
            stays=fact.here,
            do=partial(self._change_readers, fact),
            leave=partial(self._ask, None),
        )
        return [self._line(fact), self.asking]

    def _line(self, fact: Fact) -> QWidget:
        remove = Button(
            Text("Take back: {what}", what=looks.cut(fact.words, 60)),
            icon="x",
            kind=Kind.BARE,
            words_shown=False,
        )
        remove.clicked.connect(partial(self._remove, fact))
        words = PlainLabel(fact.words, Type.BODY, Tone.INK, fit=Fit.WRAP)
        what = looks.cut(fact.words, 60)
        readers = Button(
            Text("Share with the team: {what}", what=what)
            if fact.here
            else Text("Keep on this computer only: {what}", what=what),
            icon="users" if fact.here else "laptop",
            kind=Kind.BARE,
            words_shown=False,
        )
        readers.clicked.connect(partial(self._ask, fact.id))
        sign = [Tag(HERE, quiet=True)] if fact.here else []
        return Line(words, *sign, readers, remove, wraps=True)

    def begin(self) -> None:
        """Put the focus in the line, and what was typed before."""
        self.draft.begin()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tick(self) -> None:
        """Tick that the note stays on this computer, or no longer; one can go on typing."""
        if not self.words.hasFocus():
            self.begin()
        self.draft.open = True
        self.here.toggle()

    def _ticked(self, ticked: bool) -> None:
        self._never.setVisible(ticked)

    def _ask(self, fact: Id | None, _pressed: bool = False) -> None:
        """Say what would become of a note with other readers; of none: leave all as it is."""
        self._asked = fact
        self._show()
        if self.asking is not None:
            self.asking.begin()
        else:
            self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _change_readers(self, fact: Fact) -> None:
        self._asked = None
        stays = not fact.here
        said = (
            Text("Stays on this computer: {what}", what=fact.words)
            if stays
            else Text("Shared with the team: {what}", what=fact.words)
        )
        self._page.do(
            lambda desk: desk.visits.keep_here(fact.id, stays),
            lambda _: self._page.around.say(said, way_out=undo_of(self._page)),
        )

    def _typing(self, _: str) -> None:
        self.draft.open = True
        self._row.refuse(None)

    def _add(self) -> None:
        seen, words = self._seen, self.words.text().strip()
        if seen is None or not words:
            return
        visit, here = seen.visit, self.here.isChecked()

        def verb(desk: "Workspace") -> ChangeSet:
            return desk.visits.note(replace(desk.visits.new_fact(visit, words), here=here))

        def added(_: ChangeSet) -> None:
            self.words.clear()
            self.here.setChecked(False)
            self.draft.settle()

        self._page.workbench.do(self._page, verb, added, self._refused, key="fact")

    def _refused(self, error: Refusal) -> None:
        self._row.refuse(error.said)

    def _remove(self, fact: Fact, _pressed: bool = False) -> None:
        self._page.do(
            lambda desk: desk.visits.forget_fact(fact.id),
            lambda _: self._page.around.say(
                Text("Taken back: {what}", what=fact.words), way_out=undo_of(self._page)
            ),
        )
