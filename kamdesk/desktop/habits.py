"""How the user's week runs, field by field in the settings: home, hours, lunch, roads, nights."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.field_column import FieldColumn
from kamdesk.desktop.habits_said import FIELDS, HINTS, changed, home_said, starts, words
from kamdesk.desktop.learnt_ways import LearntWays
from kamdesk.desktop.pages import Page
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.travel.model import Habits
from kamdesk.dossier.learnt_ways import LearntWay, learnt_ways

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

PLACE = "settings::habits"


class HabitsRead(NamedTuple):
    """The habits, the ways that were corrected, and what these taught about all ways."""

    habits: Habits
    learnt: list[LearntWay]
    taught: Text | None


def read_habits(desk: "Workspace") -> HabitsRead:
    """Return what the fields show."""
    travel = desk.habits.ask.travel()
    ways = learnt_ways(desk.storage.reader, me=desk.team.sits_here)
    return HabitsRead(desk.habits.ask.habits(), ways, travel.learnt_said)


class HabitFields(FieldColumn[Habits]):
    """All habits; below them what was learnt from ways the user corrected."""

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__(page, PLACE)
        for name, label in FIELDS.items():
            self.add(name, label, _editor(name))
        self.stepped.connect(self.step)
        self.taught = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.forget = Button(Text("Forget all corrected ways"), icon="undo-2", kind=Kind.BARE)
        self.forget.clicked.connect(lambda: page.do(lambda desk: desk.habits.forget_all()))
        self.ways = LearntWays(page)
        self._column.addWidget(self.taught)
        self._column.addWidget(self.ways)
        self._column.addWidget(self.forget)

    @property
    def shown(self) -> bool:
        """Whether the habits were read."""
        return self._shown is not None

    def show_read(self, read: HabitsRead) -> None:
        """Show the habits as they were read."""
        self._shown = read.habits
        for name, field in self.fields.items():
            field.show_value(starts(read.habits, name), words(read.habits, name))
        said, warns = home_said(read.habits)
        self.fields["home_address"].note(said, warns=warns)
        n = len(read.learnt)
        counted = Text("{n} way corrected", "{n} ways corrected", n=n)
        none = Text("Correct how long a way takes on the week's page, and KamDesk learns it.")
        self.taught.say(looks.joined(counted, read.taught or "") if n else none)
        self.ways.show_ways(read.learnt)
        self.forget.setVisible(n > 0)

    def save(self, name: str, typed: object) -> None:
        field = self.fields[name]
        base, _ = self._bases[name]
        try:
            new = changed(base, name, typed)
        except RuleBroken as broken:
            field.refused(broken)
            return
        if new == base:
            field.end()
            return

        def saved() -> None:
            field.show_value(starts(new, name), words(new, name))

        self.carry_out(name, lambda desk: desk.habits.keep(new, base=base), saved)


def _editor(name: str) -> Callable[[], LineEditor]:
    return lambda: LineEditor(hint=HINTS.get(name, ""))
