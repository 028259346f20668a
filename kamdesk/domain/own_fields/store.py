"""Own fields in the workspace: their cells, what is asked about them and about their values."""

from collections.abc import Mapping
from typing import Final

from kamdesk.core.ids import Id, OwnFieldId
from kamdesk.core.privacy import Privacy
from kamdesk.core.stored import read_word
from kamdesk.domain.own_fields.model import Of, OwnField, Sort
from kamdesk.storage.catalogue import HOUSE, Cell, Kind
from kamdesk.storage.database import Reader, Row
from kamdesk.storage.held import Held

OWN_FIELD = Kind(
    "own_field",
    table="own_fields",
    scope_of=HOUSE,
    holds={Held.WHOLE: ("place", "retired")},
    cells=(
        Cell("name", privacy=Privacy.INTERNAL),
        Cell("takes", columns=("of_kind", "sort"), privacy=Privacy.INTERNAL),
        Cell("choices", privacy=Privacy.INTERNAL),
        Cell("privacy", privacy=Privacy.INTERNAL),
        Cell("place", privacy=Privacy.INTERNAL),
        Cell("retired", privacy=Privacy.INTERNAL),
    ),
)
_OF: Final = {Of.ACCOUNT: "accounts", Of.PERSON: "people", Of.VISIT: "visits"}


class OwnFieldStore:
    """Asks the ``own_fields`` and ``own_values`` tables."""

    def __init__(self, reader: Reader) -> None:
        self._ask = reader.ask

    def get(self, field: bytes) -> OwnField:
        """Return a field, retired or not. Raises ``LookupError``."""
        return _field(self._ask("SELECT * FROM own_fields WHERE id = ?", field).one())

    def fields(self, of_kind: Of | None = None, *, retired: bool = False) -> list[OwnField]:
        """Return the fields (of a kind of record) in their order; ``retired`` ones too if asked."""
        rows = self._ask("SELECT * FROM own_fields WHERE NOT gone ORDER BY of_kind, place, id")
        every = [_field(row) for row in rows]
        return [
            one for one in every if of_kind in (None, one.of_kind) and (retired or not one.retired)
        ]

    def of_record(self, record: bytes) -> dict[OwnFieldId, str]:
        """Return the values of a record, by field."""
        rows = self._ask("SELECT field, value FROM own_values WHERE eid = ?", record)
        return {OwnFieldId(Id(row[0])): row[1] for row in rows}

    def of_all(self, of_kind: Of) -> Mapping[bytes, Mapping[bytes, str]]:
        """Return the values of all records of a kind that are not retired, by record and field."""
        found: dict[bytes, dict[bytes, str]] = {}
        for field in self.fields(of_kind):
            rows = self._ask("SELECT eid, value FROM own_values WHERE field = ?", field.id)
            for record, value in rows:
                found.setdefault(record, {})[field.id] = value
        return found

    def used(self) -> dict[bytes, int]:
        """Return how many living records have a value, by field."""
        lives = " UNION ALL ".join(f"SELECT id FROM {t} WHERE NOT gone" for t in _OF.values())
        rows = self._ask(
            f"SELECT field, count(*) FROM own_values WHERE eid IN ({lives}) GROUP BY field"
        )
        return {row[0]: row[1] for row in rows}


def _field(row: Row) -> OwnField:
    return OwnField(
        id=row["id"],
        name=row["name"] or "",
        of_kind=read_word(Of, row["of_kind"], Of.ACCOUNT),
        sort=read_word(Sort, row["sort"], Sort.TEXT),
        choices=tuple((row["choices"] or "").split("\n")) if row["choices"] else (),
        privacy=read_word(Privacy, row["privacy"], Privacy.INTERNAL),
        place=row["place"] or 0,
        retired=bool(row["retired"]),
    )
