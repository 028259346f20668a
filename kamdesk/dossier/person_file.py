"""All that is held on one person, over all rooms: made from the catalogue, so that nothing is left.

Whatever record is about the person, or names them, is in it with every cell, and so is what was
written and changed before. Other people are named by their post only: the file goes to the person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, Id, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.people.store import PersonStore
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.domain.visits.store import VISIT, VisitStore
from kamdesk.storage.catalogue import CellValue
from kamdesk.storage.concerning import Concerning, concerning, stored
from kamdesk.storage.history import History, HistoryLine
from kamdesk.storage.storage import Storage

ATTENDED: Final = ("kind", "topic", "time", "place", "objective", "said", "outcome", "next_step")
"""What of a visit belongs to those who sat there; our ask and our limits are ours."""


_NAMED: Final = (
    "SELECT title FROM posts WHERE id = ?",
    "SELECT name FROM bodies WHERE id = ?",
    "SELECT name FROM sites WHERE id = ?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One record that is about the person (``about``) or only names them, by cell.

    ``before`` are the values its cells had, oldest first; of what only names the person, those of
    the naming cells.
    """

    kind: str
    id: Id
    about: bool
    gone: bool
    cells: Mapping[str, CellValue]
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """A person's dossier: ``records`` by kind in the catalogue's order, then as they were made.

    ``same`` are the records of the same human elsewhere; all of them are in it. ``attended`` are
    the visits they sat at. ``called`` names what is named in it, others by their posts.
    """

    person: PersonId
    name: str
    made: Instant
    same: tuple[PersonId, ...]
    records: tuple[Held, ...]
    attended: tuple[Held, ...]
    called: Mapping[Id, Text | str]


def person_file(storage: Storage, person: PersonId) -> PersonFile:
    """Return all that is held on a person. Raises ``LookupError`` for somebody who is not there."""
    found = PersonStore(storage.reader).get(person)
    same = same_human(storage, person)
    history = History(storage)
    records = [
        held
        for one in concerning(storage, same)
        if (held := _held(storage, history, one)) is not None
    ]
    sat = _attended(storage, records)
    ids = {part for held in (*records, *sat) for part in _ids(held)}
    return PersonFile(
        person=person,
        name=found.name,
        made=storage.clock.now(),
        same=tuple(one for one in same if one != person),
        records=tuple(records),
        attended=sat,
        called={one: called for one in ids if (called := _called(storage, one, same))},
    )


def same_human(storage: Storage, person: PersonId) -> list[PersonId]:
    """Return the records tied by ``same_as``, in either direction, the one asked for first."""
    found, ahead = [person], [person]
    sql = (
        "SELECT id FROM people WHERE same_as = ?1 UNION SELECT same_as FROM people WHERE id = ?1"
        " UNION SELECT id FROM people WHERE merged_into = ?1"
    )
    while ahead:
        for (record,) in storage.reader.ask(sql, ahead.pop()):
            if record is not None and record not in found:
                found.append(PersonId(Id(record)))
                ahead.append(PersonId(Id(record)))
    return found


def deleted_called(storage: Storage, words: str) -> list[PersonId]:
    """Return the deleted people of exactly this name or id: all that was held on them still is."""
    sql = (
        "SELECT id FROM people WHERE gone AND (name = ?1 OR lower(hex(id)) = lower(?1)) ORDER BY id"
    )
    return storage.reader.ask(sql, words).column()


def _held(storage: Storage, history: History, one: Concerning) -> Held | None:
    found = stored(storage, one.kind, one.record)
    if found is None:
        return None
    naming = {cell.name for cell in one.kind.cells if cell.names}
    lines = history.of(one.kind.name, one.record)[::-1]
    return Held(
        kind=one.kind.name,
        id=one.record,
        about=one.about,
        gone=found.gone,
        cells=found.cells,
        history=tuple(line for line in lines if one.about or line.cell in naming),
    )


def _attended(storage: Storage, records: list[Held]) -> tuple[Held, ...]:
    """Return the visits at which the person sat, as far as they are about those who sat there."""
    seats = [held.cells["seat"] for held in records if held.kind == "attendee"]
    visits = {Id(s[0]): None for s in seats if isinstance(s, tuple) and isinstance(s[0], bytes)}
    found = []
    for visit in visits:
        row = stored(storage, VISIT, visit)
        if row is not None:
            cells = {name: row.cells[name] for name in ATTENDED if name in row.cells}
            found.append(
                Held(
                    kind=VISIT.name,
                    id=visit,
                    about=False,
                    gone=row.gone,
                    cells=cells,
                    history=(),
                )
            )
    return tuple(sorted(found, key=lambda held: str(held.cells.get("time", ""))))


def _ids(held: Held) -> set[Id]:
    values = [*held.cells.values(), *(v for one in held.history for v in (one.before, one.after))]
    parts = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    found = {Id(part) for part in parts if isinstance(part, bytes) and len(part) == 16}
    return found | {Id(line.by) for line in held.history if line.by}


def _called(storage: Storage, record: Id, same: list[PersonId]) -> Text | str:
    """Return what a record is called in the file: the person by name, others by their post."""
    people = PersonStore(storage.reader)
    if account := AccountStore(storage.reader).find(AccountId(record)):
        return account.called
    if colleague := ColleagueStore(storage.reader).find(record):
        return colleague.name
    if visit := VisitStore(storage.reader).find(record):
        return Text("visit of {day}", day=visit.start.day.isoformat() if visit.start else "?")
    if storage.reader.ask("SELECT 1 FROM people WHERE id = ?", record):
        if record in same:
            return people.get(PersonId(record)).name
        post = storage.reader.ask("SELECT post FROM person_standing WHERE id = ?", record).value()
        return Text("the {post}", post=post) if post else Text("another person")
    if storage.reader.ask("SELECT 1 FROM maps WHERE id = ?", record):
        return Text("decision chain")
    for sql in _NAMED:
        if named := storage.reader.ask(sql, record).value():
            return str(named)
    return ""
