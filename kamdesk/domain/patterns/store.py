"""Patterns of visits in the workspace: they are this device's own and never exchanged."""

from kamdesk.core.ids import PatternId
from kamdesk.core.minutes import DAY_MINUTES
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_number
from kamdesk.domain.patterns.model import CYCLE, Pattern, PatternStop
from kamdesk.storage.catalogue import LOCAL, Cell, Kind
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

PATTERN = Kind(
    "pattern",
    table="patterns",
    scope_of=LOCAL,
    holds={Held.WHOLE: ("weeks",)},
    cells=(
        Cell("name", privacy=Privacy.INTERNAL),
        Cell("weeks", privacy=Privacy.INTERNAL),
    ),
)
PATTERN_STOP = Kind(
    "pattern_stop",
    table="pattern_stops",
    scope_of=LOCAL,
    holds={
        Held.ID: ("pattern", "account"),
        Held.WHOLE: ("week", "weekday", "begins", "minutes"),
    },
    cells=(
        Cell("pattern", privacy=Privacy.INTERNAL),
        Cell("account", privacy=Privacy.BUSINESS),
        Cell(
            "time",
            columns=("week", "weekday", "begins", "minutes"),
            privacy=Privacy.INTERNAL,
        ),
        Cell("kind", privacy=Privacy.INTERNAL),
    ),
)


class PatternStore:
    """Asks the tables of patterns."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def all(self) -> list[Pattern]:
        """Return all patterns, by name."""
        rows = self._ask("SELECT * FROM patterns WHERE NOT gone ORDER BY name, id")
        return [_pattern(row) for row in rows]

    def get(self, pattern: PatternId) -> Pattern:
        """Return a pattern. Raises ``LookupError``."""
        return _pattern(self._ask("SELECT * FROM patterns WHERE id = ?", pattern).one())

    def stops(self, pattern: PatternId) -> list[PatternStop]:
        """Return the visits of a pattern, by week, day and time."""
        sql = (
            "SELECT * FROM pattern_stops WHERE pattern = ? AND account IS NOT NULL AND NOT gone"
            " ORDER BY week, weekday, begins, id"
        )
        return [_stop(row) for row in self._ask(sql, pattern)]


def _pattern(row: Row) -> Pattern:
    weeks = read_number(CYCLE, row["weeks"], 1)
    return Pattern(id=row["id"], name=row["name"] or "", weeks=weeks)


def _stop(row: Row) -> PatternStop:
    begins = read_number(range(DAY_MINUTES), row["begins"], 540)
    minutes = read_number(range(1, 1441), row["minutes"], 60)
    return PatternStop(
        id=row["id"],
        pattern=row["pattern"],
        account=row["account"],
        week=read_number(CYCLE, row["week"], 1),
        weekday=read_number(range(7), row["weekday"], 0),
        begins=begins,
        minutes=min(minutes, DAY_MINUTES - begins),
        kind=row["kind"] or "visit",
    )
