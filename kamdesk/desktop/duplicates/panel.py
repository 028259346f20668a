"""Two records side by side: why they may be one, what differs, what follows."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.duplicates.choice import FieldChoice
from kamdesk.desktop.panel_step import fill_panel
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow, Kind
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.dossier.merging import Compared, Merging
from kamdesk.dossier.told import field_words, value_words

if TYPE_CHECKING:
    from kamdesk.transfer.doubles import Double
    from kamdesk.workspace import Workspace


def _counted(kind: str, n: int) -> Text | None:
    """Return how much of a kind hangs on a record, in words; None for what says little."""
    return {
        "person": Text("{n} person", "{n} people", n=n),
        "visit": Text("{n} visit", "{n} visits", n=n),
        "attendee": Text("{n} visit", "{n} visits", n=n),
        "promise": Text("{n} promise", "{n} promises", n=n),
        "way": Text("{n} way of contact", "{n} ways of contact", n=n),
        "need": Text("{n} need", "{n} needs", n=n),
        "holding": Text("{n} post", "{n} posts", n=n),
        "reading": Text("{n} judgement", "{n} judgements", n=n),
        "fact": Text("{n} fact", "{n} facts", n=n),
    }.get(kind)


class Shown:
    """A pair with its values in words, read in the background."""

    def __init__(self, desk: "Workspace", compared: Compared, language: str) -> None:
        from kamdesk.core.wording import say

        def called(record: Id) -> str:
            owner = desk.team.ask.find(record)
            account = desk.accounts.ask.find(record)  # type: ignore[arg-type]  # or it is none
            return owner.name if owner else account.called if account else ""

        self.compared = compared
        self.words: Mapping[str, tuple[str, str]] = {
            field.cell: tuple(  # type: ignore[misc]  # two of them
                value_words(
                    compared.kind,
                    field.cell,
                    value,
                    called=called,
                    said=lambda text: say(text, language),
                )
                for value in (field.first, field.second)
            )
            for field in compared.fields
        }


def read_pair(desk: "Workspace", pair: "Double", language: str) -> Shown | None:
    """Return a pair to compare; None where one of the two is gone."""
    try:
        compared = Merging(desk.storage).compare(pair.kind, pair.first, pair.second)
    except LookupError:
        return None
    return Shown(desk, compared, language)


class PairPanel(SidePanel):
    """Signals: ``one(cells to take from the second)`` they are one · ``two`` they are not ·
    ``closed``. Enter and X while it has the focus; 1 and 2 choose.
    """

    one = Signal(object)
    two = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices: list[FieldChoice] = []
        for keys, does in (
            ("Return", self._merge),
            ("Enter", self._merge),
            ("Esc", self.closed.emit),
            ("Shift+1", lambda: self._all(0)),
            ("Shift+2", lambda: self._all(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    def show_pair(self, pair: "Double", shown: Shown) -> None:
        """Show a pair; the first one's values stand until others are chosen."""
        look, compared = theme.now(), shown.compared
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(Heading(Text("One or two?")))
        column.addWidget(PlainLabel(pair.why, Type.BODY, Tone.SECOND, fit=Fit.WRAP))
        for n in (0, 1):
            column.addWidget(_head(n, pair, compared.hanging[n]))
        self.choices = []
        if compared.apart:
            words = Text(
                "They stand at two customers. If they are the same person, both records stay and"
                " are shown as one."
            )
            column.addWidget(PlainLabel(words, Type.BODY, fit=Fit.WRAP))
        else:
            self._add_choices(column, shown)
        column.addSpacing(look.px(4))
        one = Text("The same person") if compared.apart else Text("Make one of them")
        self.merge = Button(one, keys="Enter", kind=Kind.PRIMARY)
        self.merge.clicked.connect(self._merge)
        apart = Button(Text("Not the same"), keys="X")
        apart.clicked.connect(self.two)
        column.addWidget(ButtonRow(self.merge, apart))
        column.addStretch(1)
        fill_panel(self, holder)
        self.setFocusProxy(self.choices[0] if self.choices else self.merge)

    def _add_choices(self, column: QVBoxLayout, shown: Shown) -> None:
        compared = shown.compared
        filled = 0
        for field in compared.fields:
            first, second = shown.words[field.cell]
            parts = [first.split(" · "), second.split(" · ")]
            if field.cell == "name" and parts[0][0] == parts[1][0]:  # taken apart otherwise
                first, second = ("·".join(one[1:]) for one in parts)
            elif field.cell == "name":
                first, second = (one[0] for one in parts)
            if not field.differs:
                filled += field.comes
                continue
            if isinstance(field.first, tuple) and first == second:
                continue
            made = FieldChoice(field.cell, field_words(compared.kind, field.cell), first, second)
            self.choices.append(made)
            column.addWidget(made)
        if not self.choices:
            column.addWidget(PlainLabel(Text("Nothing in them differs."), fit=Fit.WRAP))
        said = Text(
            "{n} more value comes from 2. What hangs on 2 follows to 1; one undo takes it all"
            " back.",
            "{n} more values come from 2. What hangs on 2 follows to 1; one undo takes it all"
            " back.",
            n=filled,
        )
        column.addWidget(PlainLabel(said, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))

    def choose(self, which: int) -> None:
        """Choose for the field that has the focus, else for the first one."""
        if self.choices:
            focused = next((one for one in self.choices if one.hasFocus()), self.choices[0])
            focused.choose(which)

    def _all(self, which: int) -> None:
        for choice in self.choices:
            choice.choose(which)

    def _merge(self) -> None:
        self.one.emit(tuple(choice.cell for choice in self.choices if choice.stands == 1))


def _head(n: int, pair: "Double", hanging: Mapping[str, int]) -> QWidget:
    every = (_counted(kind, count) for kind, count in hanging.items())
    said = looks.joined(*filter(None, every))
    name = looks.joined(f"{n + 1}", looks.cut(pair.names[n], 60), looks.cut(pair.places[n], 60))
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(PlainLabel(name, Type.STRONG, fit=Fit.WRAP))
    column.addWidget(
        PlainLabel(said or Text("nothing hangs on it"), Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
    )
    return holder
