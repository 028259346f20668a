"""The matters of an account: what we pursue there, and how far each has come on a day."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.demo.firms import Firm
from kamdesk.demo.material import Line, lines
from kamdesk.domain.accounts.model import AccountClass

_DAYS: Final = (
    ("open", 45),
    ("need", 65),
    ("offer", 75),
    ("prove", 85),
    ("decide", 75),
    ("buy", 55),
    ("deliver", 80),
)
STAGES: Final = (*(stage for stage, _ in _DAYS), "serve")


@dataclass(frozen=True, slots=True)
class Matter:
    """Something we pursue at an account: a subject in an area, from its first talk to service.

    ``ends`` are the days on which each stage but the last ends.
    """

    subject: str
    area: Line
    start: Day
    ends: tuple[Day, ...]
    amount: int
    """In ten thousand yuan."""

    def stage(self, day: Day) -> str:
        """Return how far the matter is on a day."""
        for stage, end in zip(STAGES, self.ends, strict=False):
            if day < end:
                return stage
        return STAGES[-1]

    @property
    def name(self) -> Line:
        """What the subject is called."""
        return lines_of(self.subject, "name")[0]


def lines_of(subject: str, key: str) -> tuple[Line, ...]:
    """Return the lines of a subject."""
    return lines("subjects", subject, key)


def matter(
    chance: Random, subject: str, area: Line, start: Day, *, pace: float = 1.0, amount: int = 0
) -> Matter:
    """Return a matter that starts on a day and moves on at a pace (2 is twice as slow)."""
    ends, day = [], start
    for _, days in _DAYS:
        day += timedelta(round(days * pace * (0.7 + 0.7 * chance.random())))
        ends.append(day)
    return Matter(subject, area, start, tuple(ends), amount or 10 * chance.randint(4, 32))


def at_stage(chance: Random, subject: str, area: Line, stage: str, day: Day, amount: int) -> Matter:
    """Return a matter that stands in the middle of a stage on a day."""
    found = matter(chance, subject, area, day, amount=amount)
    at = STAGES.index(stage)
    first = found.ends[at - 1] if at else found.start
    shift = day - (first + timedelta((found.ends[at] - first).days // 2))
    moved = tuple(end + shift for end in found.ends)
    return Matter(subject, area, found.start + shift, moved, amount)


def matters(firm: Firm, chance: Random, first: Day, day: Day) -> list[Matter]:
    """Return what we pursue at a firm between two days, oldest first."""
    subjects = list(firm.segment.subjects)
    areas = list(firm.segment.areas)
    chance.shuffle(subjects)
    chance.shuffle(areas)
    old = first - timedelta(700)
    fate = chance.random()
    match firm.grade:
        case AccountClass.CORE:
            starts = [(old, 1.0), (first + timedelta(chance.randint(30, 240)), 1.0)]
            starts.append((day - timedelta(chance.randint(180, 330)), 1.0))
        case AccountClass.HIGH_POTENTIAL:
            starts = [(first + timedelta(chance.randint(20, 640)), 1.0 + 0.6 * chance.random())]
            if fate < 0.45:
                starts.insert(0, (old, 1.0))
        case AccountClass.MAINTAIN:
            starts = [(old, 1.0)]
            if fate < 0.35:
                starts.append((day - timedelta(chance.randint(40, 220)), 1.2))
        case _:
            starts = [(first, 5.0)] if fate < 0.6 else [(old, 1.0)]
    found = [
        matter(chance, subjects[at % len(subjects)], areas[at], start, pace=pace)
        for at, (start, pace) in enumerate(starts)
    ]
    if firm.index == 1:  # visited on the day itself: a trial under way
        found.append(at_stage(chance, firm.segment.subjects[0], areas[-1], "prove", day, 60))
    return found
