"""The page of own fields: add, rename, order, retire; nothing written is ever lost."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import Id, OwnFieldId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.list_page import ListPage
from kamdesk.desktop.own_fields.step import NEW, FieldStep
from kamdesk.desktop.pages import Crumb, Route
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.desktop.widgets.groups import Grouping
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.own_fields.model import OF_WORDS, PRIVACY_WORDS, SORT_WORDS, Of, OwnField

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_ORDER = {kind: n for n, kind in enumerate(Of)}


class FieldLine(NamedTuple):
    """A field as the list shows it, and how many records have a value of it."""

    id: OwnFieldId
    field: OwnField
    used: int


class OwnFieldsPage(ListPage):
    """The fields by whose they are, and a side panel that adds and changes one."""

    title = Text("Own fields")
    follows = ("own_field", "account", "person", "visit")
    keys = (
        ("Ctrl+N", Text("Add")),
        ("E", Text("Change")),
        ("Alt+Up", Text("Move")),
        ("R", Text("Retire or bring back")),
    )

    def build(self) -> None:
        add = self.actions_here.add
        new = add("own_fields.new", Text("Add a field"), self._new, keys="Ctrl+N", icon="plus")
        self._change = add(
            "own_fields.change", Text("Change the field"), self._edit, keys="E", icon="pencil"
        )
        self._retire = add(
            "own_fields.retire", Text("Retire or bring back"), self._turn, keys="R", icon="history"
        )
        up = add("own_fields.up", Text("Move up"), lambda: self._move(-1), keys="Alt+Up")
        down = add("own_fields.down", Text("Move down"), lambda: self._move(1), keys="Alt+Down")
        self._of_one = (self._change, self._retire, up, down)
        self._wanted: Id | None = None
        self._head = self.head(
            self.title,
            "",
            Button.of(self._retire),
            Button.of(self._change),
            Button.of(new, kind=Kind.PRIMARY),
        )
        self.list = self.table(
            self.title,
            _COLUMNS,
            key="own_fields",
            empty=EmptyState(
                "sliders-horizontal",
                Text("No fields of your own yet"),
                Text(
                    "What your trade asks for and KamDesk does not know: machines in use, ERP"
                    " system, contract end. Add a field and it stands in every file and list."
                ),
                new,
            ),
        )
        self.list.opened.connect(lambda _: self._edit())
        self.list.chosen.connect(lambda _: self._allow())
        self.list.group_by(_BY_KIND)
        self._allow()

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(Text("Settings"), Route("settings")), Crumb(self.title))

    def resume(self, place: str) -> None:
        if place == NEW:
            self._new()

    def reload(self) -> None:
        def question(desk: "Workspace") -> list[FieldLine]:
            used: Mapping[bytes, int] = desk.own_fields.ask.used()
            fields = desk.own_fields.ask.fields(retired=True)
            return [FieldLine(one.id, one, used.get(one.id, 0)) for one in fields]

        self.ask(question, self._show)

    def _show(self, lines: list[FieldLine]) -> None:
        self.list.show_lines(lines)
        if self._wanted is not None and self.list.choose(self._wanted):
            self._wanted = None
        self._head.remark.say(Text("{n} field", "{n} fields", n=len(lines)) if lines else "")
        self._allow()

    def _allow(self) -> None:
        for action in self._of_one:
            action.enable(self.list.current is not None)

    # ---- doing

    def _new(self) -> None:
        self._ask_for(FieldStep(self))

    def _edit(self) -> None:
        if (line := self.list.current) is not None:
            self._ask_for(FieldStep(self, line.field))

    def _ask_for(self, step: FieldStep) -> None:
        step.saved.connect(self._kept)
        self.begin(step)

    def _kept(self, changes: ChangeSet) -> None:
        self._wanted = next((record for _, record in changes.records), None)

    def _turn(self) -> None:
        line = self.list.current
        if line is None:
            return
        field = line.field
        said = (
            Text("“{name}” is offered again.", name=field.name)
            if field.retired
            else Text(
                "“{name}” is offered no more; what was written in it is kept.", name=field.name
            )
        )
        back = undo_way(self.workbench, self.around.say)
        self.do(
            lambda desk: desk.own_fields.retire(field, back=field.retired),
            lambda _: self.around.say(said, way_out=back),
        )

    def _move(self, by: int) -> None:
        if (line := self.list.current) is not None:
            self.do(lambda desk: desk.own_fields.move(line.field, by))


_COLUMNS: tuple[Column[FieldLine], ...] = (
    Column(
        Text("Field"),
        show=lambda line: line.field.name,
        strong=True,
        least=200,
        tone=lambda line: Tone.MUTED if line.field.retired else Tone.INK,
    ),
    Column(
        Text("Takes"),
        show=lambda line: looks.capital(SORT_WORDS[line.field.sort]),
        width=130,
    ),
    Column(Text("To choose from"), show=lambda line: ", ".join(line.field.choices), least=160),
    Column(
        Text("Who may see it"),
        show=lambda line: looks.capital(PRIVACY_WORDS.get(line.field.privacy, line.field.privacy)),
        width=200,
    ),
    Column(
        Text("Used"),
        show=lambda line: looks.number(line.used),
        sort_by=lambda line: line.used,
        align=Align.RIGHT,
        width=72,
    ),
    Column(
        Text("State"),
        show=lambda line: Text("Retired") if line.field.retired else Text("In use"),
        tone=lambda line: Tone.OCHRE if line.field.retired else Tone.SECOND,
        width=96,
    ),
)
_BY_KIND: Grouping[FieldLine] = Grouping(
    key="of_kind",
    title=Text("It is a field of"),
    of=lambda line: line.field.of_kind,
    words=lambda kind: looks.capital(OF_WORDS[kind]),
    order=lambda kind: _ORDER[kind],
    sums=lambda lines: Text("{n} field", "{n} fields", n=len(lines)),
)
