"""What the hub says to have of this device's own numbers: settled, or to be proven by a chain."""

from dataclasses import dataclass
from typing import NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.storage import team
from kamdesk.storage.exchange import Forked
from kamdesk.storage.storage import Storage
from kamdesk.sync.steps import settling
from kamdesk.sync.wire.messages import Exchange, Rejected, Settled
from kamdesk.sync.wire.strict import Garbled


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the hub says to have beyond what was pushed: the next question says its chain."""

    last: int
    rejected: tuple[Rejected, ...]


class Heard(NamedTuple):
    """What came of the hub's word: what it touched, how many ops it took and refused.

    ``claim``: what is to be proven before anything of the answer is believed.
    """

    touched: ChangeSet = ChangeSet()
    taken: int = 0
    refused: int = 0
    claim: Claim | None = None


def hear(storage: Storage, told: Settled, ask: Exchange, claim: Claim | None) -> Heard:
    """Settle what an answer says first; a ``claim`` of the answer before is proven by this one.

    Raises ``Forked`` for a number this file never gave, ``Garbled`` where the hub knows less than
    it had said.
    """
    if storage.number(team.REKEYING):
        return Heard()
    if told.last > storage.number("dseq"):
        raise Forked
    rejected = (*(claim.rejected if claim else ()), *told.rejected)
    if told.last > ask.start - 1 + len(ask.ops):
        return Heard(claim=Claim(last=told.last, rejected=rejected))
    if told.last < ask.start - 1:
        raise Garbled("it knows less than it said")
    before = storage.number(team.SETTLED)
    touched = settling.settle(storage, told.last, rejected)
    refused = sum(before < one.dseq <= told.last for one in rejected)
    return Heard(touched, max(0, told.last - before) - refused, refused)
