"""Power fails at any moment: what was acknowledged is there, and every file opens and is true.

What was done to the disk is recorded once; each cut takes a moment of it and a disk on which of
all that was not synced by then some arrived and some did not (``support/power_disk.py``). The
controls wait less for the disk than the program does, and lose.
"""

import shutil
import sys
from collections.abc import Callable

import pytest
from support.faults_client import Server, wrong
from support.faults_files import FILE_TRIALS

CUTS, PART = 600, 60
"""Losses of power of a day of saves with ``--all``, and without."""
OTHERS = ("log visit", "import", "create", "migrate", *FILE_TRIALS)

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the shim is loaded by LD_PRELOAD"),
    pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc to build the shim"),
]


def cuts(request: pytest.FixtureRequest, part: int) -> list[int]:
    return list(range(CUTS if request.config.getoption("--all") else part))


@pytest.mark.slow
def test_a_day_of_saves_loses_nothing(
    server: Server,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    found = server.run("day", "power", cuts(request, PART))
    record_property("faults", ("day of saves, power", found[-1]["moment"], len(found), 0))
    assert wrong(found) == []
    assert any(point["said"] for point in found)


@pytest.mark.slow
@pytest.mark.parametrize(("waits", "sign"), [("NORMAL", "lost"), ("OFF", "broken")])
def test_a_day_of_saves_that_waits_less_loses(
    server: Server,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
    waits: str,
    sign: str,
) -> None:
    found = server.run("day", "power", cuts(request, 20), control=waits)
    astray = sum(any(line.startswith(sign) for line in point["wrong"]) for point in found)
    record_property("faults", (f"control: synchronous={waits}, power", 0, len(found), astray))
    assert astray


@pytest.mark.slow
@pytest.mark.parametrize("trial", OTHERS)
def test_what_was_done_is_there_when_power_comes_back(
    server: Server,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
    trial: str,
) -> None:
    found = server.run(trial, "power", cuts(request, 12))
    astray = wrong(found)
    record_property("faults", (f"{trial}, power", found[-1]["moment"], len(found), len(astray)))
    assert astray == []


@pytest.mark.parametrize("trial", [one for one in FILE_TRIALS if one != "restore anew"])
def test_a_file_that_is_not_synced_before_it_is_renamed_is_lost(server: Server, trial: str) -> None:
    assert wrong(server.run(trial, "power", list(range(24)), control="no sync"))
