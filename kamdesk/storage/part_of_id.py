"""Finds records by the beginning or the end of their id: only the index of ids is read."""

from typing import Final

from kamdesk.core.ids import Id
from kamdesk.storage.catalogue import Kind
from kamdesk.storage.database import Reader

_SQL: Final = """
SELECT id FROM {0} WHERE NOT gone AND id IN (
  SELECT id FROM {0} INDEXED BY sqlite_autoindex_{0}_1 WHERE hex(id) LIKE ? OR hex(id) LIKE ?)
ORDER BY id"""


def records_with(reader: Reader, kind: Kind, part: str) -> list[Id]:
    """Return the living records whose id begins or ends with hex digits."""
    sql = _SQL.format(kind.table)
    return [Id(row[0]) for row in reader.ask(sql, f"{part}%", f"%{part}")]
