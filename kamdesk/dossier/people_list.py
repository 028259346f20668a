"""The list of everybody: rows in the order in which names are said, page by page."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, PersonId
from kamdesk.core.stored import read_words
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.standing import What, on_scale
from kamdesk.storage.database import Reader

_BATCH: Final = 500


class Entry(NamedTuple):
    """A person as the list of people shows them.

    ``called`` is what one says to the face, ``sound`` how the name is said.
    """

    id: PersonId
    name: str
    called: str
    post: str
    department: str
    account: AccountId | None
    account_name: str
    owner: str
    last_met: str
    phone: str
    sound: str
    stance: int | None
    roles: tuple[Role, ...]


class Place(NamedTuple):
    """A place in the order of names: what follows it is the next page."""

    sound: str
    id: bytes


_START: Final = Place("", b"")
_JUDGED = """
(SELECT r.value FROM readings r WHERE r.subject = p.id AND r.what = '{}' AND r.valid_from <= ?1
   AND NOT r.gone ORDER BY r.valid_from DESC, r.id DESC LIMIT 1)"""
_ROWS = """
SELECT p.id, p.name, p.form_of_address, s.post, p.department, p.account,
       coalesce(a.short_name, a.name), c.name, s.last_met, s.phone, n.sound, {}, {}
FROM people p
LEFT JOIN accounts a ON a.id = p.account
LEFT JOIN colleagues c ON c.id = p.owner
LEFT JOIN person_standing s ON s.id = p.id
LEFT JOIN search_names n ON n.eid = p.id
WHERE p.shown AND p.id IN ({{}})""".format(_JUDGED.format("stance"), _JUDGED.format("roles"))
_PAGE = """
SELECT sound, eid FROM search_names
WHERE kind = 2 AND (sound, eid) > (?, ?) ORDER BY sound, eid LIMIT ?"""


def count(reader: Reader) -> int:
    """Return how many people the list has."""
    return int(reader.ask("SELECT count(*) FROM search_names WHERE kind = 2").value())


def page(
    reader: Reader, day: Day, most: int, after: Place = _START
) -> tuple[list[Entry], Place | None]:
    """Return at most so many people from a place on, and the place where the next page begins.

    Judgements are those valid on ``day``. The place is None at the end.
    """
    found = reader.ask(_PAGE, after.sound, after.id, most)
    rows = entries(reader, day, [row["eid"] for row in found])
    return rows, Place(found[-1]["sound"], found[-1]["eid"]) if len(found) == most else None


def entries(reader: Reader, day: Day, people: Sequence[bytes]) -> list[Entry]:
    """Return these people as far as they may be shown, in the order given."""
    by_id: dict[bytes, Entry] = {}
    for at in range(0, len(people), _BATCH):
        batch = people[at : at + _BATCH]
        marks = ", ".join("?" * len(batch))
        for row in reader.ask(_ROWS.format(marks), day.isoformat(), *batch):
            by_id[row[0]] = _entry(row)
    return [by_id[one] for one in people if one in by_id]


def _entry(row: Sequence[object]) -> Entry:
    stance, said = row[11], [str(part or "") for part in row[:11]]
    return Entry(
        id=row[0],  # type: ignore[arg-type]  # as the table holds it
        name=said[1],
        called=said[2],
        post=said[3],
        department=said[4],
        account=row[5],  # type: ignore[arg-type]
        account_name=said[6],
        owner=said[7],
        last_met=said[8],
        phone=said[9],
        sound=said[10],
        stance=int(stance) if isinstance(stance, str) and _judged(stance) else None,
        roles=read_words(Role, row[12]),  # type: ignore[arg-type]
    )


def _judged(stance: str) -> bool:
    return bool(stance) and on_scale(What.STANCE, stance)
