"""Weeks to plan: the trial weeks around Suzhou, and small random ones full of odd cases."""

import csv
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from kamdesk.core.spot import Spot, kilometres
from kamdesk.core.wording import Text
from kamdesk.domain.week.model import ANYWHERE, Bond, Lunch, Problem, Reason, Stop, Window, WorkDay

CITIES = Path(__file__).parent.parent / "bench" / "data" / "cities_near_suzhou.csv"
HOME = Spot(31.30, 120.60)
VALUE = {"A": 240, "B": 120, "C": 60}
STAY = {"A": 90, "B": 60, "C": 45}
DENSE_STAY = {"A": 45, "B": 35, "C": 30}
DAYS = 5
WHOLE, MORNING, AFTERNOON = Window(540, 1050), Window(540, 720), Window(810, 1050)


class Trial(NamedTuple):
    """A trial week: its name, how many customers are due, and its seed."""

    name: str
    size: int
    seed: int
    dense: bool = False


TRIALS = (
    Trial("40 due", 40, 1),
    Trial("80 due", 80, 2),
    Trial("120 due", 120, 3),
    Trial("dense 120 due", 120, 4, dense=True),
    Trial("dense 200 due", 200, 5, dense=True),
)


class _Town(NamedTuple):
    spot: Spot
    people: int


def key(number: int) -> bytes:
    return number.to_bytes(16, "big")


def trial_week(trial: Trial) -> Problem:
    """Return the trial week: customers by the size of the towns, windows as customers have them.

    Four appointments are fixed. In a dense week stays are short and ways too, so that nine visits
    make a day.
    """
    chance = random.Random(trial.seed)
    towns = [town for town in _towns() if not trial.dense or kilometres(HOME, town.spot) < 30]
    stays = DENSE_STAY if trial.dense else STAY
    spots, stops = [HOME], []
    spread = 0.5 if trial.dense else 1
    for number in range(1, trial.size + 1):
        town = chance.choices(towns, [town.people**0.5 for town in towns])[0]
        spots.append(
            Spot(
                town.spot.lat + chance.gauss(0, 0.05) * spread,
                town.spot.lon + chance.gauss(0, 0.06) * spread,
            )
        )
        class_ = chance.choices("ABC", (2, 3.5, 4.5))[0]
        ratio = chance.uniform(0.55, 1.9)
        prize = VALUE[class_] * min(1.0, ratio) ** 2 * (1 + 1.5 * max(0, ratio - 1))
        stay = stays[class_] + chance.choice((-15, 0, 0, 15) if not trial.dense else (-5, 0, 0, 5))
        stops.append(
            Stop(
                key=key(number),
                place=number,
                minutes=stay,
                windows=_windows(chance),
                prize=round(prize, 1),
                reasons=(Reason(Text("due"), round(prize, 1)),),
            )
        )
    travel = tuple(tuple(0 if a is b else minutes_between(a, b) for b in spots) for a in spots)
    problem = Problem(days=(WorkDay(),) * DAYS, stops=tuple(stops), travel=travel)
    return _with_appointments(problem, chance)


def minutes_between(a: Spot, b: Spot) -> int:
    """Return driving minutes: crow's way by 1.35, speeds by distance, 8 minutes at the gate."""
    way = kilometres(a, b) * 1.35
    if way < 0.2:
        return 5
    speed = 30 if way < 12 else 45 if way < 40 else 65 if way < 120 else 80
    return round(way / speed * 60) + 8


def stood(stop: Stop, day: int, begin: int, bond: Bond = Bond.FIXED) -> Stop:
    """Return the stop fixed or pinned to that day and minute."""
    window = (Window(begin, begin + stop.minutes),)
    windows = tuple(window if one == day else () for one in range(len(stop.windows)))
    return replace(stop, windows=windows, bond=bond)


def _with_appointments(problem: Problem, chance: random.Random) -> Problem:
    stops = list(problem.stops)
    for day in chance.sample(range(DAYS), 4):
        while True:
            number = chance.choice([n for n, s in enumerate(stops) if s.bond is Bond.FREE])
            begin = chance.choice((570, 600, 840, 870, 900, 930))
            stop = stops[number]
            way = problem.travel[0][stop.place]
            if begin - way >= 510 and begin + stop.minutes + way <= 1110:
                stops[number] = stood(stop, day, begin)
                break
    return replace(problem, stops=tuple(stops))


def _windows(chance: random.Random) -> tuple[tuple[Window, ...], ...]:
    windows: list[tuple[Window, ...]] = [()] * DAYS
    dice = chance.random()
    if dice < 0.55:
        return ((WHOLE,),) * DAYS
    if dice < 0.75:
        for day in chance.sample(range(DAYS), chance.choice((2, 3))):
            windows[day] = (WHOLE,)
    elif dice < 0.9:
        for day in chance.sample(range(DAYS), chance.choice((1, 2, 3))):
            windows[day] = (chance.choice((MORNING, AFTERNOON)),)
    else:
        one, other = chance.sample(range(DAYS), 2)
        windows[one], windows[other] = (Window(840, 1020),), (Window(540, 690),)
    return tuple(windows)


def _towns() -> Iterator[_Town]:
    with CITIES.open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        for row in rows:
            yield _Town(Spot(float(row["lat"]), float(row["lon"])), int(row["people"]))


def odd_week(
    chance: random.Random, *, days: int = 2, size: int = 6, plain: bool = False
) -> Problem:
    """Return a small week full of odd cases: ways one way longer, hotels, absences, late dinners.

    ``plain`` leaves out what stands already, so that every stop may go anywhere.
    """
    places = chance.randint(2, 5)
    farthest = chance.choice((30, 60, 120))
    travel = tuple(
        tuple(0 if a == b else chance.randint(1, farthest) for b in range(places))
        for a in range(places)
    )
    work = tuple(
        WorkDay(
            starts=chance.choice((480, 510, 540)),
            ends=chance.choice((780, 1050, 1110)),
            lunch=chance.choice(
                (None, Lunch(690, 780, 60), Lunch(690, 780, 60), Lunch(720, 720, 45))
            ),
            from_place=chance.choice((0, 0, 0, 1)),
            to_place=chance.choice((0, 0, 0, 1)),
        )
        for _ in range(days)
    )
    stops = []
    for number in range(size):
        bonds = (Bond.FREE,) * 5 + (() if plain else (Bond.LOOSE, Bond.FIXED, Bond.PINNED))
        bond = chance.choice(bonds)
        minutes = chance.choice((15, 30, 45, 60, 61, 90))
        prize = round(chance.uniform(5, 300), 1)
        stop = Stop(
            key=key(number),
            place=ANYWHERE if chance.random() < 0.25 else chance.randrange(places),
            minutes=minutes,
            windows=tuple(_odd_windows(chance) for _ in range(days)),
            prize=prize,
            reasons=(Reason(Text("due"), prize),),
            bond=bond,
        )
        if bond in (Bond.FIXED, Bond.PINNED):
            stop = stood(stop, chance.randrange(days), chance.randrange(400, 1200, 15), bond)
        stops.append(stop)
    return Problem(days=work, stops=tuple(stops), travel=travel)


def _odd_windows(chance: random.Random) -> tuple[Window, ...]:
    windows = []
    for _ in range(chance.choice((0, 1, 1, 1, 2))):
        opens = chance.randrange(480, 1000, 10)
        windows.append(Window(opens, opens + chance.choice((30, 60, 120, 400, 600))))
    return tuple(windows)
