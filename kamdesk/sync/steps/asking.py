"""What this file says to the hub now: its own ops that are not settled, and how far it has read."""

from typing import Final

from kamdesk.core.wire_op import WireOp
from kamdesk.storage import team
from kamdesk.storage.exchange import outbox
from kamdesk.storage.storage import SWEEP, Storage
from kamdesk.sync.steps import settling
from kamdesk.sync.steps.claims import Claim
from kamdesk.sync.wire import messages
from kamdesk.sync.wire.chains import START
from kamdesk.sync.wire.messages import Exchange
from kamdesk.sync.wire.ops import pushes

_MOST_MARKS: Final = 64


def question(
    storage: Storage, *, claim: Claim | None, all_marks: bool, limit: int, wait: int
) -> tuple[Exchange, list[WireOp]]:
    """Return what to ask, and the ops in it: ``limit`` of them beyond what is settled or claimed.

    With ``all_marks`` it says all it remembers of the log: the hub's is another. ``wait``: seconds
    for news, where nothing is to be done here meanwhile.
    """
    held = team.marks(storage)
    settled = claim.last if claim else storage.number(team.SETTLED)
    rekeying = storage.number(team.REKEYING)
    ops = outbox(storage, settled, limit=limit) if held and not rekeying else []
    scopes, lines = pushes(ops)
    marks = held[: _MOST_MARKS if all_marks else 1]
    ask = Exchange(
        proto=messages.PROTO,
        epoch=storage.number(team.EPOCH),
        dev=storage.log.own,
        start=settled + 1,
        chain=START if rekeying else settling.chain_at(storage, settled),
        marks=[messages.Mark(mark.seq, mark.at) for mark in marks],
        access=storage.number(team.ACCESS),
        scopes=scopes,
        ops=lines,
        limit=limit,
        wait=0 if ops or rekeying or storage.number(SWEEP) else wait,
    )
    return ask, ops
