"""The window: shell and first rows, lists filtered and sorted, a customer opened, its memory."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.rows import Result, late, middle
from tests.bench.start import BLANK
from tests.bench.territory import key_of, made

ALL_PAGES_MB, BLANK_TIMES_ROWS = 200, 4


def run(rounds: int) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _of(made(Path(folder, "territory")), "S", rounds)


def run_large(rounds: int, large: Path) -> Iterator[Result]:
    yield from _of(large, "L", rounds)


def _of(place: Path, scale: str, rounds: int) -> Iterator[Result]:
    runs: list[dict[str, Any]] = []
    blank: list[float] = []
    key, _ = key_of(place)
    child = ("-m", "tests.bench.window_child", str(place), str(rounds))
    for _ in range(max(3, rounds // 5)):
        runs.append(json.loads(_said(*child, key=key)))
        blank.append(float(_said("-c", BLANK)))

    def times(what: str) -> list[float]:
        return [time for run in runs for time in run[what]]

    start = [run["rows"] for run in runs]
    yield Result(
        name="start: first rows painted (keyring)",
        scale=scale,
        ours=middle(start),
        p95=late(start),
        limit=middle(blank),
        limit_is="blank window of PySide6",
        bar_ratio=BLANK_TIMES_ROWS,
    )
    for name, what, bar in (
        ("list of customers: filter, a key", "filter", 33),
        ("list of customers: sort a column", "sort", 60),
        ("open a customer, click to paint", "customer", 50),
    ):
        yield Result(
            name=name,
            scale=scale,
            ours=middle(times(what)),
            p95=late(times(what)),
            bar_ms=bar,
        )
    memory = [run["memory, all pages"] for run in runs]
    yield Result(
        name="memory after each page, MB",
        scale=scale,
        ours=middle(memory),
        p95=max(memory),
        bar_ms=ALL_PAGES_MB,
    )


def _said(*arguments: str, key: str = "") -> str:
    """Run a child with a place of its own; return the last line it prints."""
    with tempfile.TemporaryDirectory() as config:
        own = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), config)
        surroundings = os.environ | own
        surroundings |= {
            "QT_QPA_PLATFORM": "offscreen",
            "KAMDESK_BENCH_KEY": key,
            "PYTHONPATH": "tests:.",
            "PYTHONDONTWRITEBYTECODE": "",
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            env=surroundings,
            check=True,
            capture_output=True,
            text=True,
        )
    return done.stdout.splitlines()[-1]
