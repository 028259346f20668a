"""Holiday lists and absences in the workspace: their cells, and what is asked about them."""

from kamdesk.core.clock import Day, read_day
from kamdesk.core.ids import AbsenceId, ColleagueId
from kamdesk.core.minutes import DAY_MINUTES
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_number
from kamdesk.domain.working_days.absence import Absence
from kamdesk.domain.working_days.calendar import Calendar, YearList
from kamdesk.domain.working_days.shipped import shipped_years
from kamdesk.storage.catalogue import HOUSE, Cell, Kind
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

YEAR_LIST = Kind(
    "year_list",
    table="year_lists",
    scope_of=HOUSE,
    linked=True,
    holds={Held.WHOLE: ("year",)},
    cells=(
        Cell("year", privacy=Privacy.BUSINESS),
        Cell("days", columns=("off_lines", "worked_lines"), privacy=Privacy.BUSINESS),
    ),
)
ABSENCE = Kind(
    "absence",
    table="absences",
    scope_of=HOUSE,
    holds={Held.ID: ("colleague",), Held.WHOLE: ("begins", "ends")},
    cells=(
        Cell("colleague", privacy=Privacy.BUSINESS),
        Cell("time", columns=("first", "last", "begins", "ends"), privacy=Privacy.BUSINESS),
        Cell("words", privacy=Privacy.INTERNAL),
    ),
)


def working_calendar(reader: Reader | None = None) -> Calendar:
    """Return the calendar of working days: the shipped lists, and the house's own over them."""
    own = WorkingDayStore(reader).year_lists() if reader is not None else []
    return Calendar((*shipped_years(), *own))


class WorkingDayStore:
    """Asks the tables of holiday lists and absences."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def year_lists(self) -> list[YearList]:
        """Return the house's own holiday lists, by year."""
        rows = self._ask("SELECT * FROM year_lists WHERE NOT gone AND year > 0 ORDER BY year")
        return [
            YearList(
                year=row["year"],
                off=_days(row["off_lines"], row["year"]),
                worked=_days(row["worked_lines"], row["year"]),
            )
            for row in rows
        ]

    def absences(self, first: Day, last: Day, *, of: ColleagueId | None = None) -> list[Absence]:
        """Return the absences that touch these days, earliest first.

        ``of`` leaves out those of other colleagues; what takes the whole house stays.
        """
        sql = (
            "SELECT * FROM absences WHERE NOT gone AND last >= ? AND first <= ?"
            " AND (?3 IS NULL OR colleague IS NULL OR colleague = ?3)"
            " ORDER BY first, begins, last, id"
        )
        found = self._ask(sql, first.isoformat(), last.isoformat(), of)
        return [absence for row in found if (absence := _absence(row)) is not None]

    def get(self, absence: AbsenceId) -> Absence:
        """Return an absence. Raises ``LookupError``."""
        found = _absence(self._ask("SELECT * FROM absences WHERE id = ?", absence).one())
        if found is None:
            raise LookupError(absence.hex())
        return found


def _days(text: str | None, year: int) -> dict[Day, str]:
    found: dict[Day, str] = {}
    for line in (text or "").split("\n"):
        written, _, name = line.partition(" ")
        day = read_day(written)
        if day is not None and day.year == year:
            found[day] = name
    return found


def _absence(row: Row) -> Absence | None:
    """Return an absence from its row; None where its days cannot be read."""
    first, last = read_day(row["first"]), read_day(row["last"])
    if first is None or last is None:
        return None
    begins = read_number(range(DAY_MINUTES), row["begins"], 0)
    ends = read_number(range(1, DAY_MINUTES + 1), row["ends"], DAY_MINUTES)
    return Absence(
        id=row["id"],
        first=first,
        last=max(first, last),
        colleague=row["colleague"],
        begins=begins,
        ends=ends if ends > begins else DAY_MINUTES,
        words=row["words"] or "",
    )
