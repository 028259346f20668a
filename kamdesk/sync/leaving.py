"""Leaving a team, and being shut out of it: what of the exchange goes from the disk, what stays.

One who leaves keeps the customers that were made here. From a device that was shut out (a lost
laptop) all goes that was ever exchanged, backups too. Either way what others wrote goes, and own
changes the hub never got are kept in quarantine. Stopped half way, it goes on when next it may.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from shutil import rmtree
from typing import Final

from kamdesk.storage import backups, erasing, team
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.layout import put_aside
from kamdesk.storage.storage import SWEEP, Storage
from kamdesk.storage.withdrawing import withdraw
from kamdesk.sync import joining, tokens
from kamdesk.sync.desk import Desk
from kamdesk.sync.online import Online
from kamdesk.sync.post import HubTrouble
from kamdesk.sync.steps import losing
from kamdesk.sync.steps.snapshots import LOSING

_GOING: Final = "leaving"
"""What the file remembers while it is going out of a team: the way, "left" or "shut out"."""
GONE: Final = "left_team"
"""What the file remembers for its page once it is out: a ``Removed`` as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What came of it: of which hub, how many customers went, how many unsent changes were kept.

    ``shut_out``: the hub did it, not the user. ``at`` is in milliseconds.
    """

    hub: str
    customers: int
    kept: int
    shut_out: bool
    at: int


def leave(desk: Desk, ring: KeyRing, workspace: str, post: Online | None = None) -> Removed:
    """Leave the team: give the access back as far as the hub can be reached, then take things out.

    What is unsent should be sent before; what is not is kept in quarantine.
    """
    if post is not None:
        with suppress(HubTrouble):  # an administrator may take the device off
            post.give_back()
    return _out(desk, ring, workspace, shut_out=False)


def leave_known(desk: Desk, ring: KeyRing, workspace: str) -> Removed:
    """Leave by the line to the hub this file knows; a shared folder has none."""
    known, line = desk.do(joining.known), None
    if known is not None and team.is_hub(known.url):
        token = tokens.found(ring, workspace, known.token)
        line = joining.line_to(
            known.url, pinned=known.pinned, authority=known.authority, token=token
        )
    try:
        return leave(desk, ring, workspace, line)
    finally:
        if line is not None:
            line.close()


def would_go(storage: Storage) -> int:
    """Return how many customers leaving would take from this computer."""
    counted = "SELECT count(DISTINCT account) FROM scopes WHERE account IN ({})"
    rows = storage.reader.ask(counted.format(_MADE_ELSEWHERE), _own_numbers(storage))
    return int(rows.value())


def shut_out(desk: Desk, ring: KeyRing, workspace: str) -> Removed:
    """Take out all that was exchanged: the hub has shut this device out."""
    return _out(desk, ring, workspace, shut_out=True)


def is_under_way(storage: Storage) -> bool:
    """Return whether it was begun and not ended: ``go_on`` ends it."""
    return bool(team.text(storage, _GOING))


def go_on(desk: Desk, ring: KeyRing, workspace: str) -> Removed:
    """End what was begun."""
    way = desk.do(lambda storage: team.text(storage, _GOING))
    return _out(desk, ring, workspace, shut_out=way == "shut out")


def removed(storage: Storage) -> Removed | None:
    """Return what went when this file left its team; None when it did not, or is in one again."""
    kept = "" if team.joined(storage) else team.text(storage, GONE)
    return Removed(**json.loads(kept)) if kept else None


def _out(desk: Desk, ring: KeyRing, workspace: str, *, shut_out: bool) -> Removed:
    desk.do(partial(_begin, shut_out=shut_out))
    ring.drop(workspace, "hub")
    while (scope := desk.do(losing.next_lost)) is not None:
        desk.do(partial(_lose, scope=scope))
    desk.do(_house)
    if shut_out:
        desk.do(_drop_backups)
    desk.do(_swept)
    return desk.do(_end)


def _begin(storage: Storage, *, shut_out: bool) -> None:
    """Cut the file off from its hub, and mark what goes; once begun, it begins no second time."""
    if is_under_way(storage):
        return
    execute = storage.connection.execute
    accounts = _EXCHANGED if shut_out else _MADE_ELSEWHERE
    with storage.transaction():
        execute(_GOES.format(accounts), (_own_numbers(storage), LOSING))
        went = execute(
            "SELECT count(DISTINCT account) FROM scopes WHERE held = ? AND account NOT NULL",
            (LOSING,),
        ).fetchone()[0]
        execute("UPDATE scopes SET held = 0, writes = 0, offered = 0 WHERE held <> ?", (LOSING,))
        execute("DELETE FROM snapshots_under_way")
        storage.keep(_GOING, "shut out" if shut_out else "left")
        storage.keep(GONE, json.dumps({"customers": went}))
        storage.keep(joining.LEFT, team.text(storage, team.HUB_URL))
        for key in (team.HUB_URL, team.HUB_PRINT, team.TROUBLE, tokens.TOKEN):
            storage.keep(key, "")
        storage.keep(team.LEASED_UNTIL, 0)
        storage.keep(team.ACCESS, 0)
        storage.keep("offers_all", 0)


_GOES: Final = "UPDATE scopes SET held = ?2 WHERE account IN ({})"
_EXCHANGED: Final = """
SELECT account FROM scopes JOIN op ON op.scope = scopes.n WHERE account NOT NULL AND (
    seq NOT NULL OR held > 0 OR dev NOT IN (SELECT value FROM json_each(?1)))"""
_MADE_ELSEWHERE: Final = """
SELECT account FROM scopes JOIN op ON op.scope = scopes.n AND op.eid = scopes.account
WHERE account NOT NULL AND dev NOT IN (SELECT value FROM json_each(?1)) AND seq = (
    SELECT min(first.seq) FROM op AS first WHERE first.eid = scopes.account)"""


def _own_numbers(storage: Storage) -> str:
    return json.dumps([0, storage.log.own, *team.former_numbers(storage)])


def _lose(storage: Storage, *, scope: int) -> None:
    """Take one scope out; the pages hear of it once all is done."""
    losing.lose(storage, scope)


def _house(storage: Storage) -> None:
    """Take out what others wrote for the whole house."""
    with storage.transaction():
        rows = storage.reader.ask(
            "SELECT lid FROM op JOIN scopes ON scopes.n = op.scope"
            " WHERE account IS NULL AND seq NOT NULL AND dev NOT IN (0, ?)",
            storage.log.own,
        )
        withdraw(storage, [row["lid"] for row in rows])
        storage.keep(SWEEP, 1)


def _drop_backups(storage: Storage) -> None:
    """Remove the backups in the workspace's folder, and old files: what goes lies in them too."""
    folder = _folder(storage)
    for backup in backups.found(folder):
        backups.remove(backup)
    for aside in put_aside(folder):
        rmtree(aside, ignore_errors=True)


def _swept(storage: Storage) -> None:
    erasing.bring_level(storage, _folder(storage))


def _end(storage: Storage) -> Removed:
    counted = json.loads(team.text(storage, GONE))
    gone = Removed(
        hub=team.text(storage, team.HUB_NAME),
        customers=counted["customers"],
        kept=storage.reader.ask("SELECT count(*) FROM quarantine").value(),
        shut_out=team.text(storage, _GOING) == "shut out",
        at=storage.clock.now().ms,
    )
    with storage.transaction():
        storage.keep(GONE, json.dumps(asdict(gone)))
        storage.keep(_GOING, "")
    return gone


def _folder(storage: Storage) -> Path:
    return Path(storage.reader.ask("PRAGMA database_list").one()["file"]).parent
