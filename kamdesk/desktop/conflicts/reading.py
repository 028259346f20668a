"""What waits for the user, read in words: fields, values, and where each value came from."""

from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.naming_records import Named, Names
from kamdesk.desktop.past.reading import Called, field_of, names_of, words_of
from kamdesk.storage.basis import parted
from kamdesk.storage.catalogue import LIFE, Merge
from kamdesk.storage.scrubbing import ids_in
from kamdesk.sync.apart.came_together import CameTogether, came_together, came_together_in
from kamdesk.sync.apart.conflicts import Side, typed
from kamdesk.sync.apart.waiting import Open, Waiting, waiting

if TYPE_CHECKING:
    from kamdesk.storage.catalogue import CellValue
    from kamdesk.workspace import Workspace

_MOST = 200
"""Records read at once; the others come when these are settled."""


class Value(NamedTuple):
    """A value of one side: in words, who wrote it when, and what it came from.

    ``visit`` is the visit it was written up with, ``source`` that visit or the action in words.
    """

    value: "CellValue"
    words: str
    who: str
    at: Instant | None
    source: Text | str
    visit: bytes | None
    mine: bool


class Field(NamedTuple):
    """A field that waits. ``sides`` mine first; ``writes`` it can be written as plain text.

    ``start`` is what writing starts from, ``proposed`` when that is both texts in one.
    """

    open: Open
    name: str
    text: bool
    sides: tuple[Value, ...]
    before: Value
    writes: bool
    start: str
    proposed: bool


class Record(NamedTuple):
    """A record with fields that wait: what it is called, and the other who wrote to it last.

    ``kept`` values beside those came together by themselves.
    """

    kind: str
    id: Id
    named: Named
    who: str
    at: Instant
    fields: tuple[Field, ...]
    kept: int


class ConflictsSeen(NamedTuple):
    """Everything that waits, what came together by itself, and the day it was read."""

    records: tuple[Record, ...]
    more: int
    alone: CameTogether
    today: Day


def read_conflicts(desk: "Workspace") -> ConflictsSeen:
    """Return what waits for the user, the record written to last first."""
    found = waiting(desk.storage)
    some = found[:_MOST]
    sides = [side for one in some for field in one.fields for side in _sides(field)]
    visits = {side.visit for side in sides if side.visit}
    names = Names(desk, [(one.kind, one.record, one.account) for one in some], visits)
    values = [value for side in sides for value in (side.value, *side.wrote.values())]
    ids = {side.by for side in sides if side.by} | set(ids_in(values))
    cells = [field.conflict.cell for one in some for field in one.fields]
    cells += [cell for side in sides for cell in side.wrote]
    reading = _Reading(desk, names, names_of(desk, ids, cells))
    records = tuple(reading.record(one) for one in some)
    return ConflictsSeen(
        records, len(found) - len(some), came_together(desk.storage), desk.clock.today()
    )


def _sides(field: Open) -> list[Side]:
    return [*field.conflict.sides, *((field.before,) if field.before else ())]


class _Reading:
    def __init__(self, desk: "Workspace", names: Names, called: Called) -> None:
        self._desk, self._names, self._called = desk, names, called

    def record(self, one: Waiting) -> Record:
        fields = tuple(self._field(one, field) for field in one.fields)
        others = [value for field in fields for value in field.sides if not value.mine]
        last = max(others or fields[0].sides, key=lambda value: value.at or Instant(0))
        return Record(
            one.kind,
            one.record,
            self._names.of(one.kind, one.record, one.account),
            last.who,
            last.at or Instant(0),
            fields,
            came_together_in(self._desk.storage, one.kind, one.record).every,
        )

    def _field(self, one: Waiting, field: Open) -> Field:
        cell = field.conflict.cell
        known = self._desk.storage.catalogue[one.kind].by_name.get(cell)
        plain = [
            parted(known, side.value)[0] if known else side.value for side in field.conflict.sides
        ]
        writes = typed(known) and all(isinstance(value, str | None) for value in plain)
        sides = sorted(field.conflict.sides, key=lambda side: (not side.mine, side.at.ms))
        shown = next((side for side in sides if side.shown), sides[0])
        start = parted(known, shown.value)[0] if known else None
        return Field(
            field,
            looks.capital(
                Text("delete or keep") if cell == LIFE else field_of(self._called, one.kind, cell)
            ),
            known is not None and known.merge is Merge.TEXT,
            tuple(self._value(one, cell, side) for side in sides),
            self._before(one, cell, field.before),
            writes,
            field.together or (start if isinstance(start, str) else ""),
            field.together is not None,
        )

    def _before(self, one: Waiting, cell: str, side: Side | None) -> Value:
        if side is not None:
            return self._value(one, cell, side)
        said = Text("Both saw it there.") if cell == LIFE else Text("Nothing stood here.")
        return Value(None, looks.DASH, "", None, said, None, False)

    def _value(self, one: Waiting, cell: str, side: Side) -> Value:
        if cell == LIFE:
            words = looks.said(Text("Delete it") if side.value is None else Text("Keep it"))
        else:
            words = words_of(self._desk, self._called, one.kind, cell, side.value) or looks.DASH
        visit = side.visit if one.kind != "visit" else None
        return Value(
            side.value,
            words,
            self._who(side),
            side.at,
            (self._names.visit(visit) if visit else "") or self._written(one, side) or side.action,
            visit,
            side.mine,
        )

    def _written(self, one: Waiting, side: Side) -> str:
        """Return what was written to a record that another deleted; empty for anything else."""
        parts = []
        for cell, value in side.wrote.items():
            field = looks.said(field_of(self._called, one.kind, cell))
            words = words_of(self._desk, self._called, one.kind, cell, value) or looks.DASH
            parts.append(f"{field}: {looks.cut(words, 80)}")
        return looks.capital(looks.clauses(parts)) if parts else ""

    def _who(self, side: Side) -> str:
        if side.by is not None and (name := self._called(Id(side.by))) != "?":
            return name
        return looks.said(Text("me") if side.mine else Text("a colleague"))
