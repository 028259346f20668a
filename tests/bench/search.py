"""Names and notes as they are typed, on the demo territory, beside the bare FTS and its rows."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kamdesk.search.typed import Typed
from tests.bench.rows import Result, late, middle, timed
from tests.bench.territory import made, opened

NAMES = ("轴", "轴承", "wx", "zhang", "chen", "liyong", "KA-00", "Hal", "精密")
NOTES = ("预算", "阈值", "quarter", "三家比价")


def run(rounds: int) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _of(made(Path(folder, "territory")), "S", rounds)


def run_large(rounds: int, large: Path) -> Iterator[Result]:
    yield from _of(large, "L", rounds)


def _of(place: Path, scale: str, rounds: int) -> Iterator[Result]:
    desk = opened(place)
    ask, find = desk.storage.reader.ask, desk.search
    bare = [t for q in NAMES for t in timed(lambda q=q: _bare(ask, q), rounds)]
    names = [t for q in NAMES for t in timed(lambda q=q: find.names(q), rounds)]
    notes = [t for q in NOTES for t in timed(lambda q=q: find.notes(q), rounds)]
    desk.close()
    yield Result(
        name="search names, a keystroke",
        scale=scale,
        ours=middle(names),
        p95=late(names),
        limit=middle(bare),
        limit_is="FTS of both groups, limit 300, and the rows shown",
        bar_ratio=3,
        bar_ms=16,
    )
    yield Result(
        name="search notes, a keystroke",
        scale=scale,
        ours=middle(notes),
        p95=late(notes),
        bar_ms=50,
    )


def _bare(ask: Any, text: str) -> None:
    """Ask the full text for as many rows as we do, and read the rows of those shown."""
    question = Typed(text).for_names
    for table in ("search_accounts", "search_people"):
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT 300"
        found = [rid & (1 << 40) - 1 for rid in ask(sql, question).column()][:50]
        marks = ",".join("?" * len(found))
        ask(f"SELECT eid, lines FROM search_names WHERE n IN ({marks})", *found)
