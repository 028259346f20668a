"""Saved filters in the workspace: they are this device's own and never exchanged."""

from kamdesk.core.privacy import Privacy
from kamdesk.domain.filters.model import Condition, SavedFilter
from kamdesk.storage.catalogue import LOCAL, Cell, Kind
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

SAVED_FILTER = Kind(
    "saved_filter",
    table="saved_filters",
    scope_of=LOCAL,
    holds={Held.WHOLE: ("place",)},
    cells=(
        Cell("name", privacy=Privacy.INTERNAL),
        Cell("of_list", privacy=Privacy.INTERNAL),
        Cell("conditions", privacy=Privacy.INTERNAL),
        Cell("place", privacy=Privacy.INTERNAL),
    ),
)


class FilterStore:
    """Asks the ``saved_filters`` table."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def of_list(self, of_list: str) -> list[SavedFilter]:
        """Return the filters of a list, in their order."""
        sql = "SELECT * FROM saved_filters WHERE of_list = ? AND NOT gone ORDER BY place, id"
        return [_filter(row) for row in self._ask(sql, of_list)]


def _filter(row: Row) -> SavedFilter:
    read = (Condition.read(line) for line in (row["conditions"] or "").split("\n"))
    return SavedFilter(
        id=row["id"],
        name=row["name"] or "",
        of_list=row["of_list"] or "",
        conditions=tuple(condition for condition in read if condition is not None),
        place=row["place"] or 0,
    )
