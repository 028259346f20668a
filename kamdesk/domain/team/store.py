"""Colleagues in the workspace: their cells, and what is asked about them."""

from kamdesk.core.ids import ColleagueId
from kamdesk.core.privacy import Privacy
from kamdesk.domain.team.model import Colleague
from kamdesk.storage.catalogue import Cell, Kind
from kamdesk.storage.database import Reader, Row

COLLEAGUE = Kind(
    "colleague",
    table="colleagues",
    scope_of="house",
    called="name",
    cells=(
        Cell("name", privacy=Privacy.BUSINESS),
        Cell("title", privacy=Privacy.BUSINESS),
        Cell("department", privacy=Privacy.BUSINESS),
        Cell("phone", privacy=Privacy.CONTACT),
        Cell("email", privacy=Privacy.CONTACT),
    ),
)


class ColleagueStore:
    """Asks the ``colleagues`` table."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def get(self, colleague: ColleagueId) -> Colleague:
        """Return a colleague. Raises ``LookupError``."""
        return _colleague(self._ask("SELECT * FROM colleagues WHERE id = ?", colleague).one())

    def find(self, colleague: bytes | None) -> Colleague | None:
        """Return a colleague, or None for an id that is none."""
        row = self._ask("SELECT * FROM colleagues WHERE id = ?", colleague).first()
        return _colleague(row) if row else None

    def everybody(self) -> list[Colleague]:
        """Return all colleagues, by name."""
        sql = "SELECT * FROM colleagues WHERE NOT gone ORDER BY name, id"
        return [_colleague(row) for row in self._ask(sql)]

    def named(self, name: str) -> ColleagueId | None:
        """Return the colleague of this name when there is exactly one."""
        found = self._ask("SELECT id FROM colleagues WHERE name = ? AND NOT gone", name)
        return ColleagueId(found[0][0]) if len(found) == 1 else None


def _colleague(row: Row) -> Colleague:
    return Colleague(
        id=row["id"],
        name=row["name"] or "",
        title=row["title"] or "",
        department=row["department"] or "",
        phone=row["phone"] or "",
        email=row["email"] or "",
    )
