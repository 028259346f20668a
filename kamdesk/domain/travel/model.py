"""How one person works and drives: home, hours, lunch, speeds, ways learnt. Rules only."""

from dataclasses import dataclass, replace
from typing import Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id, linked_id
from kamdesk.core.minutes import DAY_MINUTES
from kamdesk.core.spot import Spot
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text

HABITS_ID: Final = linked_id("habits")
"""There is one record of habits in a file."""
_CELL: Final = 0.01
"""Degrees of a cell in which ways are learnt: about a kilometre."""
MOST_MINUTES: Final = 20 * 60
"""The longest way between two stops, in minutes."""

BOUNDS: Final = {
    "starts": (0, DAY_MINUTES - 1),
    "ends": (1, DAY_MINUTES),
    "lunch_earliest": (0, DAY_MINUTES - 1),
    "lunch_latest": (0, DAY_MINUTES - 1),
    "lunch_minutes": (0, 180),
    "visit_minutes": (10, 480),
    "road_percent": (100, 250),
    "speed_town": (5, 130),
    "speed_near": (5, 130),
    "speed_far": (5, 130),
    "speed_long": (5, 350),
    "gate_minutes": (0, 60),
    "night_minutes": (0, 1440),
}
"""The least and the most of each number."""
_TIMES: Final = ("starts", "ends", "lunch_earliest", "lunch_latest")
_OF_DAY: Final = Text("Write a time of the day, like 8:30.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How the user works and drives; this device's own, never exchanged.

    Times are minutes after midnight, lengths minutes, speeds km/h. ``weekdays`` are the digits of
    the working days, Monday is 1. ``lunch_minutes`` 0: no break. ``road_percent``: the road is so
    much of the way as the crow flies. ``speed_town`` holds under 12 km of road, ``speed_near``
    under 40, ``speed_far`` under 120, ``speed_long`` beyond. ``gate_minutes`` go at each stop to
    parking and the gate. A night away costs as much as ``night_minutes`` of driving.
    """

    id: Id = HABITS_ID
    home_address: str = ""
    home_lat: float | None = None
    home_lon: float | None = None
    home_from: str = ""
    starts: int = 510
    ends: int = 1110
    lunch_earliest: int = 690
    lunch_latest: int = 780
    lunch_minutes: int = 60
    weekdays: str = "12345"
    visit_minutes: int = 60
    road_percent: int = 135
    speed_town: int = 30
    speed_near: int = 45
    speed_far: int = 65
    speed_long: int = 80
    gate_minutes: int = 8
    night_minutes: int = 180

    @property
    def home(self) -> Spot | None:
        """Where a day starts and ends; None when that is not known."""
        return Spot.read(self.home_lat, self.home_lon)

    def works_on(self, weekday: int) -> bool:
        """True for a weekday on which the user works; Monday is 0, as in ``date.weekday``."""
        return str(weekday + 1) in self.weekdays

    def checked(self) -> "Habits":
        """Return these habits cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self)
        for name, (least, most) in BOUNDS.items():
            if not least <= getattr(neat, name) <= most:
                said = Text("Write a number from {least} to {most}.", least=least, most=most)
                raise RuleBroken(_OF_DAY if name in _TIMES else said, field=name)
        if neat.ends <= neat.starts:
            raise RuleBroken(Text("The day ends after it starts."), field="ends")
        if neat.lunch_latest < neat.lunch_earliest:
            said = Text("The latest start of lunch comes after its earliest.")
            raise RuleBroken(said, field="lunch_latest")
        days = "".join(sorted(set(neat.weekdays) & set("1234567")))
        if not days:
            raise RuleBroken(Text("Choose at least one working day."), field="weekdays")
        return neat if days == neat.weekdays else replace(neat, weekdays=days)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearntLeg:
    """A way the user corrected: ``minutes`` from a cell to another, either way, gate included.

    ``kilometres`` are as the crow flies between the two spots it was said of.
    """

    id: Id
    one: str
    other: str
    kilometres: float = 0.0
    minutes: int = 0

    @staticmethod
    def between(one: Spot, other: Spot, *, kilometres: float, minutes: int) -> "LearntLeg":
        """Return what is learnt of a way. Raises ``RuleBroken`` at ``minutes``."""
        if not 1 <= minutes <= MOST_MINUTES:
            said = Text("Write how many minutes it takes, from 1 to {most}.", most=MOST_MINUTES)
            raise RuleBroken(said, field="minutes")
        first, second = sorted((cell_of(one), cell_of(other)))
        return LearntLeg(
            id=leg_id(first, second),
            one=first,
            other=second,
            kilometres=round(kilometres, 3),
            minutes=minutes,
        )


def cell_of(spot: Spot) -> str:
    """Return the name of the cell of about a kilometre in which a spot lies."""
    return f"{round(spot.lat / _CELL)},{round(spot.lon / _CELL)}"


def middle_of(cell: str) -> Spot | None:
    """Return the spot in the middle of a cell; None for what is no cell."""
    lat, _, lon = cell.partition(",")
    try:
        return Spot.read(int(lat) * _CELL, int(lon) * _CELL)
    except ValueError:
        return None


def leg_id(first: str, second: str) -> Id:
    """Return the id of what is learnt between two cells, given in order."""
    return linked_id("learnt_leg", first.encode(), second.encode())
