"""Habits and learnt ways in the workspace: this device's own, never exchanged."""

from dataclasses import replace

from kamdesk.core.privacy import Privacy
from kamdesk.core.spot import Spot
from kamdesk.domain.travel.model import (
    BOUNDS,
    HABITS_ID,
    Habits,
    LearntLeg,
    cell_of,
    leg_id,
)
from kamdesk.domain.travel.roads import Travel
from kamdesk.storage.catalogue import LOCAL, Cell, Kind
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

HABITS = Kind(
    "habits",
    table="habits",
    scope_of=LOCAL,
    linked=True,
    holds={Held.REAL: ("home_lat", "home_lon"), Held.WHOLE: tuple(BOUNDS)},
    cells=(
        Cell(
            "home",
            columns=("home_address", "home_lat", "home_lon", "home_from"),
            privacy=Privacy.INTERNAL,
        ),
        Cell("hours", columns=("starts", "ends", "weekdays"), privacy=Privacy.INTERNAL),
        Cell(
            "lunch",
            columns=("lunch_earliest", "lunch_latest", "lunch_minutes"),
            privacy=Privacy.INTERNAL,
        ),
        Cell("visit_minutes", privacy=Privacy.INTERNAL),
        Cell(
            "driving",
            columns=(
                "road_percent",
                "speed_town",
                "speed_near",
                "speed_far",
                "speed_long",
                "gate_minutes",
            ),
            privacy=Privacy.INTERNAL,
        ),
        Cell("night_minutes", privacy=Privacy.INTERNAL),
    ),
)

LEARNT_LEG = Kind(
    "learnt_leg",
    table="learnt_legs",
    scope_of=LOCAL,
    linked=True,
    holds={Held.REAL: ("kilometres",), Held.WHOLE: ("minutes",)},
    cells=(
        Cell("ends", columns=("one", "other"), privacy=Privacy.INTERNAL),
        Cell("took", columns=("kilometres", "minutes"), privacy=Privacy.INTERNAL),
    ),
)


class TravelStore:
    """Asks the ``habits`` and ``learnt_legs`` tables."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def habits(self) -> Habits:
        """Return how the user works and drives; the usual where nothing was said."""
        row = self._ask("SELECT * FROM habits WHERE id = ? AND NOT gone", HABITS_ID).first()
        return _habits(row) if row else Habits()

    def learnt(self) -> list[LearntLeg]:
        """Return the ways that were corrected."""
        sql = "SELECT * FROM learnt_legs WHERE NOT gone AND minutes > 0 ORDER BY id"
        return [_leg(row) for row in self._ask(sql)]

    def leg(self, one: Spot, other: Spot) -> LearntLeg | None:
        """Return what was learnt of the way between two spots, or None."""
        first, second = sorted((cell_of(one), cell_of(other)))
        sql = "SELECT * FROM learnt_legs WHERE id = ? AND NOT gone"
        row = self._ask(sql, leg_id(first, second)).first()
        return _leg(row) if row else None

    def travel(self) -> Travel:
        """Return how long ways take the user."""
        return Travel(self.habits(), self.learnt())


def _habits(row: Row) -> Habits:
    usual = Habits()
    whole = {name: row[name] for name in BOUNDS if row[name] is not None}
    found = Habits(
        home_address=row["home_address"] or "",
        home_lat=row["home_lat"],
        home_lon=row["home_lon"],
        home_from=row["home_from"] or "",
        weekdays=row["weekdays"] or usual.weekdays,
        **{
            name: min(most, max(least, whole[name]))
            for name, (least, most) in BOUNDS.items()
            if name in whole
        },
    )
    if found.ends <= found.starts:  # no day runs backwards: the usual one
        found = replace(found, starts=usual.starts, ends=usual.ends)
    if found.lunch_latest < found.lunch_earliest:
        earliest, latest = usual.lunch_earliest, usual.lunch_latest
        found = replace(found, lunch_earliest=earliest, lunch_latest=latest)
    return found


def _leg(row: Row) -> LearntLeg:
    return LearntLeg(
        id=row["id"],
        one=row["one"] or "",
        other=row["other"] or "",
        kilometres=row["kilometres"] or 0.0,
        minutes=row["minutes"] or 0,
    )
