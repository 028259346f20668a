"""What the tables of a workspace hold, to be compared before and after."""

from typing import Any

from kamdesk.storage.catalogue import Merge
from kamdesk.workspace import KINDS, Workspace


def living(desk: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Return every living row of every kind and set, without its place in the table."""
    found = {}
    for kind in KINDS:
        columns = ", ".join(("id", *kind.columns))
        sql = f"SELECT {columns} FROM {kind.table} WHERE NOT gone ORDER BY id"
        found[kind.table] = [tuple(row) for row in desk.storage.reader.ask(sql)]
        for cell in kind.cells:
            if cell.merge is Merge.LINKS:
                table = kind.link_table(cell.name)
                sql = f"SELECT eid, target FROM {table} ORDER BY eid, target"
                found[table] = [tuple(row) for row in desk.storage.reader.ask(sql)]
    return found
