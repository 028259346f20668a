"""Moves worth making today: what is owed, who waits too long, what the next visits lack. Rules.

A move is worth what its customer is worth, times how late it is. Three a day, one a customer, and
not all of one kind: whoever reads them can do all three.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, Id, PersonId
from kamdesk.core.wording import Text

A_DAY: Final = 3
_OF_A_KIND: Final = 2
"""So many of a kind at most, as long as there are others."""
_A_FORTNIGHT: Final = 14
_LATEST_TASK: Final = 60
"""A standing task that is later than so many days is a plan to mend, not a move of today."""


class Ground(StrEnum):
    """Why a move is worth making."""

    PROMISE = "promise"
    CONTACT = "contact"
    CHAIN = "chain"
    TASK = "task"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Something to do today at a customer, with all its reason is told from.

    ``words``: what it is about, as it was written; ``advice`` and ``finding``: what a rule of the
    decision chain says. ``late``: days over its day. ``last`` and ``every``: of a contact, the last
    real one and the days it asks for. ``visit_on``: the day of the next visit there, if it is soon.
    ``record``: the promise.
    """

    ground: Ground
    account: AccountId
    account_name: str
    worth: float
    person: PersonId | None = None
    person_name: str = ""
    words: str = ""
    advice: Text | None = None
    finding: Text | None = None
    because: Text | None = None
    late: int = 0
    due: Day | None = None
    last: Day | None = None
    every: int = 0
    visit_on: Day | None = None
    record: Id | None = None


def promise_worth(value: float, late: int, *, visit_soon: bool) -> float:
    """Return what keeping an overdue promise of ours is worth: more where one will sit soon."""
    return value * (1 + min(1.0, late / _A_FORTNIGHT)) * (1.5 if visit_soon else 1.0)


def contact_worth(value: float, late: int, every: int, *, of_person: bool) -> float:
    """Return what a contact that is late is worth; one person's half of their customer's."""
    whole = value * (1 + min(1.0, late / (every or _A_FORTNIGHT)))
    return whole / 2 if of_person else whole


def chain_worth(value: float, weight: float) -> float:
    """Return what mending a gap before a visit is worth; ``weight`` of the finding: 0 to 10."""
    return value * (0.5 + weight / 10)


def task_worth(value: float, late: int) -> float:
    """Return what a standing task is worth that is late; 0 when that is long past."""
    return value * (0.5 + late / _LATEST_TASK / 2) if 0 < late <= _LATEST_TASK else 0.0


def chosen(moves: Iterable[Move], *, most: int = A_DAY) -> tuple[Move, ...]:
    """Return the moves most worth making, the best first: one a customer, two of a kind at most.

    Where nothing else is left, more of a kind are better than fewer moves.
    """
    ranked = sorted(
        (move for move in moves if move.worth > 0),
        key=lambda move: (-move.worth, move.ground, move.account, move.person or b""),
    )
    best = {move.account: move for move in reversed(ranked)}
    alone = [move for move in ranked if best[move.account] is move]
    kinds: Counter[Ground] = Counter()
    first: list[Move] = []
    spare: list[Move] = []
    for move in alone:
        kinds[move.ground] += 1
        (first if kinds[move.ground] <= _OF_A_KIND else spare).append(move)
    found = [*first[:most], *spare[: max(0, most - len(first))]]
    return tuple(sorted(found, key=lambda move: -move.worth))
