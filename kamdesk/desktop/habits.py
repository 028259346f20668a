"""How the user's week runs, field by field in the settings: home, hours, lunch, roads, nights."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.field_column import FieldColumn
from kamdesk.desktop.habits_said import FIELDS, HINTS, changed, home_said, starts, words
from kamdesk.desktop.pages import Page
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.domain.travel.model import Habits

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

PLACE = "settings::habits"


class HabitsRead(NamedTuple):
    """The habits, how many ways were corrected, and what these taught about all ways."""

    habits: Habits
    learnt: int
    taught: Text | None


def read_habits(desk: "Workspace") -> HabitsRead:
    """Return what the fields show."""
    travel = desk.habits.ask.travel()
    return HabitsRead(desk.habits.ask.habits(), len(desk.habits.ask.learnt()), travel.learnt_said)


class HabitFields(FieldColumn[Habits]):
    """All habits; below them what was learnt from ways the user corrected."""

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__(page, PLACE)
        for name, label in FIELDS.items():
            self.add(name, label, _editor(name))
        self.stepped.connect(self.step)
        self.taught = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.forget = Button(Text("Forget corrected ways"), icon="undo-2", kind=Kind.BARE)
        self.forget.clicked.connect(lambda: page.do(lambda desk: desk.habits.forget_all()))
        self._column.addWidget(self.taught)
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
        counted = Text("{n} way corrected", "{n} ways corrected", n=read.learnt)
        none = Text("Correct how long a way takes on the week's page, and KamDesk learns it.")
        self.taught.say(looks.joined(counted, read.taught or "") if read.learnt else none)
        self.forget.setVisible(bool(read.learnt))

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
