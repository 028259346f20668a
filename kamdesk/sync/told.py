"""How the exchange with the team stands, as a page or a command shows it: read from the file."""

import json
from dataclasses import dataclass
from typing import NamedTuple

from kamdesk.core.clock import Instant
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage import team
from kamdesk.storage.database import Rows
from kamdesk.storage.naming import read_name
from kamdesk.storage.storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The state of the exchange.

    ``last`` is when the hub last answered, ``sent`` and ``received`` count changes since joining.
    ``unsent`` changes wait here, the oldest since ``oldest_unsent``. ``quarantined`` are changes
    the hub refused, ``parked`` those a newer KamDesk must read, ``reports`` accounts that were
    fetched again, ``lost`` changes of others that are here and that the hub lost when it was set
    back. ``trouble``: why there is no contact, None while there is. Counts are of
    changes, None is "not known" or "never".
    """

    joined: bool
    hub: str
    last: Instant | None
    sent: int
    received: int
    unsent: int
    oldest_unsent: Instant | None
    conflicts: int
    quarantined: int
    parked: int
    reports: int
    lost: int
    trouble: Text | None
    leased_until: Instant | None


class Unsent(NamedTuple):
    """A change that waits for the hub: of which record (of which account), which cells, when."""

    kind: str
    record: Id
    account: bytes | None
    cells: tuple[str, ...]
    at: Instant
    action: Text


class Lost(NamedTuple):
    """A change of others the hub lost when it was set back: of which record, which cells, whose."""

    kind: str
    record: Id
    account: bytes | None
    cells: tuple[str, ...]
    at: Instant
    by: bytes | None


class Report(NamedTuple):
    """A scope whose content differed from the hub's and was fetched again.

    ``here`` and ``there`` count live cells; ``differing`` those that changed by it and ``mended``
    the moment it was done, both None while it goes on.
    """

    account: bytes | None
    audience: str
    at: Instant | None
    here: int
    there: int
    differing: int | None
    mended: Instant | None


def told(storage: Storage) -> Told:
    """Return how the exchange stands. Raises ``StorageTrouble``."""
    ask = storage.reader.ask
    state = dict(iter(ask("SELECT key, value FROM state")))
    own = int(state.get("dev", 0))
    first = ask(_FIRST, own, int(state.get(team.SETTLED, 0))).first()
    return Told(
        joined=team.joined(storage),
        hub=str(state.get(team.HUB_NAME) or ""),
        last=_moment(storage, state.get(team.LAST_EXCHANGE)),
        sent=int(state.get(team.SENT, 0)),
        received=int(state.get(team.RECEIVED, 0)),
        unsent=ask(_FROM_THERE, own, first["dseq"]).value() if first else 0,
        oldest_unsent=_moment(storage, first["wall"]) if first else None,
        conflicts=ask("SELECT count(*) FROM contested").value(),
        quarantined=ask("SELECT count(*) FROM quarantine").value(),
        parked=ask("SELECT count(*) FROM parked").value(),
        reports=ask("SELECT count(*) FROM reports").value(),
        lost=_lost(storage, "SELECT count(*) ").value() if state.get(team.UNPLACED) else 0,
        trouble=team.trouble(storage),
        leased_until=_moment(storage, state.get(team.LEASED_UNTIL)),
    )


def unsent_list(storage: Storage, limit: int = 200) -> list[Unsent]:
    """Return what waits for the hub, the oldest first, ``limit`` at most."""
    settled, words = storage.number(team.SETTLED), storage.dictionary
    return [
        Unsent(
            words.word(row["kind"]),
            Id(row["eid"]),
            row["account"],
            tuple(words.unpack(row["cells"])),
            Instant(row["wall"], storage.clock.now().zone),
            read_name(row["name"], row["plural"], row["said"]),
        )
        for row in storage.reader.ask(_LIST, storage.log.own, settled, limit)
    ]


def lost_list(storage: Storage, limit: int = 200) -> list[Lost]:
    """Return what others wrote that is here and not at the hub, the oldest first.

    Whoever wrote it says it again with the next exchange of their computer.
    """
    if not storage.number(team.UNPLACED):
        return []
    words = storage.dictionary
    what = "SELECT op.kind, eid, account, cells, wall, actions.by AS by "
    return [
        Lost(
            words.word(row["kind"]),
            Id(row["eid"]),
            row["account"],
            tuple(words.unpack(row["cells"])),
            Instant(row["wall"], storage.clock.now().zone),
            row["by"],
        )
        for row in _lost(storage, what, f" ORDER BY wall, lid LIMIT {limit:d}")
    ]


def _lost(storage: Storage, what: str, rest: str = "") -> Rows:
    own = json.dumps([0, storage.log.own, *team.former_numbers(storage)])
    return storage.reader.ask(what + _LOST + rest, own)


def reports(storage: Storage) -> list[Report]:
    """Return the reports of what differed, the newest first."""
    rows = storage.reader.ask(
        "SELECT account, audience, at, here, there, differing, mended FROM reports ORDER BY id DESC"
    )
    return [
        Report(
            row[0],
            row[1],
            Instant.read(row[2]),
            row[3],
            row[4],
            row[5] if row[6] else None,
            Instant.read(row[6]),
        )
        for row in rows
    ]


_FIRST = """
SELECT dseq, wall FROM op WHERE dev = ? AND dseq > ? AND seq IS NULL ORDER BY dseq LIMIT 1"""
_FROM_THERE = "SELECT count(*) FROM op WHERE dev = ? AND dseq >= ?"
"""The hub takes own numbers in their order: from the first without a place on, none has one."""
_LOST = """
FROM op JOIN scopes ON scopes.n = op.scope LEFT JOIN actions ON actions.id = op.action
WHERE dseq IS NOT NULL AND seq IS NULL AND dev NOT IN (SELECT value FROM json_each(?1))"""
_LIST = """
SELECT op.kind, eid, account, cells, wall,
       coalesce(name, 'Change') AS name, plural, coalesce(said, '{}') AS said
FROM op JOIN scopes ON scopes.n = op.scope LEFT JOIN actions ON actions.id = op.action
WHERE dev = ? AND dseq > ? AND seq IS NULL
ORDER BY dseq LIMIT ?"""


def _moment(storage: Storage, ms: object) -> Instant | None:
    return Instant(int(ms), storage.clock.now().zone) if isinstance(ms, int) and ms else None
