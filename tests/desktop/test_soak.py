"""A walk through the whole window for minutes: nothing is lost, nothing is left behind.

A quarter of a minute; ``--soak-seconds 3600`` walks for an hour. The control keeps closed pages.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
WARM = 2
"""Rounds until all is imported and drawn once."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux"),
]

Measures = list[dict[str, int]]


def walked(folder: Path, seconds: float, *kept: str) -> Measures:
    """Walk in a process of its own; return what was held after each round."""
    done = subprocess.run(
        [
            sys.executable,
            "-X",
            "faulthandler",
            "-m",
            "support.soak_walk",
            str(folder),
            str(seconds),
            *kept,
        ],
        cwd=TESTS,
        env={**os.environ, "PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + 300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def found(measures: Measures) -> list[str]:
    """Return what grew or was lost since the window was warm."""
    first, last = measures[WARM - 1], measures[-1]
    wrong = [
        f"{name}: {first[name]} → {last[name]}"
        for name in ("files", "threads", "objects", "wrapped")
        if last[name] > first[name]
    ]
    if last["none"] < first["none"]:  # Qt itself adds some with every page; losing one is fatal
        wrong.append(f"references to None: {first['none']} → {last['none']}")
    if last["kilobytes"] > 1.1 * first["kilobytes"]:
        wrong.append(f"memory: {first['kilobytes']} → {last['kilobytes']} KB")
    return wrong


def test_walking_for_minutes_leaves_nothing_behind(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    measures = walked(tmp_path, float(pytestconfig.getoption("--soak-seconds")))
    assert found(measures) == [], measures
    most = max(one["kilobytes"] for one in measures)
    assert most <= 200 * 1024, f"{most // 1024} MB after {len(measures)} rounds"


def test_control_pages_that_stay_are_noticed(tmp_path: Path) -> None:
    names = {line.split(":")[0] for line in found(walked(tmp_path, 0, "keep"))}
    assert {"objects", "wrapped"} <= names
