"""A week planned: the first answer, every why; and what it is worth beside OR-Tools and PyVRP.

Worth is held in minutes (prizes − driving), CPU seconds are given alike: ours 1 (dense weeks 5),
theirs 20. The middle of three of ours (``p95`` is the least) has to reach the best peer's. Where
the peers are not installed (``KAMDESK_PEERS`` names a Python that has them) nothing is compared.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from time import process_time

from support.week_checker import faults
from support.weeks import TRIALS, Trial, trial_week

from kamdesk.domain.week import planning
from kamdesk.domain.week.ground import Ground
from kamdesk.domain.week.left_out import LeftOuts
from kamdesk.domain.week.model import Bond, Problem, Proposal
from kamdesk.domain.week.proposing import roads_of
from tests.bench.rows import Result, late, middle, timed

PEERS = ("ortools", "pyvrp")
THEIR_SECONDS = 20.0
SEEDS = 3
_MISSING = "OR-Tools and PyVRP are not installed (KAMDESK_PEERS names a Python that has them)"


def run(rounds: int) -> Iterator[Result]:
    problem = trial_week(TRIALS[2])
    first = timed(lambda: planning.first(problem), rounds)
    yield Result(
        name="week of 120 due: first proposal",
        scale="S",
        ours=middle(first),
        p95=late(first),
        bar_ms=50,
    )
    best = planning.improved(problem, seconds=1.0, clock=process_time)
    whys = timed(lambda: _left_outs(problem, best), rounds)
    yield Result(
        name=f"week of 120 due: {len(best.left_out)} left out, why",
        scale="S",
        ours=middle(whys),
        p95=late(whys),
        bar_ms=100,
    )
    for trial in TRIALS:
        yield _worth(trial)


def _left_outs(problem: Problem, proposal: Proposal) -> None:
    ground = Ground(problem)
    LeftOuts(ground, roads_of(ground, proposal)).all()


def _worth(trial: Trial) -> Result:
    problem, seconds = trial_week(trial), 5.0 if trial.dense else 1.0
    ours = [
        worth_of(
            problem, planning.improved(problem, seconds=seconds, seed=seed, clock=process_time)
        )
        for seed in range(SEEDS)
    ]
    peers = {name: _peer_worth(name, problem) for name in PEERS if _installed(name)}
    said = ", ".join(f"{name} {worth:.0f}" for name, worth in peers.items())
    return Result(
        name=f"worth of week, {trial.name}, {seconds:g} s",
        scale="S",
        ours=round(middle(ours), 1),
        p95=round(min(ours), 1),
        limit=max(peers.values(), default=None),
        limit_is=f"{said} after {THEIR_SECONDS:g} s" if peers else _MISSING,
        at_least=max(peers.values(), default=None),
    )


def worth_of(problem: Problem, proposal: Proposal) -> float:
    """Return what the proposal is worth, each day accepted by the checker."""
    wrong = [
        fault for day, plan in enumerate(proposal.days) for fault in faults(problem, day, plan)
    ]
    if wrong:
        raise AssertionError(wrong)
    return proposal.value


@cache
def _installed(name: str) -> bool:
    python = shutil.which(os.environ.get("KAMDESK_PEERS", ""))
    return python is not None and _asked(python, name, 0, "").returncode == 0


def _asked(python: str, name: str, seconds: float, week: str) -> "subprocess.CompletedProcess[str]":
    order = [python, str(Path(__file__).parent / "peers.py"), name, str(seconds)]
    return subprocess.run(order, input=week, capture_output=True, text=True, check=False)


def _peer_worth(name: str, problem: Problem) -> float:
    """Return what the peer's week is worth; its days are timed and judged like ours."""
    answer = _asked(os.environ["KAMDESK_PEERS"], name, THEIR_SECONDS, _plain(problem))
    if answer.returncode:
        raise AssertionError(answer.stderr)
    worth = 0.0
    for day, numbers in enumerate(json.loads(answer.stdout)):
        stops = [problem.stops[number] for number in numbers]
        plan = planning.day_plan(problem, day, [stop.key for stop in stops])
        if plan is None:
            return 0.0
        worth += sum(stop.prize for stop in stops) - plan.drive
    return worth


def _plain(problem: Problem) -> str:
    work = problem.days[0]
    stops = [
        {
            "minutes": stop.minutes,
            "prize": stop.prize,
            "fixed": stop.bond is Bond.FIXED,
            "windows": [[tuple(window) for window in windows] for windows in stop.windows],
        }
        for stop in problem.stops
    ]
    return json.dumps(
        {
            "days": len(problem.days),
            "starts": work.starts,
            "ends": work.ends,
            "lunch": work.lunch,
            "stops": stops,
            "travel": problem.travel,
        }
    )
