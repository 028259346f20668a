"""What the hub has of this device's own numbers: settled, refused, stamped anew, taken back."""

from collections.abc import Sequence

from kamdesk.core.changes import ChangeSet
from kamdesk.storage import team
from kamdesk.storage.exchange import GAP
from kamdesk.storage.inbox import fold_again
from kamdesk.storage.storage import Storage
from kamdesk.sync import quarantine
from kamdesk.sync.wire.chains import START, Link, chained
from kamdesk.sync.wire.messages import Rejected

_KEPT = 1000
"""Chains kept, of the last numbers settled."""


def chain_at(storage: Storage, number: int) -> str:
    """Return the chain of own numbers up to and with ``number``.

    Where ops of long ago are no longer here it is another than the hub's, which says so.
    """
    ask = storage.reader.ask
    row = ask(
        "SELECT dseq, chain FROM chains WHERE dseq <= ? ORDER BY dseq DESC LIMIT 1", number
    ).first()
    last, chain = (row["dseq"], row["chain"]) if row else (0, START)
    word, own = storage.dictionary.word, storage.log.own
    links = {
        row["dseq"]: Link(row["dseq"], row["wall"], word(row["kind"]), row["eid"].hex())
        for row in ask(
            "SELECT dseq, wall, kind, eid FROM op WHERE dev = ? AND dseq > ? AND dseq <= ?",
            own,
            last,
            number,
        )
    }
    every = range(last + 1, number + 1)
    return chained(chain, (links.get(dseq) or _gap(dseq) for dseq in every))


def settle(storage: Storage, last: int, rejected: Sequence[Rejected]) -> ChangeSet:
    """Note that the hub has the own numbers up to ``last``; what it refused goes to quarantine."""
    settled = storage.number(team.SETTLED)
    refused = {one.dseq: one.reason for one in rejected if settled < one.dseq <= last}
    if last <= settled:
        return ChangeSet()
    with storage.transaction():
        chain = chain_at(storage, last)
        execute = storage.connection.execute
        execute("INSERT OR REPLACE INTO chains (dseq, chain) VALUES (?, ?)", (last, chain))
        execute(
            "DELETE FROM chains WHERE dseq <= (SELECT dseq FROM chains ORDER BY dseq DESC"
            " LIMIT 1 OFFSET ?)",
            (_KEPT,),
        )
        storage.keep(team.SETTLED, last)
        storage.keep(team.SENT, storage.number(team.SENT) + last - settled - len(refused))
        return quarantine.put(storage, refused)


def has_unsent(storage: Storage) -> bool:
    """True when own numbers are not settled."""
    return storage.number("dseq") > storage.number(team.SETTLED)


def say_again(storage: Storage, last: int) -> None:
    """Let own ops beyond ``last`` be said again: the hub lacks them."""
    with storage.transaction():
        take_back(storage, last)


def take_back(storage: Storage, last: int) -> None:
    """Note within a transaction that the hub has own numbers up to ``last`` only."""
    if last < storage.number(team.SETTLED):
        storage.keep(team.SETTLED, last)
        storage.connection.execute("DELETE FROM chains WHERE dseq > ?", (last,))


def stamp_anew(storage: Storage, now: int, last: int) -> ChangeSet:
    """Stamp the own ops beyond ``last`` no later than ``now`` (milliseconds), in their order.

    Nobody has seen them yet; only this device's clock was wrong.
    """
    with storage.transaction():
        ask = storage.reader.ask
        rows = ask(
            "SELECT lid, wall, kind, eid FROM op WHERE dev = ? AND dseq > ? ORDER BY dseq",
            storage.log.own,
            last,
        )
        walls = [max(0, min(row["wall"], now - len(rows) + n)) for n, row in enumerate(rows, 1)]
        storage.connection.executemany(
            "UPDATE op SET wall = ? WHERE lid = ?",
            [(wall, row["lid"]) for wall, row in zip(walls, rows, strict=True)],
        )
        return fold_again(storage, rows)


def _gap(dseq: int) -> Link:
    return Link(dseq, GAP.wall, GAP.kind, GAP.record.hex())
