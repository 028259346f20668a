"""Two records that are one: what differs, and making them one, as one action one undo takes back.

What hangs on the record that goes follows to the one that stays; the old id is led there.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.chain.store import MAP, SEAT, ChainStore
from kamdesk.domain.duplicates.model import NotSame
from kamdesk.domain.duplicates.store import NOT_SAME
from kamdesk.domain.people.posts import HOLDING
from kamdesk.domain.people.store import PERSON, WAY, PersonStore
from kamdesk.dossier.references import Reference, references, rewritten
from kamdesk.storage.basis import Parts, parted
from kamdesk.storage.catalogue import Cell, CellValue, Kind, Merge, nothing, own_cell
from kamdesk.storage.change import Change
from kamdesk.storage.concerning import stored
from kamdesk.storage.storage import Storage

KINDS: Final = {"account": ACCOUNT, "person": PERSON}
_NOT_CHOSEN: Final = ("account", "same_as", "merged_into", "restricted")
"""Cells that say where a record stands, not what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One cell of two records; ``both`` when it is text that can stand one below the other.

    The values are as the log writes them; ``said`` are they without what they stand on, ``bases``
    what that is.
    """

    cell: str
    first: CellValue
    second: CellValue
    both: bool = False
    said: tuple[CellValue, CellValue]
    bases: tuple[Parts | None, Parts | None] = (None, None)

    @staticmethod
    def of(cell: Cell, first: CellValue, second: CellValue) -> "Field":
        """Return the field of a cell."""
        one, other = parted(cell, first), parted(cell, second)
        return Field(
            cell=cell.name,
            first=first,
            second=second,
            both=cell.merge is Merge.TEXT,
            said=(one[0], other[0]),
            bases=(one[1], other[1]),
        )

    @property
    def differs(self) -> bool:
        """True when both say something, and not the same: somebody has to choose."""
        return not any(map(nothing, self.said)) and self.said[0] != self.said[1]

    @property
    def comes(self) -> bool:
        """True when the second's is taken unasked: the first says nothing, or stands on nothing."""
        if nothing(self.said[0]):
            return not nothing(self.said[1])
        return not self.differs and self.bases[0] is None and self.bases[1] is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two records side by side, and how much hangs on each, by kind."""

    kind: str
    first: Id
    second: Id
    fields: tuple[Field, ...]
    hanging: tuple[Mapping[str, int], Mapping[str, int]]
    apart: bool
    """Two people at two customers: they cannot be one record, but one human."""


class Merging:
    """Compares, merges, and remembers what is not the same."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def compare(self, kind: str, first: Id, second: Id) -> Compared:
        """Return two records side by side. Raises ``LookupError`` for one that is gone."""
        one, other = self._cells(kind, first), self._cells(kind, second)
        own = [name for name in {**one, **other} if name not in KINDS[kind].by_name]
        cells = [cell for cell in KINDS[kind].cells if cell.name not in _NOT_CHOSEN]
        return Compared(
            kind=kind,
            first=first,
            second=second,
            fields=tuple(
                Field.of(cell, one.get(cell.name), other.get(cell.name))
                for cell in cells
                if cell.name in one or cell.name in other
            )
            + tuple(Field.of(own_cell(name), one.get(name), other.get(name)) for name in own),
            hanging=(self._hanging(kind, first), self._hanging(kind, second)),
            apart=kind == "person" and _apart(one.get("account"), other.get("account")),
        )

    def merge(self, kind: str, keep: Id, goes: Id, *, take: Collection[str] = ()) -> ChangeSet:
        """Make ``goes`` part of ``keep``; cells in ``take`` have the value of the one that goes.

        Where ``keep`` says nothing, the other's value is taken anyway, with what it stands on; so
        it is where both say the same and only the other knows since when. Texts stand one below
        the other. Raises ``RuleBroken`` for people of two customers, ``LookupError``.
        """
        compared = self.compare(kind, keep, goes)
        if keep == goes:
            raise RuleBroken(Text("These are one record already."))
        if compared.apart:
            raise RuleBroken(
                Text("They stand at two customers: say that they are the same person instead.")
            )
        named = {"account": Text("Merge customers"), "person": Text("Merge people")}
        with self._storage.change(named[kind]) as change:
            self._fill(change, compared, take)
            self._follow(change, KINDS[kind], keep, goes)
            self._tidy(change, kind, keep, goes)
            change.write(KINDS[kind], goes, {"merged_into": keep})
            change.drop(KINDS[kind], goes)
        return change.touched

    def same_human(self, person: PersonId, other: PersonId) -> ChangeSet:
        """Say that two people at two customers are one human; both records stay."""
        people = PersonStore(self._storage.reader)
        later, earlier = sorted((people.get(person), people.get(other)), key=lambda one: one.id)[
            ::-1
        ]
        with self._storage.change(Text("The same person")) as change:
            change.put(PERSON, replace(later, same_as=earlier.id), base=later)
        return change.touched

    def not_same(self, kind: str, first: Id, second: Id) -> ChangeSet:
        """Remember that two records are two."""
        with self._storage.change(Text("Not the same")) as change:
            change.put(NOT_SAME, NotSame.of(kind, first, second))
        return change.touched

    def _cells(self, kind: str, record: Id) -> Mapping[str, CellValue]:
        found = stored(self._storage, KINDS[kind], record)
        if found is None or found.gone:
            raise LookupError("no such record")
        return found.cells

    def _hanging(self, kind: str, record: Id) -> dict[str, int]:
        counts: dict[str, int] = {}
        for one in references(self._storage, KINDS[kind], record):
            if one.kind.name not in ("not_same", "known_as"):
                counts[one.kind.name] = counts.get(one.kind.name, 0) + 1
        return counts

    def _fill(self, change: Change, compared: Compared, take: Collection[str]) -> None:
        kind = KINDS[compared.kind]
        cells: dict[str, CellValue] = {}
        for field in compared.fields:
            if field.cell in kind.by_name and kind.by_name[field.cell].merge is Merge.LINKS:
                targets = field.second if isinstance(field.second, tuple) else ()
                change.link(kind, compared.first, field.cell, *targets)  # type: ignore[arg-type]
            elif field.comes or (field.differs and field.cell in take):
                cells[field.cell] = field.second
            elif field.differs and field.both:
                cells[field.cell] = "\n".join((str(field.first), str(field.second)))
        if compared.kind == "account":
            cells |= _also_called(compared, cells)
        if cells:
            change.write(kind, compared.first, cells)

    def _follow(self, change: Change, kind: Kind, keep: Id, goes: Id) -> None:
        account = keep if kind is ACCOUNT else self._cells("person", keep).get("account")
        for one in references(self._storage, kind, goes):
            if one.record in (keep, goes) and one.kind is kind:
                change.write(kind, one.record, dict.fromkeys(one.cells))
            else:
                self._lead(change, one, keep, goes, account)

    def _lead(self, change: Change, one: Reference, keep: Id, goes: Id, account: CellValue) -> None:
        """Let one record name ``keep`` where it named ``goes``."""
        if one.linked_to is not None:
            change.unlink(one.kind, one.record, one.linked_to, goes)
            change.link(one.kind, one.record, one.linked_to, keep)
            return
        cells = {name: rewritten(value, goes, keep) for name, value in one.cells.items()}
        if one.kind.scope_of == "account" and account is not None:
            cells["account"] = account
        if one.made_of is None:
            change.write(one.kind, one.record, cells)
            return
        made = one.made_of(keep, goes)
        if made is not None:
            change.put(one.kind, made)
        change.drop(one.kind, one.record)

    def _tidy(self, change: Change, kind: str, keep: Id, goes: Id) -> None:
        """Take away what stands there twice now."""
        if kind == "account":
            self._name_maps(change, AccountId(keep), AccountId(goes))
            return
        person = PersonId(keep)
        for twice in _twice(self._storage, person):
            change.drop(*twice)

    def _name_maps(self, change: Change, keep: AccountId, goes: AccountId) -> None:
        """Call the map that came along by its former customer: one map has no name."""
        bare = [one for one in ChainStore(self._storage.reader).maps(keep) if not one.name]
        called = str(stored(self._storage, ACCOUNT, goes).cells.get("name", ""))  # type: ignore[union-attr]
        for one in bare[1:]:
            change.put(MAP, replace(one, name=called), base=one)


def _twice(storage: Storage, person: PersonId) -> Iterator[tuple[Kind, Id]]:
    """Yield what a person has twice: a way, a present post of one title, a seat on a map."""
    people = PersonStore(storage.reader)
    seen: set[Any] = set()
    every: list[tuple[Any, Kind, Id]] = [
        ((way.channel, "".join(way.value.split()).casefold()), WAY, way.id)
        for way in people.ways(person)
    ]
    every += [
        (people.post(held.post).title, HOLDING, Id(held.id))
        for held in people.held_by(person)
        if held.until is None
    ]
    rows = storage.reader.ask(
        "SELECT map, id FROM seats WHERE person = ? AND NOT gone"
        " AND map IN (SELECT id FROM maps WHERE account = ?) ORDER BY id",
        person,
        people.get(person).account,
    )
    every += [(("seat", row[0]), SEAT, Id(row[1])) for row in rows]
    for mark, kind, record in every:
        if mark in seen:
            yield kind, record
        seen.add(mark)


def _apart(one: CellValue, other: CellValue) -> bool:
    return one is not None and other is not None and one != other


def _also_called(compared: Compared, cells: Mapping[str, CellValue]) -> dict[str, CellValue]:
    """Return the other names with every name that would be lost: one still finds the customer."""
    by_cell = {field.cell: field for field in compared.fields}
    known: list[str] = []
    for name in ("other_names", "name", "short_name"):
        field = by_cell.get(name)
        values: tuple[CellValue, ...] = (field.first, field.second) if field else ()
        known += [one for value in values if value for one in str(value).split("\n")]
    called = cells.get("name", by_cell["name"].first)
    short = cells.get("short_name", by_cell["short_name"].first if "short_name" in by_cell else "")
    others = [one for one in dict.fromkeys(known) if one not in (called, short)]
    return {"other_names": "\n".join(others)} if others else {}
