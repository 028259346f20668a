"""Looks through the workspace for records that may be one: lean rows, then pairs with a reason."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from kamdesk.core.ids import Id
from kamdesk.core.steps import Steps, unheard
from kamdesk.core.wording import Text
from kamdesk.domain.duplicates.store import DuplicateStore
from kamdesk.storage.database import Reader
from kamdesk.transfer.duplicates import Pair, propose
from kamdesk.transfer.known import Known

MOST: Final = 500
"""Pairs shown at once, the likeliest: nobody goes through more at a sitting."""

_ACCOUNTS: Final = """
SELECT id, name, credit_code, phone, city FROM accounts WHERE NOT gone ORDER BY id"""
_PEOPLE: Final = """
SELECT p.id, p.name, p.account, coalesce(a.short_name, a.name), s.post, p.same_as, n.sound
FROM people p LEFT JOIN accounts a ON a.id = p.account
LEFT JOIN person_standing s ON s.id = p.id
LEFT JOIN search_names n ON n.eid = p.id WHERE p.shown ORDER BY p.id"""
_WAYS: Final = """
SELECT person, channel, value FROM ways
WHERE NOT gone AND channel IN ('mobile', 'phone', 'email') ORDER BY id"""
_KEYS: Final = "SELECT source, key, record FROM known_as WHERE of_kind = ? AND NOT gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """Two records that may be one: what each is called, where it stands, and why.

    ``apart``: two people at two customers, who can only be one human, not one record.
    """

    kind: str
    first: Id
    second: Id
    names: tuple[str, str]
    places: tuple[str, str]
    likeness: float
    why: Text
    apart: bool

    @property
    def id(self) -> bytes:
        """What names the pair in a list."""
        return self.first + self.second


def doubles(reader: Reader, kind: str, step: Steps = unheard) -> list[Double]:
    """Return pairs of customers (``account``) or people (``person``), likeliest first.

    Pairs said to be two, or one human already, are left out; so is whoever must not be shown.
    """
    step(0, 3)
    known, apart = _accounts(reader) if kind == "account" else _people(reader)
    step(1, 3)
    pairs = propose(known, lambda: step(1, 3))
    step(2, 3)
    said = DuplicateStore(reader).not_same(kind) | apart
    found = [_double(kind, pair, known) for pair in pairs]
    kept = [one for one in found if _pair(one.first, one.second) not in said][:MOST]
    step(3, 3)
    return kept


def _accounts(reader: Reader) -> tuple[list[Known], frozenset[tuple[Id, Id]]]:
    keys = _keys(reader, "account")
    return [
        Known(
            name=row[1] or "",
            id=Id(row[0]),
            keys=keys[row[0]],
            values={"credit_code": row[2] or "", "phone": row[3] or "", "place": row[4] or ""},
        )
        for row in reader.ask(_ACCOUNTS)
    ], frozenset()


def _people(reader: Reader) -> tuple[list[Known], frozenset[tuple[Id, Id]]]:
    keys, ways = _keys(reader, "person"), defaultdict[bytes, dict[str, str]](dict)
    for person, channel, value in reader.ask(_WAYS):
        ways[person].setdefault(channel, value or "")
    known, one_human = [], set()
    for row in reader.ask(_PEOPLE):
        if row[5]:
            one_human.add(_pair(Id(row[0]), Id(row[5])))
        known.append(
            Known(
                name=row[1] or "",
                id=Id(row[0]),
                keys=keys[row[0]],
                values={
                    "account": (row[2] or b"").hex(),
                    "sound": row[6] or "",
                    "place": ", ".join(filter(None, (row[4], row[3]))),
                    **ways[row[0]],
                },
            )
        )
    return known, frozenset(one_human)


def _keys(reader: Reader, kind: str) -> "defaultdict[bytes, frozenset[tuple[str, str]]]":
    found: defaultdict[bytes, frozenset[tuple[str, str]]] = defaultdict(frozenset)
    for source, key, record in reader.ask(_KEYS, kind):
        found[record] |= {(source or "", key or "")}
    return found


def _double(kind: str, pair: Pair, known: list[Known]) -> Double:
    one, other = known[pair.first], known[pair.second]
    employers = {one.text("account"), other.text("account")} - {""}
    return Double(
        kind=kind,
        first=one.id or Id(b""),
        second=other.id or Id(b""),
        names=(one.name, other.name),
        places=(one.text("place"), other.text("place")),
        likeness=pair.likeness,
        why=pair.why,
        apart=len(employers) > 1,
    )


def _pair(one: Id, other: Id) -> tuple[Id, Id]:
    return (one, other) if one < other else (other, one)
