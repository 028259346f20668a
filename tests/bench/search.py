"""Names and notes as they are typed, on the demo territory, beside the bare FTS and its rows."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from support.desks import a_desk

from kamdesk.workspace import Workspace
from tests.bench.rows import Result, late, middle, timed

NAMES = ("轴", "轴承", "wx", "zhang", "chen", "liyong", "KA-00", "Hal", "精密")
NOTES = ("预算", "阈值", "quarter", "三家比价")


def run(rounds: int) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        desk = _territory(Path(folder))
        find = desk.search
        names = [t for q in NAMES for t in timed(lambda q=q: find.names(q), rounds)]
        notes = [t for q in NOTES for t in timed(lambda q=q: find.notes(q), rounds)]
        desk.close()
    yield Result(
        name="search names, a keystroke", scale="S", ours=middle(names), p95=late(names), bar_ms=16
    )
    yield Result(
        name="search notes, a keystroke", scale="S", ours=middle(notes), p95=late(notes), bar_ms=50
    )


def _territory(folder: Path) -> Workspace:
    from kamdesk.demo.territory import demo_clock, demo_ids, fill

    day = date(2026, 3, 12)
    clock = demo_clock(day)
    desk = a_desk(folder, name="", ids=demo_ids(clock, 1), clock=clock)
    fill(desk, day=day)
    return desk
