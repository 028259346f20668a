"""Every call by which a verb writes may fail: nothing said to be saved is lost, nothing is half.

By default each kind of fault meets a part of the calls, chosen by a fixed seed; ``--all`` takes
every one. The broken roads at the end show that the harness would see it.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.faults_verbs import VERBS

ROOT = Path(__file__).parents[2]
FAULTS = [
    ("crash", False),
    ("torn", False),
    ("eio", False),
    ("eio", True),
    ("enospc", False),
    ("enospc", True),
    ("short", False),
    ("short", True),
]
SAMPLE = {"create": 20, "migrate": 20}
WHOLE = 60
"""Up to so many calls all are met by default."""

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the shim is loaded by LD_PRELOAD"),
    pytest.mark.skipif(not shutil.which("gcc"), reason="needs gcc to build the shim"),
]


class Server:
    """Asks the forking process what a fault does."""

    def __init__(self, shim: Path, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/support/faults_server.py"), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "LD_PRELOAD": str(shim),
                "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
            },
        )

    def run(
        self, trial: str, kind: str, points: list[int], *, sticky: bool = False, control: str = ""
    ) -> list[dict[str, Any]]:
        """Return what happened at each point."""
        request = {"trial": trial, "kind": kind, "sticky": sticky, "control": control}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({**request, "points": points}) + "\n")
        self._process.stdin.flush()
        return [json.loads(self._process.stdout.readline()) for _ in points]

    def calls(self, trial: str) -> int:
        """How many calls change the folder while it is done and the file is closed."""
        (found,) = self.run(trial, "count", [0])
        assert found["wrong"] == []
        assert found["said"][0] == "saved"
        return int(found["said"][1].removeprefix("counted "))

    def close(self) -> None:
        self._process.communicate(timeout=30)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("faults")
    shim = folder / "shim.so"
    source = str(ROOT / "tests/faults/shim.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", shim, source, "-ldl"], check=True)
    server = Server(shim, folder)
    yield server
    server.close()


def wrong(found: list[dict[str, Any]]) -> list[str]:
    return [f"{point['point']}: {line}" for point in found for line in point["wrong"]]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "sticky"), FAULTS)
@pytest.mark.parametrize("trial", [*VERBS, "create", "migrate"])
def test_no_fault_loses_or_halves_a_save(
    server: Server, request: pytest.FixtureRequest, trial: str, kind: str, sticky: bool
) -> None:
    points = list(range(1, server.calls(trial) + 1))
    assert len(points) > 20
    if not request.config.getoption("--all", default=False):
        chosen = random.Random(f"{trial} {kind} {sticky}")
        points = sorted(chosen.sample(points, min(SAMPLE.get(trial, WHOLE), len(points))))
    found = server.run(trial, kind, points, sticky=sticky)
    assert wrong(found) == []
    if kind in ("crash", "torn"):
        assert any("saved" not in point["said"] for point in found)
    elif kind != "short":
        assert any(line.startswith("refused") for point in found for line in point["said"])


@pytest.mark.parametrize(("control", "sign"), [("too early", "lost"), ("by halves", "half")])
def test_the_harness_sees_a_broken_road(server: Server, control: str, sign: str) -> None:
    points = list(range(1, server.calls("log visit") + 1))
    found = wrong(server.run("log visit", "crash", points, control=control))
    assert any(f": {sign}" in line for line in found)
