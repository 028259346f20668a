"""Sanity: the week's search on six Solomon instances, where the best ways are known.

Every customer must be visited, vans have a load, only distance counts: not what the search was
made for. ``ours`` is how many per cent longer than the best known it drives after ten CPU seconds
(the published solvers reach 0 to 10 after twenty); the bar says that nothing is broken.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import process_time
from typing import Final

from kamdesk.domain.week.arriving import Field
from kamdesk.domain.week.ground import Ground
from kamdesk.domain.week.model import Bond, Problem, Stop, Window, WorkDay
from kamdesk.domain.week.road import Known, Road, Room
from kamdesk.domain.week.search import Search
from tests.bench.rows import Result

DATA = Path(__file__).parent / "data" / "solomon"
BEST: Final = {
    "C101": (827.3, 10),
    "R101": (1637.7, 20),
    "RC101": (1619.8, 15),
    "C201": (589.1, 3),
    "R201": (1143.2, 8),
    "RC201": (1261.8, 9),
}
"""The shortest distance (decimals cut to one), and how many vans it takes."""
SECONDS: Final = 10.0
TENTHS: Final = 10


class Van(Road):
    """A road that carries no more than its load."""

    __slots__ = ("free", "loads")

    def __init__(self, field: Field, order: tuple[int, ...], loads: list[int], most: int) -> None:
        super().__init__(field, order)
        self.loads, self.free = loads, most - sum(loads[number] for number in order)

    def room(self, number: int, below: float = 1 << 20) -> Room | None:
        if self.loads[number] > self.free:
            known: dict[int, Known] = self.known
            known[number] = None
            return None
        return super().room(number, below)


class Depot(Ground):
    """A ground whose days are vans."""

    __slots__ = ("loads", "most")

    def _new(self, day: int, order: tuple[int, ...]) -> Road:
        road = Van(self.fields[day], order, self.loads, self.most)
        road.worth = sum([self.gain[number] for number in order]) - road.drive
        road.bits = sum([1 << number for number in order])
        return road


def depot(name: str, vans: int) -> Depot:
    """Return the instance, its distances and times in tenths."""
    lines = (DATA / f"{name}.txt").read_text("ascii").splitlines()
    rows = [[int(part) for part in line.split()] for line in lines if line.strip()[:1].isdigit()]
    (_count, most), home, *customers = rows
    spots = [(row[1], row[2]) for row in (home, *customers)]
    travel = tuple(
        tuple(int(((x - u) ** 2 + (y - v) ** 2) ** 0.5 * TENTHS) for u, v in spots)
        for x, y in spots
    )
    stops = tuple(
        Stop(
            key=number.to_bytes(2, "big"),
            place=number,
            minutes=row[6] * TENTHS,
            windows=((Window(row[4] * TENTHS, (row[5] + row[6]) * TENTHS),),) * vans,
            bond=Bond.LOOSE,
        )
        for number, row in enumerate(customers, 1)
    )
    van = WorkDay(starts=0, ends=home[5] * TENTHS, lunch=None)
    ground = Depot(Problem(days=(van,) * vans, stops=stops, travel=travel))
    ground.loads, ground.most = [row[3] for row in customers], most
    return ground


def run(rounds: int) -> Iterator[Result]:
    for name, (best, vans) in BEST.items():
        search, begun = Search(depot(name, vans + 1), Random(0).random), process_time()
        week = search.better(
            search.first(),
            spent=lambda _tries, begun=begun: (process_time() - begun) / SECONDS,
            told=lambda _week: None,
        )
        if week.left:
            raise AssertionError(f"{name}: {len(week.left)} customers not visited")
        drive = sum(road.drive for road in week.roads) / TENTHS
        gap = (drive / best - 1) * 100
        yield Result(
            name=f"Solomon {name}: per cent over the best",
            scale="S",
            ours=gap,
            p95=gap,
            limit_is=f"{drive:.1f} driven, best known {best}",
            bar_ms=15,
        )
