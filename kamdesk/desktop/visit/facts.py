"""What was learnt at a visit: a line adds a fact to the customer's file."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.pages import Page
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visit.reading import VisitSeen
from kamdesk.desktop.visits.verbs import undo_of
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.fields import FieldRow
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.lines import Line, Lines
from kamdesk.domain.visits.model import Fact

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class Facts(QWidget):
    """The facts, newest last, and the line that adds one; Enter adds."""

    def __init__(self, page: "Page[Workspace]", place: str) -> None:
        """``place`` names the draft of the line."""
        super().__init__()
        self._page = page
        self._seen: VisitSeen | None = None
        self.lines = Lines()
        self.words = LineEditor(hint=Text("Add what was learnt; Enter keeps it in the file"))
        self._row = FieldRow("words", Text("New fact"), self.words, beside=False)
        self.draft = Drafting(self, page.workbench, place, {"words": self.words})
        self.words.textChanged.connect(self._typing)
        self.words.returnPressed.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.now().px(6))
        column.addWidget(self.lines)
        column.addWidget(self.draft.line)
        column.addWidget(self._row)

    def show_seen(self, seen: VisitSeen) -> None:
        """Show what was learnt."""
        self._seen = seen
        self.lines.show_parts(
            [self._line(fact) for fact in seen.facts],
            Text("Nothing is noted yet. What you learn here stays in the customer's file."),
        )

    def _line(self, fact: Fact) -> QWidget:
        remove = Button(
            Text("Take back: {what}", what=looks.cut(fact.words, 60)),
            icon="x",
            kind=Kind.BARE,
            words_shown=False,
        )
        remove.clicked.connect(partial(self._remove, fact))
        words = PlainLabel(fact.words, Type.BODY, Tone.INK, fit=Fit.WRAP)
        return Line(words, remove, wraps=True)

    def begin(self) -> None:
        """Put the focus in the line, and what was typed before."""
        self.draft.begin()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _typing(self, _: str) -> None:
        self.draft.open = True
        self._row.refuse(None)

    def _add(self) -> None:
        seen, words = self._seen, self.words.text().strip()
        if seen is None or not words:
            return
        visit = seen.visit

        def verb(desk: "Workspace") -> ChangeSet:
            return desk.visits.note(desk.visits.new_fact(visit, words))

        def added(_: ChangeSet) -> None:
            self.words.clear()
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
