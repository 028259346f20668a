"""Writes words into every cell of every kind that holds words, found by the catalogue.

So a new kind or cell meets the tricks without being named here. What is written goes past the
rules, as a newer program or another desk may send it.
"""

from typing import Any, Final

from support.canaries import WORDLESS

from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import Kind
from kamdesk.storage.database import Row
from kamdesk.storage.held import Held
from kamdesk.workspace import Workspace

TAME: Final = "平常的话"
TRICKS: Final = (
    "<img src=/etc/passwd> <a href='file:///etc/passwd'>x</a><b>&lt;b&gt;</b> &Save && [*]"
    " {n} {name!r:>99999} %s %1 \\u202e \u202e反向\u202c\u2066\u2067x\u2069\u200f\u061c"
    " a" + "\u0301" * 200 + " \x01\x02\x07\x1b[2J\x7f\x9b31m\t שלום עולם مرحبا بالعالم"
    " 👨‍👩‍👧‍👦🏳️‍🌈🇨🇳 \u2028\ufff9\ufeff𠮷 =1+1 " + "x" * 300
)
"""Markup, keys, formats, turned directions, heaped marks, controls, one long word; on one line."""
LONG: Final = (TRICKS + "长" * 100_000)[:100_000]


def worded(kind: Kind, row: Row, said: str) -> dict[str, Any]:
    """Return the cells of a record in which a person's words stand, with others instead of them."""
    silent = set(WORDLESS.get(kind.name, "").split())
    cells: dict[str, Any] = {}
    for cell in kind.valued:
        free = [
            held is Held.TEXT and column not in silent
            for column, held in zip(cell.columns, cell.held, strict=True)
        ]
        values = tuple(
            said if is_free else row[column]
            for column, is_free in zip(cell.columns, free, strict=True)
        )
        if any(free):
            cells[cell.name] = values if len(values) > 1 else values[0]
    return cells


def write_everywhere(desk: Workspace, said: str) -> int:
    """Write into every such cell of every record, own values too; return how many were written."""
    ask, written = desk.storage.reader.ask, 0
    with desk.storage.change(Text("Import of {file}", file=said)) as change:
        for kind in desk.storage.catalogue.kinds:
            for row in list(ask(f"SELECT * FROM {kind.table} WHERE NOT gone ORDER BY rid")):
                owned = ask("SELECT lower(hex(field)) FROM own_values WHERE eid = ?", row["id"])
                cells = worded(kind, row, said) | {f"own:{of}": said for of in owned.column()}
                if cells:
                    change.write(kind, row["id"], cells)
                written += len(cells)
    return written
