"""Every record that names an account or a person, and how it would name another instead."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kamdesk.core.ids import Id, linked_id
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.chain.store import READING, SEAT, TIE
from kamdesk.domain.duplicates.model import NotSame
from kamdesk.domain.duplicates.store import NOT_SAME
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.domain.visits.store import ATTENDEE
from kamdesk.storage.catalogue import CellValue, Kind, Merge
from kamdesk.storage.database import Row
from kamdesk.storage.storage import Storage

_ACCOUNTS: Final = ("account", "group_parent", "merged_into")
"""Columns with the id of an account, of kinds that are about none of their people."""

_NAMING: Final = "SELECT * FROM {} WHERE NOT gone AND id != ?1 AND ({})"
_IN_SET: Final = (
    "SELECT l.eid FROM {} l JOIN {} r ON r.id = l.eid WHERE l.target = ? AND NOT r.gone"
)

_ON_MAPS: Final = (SEAT, READING, TIE)
"""Kinds whose records are found by their map."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A record with the ``cells`` that name the one asked for.

    ``linked_to`` is the set that holds it. ``made_of`` makes the record anew for another one, where
    its id is made of its ends; it returns None where that would join a record to itself.
    """

    kind: Kind
    record: Id
    cells: Mapping[str, CellValue]
    linked_to: str | None = None
    made_of: Callable[[Id, Id], Any] | None = None


def references(storage: Storage, of: Kind, record: Id) -> list[Reference]:
    """Return the living records that name an account or a person, itself not."""
    found: dict[tuple[str, Id], Reference] = {}
    for one in _references(storage, of, record):
        found.setdefault((one.kind.name, one.record), one)
    return list(found.values())


def rewritten(value: CellValue, old: Id, new: Id) -> CellValue:
    """Return a cell's value with one id in place of another."""
    if isinstance(value, tuple):
        return tuple(new if part == old else part for part in value)
    return new if value == old else value


def _references(storage: Storage, of: Kind, record: Id) -> Iterator[Reference]:
    within = _within(storage, of, record)
    for kind in storage.catalogue.kinds:
        for cell in kind.cells:
            if cell.merge is Merge.LINKS:
                if of is PERSON and cell.names:
                    yield from _sets(storage, kind, cell.name, record)
                continue
        columns = _columns(of, kind)
        if not columns:
            continue
        named = " OR ".join(f"{column} = ?1" for column in columns)
        sql, values = _NAMING.format(kind.table, named), [bytes(record)]
        if within is not None and kind.scope_of == "account" and kind not in (PERSON, ACCOUNT):
            sql += " AND map IN (SELECT id FROM maps WHERE account = ?2)" * (kind in _ON_MAPS)
            sql += " AND account = ?2"
            values.append(within)
        for row in storage.reader.ask(sql, *values):
            yield _reference(kind, row, record, columns)


def _within(storage: Storage, of: Kind, record: Id) -> bytes | None:
    """Return the account in whose file all stands that names the record: there it is looked for."""
    if of is not PERSON:
        return record
    return storage.reader.ask("SELECT account FROM people WHERE id = ?", record).value()  # type: ignore[no-any-return]


def _columns(of: Kind, kind: Kind) -> list[str]:
    if kind in (NOT_SAME, KNOWN_AS):
        own = ["first", "second"] if kind is NOT_SAME else ["record"]
        return own + (["account"] if of is ACCOUNT and kind is KNOWN_AS else [])
    if of is ACCOUNT:
        wanted = _ACCOUNTS if kind is ACCOUNT else ("account",)
        return [column for column in kind.columns if column in wanted]
    return [c for cell in kind.cells for c in (*cell.about, *cell.names) if cell.columns]


def _sets(storage: Storage, kind: Kind, cell: str, record: Id) -> Iterator[Reference]:
    sql = _IN_SET.format(kind.link_table(cell), kind.table)
    for row in storage.reader.ask(sql, record):
        yield Reference(kind, Id(row[0]), {}, linked_to=cell)


def _reference(kind: Kind, row: Row, record: Id, columns: list[str]) -> Reference:
    cells: dict[str, CellValue] = {}
    for cell in kind.valued:
        if any(column in columns and row[column] == record for column in cell.columns):
            parts = tuple(row[column] for column in cell.columns)
            cells[cell.name] = parts if len(parts) > 1 else parts[0]
    return Reference(kind, Id(row["id"]), cells, made_of=_anew(kind, row, record))


def _anew(kind: Kind, row: Row, record: Id) -> Callable[[Id, Id], Any] | None:
    """Return what makes a linked record anew for another end; None where its id stays."""
    if kind is NOT_SAME:
        return lambda keep, goes: _pair(row, keep, goes)
    if kind is KNOWN_AS and row["record"] == record:
        return lambda keep, goes: KnownAs.of(
            row["source"] or "",
            row["key"] or "",
            row["of_kind"] or "",
            keep,
            keep if row["account"] == goes else row["account"],  # type: ignore[arg-type]
            digest=row["digest"] or b"",
        )
    if kind is ATTENDEE and row["who"] == record:
        return lambda keep, goes: Attendee(
            id=linked_id("attendee", row["visit"], keep),
            account=row["account"],
            visit=row["visit"],
            who=keep,
            side=Side(row["side"] or Side.THEIRS),
            point=row["point"] or "",
            part=row["part"] or "",
            absent=bool(row["absent"]),
        )
    return None


def _pair(row: Row, keep: Id, goes: Id) -> NotSame | None:
    ends = [keep if end == goes else end for end in (row["first"], row["second"])]
    return NotSame.of(row["of_kind"] or "", *ends) if ends[0] != ends[1] else None
