"""Plans a week: a first answer at once, a better one by the second, and every why."""

from collections.abc import Callable, Sequence

from kamdesk.domain.week.model import Better, DayPlan, LeftOut, Problem, Proposal, Reason
from kamdesk.domain.week.overnight import Night

__all__ = ["Night", "day_plan", "first", "improved", "overnight", "squeezed", "tried", "why"]


def first(problem: Problem) -> Proposal:
    """Return the first answer (best insertion): tens of milliseconds for 120 customers."""
    raise NotImplementedError


def improved(
    problem: Problem,
    *,
    seconds: float = 1.0,
    rounds: int | None = None,
    seed: int = 0,
    told: Better | None = None,
    stop: Callable[[], bool] = lambda: False,
    clock: Callable[[], float] | None = None,
) -> Proposal:
    """Return the best proposal found within ``seconds`` of ``clock`` (default: of the wall).

    ``told`` hears of each better one, the first one included; ``stop`` is asked about every
    millisecond. With ``rounds`` the search ends after so many tries: the same seed and rounds
    give the same answer everywhere when ``seconds`` suffice.
    """
    raise NotImplementedError


def day_plan(problem: Problem, day: int, keys: Sequence[bytes]) -> DayPlan | None:
    """Return the day that visits ``keys`` in this order, to the minute; None: it cannot be done.

    ``keys`` name everything of that day, what is fixed and pinned included.
    """
    raise NotImplementedError


def squeezed(problem: Problem, proposal: Proposal, key: bytes) -> LeftOut:
    """Return why ``key`` is left out and what the cheapest way of taking it in would cost."""
    raise NotImplementedError


def tried(problem: Problem, proposal: Proposal, key: bytes) -> Proposal | None:
    """Return the best week that has ``key`` in it; None: no week has."""
    raise NotImplementedError


def why(problem: Problem, proposal: Proposal, key: bytes) -> tuple[Reason, ...]:
    """Return what speaks for ``key`` (the terms of its prize) and its detour as a negative term."""
    raise NotImplementedError


def overnight(
    problem: Problem,
    proposal: Proposal,
    *,
    night: int | None = None,
    place: int | None = None,
    cost: int = 180,
    seconds: float = 1.0,
    stop: Callable[[], bool] = lambda: False,
) -> Night | None:
    """Return the week with a night at ``place`` after day ``night`` (None: the best found).

    ``cost`` is what the night is worth at home, in minutes of driving. None: no night is possible.
    """
    raise NotImplementedError
