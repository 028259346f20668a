"""Passphrase, recovery code and key are changed wholly or not at all, whatever fails, and when.

By default each change meets the faults at a part of the calls; ``--all`` takes every one.
"""

import random
import shutil
import sys

import pytest
from support.faults_client import Server, wrong
from support.faults_keys import KEY_TRIALS

FAULTS = [
    ("crash", False),
    ("torn", False),
    ("eio", False),
    ("eio", True),
    ("enospc", False),
    ("enospc", True),
    ("short", True),
    ("erofs", True),
]
PART = {"new key": 2}

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the shim is loaded by LD_PRELOAD"),
    pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc to build the shim"),
]


@pytest.mark.slow
@pytest.mark.parametrize("trial", KEY_TRIALS)
def test_every_road_opens_whatever_fails(
    server: Server, pytestconfig: pytest.Config, trial: str
) -> None:
    calls = range(1, server.calls(trial) + 1)
    astray = []
    for kind, sticky in FAULTS:
        points = list(calls)
        if not pytestconfig.getoption("--all"):
            points = sorted(
                random.Random(f"{trial} {kind} {sticky}").sample(points, PART.get(trial, 1))
            )
        found = server.run(trial, kind, points, sticky=sticky)
        astray += [f"{kind} {sticky} {line}" for line in wrong(found)]
    assert astray == []


@pytest.mark.slow
@pytest.mark.parametrize("trial", KEY_TRIALS)
def test_every_road_opens_after_a_loss_of_power(
    server: Server, pytestconfig: pytest.Config, trial: str
) -> None:
    cuts = 100 if pytestconfig.getoption("--all") else 6
    assert wrong(server.run(trial, "power", list(range(cuts)))) == []


def test_the_harness_sees_wraps_that_are_written_too_late(server: Server) -> None:
    calls, found = server.calls("new key"), set[str]()
    for point in range(calls, calls - 25, -1):  # the switch is among the last calls
        for line in wrong(server.run("new key", "crash", [point], control="wraps afterwards")):
            found |= {road for road in ("by passphrase", "by keyring") if f"broken: {road}" in line}
        if len(found) == 2:
            return
    pytest.fail(f"only {found or 'nothing'} was seen to be broken")
