"""Writes words into every cell of every kind that holds words, found by the catalogue.

So a new kind or cell meets the tricks without being named here. What is written goes past the
rules, as a newer program or another desk may send it.
"""

from typing import Any, Final

from support.canaries import WORDLESS

from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import Kind
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


def words_of(kind: Kind) -> list[Any]:
    """Return the cells of a kind in which a person's words stand."""
    silent = set(WORDLESS.get(kind.name, "").split())
    return [
        cell
        for cell in kind.valued
        if not silent & set(cell.columns) and all(held is Held.TEXT for held in cell.held)
    ]


def write_everywhere(desk: Workspace, said: str) -> int:
    """Write into every such cell of every record, own values too; return how many were written."""
    written = 0
    with desk.storage.change(Text("Import of {file}", file=said)) as change:
        for kind in desk.storage.catalogue.kinds:
            living = f"SELECT id FROM {kind.table} WHERE NOT gone ORDER BY rid"
            for record in desk.storage.reader.ask(living).column():
                cells = {
                    cell.name: (said,) * len(cell.columns) if len(cell.columns) > 1 else said
                    for cell in words_of(kind)
                }
                owned = "SELECT lower(hex(field)) FROM own_values WHERE eid = ?"
                cells |= {f"own:{of[0]}": said for of in desk.storage.reader.ask(owned, record)}
                if cells:
                    change.write(kind, record, cells)
                written += len(cells)
    return written
