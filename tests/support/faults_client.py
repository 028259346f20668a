"""How a test asks the forking process what a fault does."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def built_shim(folder: Path) -> Path:
    """Build the library that lets calls fail; return where it is."""
    shim, source = folder / "shim.so", ROOT / "tests/faults/shim.c"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", shim, str(source), "-ldl"], check=True)
    return shim


class Server:
    """The forking process, with the shim of ``folder`` loaded."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests/support/faults_server.py"), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "LD_PRELOAD": str(built_shim(folder)),
                "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
            },
        )
        self._calls: dict[str, int] = {}

    def run(
        self, trial: str, kind: str, points: list[int], *, sticky: bool = False, control: str = ""
    ) -> list[dict[str, Any]]:
        """Return what happened at each point."""
        request = {"trial": trial, "kind": kind, "sticky": sticky, "control": control}
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({**request, "points": points}) + "\n")
        self._process.stdin.flush()
        found = []
        for _ in points:
            line = self._process.stdout.readline()
            assert line, "the forking process ended"
            found.append(json.loads(line))
        return found

    def calls(self, trial: str) -> int:
        """How many calls change the folder while it is done and the file is closed."""
        if trial not in self._calls:
            (found,) = self.run(trial, "count", [0])
            assert found["wrong"] == [], found
            assert found["said"][0] == "saved"
            self._calls[trial] = int(found["said"][-1].removeprefix("counted "))
        return self._calls[trial]

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=30)


def wrong(found: list[dict[str, Any]]) -> list[str]:
    """Return all that was found to be wrong, with the point at which it was."""
    return [f"{point['point']}: {line}" for point in found for line in point["wrong"]]
