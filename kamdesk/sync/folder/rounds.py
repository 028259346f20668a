"""One round by folder: take what lies there, write what is new, ask what is to come; never wait.

Two laptops stand level after each has done a round, then the other, then the first again: what one
writes goes out in its round, is taken and answered in the other's, and is settled in its next.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.storage import team
from kamdesk.storage.storage import Storage
from kamdesk.sync import blobs, contents_again, tokens
from kamdesk.sync.desk import Desk, Progress, Round
from kamdesk.sync.engine import Engine
from kamdesk.sync.folder import pairing
from kamdesk.sync.folder.post import FolderPost
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.steps import settling, snapshots
from kamdesk.sync.wire.messages import Answer, Exchange, SnapshotAsk, SnapshotPage


@dataclass(frozen=True, slots=True, kw_only=True)
class ByFolder:
    """What a round by folder did: changes taken out of it and settled by it.

    ``waits``: something lies there for the other side, not before whose round it goes on.
    ``last``: when the keeper last wrote here, None for never. ``joined``: laptops that came in
    now, on the keeper; ``letters`` it read.
    """

    pushed: int = 0
    pulled: int = 0
    waits: bool = False
    last: Instant | None = None
    joined: tuple[str, ...] = ()
    letters: int = 0
    touched: ChangeSet = field(default_factory=ChangeSet)


class LocalHub(Protocol):
    """The hub inside a keeper's workspace, as one device asks it (``hub.keeping.keeper.Local``)."""

    def exchange(self, ask: Exchange) -> Answer: ...
    def snapshot(self, ask: SnapshotAsk) -> SnapshotPage: ...
    def renumber(self, dev: int) -> int: ...
    def lacking(self, hashes: list[str]) -> list[str]: ...
    def put_part(self, sha256: str, size: int, offset: int, part: bytes) -> int: ...
    def get_part(self, sha256: str, offset: int) -> bytes | None: ...


class Keeping(Protocol):
    """A keeper, as far as a round needs it (``hub.keeping.keeper.Keeper``)."""

    def post(self, token: str) -> LocalHub:
        """Return the way to its hub for a device."""
        ...


class KeeperPost:
    """The keeper's own ``Post``: its hub is at hand, so nothing waits."""

    def __init__(self, hub: LocalHub) -> None:
        self._hub = hub
        self.exchange, self.snapshot = hub.exchange, hub.snapshot
        self.renumber, self.lacking = hub.renumber, hub.lacking

    def put_part(self, sha256: str, size: int, offset: int, part: bytes) -> int:
        """Give a part of a content; return where to go on. Raises ``HubTrouble``: not taken."""
        try:
            return self._hub.put_part(sha256, size, offset, part)
        except RuleBroken as refused:
            raise HubTrouble(Cause.REFUSED, refused.said) from refused

    def get_part(self, sha256: str, offset: int) -> bytes:
        """Return a content from an offset on. Raises ``HubTrouble`` where it is not there."""
        part = self._hub.get_part(sha256, offset)
        if part is None:
            raise HubTrouble(Cause.NOT_THERE, Text("No laptop has sent what is in this file yet."))
        return part


def desk_round(
    desk: Desk,
    folder: Path,
    tell: Callable[[Progress], None] | None = None,
) -> ByFolder:
    """Do a round of a laptop that is paired with a keeper.

    Raises ``RuleBroken`` for a file without a keeper, ``HubTrouble`` and ``StorageTrouble``.
    """
    own = desk.do(pairing.paired)
    if own is None:
        raise RuleBroken(
            Text("This workspace has no keeper. Join one by its folder and code phrase.")
        )
    touched = ChangeSet()
    if not desk.do(team.joined):
        welcome = desk.do(lambda storage: pairing.welcomed(storage, folder, own))
        if welcome is None:
            return ByFolder(waits=True)
        touched = welcome
    post = FolderPost(desk.do, own.mailbox(folder), wants=desk.do(blobs.wishes))
    for digest in post.tidy():
        blobs.send(desk, post, bytes.fromhex(digest))
    before = desk.do(lambda storage: storage.number(team.LAST_EXCHANGE))
    engine = Engine(desk, post, tell)
    done = engine.round()
    if not post.stands:
        engine.round()
    files = blobs.fetch(desk, post)
    post.wish(desk.do(blobs.wishes))
    return ByFolder(
        pushed=done.pushed,
        pulled=done.pulled,
        waits=desk.do(_waits),
        last=desk.do(lambda storage: _heard(storage, max(before, post.last))),
        touched=_both(touched, done.touched, files),
    )


def keeper_round(
    desk: Desk,
    keeper: Keeping,
    serve: Callable[[], Any],
    tell: Callable[[Progress], None] | None = None,
) -> ByFolder:
    """Do a round of the computer that keeps the log: its own exchange, then serve the folder.

    ``serve`` is ``hub.keeping.answering.serve`` on a folder; what it took is exchanged at once, and
    answered in the same round.
    """
    post = KeeperPost(keeper.post(desk.do(tokens.kept)))
    engine = Engine(desk, post, tell)
    first = engine.round()
    served = serve()
    rounds: list[Round] = [first]
    if served.read:
        rounds.append(engine.round())
        if rounds[-1].pushed:
            serve()
    contents_again.send_lacking(desk, post)
    files = blobs.fetch(desk, post, anew=True)
    return ByFolder(
        pushed=sum(one.pushed for one in rounds),
        pulled=sum(one.pulled for one in rounds),
        joined=tuple(served.joined),
        letters=served.read,
        touched=_both(files, *(one.touched for one in rounds)),
    )


def _both(*touched: ChangeSet) -> ChangeSet:
    return ChangeSet(frozenset().union(*(one.records for one in touched)))


def _waits(storage: Storage) -> bool:
    """Return whether something is not settled yet, or not fetched."""
    job = snapshots.next_job(storage)
    return settling.has_unsent(storage) or (job is not None and not job.past)


def _heard(storage: Storage, ms: int) -> Instant | None:
    """Note when the keeper last wrote, and return it."""
    storage.remember(team.LAST_EXCHANGE, ms)
    return Instant(ms, storage.clock.now().zone) if ms else None
