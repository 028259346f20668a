"""What a week is asked in the background: why the chosen one, and what each left-out would cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kamdesk.desktop.week.board import Board
from kamdesk.domain.week import planning
from kamdesk.domain.week.model import Bond, LeftOut, Reason

_NONE: Final[Mapping[bytes, LeftOut]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found out of a week: reasons of the chosen one, costs of those left out.

    ``by_hand``: see ``Proposal``; of a week that is not proposed nothing is reckoned.
    """

    board: Board
    key: bytes | None = None
    why: tuple[Reason, ...] = ()
    costs: Mapping[bytes, LeftOut] = field(default_factory=lambda: _NONE)
    by_hand: int | None = None


def judged(board: Board, key: bytes | None) -> Verdict:
    """Return why ``key`` stands where it does and, of a proposed week, what the rest would cost."""
    problem = board.problem
    if not problem.days:
        return Verdict(board=board, key=key)
    plan = planning.judged(problem, board.plan)
    why: tuple[Reason, ...] = ()
    if key is not None and key in board.standing and board.bond(key) is not Bond.FIXED:
        why = planning.why(problem, plan, key)
    if not board.proposed:
        return Verdict(board=board, key=key, why=why)
    costs = {left.key: left for left in plan.left_out}
    return Verdict(board=board, key=key, why=why, costs=costs, by_hand=plan.by_hand)
