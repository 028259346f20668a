"""What customers and people are found by, read from their records."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from kamdesk.search.fields import ACCOUNTS, PEOPLE, Group
from kamdesk.search.keys import code, digits
from kamdesk.search.words import plain
from kamdesk.storage.database import Connection

BATCH: Final = 500
_SHORTEST_KEY: Final = 3
SHORTEST_TAIL: Final = 4
_BETWEEN_NUMBERS = re.compile(r"[;,/、|]")

_ACCOUNT_WEIGHT = """min(3, CASE a.class_by_hand
    WHEN 'core' THEN 2 WHEN 'high_potential' THEN 2 WHEN 'maintain' THEN 1 WHEN 'to_improve' THEN 1
    ELSE 0 END + (s.last_visit IS NOT NULL OR s.next_visit IS NOT NULL))"""
_PERSON_WEIGHT = "2 * (s.last_met IS NOT NULL) + (s.post IS NOT NULL)"

_ACCOUNTS = f"""
SELECT a.id, {_ACCOUNT_WEIGHT}, a.name, a.short_name, a.other_names, a.number, a.credit_code,
       a.stock_code, a.phone
FROM accounts a LEFT JOIN account_standing s ON s.id = a.id
WHERE NOT a.gone AND a.id IN"""
_PEOPLE = f"""
SELECT p.id, {_PERSON_WEIGHT}, p.name, p.form_of_address, s.post, p.department,
       coalesce(a.short_name, a.name)
FROM people p
LEFT JOIN person_standing s ON s.id = p.id
LEFT JOIN accounts a ON a.id = p.account AND NOT a.gone
WHERE p.shown AND p.id IN"""
_WAYS = """
SELECT person, coalesce(channel, ''), value FROM ways
WHERE value IS NOT NULL AND NOT gone AND person IN"""
_KNOWN = """
SELECT record, coalesce(of_kind, ''), key FROM known_as
WHERE key IS NOT NULL AND NOT gone AND record IN"""
_LIGHTER = {
    ACCOUNTS.kind: f"""
SELECT a.id FROM accounts a LEFT JOIN account_standing s ON s.id = a.id
JOIN search_names n ON n.eid = a.id WHERE n.weight <> {_ACCOUNT_WEIGHT} AND a.id IN""",
    PEOPLE.kind: f"""
SELECT p.id FROM people p LEFT JOIN person_standing s ON s.id = p.id
JOIN search_names n ON n.eid = p.id WHERE n.weight <> {_PERSON_WEIGHT} AND p.id IN""",
}


class Found(NamedTuple):
    """What one record is found by: its weight, and its texts with the tags of their fields."""

    weight: int
    texts: list[tuple[str, str]]


def batches(ids: Iterable[bytes]) -> list[list[bytes]]:
    """Return ids in order, as many at a time as one question takes."""
    every = sorted(ids)
    return [every[at : at + BATCH] for at in range(0, len(every), BATCH)]


def among(connection: Connection, sql: str, batch: Sequence[bytes]) -> list[Any]:
    """Return the rows of a question that ends in ``… IN``."""
    rows: list[Any] = connection.execute(f"{sql} ({','.join('?' * len(batch))})", batch).fetchall()
    return rows


def in_turn(connection: Connection, table: str) -> Iterator[list[bytes]]:
    """Yield the ids of all records of a table, some at a time, holding no more than those."""
    last = connection.execute(f"SELECT max(rid) FROM {table}").fetchone()[0] or 0
    for low in range(0, last, BATCH):
        sql = f"SELECT id FROM {table} WHERE rid > ? AND rid <= ?"
        if found := [row[0] for row in connection.execute(sql, (low, low + BATCH))]:
            yield found


def reweighed(connection: Connection, group: Group, ids: Iterable[bytes]) -> set[bytes]:
    """Return those of ``ids`` whose weight is no longer the indexed one."""
    sql = _LIGHTER[group.kind]
    return {row[0] for batch in batches(ids) for row in among(connection, sql, batch)}


def gathered(connection: Connection, group: Group, batch: Sequence[bytes]) -> dict[bytes, Found]:
    """Return the records of a batch that are not deleted, with what they are found by."""
    found = (_accounts if group is ACCOUNTS else _people)(connection, batch)
    for record, of_kind, key in sorted(map(tuple, among(connection, _KNOWN, batch))):
        if record in found and of_kind == group.kind and len(code(key)) >= _SHORTEST_KEY:
            found[record].texts.append(("x", code(key)))
    return found


def _accounts(connection: Connection, batch: Sequence[bytes]) -> dict[bytes, Found]:
    found: dict[bytes, Found] = {}
    for row in among(connection, _ACCOUNTS, batch):
        texts = [(tag, text) for tag, text in (("n", row[2]), ("s", row[3])) if text]
        texts += [("o", text) for text in (row[4] or "").split("\n") if text]
        texts += [(tag, code(row[at])) for tag, at in (("i", 5), ("c", 6), ("k", 7)) if row[at]]
        texts += [("p", number) for number in _numbers(row[8] or "")]
        found[row[0]] = Found(row[1], texts)
    return found


def _people(connection: Connection, batch: Sequence[bytes]) -> dict[bytes, Found]:
    found: dict[bytes, Found] = {}
    for row in among(connection, _PEOPLE, batch):
        texts = [(tag, text) for tag, text in zip("nftdw", row[2:], strict=True) if text]
        found[row[0]] = Found(row[1], texts)
    for row in sorted(map(tuple, among(connection, _WAYS, batch))):
        if row[0] in found:
            found[row[0]].texts.extend(_way(row[1], row[2]))
    return found


def _way(channel: str, value: str) -> list[tuple[str, str]]:
    numbers = [] if channel == "email" else [("p", number) for number in _numbers(value)]
    if channel in ("mobile", "phone"):
        return numbers
    written = code(value)
    return [*numbers, ("e", written)] if len(written) >= _SHORTEST_KEY else numbers


def _numbers(text: str) -> list[str]:
    found = map(digits, _BETWEEN_NUMBERS.split(plain(text)))
    return [number for number in found if len(number) >= SHORTEST_TAIL]
