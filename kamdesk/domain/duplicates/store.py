"""Pairs said not to be the same: their cells, and which there are."""

from kamdesk.core.ids import Id
from kamdesk.core.privacy import Privacy
from kamdesk.storage.catalogue import HOUSE, Cell, Kind
from kamdesk.storage.database import Reader
from kamdesk.storage.held import Held

NOT_SAME = Kind(
    "not_same",
    table="not_same",
    scope_of=HOUSE,
    holds={Held.ID: ("first", "second")},
    linked=True,
    cells=(
        Cell(
            "pair",
            columns=("of_kind", "first", "second"),
            privacy=Privacy.INTERNAL,
            about=("first", "second"),
        ),
    ),
)


class DuplicateStore:
    """Asks the ``not_same`` table."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def not_same(self, of_kind: str) -> frozenset[tuple[Id, Id]]:
        """Return the pairs of a kind that are two, the smaller id first."""
        sql = "SELECT first, second FROM not_same WHERE of_kind = ? AND NOT gone"
        return frozenset((Id(row[0]), Id(row[1])) for row in self._ask(sql, of_kind))
