"""What a workspace file remembers of its hub: where it is, how far each knows the other's log."""

import json
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kamdesk.core.wording import Text
from kamdesk.storage.naming import name_columns, read_name
from kamdesk.storage.storage import Storage

HUB_URL: Final = "hub_url"
BY_FOLDER: Final = "folder:"
"""How the ``hub_url`` begins of a file that exchanges with a keeper, by a folder."""
HUB_NAME: Final = "hub_name"
HUB_PRINT: Final = "hub_print"
TENANT: Final = "tenant"
EPOCH: Final = "epoch"
ACCESS: Final = "access"
SETTLED: Final = "settled"
"""The last own number of which it is known that the hub has it, or refused it."""
LAST_EXCHANGE: Final = "last_exchange"
"""When an answer last came, in milliseconds."""
SENT: Final = "sent"
RECEIVED: Final = "received"
TROUBLE: Final = "trouble"
LEASED_UNTIL: Final = "leased_until"
"""Until when this device may go without contact, in milliseconds."""
REKEYING: Final = "rekeying"
"""The number this device gave up, while it is found out what the hub holds under it."""
UNPLACED: Final = "unplaced"
"""1 while others' ops may lie here that are not in the hub's log as it is now."""
FORMER: Final = "former_numbers"
"""All numbers this file ever gave up, parted by spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place of the common log, and when the hub noted it (microseconds)."""

    seq: int
    at: int


def text(storage: Storage, key: str) -> str:
    """Return a word this file remembers about itself, empty when it does not."""
    value = storage.reader.ask("SELECT value FROM state WHERE key = ?", key).value()
    return value if isinstance(value, str) else ""


def former_numbers(storage: Storage) -> list[int]:
    """Return the numbers this file wrote under before it took the one it has."""
    return [int(number) for number in text(storage, FORMER).split()]


def is_hub(url: str) -> bool:
    """True for the address of a hub; that of a keeper, whom one meets in a folder, is none."""
    return "://" in url


def joined(storage: Storage) -> bool:
    """True when this file exchanges with a hub."""
    return bool(storage.log.own and text(storage, HUB_URL))


def trouble(storage: Storage) -> Text | None:
    """Return what went wrong when this file last looked for its hub; None when nothing did."""
    kept = text(storage, TROUBLE)
    return read_name(*json.loads(kept)) if kept else None


def keep_trouble(storage: Storage, said: Text | None) -> None:
    """Remember what went wrong, or that nothing did, as far as it is news."""
    kept = json.dumps(name_columns(said), ensure_ascii=False) if said else ""
    if kept != text(storage, TROUBLE):
        storage.remember(TROUBLE, kept)


def marks(storage: Storage) -> list[Mark]:
    """Return up to where this file holds the log, the newest first."""
    rows = storage.reader.ask("SELECT seq, at FROM marks ORDER BY seq DESC")
    return [Mark(seq=seq, at=at) for seq, at in rows]


def keep_mark(storage: Storage, mark: Mark) -> None:
    """Note within a transaction up to where this file holds the log now.

    Old marks thin out, the older the more: enough stay to find where two logs part.
    """
    execute = storage.connection.execute
    execute("INSERT OR REPLACE INTO marks (seq, at) VALUES (?, ?)", (mark.seq, mark.at))
    seqs = [row[0] for row in execute("SELECT seq FROM marks ORDER BY seq DESC").fetchall()]
    if len(seqs) > _MARKS:
        storage.connection.executemany(
            "DELETE FROM marks WHERE seq = ?", [(seq,) for seq in thinned(seqs)]
        )


_MARKS: Final = 64


def thinned(seqs: list[int]) -> list[int]:
    """Return which of places, newest first, may go.

    Of those about as far back, twice as far and so on, the first and the last stay.
    """
    newest = seqs[0]
    gone: list[int] = []
    for _, group in groupby(seqs, key=lambda seq: (newest - seq).bit_length()):
        gone += list(group)[1:-1]
    return gone
