"""Every call by which a verb writes may fail: nothing said to be saved is lost, nothing is half.

By default one verb meets every fault at every call and the others a part chosen by a fixed seed;
``--all`` takes every one. The broken roads at the end show that the harness would see it.
"""

import random
import shutil
import sys
from collections.abc import Callable, Iterator

import pytest
from support.faults_client import Server, wrong
from support.faults_files import FILE_TRIALS
from support.faults_trials import TRIALS
from support.faults_verbs import VERBS

FAULTS = [
    ("crash", False),
    ("torn", False),
    ("eio", False),
    ("eio", True),
    ("enospc", False),
    ("enospc", True),
    ("short", False),
    ("short", True),
    ("erofs", True),
]
EVERYWHERE = ("plan visit",)
"""The verbs that by default meet all faults at all calls."""
PART, FILES_PART = 7, 12
"""So many faults a verb meets otherwise, and so many one that writes whole files."""

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the shim is loaded by LD_PRELOAD"),
    pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc to build the shim"),
]


def chosen(trial: str, calls: int, *, everything: bool) -> Iterator[tuple[str, bool, list[int]]]:
    """Yield the faults a trial meets, with the calls at which it does."""
    points = [(*fault, point) for fault in FAULTS for point in range(1, calls + 1)]
    if not (everything or trial in EVERYWHERE):
        part = PART if trial in VERBS else FILES_PART
        points = random.Random(trial).sample(points, min(part, len(points)))
    for fault in FAULTS:
        if met := sorted(point for *kind, point in points if (*kind,) == fault):
            yield *fault, met


@pytest.mark.slow
@pytest.mark.parametrize("trial", [*TRIALS, *FILE_TRIALS])
def test_no_fault_loses_or_halves_what_was_saved(
    server: Server,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
    trial: str,
) -> None:
    everything = bool(request.config.getoption("--all"))
    calls, run, astray = server.calls(trial), 0, []
    for kind, sticky, points in chosen(trial, calls, everything=everything):
        found = server.run(trial, kind, points, sticky=sticky)
        astray += [f"{kind} {sticky} {line}" for line in wrong(found)]
        run += len(found)
        if len(points) == calls and kind == "crash":
            assert any("saved" not in point["said"] for point in found)
        elif len(points) == calls and kind in ("eio", "enospc", "erofs") and sticky:
            assert any(line.startswith("refused") for point in found for line in point["said"])
            assert any("went on" in point["said"] for point in found)
    record_property("faults", (trial, calls, run, len(astray)))
    assert astray == []


@pytest.mark.parametrize(("control", "sign"), [("too early", "lost"), ("by halves", "half")])
def test_the_harness_sees_a_broken_road(server: Server, control: str, sign: str) -> None:
    assert any(
        f": {sign}" in line
        for point in range(server.calls("log visit"), 0, -2)
        for line in wrong(server.run("log visit", "crash", [point], control=control))
    )
