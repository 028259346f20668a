"""Which customers this file lets its team have, and how its records stand in the exchange."""

from collections import defaultdict
from collections.abc import Collection
from enum import StrEnum
from typing import Final

from kamdesk.core.ids import Id
from kamdesk.domain.visits.store import VisitStore
from kamdesk.storage.storage import Storage


class Sign(StrEnum):
    """How a record stands, what wants a hand first."""

    REFUSED = "refused"
    """The hub refused a change of it."""
    APART = "apart"
    """A field of it waits for the user."""
    UNSENT = "unsent"
    HERE = "here"
    """A customer the team does not have: it stays on this computer."""
    NOTE_HERE = "note_here"
    """A note of it stays on this computer."""


def shared(storage: Storage) -> set[Id] | None:
    """Return the customers whose changes go out; None where all do, later ones too."""
    if storage.number("offers_all"):
        return None
    rows = storage.reader.ask("SELECT account FROM scopes WHERE offered AND account NOT NULL")
    return {Id(account) for account in rows.column()}


def deciding(storage: Storage) -> int:
    """Return how many records wait for the user."""
    return int(storage.reader.ask("SELECT count(DISTINCT eid) FROM contested").value())


def in_conflict(storage: Storage, record: bytes) -> int:
    """Return how many fields of a record wait for the user."""
    return int(storage.reader.ask("SELECT count(*) FROM contested WHERE eid = ?", record).value())


def signs_of(storage: Storage, records: Collection[bytes]) -> dict[bytes, list[Sign]]:
    """Return the signs of those records that have any, in the order of ``Sign``; alone: none.

    Asked for as many records as one sees at once. Raises ``StorageTrouble``.
    """
    found: dict[bytes, set[Sign]] = defaultdict(set)
    if not records or not storage.log.own:
        return {}
    marks = ", ".join("?" * len(records))
    for sign, sql in _ASKED.items():
        for record in storage.reader.ask(sql.format(marks=marks), *records).column():
            found[record].add(sign)
    for record in VisitStore(storage.reader).with_notes_here(records):
        found[record].add(Sign.NOTE_HERE)
    return {record: [sign for sign in Sign if sign in some] for record, some in found.items()}


_ASKED: Final = {
    Sign.REFUSED: "SELECT DISTINCT eid FROM quarantine WHERE eid IN ({marks})",
    Sign.APART: "SELECT DISTINCT eid FROM contested WHERE eid IN ({marks})",
    Sign.UNSENT: "SELECT DISTINCT eid FROM op INDEXED BY op_record WHERE eid IN ({marks})"
    " AND dseq IS NOT NULL AND seq IS NULL",
    Sign.HERE: "SELECT id FROM accounts WHERE id IN ({marks})"
    " AND NOT EXISTS (SELECT 1 FROM state WHERE key = 'offers_all' AND value)"
    " AND NOT EXISTS (SELECT 1 FROM scopes WHERE account = accounts.id AND offered)",
}
