"""Reading what the hub says: pages of the log and of scopes, vetted whole, taken in by steps."""

from collections.abc import Callable
from functools import partial

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wire_op import WireOp
from kamdesk.storage import team
from kamdesk.storage.database import IntegrityError
from kamdesk.storage.exchange import acknowledge, receive
from kamdesk.storage.storage import Storage
from kamdesk.storage.team import Mark
from kamdesk.sync.desk import Desk, Tally
from kamdesk.sync.post import Cause, HubTrouble, Post
from kamdesk.sync.steps import checking, pulling, settling, snapshots
from kamdesk.sync.wire.messages import Done, Exchange
from kamdesk.sync.wire.ops import pulled
from kamdesk.sync.wire.strict import Garbled


def read_log(desk: Desk, ask: Exchange, answer: Done, tally: Tally) -> bool:
    """Take in a page of the log; return whether to ask at once again. Raises ``Garbled``."""
    do = desk.do
    cursor = ask.marks[0].seq if ask.marks else 0
    ops = pulling.page(answer, cursor)
    if answer.epoch != ask.epoch:
        do(lambda storage: storage.remember(team.EPOCH, answer.epoch))
    first = not ask.marks
    if answer.access is not None:
        do(partial(snapshots.note_access, scopes=answer.scopes, access=answer.access, first=first))
        if not ask.access and (not first or answer.access.gained):
            tally.vain = 0
            return not first  # this answer says rights, and nothing of the log
    if ops or answer.own or first or answer.mark.seq != cursor:
        for some in pulling.parts(answer.own):
            _take(desk, partial(acknowledge, places=dict(some)), tally)
        every = list(pulling.steps(ops))
        for n, step in enumerate(every, 1):
            mark = Mark(seq=answer.mark.seq, at=answer.mark.at) if n == len(every) else None
            _take(desk, partial(_step, ops=step, mark=mark), tally)
            tally.came(len(step))
        placed = answer.own[-1][0] if answer.own else 0
        if ops or first or placed > tally.placed:
            tally.vain = 0
        tally.placed = max(tally.placed, placed)
    for checks in pulling.parts(answer.checks):
        do(partial(checking.compare, scopes=answer.scopes, checks=checks))
    return answer.more


def read_scopes(desk: Desk, post: Post, tally: Tally, *, limit: int, held: bool) -> bool:
    """Fetch pages of scopes; return True when the hub is to be asked in between.

    ``held``: what waits here cannot be sent now anyway. Raises ``HubTrouble``, ``Garbled``.
    """
    reached: dict[tuple[int, bool], pulling.Place] = {}
    while job := desk.do(snapshots.next_job):
        try:
            page = post.snapshot(snapshots.ask(job, limit))
        except HubTrouble as trouble:
            if trouble.cause is not Cause.NOT_UNDERSTOOD or not (job.after or job.at):
                raise
            desk.do(partial(snapshots.begin_anew, job=job))
            tally.in_vain()
            continue
        whole = pulled(page.scopes, page.ops)
        span = pulling.span(page, whole, past=job.past)
        lot = job.id, job.past
        if span and lot in reached and span[0] <= reached[lot]:
            tally.in_vain()
        if span:
            reached[lot] = span[1]
        every = list(pulling.by_record(whole))
        for n, ops in enumerate(every, 1):
            last = n == len(every)
            _take(desk, partial(snapshots.take, job=job, page=page, ops=ops, last=last), tally)
            tally.came(len(ops))
        if job.report and job.past and not page.after:
            tally.note(desk.do(partial(checking.mended, job=job)))
        if job.first or (job.past and not held and desk.do(settling.has_unsent)):
            return True
    return False


def _take(desk: Desk, step: Callable[[Storage], ChangeSet], tally: Tally) -> None:
    """Run a step that takes ops in; what a true hub never says is none of this file's errors."""
    try:
        tally.note(desk.do(step))
    except (IntegrityError, ValueError) as error:
        raise Garbled(str(error)) from error


def _step(storage: Storage, *, ops: list[WireOp], mark: Mark | None) -> ChangeSet:
    """Take in a step of a page; a round that was cut off may be further than its mark."""
    reached = mark.seq if mark else ops[-1].seq or 0
    return receive(storage, ops, max(storage.position(), reached), mark=mark)
