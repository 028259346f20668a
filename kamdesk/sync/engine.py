"""A round of exchange with the hub: push, settle, pull; safe to stop anywhere, the next goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Clock
from kamdesk.core.wire_op import WireOp
from kamdesk.core.wording import Text
from kamdesk.storage import erasing, migrating, team
from kamdesk.storage.database import IntegrityError
from kamdesk.storage.exchange import Forked, acknowledge, outbox, receive
from kamdesk.storage.restoring import FORKED
from kamdesk.storage.storage import SWEEP, Storage
from kamdesk.storage.team import Mark
from kamdesk.sync import blobs, lease
from kamdesk.sync.apart import texts
from kamdesk.sync.desk import Desk, Progress, Round, Tally
from kamdesk.sync.post import Cause, HubTrouble, Post
from kamdesk.sync.steps import (
    checking,
    epochs,
    forking,
    losing,
    parked,
    pulling,
    settling,
    snapshots,
)
from kamdesk.sync.told import told
from kamdesk.sync.wire import messages
from kamdesk.sync.wire.chains import START
from kamdesk.sync.wire.messages import Done, Exchange, Rejected
from kamdesk.sync.wire.ops import pulled, pushes
from kamdesk.sync.wire.strict import Garbled

T = TypeVar("T")
_SCHEMA: Final = int(migrating.known()[-1][1:5])
_LEAST: Final = 50
"""The fewest ops of a page, however bad the line."""
_IN_VAIN: Final = 25
"""Answers in a row that settle nothing, until the round is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """What the hub says to have of this device beyond what was pushed: to be proven by a chain."""

    last: int
    rejected: tuple[Rejected, ...]


class Engine:
    """Exchanges one workspace with its hub. One at a time uses it; it may live as long as the file.

    ``tell`` is called between steps; what it raises stops the round, and nothing is lost.
    """

    def __init__(
        self,
        desk: Desk,
        post: Post,
        clock: Clock,
        tell: Callable[[Progress], None] | None = None,
    ) -> None:
        self._desk, self._post, self._clock, self._tell = desk, post, clock, tell
        self._limit = messages.LARGEST_PAGE
        self._claim: _Claim | None = None
        self._all_marks = False
        self._held: HubTrouble | None = None
        """Why the content of a file could not be sent: ops wait from the one that names it on."""

    def round(self, *, wait: int = 0) -> Round:
        """Exchange until neither side has more to say; ``wait`` seconds for news where none is.

        By a folder it ends where the next answer does not lie there yet.
        Raises ``HubTrouble`` (then the file remembers why), ``StorageTrouble``.
        """
        tally = Tally()
        try:
            self._exchange(tally, wait)
        except HubTrouble as trouble:
            if trouble.cause is not Cause.POSTED:
                if trouble.cause in (Cause.OFFLINE, Cause.TOO_LARGE):
                    self._limit = max(_LEAST, self._limit // 2)
                self._desk.do(partial(team.keep_trouble, said=trouble.said))
                raise
            self._desk.do(partial(_answered, pulled=tally.pulled))
        finally:
            self._desk.do(_swept)
        stands = self._desk.do(told)
        return Round(
            pushed=tally.pushed,
            pulled=tally.pulled,
            conflicts=stands.conflicts,
            quarantined=tally.quarantined,
            parked=stands.parked,
            touched=ChangeSet(frozenset(tally.touched)),
        )

    def _exchange(self, tally: Tally, wait: int) -> None:
        do = self._desk.do
        tally.note(do(parked.replay))
        if do(lambda storage: storage.number(FORKED)):
            self._renumber()
        while True:
            try:
                more = self._ask(tally, wait) or self._fetched(tally) or self._tidied(tally)
            except Forked:
                self._renumber()
                more = True
            wait = 0
            if not more:
                break
            _see_progress(tally)
        self._limit = min(messages.LARGEST_PAGE, self._limit * 2)
        do(partial(_answered, pulled=tally.pulled))
        tally.note(blobs.fetch(self._desk, self._post))
        if self._held:
            raise self._held

    # -- one question

    def _ask(self, tally: Tally, wait: int) -> bool:
        """Ask once and take the answer; return whether to ask at once again."""
        ask, ops = self._desk.do(partial(self._made, wait=wait))
        may, self._held = blobs.leaving(self._desk, self._post, ops)
        if self._held:
            ask = msgspec.structs.replace(ask, ops=ask.ops[:may], wait=0)
        answer = self._post.exchange(ask)
        self._say(tally)
        settled = answer.settled
        if isinstance(answer, messages.Forked):
            self._renumber()
        elif isinstance(answer, messages.Upgrade):
            raise HubTrouble(
                Cause.BROKEN, Text("The hub speaks another version; update KamDesk or the hub.")
            )
        elif isinstance(answer, messages.Elsewhere):
            self._elsewhere(ask, answer)
        elif isinstance(answer, messages.Expect):
            self._claim = None
            self._desk.do(partial(_take_back, last=settled.last))
        elif isinstance(answer, messages.Clock):
            if self._settled(ask, settled, tally):
                tally.note(
                    self._desk.do(partial(settling.stamp_anew, now=answer.now, last=settled.last)),
                )
        elif self._settled(ask, settled, tally):
            return self._done(ask, answer, tally)
        return True

    def _made(self, storage: Storage, *, wait: int) -> tuple[Exchange, list[WireOp]]:
        """Return what this file has to say now, and the ops in it."""
        held = team.marks(storage)
        settled = self._claim.last if self._claim else storage.number(team.SETTLED)
        rekeying = storage.number(team.REKEYING)
        ops = outbox(storage, settled, limit=self._limit) if held and not rekeying else []
        scopes, lines = pushes(ops)
        ask = Exchange(
            proto=messages.PROTO,
            epoch=storage.number(team.EPOCH),
            dev=storage.log.own,
            start=settled + 1,
            chain=START if rekeying else settling.chain_at(storage, settled),
            marks=[messages.Mark(mark.seq, mark.at) for mark in self._marks(held)],
            access=storage.number(team.ACCESS),
            scopes=scopes,
            ops=lines,
            limit=self._limit,
            wait=0 if ops or rekeying or storage.number(SWEEP) else wait,
            schema=_SCHEMA,
        )
        return ask, ops

    def _marks(self, held: list[Mark]) -> list[Mark]:
        return held[:64] if self._all_marks else held[:1]

    def _settled(self, ask: Exchange, settled: messages.Settled, tally: Tally) -> bool:
        """Settle what an answer says first; return False while the hub's word needs a proof."""
        last, pushed = settled.last, ask.start - 1 + len(ask.ops)
        given = self._desk.do(lambda storage: storage.number("dseq"))
        if self._desk.do(lambda storage: storage.number(team.REKEYING)):
            return True
        if last > given:
            self._renumber()
            return False
        rejected = (*(self._claim.rejected if self._claim else ()), *settled.rejected)
        if last > pushed:
            self._claim = _Claim(last=last, rejected=rejected)
            return False
        if last < ask.start - 1:
            raise _garbled("it knows less than it said")
        before = self._desk.do(lambda storage: storage.number(team.SETTLED))
        touched = self._desk.do(partial(settling.settle, last=last, rejected=rejected))
        self._claim = None
        tally.note(touched)
        refused = sum(before < one.dseq <= last for one in rejected)
        tally.quarantined += refused
        tally.pushed += max(0, last - before) - refused
        if last > before:
            tally.vain = 0
        return True

    def _done(self, ask: Exchange, answer: Done, tally: Tally) -> bool:
        """Take a page; return whether to ask at once again."""
        do = self._desk.do
        self._all_marks = False
        cursor = ask.marks[0].seq if ask.marks else 0
        try:
            ops = pulling.page(answer, cursor)
        except Garbled as error:
            raise _garbled(str(error)) from error
        if answer.epoch != ask.epoch:
            do(lambda storage: storage.remember(team.EPOCH, answer.epoch))
        first = not ask.marks
        if answer.access is not None:
            do(
                partial(
                    snapshots.note_access,
                    scopes=answer.scopes,
                    access=answer.access,
                    first=first,
                )
            )
            if not ask.access and (not first or answer.access.gained):
                tally.vain = 0
                return not first  # this answer says rights, and nothing of the log
        if ops or answer.own or not ask.marks or answer.mark.seq != cursor:
            for some in pulling.parts(answer.own):
                tally.note(self._taken(partial(acknowledge, places=dict(some))))
            every = list(pulling.steps(ops))
            for n, step in enumerate(every, 1):
                mark = Mark(seq=answer.mark.seq, at=answer.mark.at) if n == len(every) else None
                tally.note(self._taken(partial(_step, ops=step, mark=mark)))
                tally.pulled += len(step)
                self._say(tally)
            placed = answer.own[-1][0] if answer.own else 0
            if ops or first or placed > tally.placed:
                tally.vain = 0
            tally.placed = max(tally.placed, placed)
        if answer.more:
            return True
        for checks in pulling.parts(answer.checks):
            do(partial(checking.compare, scopes=answer.scopes, checks=checks))
        return False

    def _taken(self, step: Callable[[Storage], ChangeSet]) -> ChangeSet:
        """Run a step that takes ops in; what a true hub never says is the hub's trouble."""
        try:
            return self._desk.do(step)
        except (IntegrityError, ValueError) as error:
            raise _garbled(str(error)) from error

    def _elsewhere(self, ask: Exchange, answer: messages.Elsewhere) -> None:
        self._claim = None
        start = answer.start
        if start is None and not self._all_marks:
            self._all_marks = True
            return
        self._all_marks = False
        last = min(answer.settled.last, ask.start - 1)
        self._desk.do(partial(epochs.turn_back, epoch=answer.epoch, start=start or 0, last=last))

    def _renumber(self) -> None:
        self._claim = None
        dev = self._post.renumber(self._desk.do(lambda storage: storage.log.own))
        if not self._desk.do(partial(forking.is_fresh, dev=dev)):
            raise _garbled("a number that somebody has")
        self._desk.do(partial(forking.take_number, dev=dev))

    # -- what is left to do once the log is read to its end

    def _fetched(self, tally: Tally) -> bool:
        """Fetch pages of scopes; return True when the hub is to be asked in between."""
        reached: dict[tuple[int, bool], pulling.Place] = {}
        while job := self._desk.do(snapshots.next_job):
            page = self._post.snapshot(snapshots.ask(job, self._limit))
            try:
                whole = pulled(page.scopes, page.ops)
                span = pulling.span(page, whole, past=job.past)
            except Garbled as error:
                raise _garbled(str(error)) from error
            lot = job.id, job.past
            if span and lot in reached and span[0] <= reached[lot]:
                _see_progress(tally)
            if span:
                reached[lot] = span[1]
            every = list(pulling.by_record(whole))
            for n, ops in enumerate(every, 1):
                step = partial(snapshots.take, job=job, page=page, ops=ops, last=n == len(every))
                tally.note(self._taken(step))
                tally.pulled += len(ops)
                self._say(tally)
            if job.report and job.past and not page.after:
                tally.note(self._desk.do(partial(checking.mended, job=job)))
            if job.first or (job.past and not self._held and self._desk.do(_has_unsent)):
                return True
        return False

    def _tidied(self, tally: Tally) -> bool:
        """Do what waits for a read log; return True when it leaves something to say."""
        do = self._desk.do
        if do(lambda storage: storage.number(team.REKEYING)):
            do(forking.number_anew)
            return True
        if do(_has_unsent) and self._held is None:
            return True
        while (scope := do(losing.next_lost)) is not None:
            tally.note(do(partial(losing.lose, scope=scope)))
        if do(forking.stranded):
            self._renumber()
            return True
        tally.note(do(texts.merge_texts))
        return do(_has_unsent) and self._held is None

    def _say(self, tally: Tally) -> None:
        if self._tell is not None:
            left = self._desk.do(snapshots.under_way)
            self._tell(Progress(pushed=tally.pushed, pulled=tally.pulled, left=left))


def _step(storage: Storage, *, ops: list[WireOp], mark: Mark | None) -> ChangeSet:
    """Take in a step of a page; a round that was cut off may be further than its mark."""
    reached = mark.seq if mark else ops[-1].seq or 0
    return receive(storage, ops, max(storage.position(), reached), mark=mark)


def _take_back(storage: Storage, *, last: int) -> None:
    with storage.transaction():
        settling.take_back(storage, last)


def _has_unsent(storage: Storage) -> bool:
    """True when own numbers are not settled."""
    return storage.number("dseq") > storage.number(team.SETTLED)


def _answered(storage: Storage, *, pulled: int) -> None:
    with storage.transaction():
        storage.keep(team.RECEIVED, storage.number(team.RECEIVED) + pulled)
        storage.keep(team.LAST_EXCHANGE, storage.clock.now().ms)
        storage.keep(team.TROUBLE, "")
        lease.begin(storage, storage.number(lease.DAYS) or lease.USUAL)


def _swept(storage: Storage) -> None:
    """Leave nothing on the disk of what was erased or lost."""
    if storage.number(SWEEP) and not storage.readonly:
        file = storage.reader.ask("PRAGMA database_list").one()["file"]
        erasing.bring_level(storage, Path(file).parent)


def _see_progress(tally: Tally) -> None:
    """Count one more answer; raise ``HubTrouble`` where so many in a row settled nothing."""
    tally.vain += 1
    if tally.vain > _IN_VAIN:
        raise _garbled("the same answer again and again")


def _garbled(why: str) -> HubTrouble:
    return HubTrouble(
        Cause.GARBLED, Text("The hub said something KamDesk does not understand: {why}.", why=why)
    )
