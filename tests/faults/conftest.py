"""The process that faults happen in, started once."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from support.faults_client import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Ask what a fault does; in memory where there is such a disk, as no trial needs a slow one."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        server = Server(Path(folder))
        yield server
        server.close()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """With ``--all`` say how many faults each verb met, and how many went wrong."""
    rows = [
        row
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, row in getattr(report, "user_properties", ())
        if name == "faults"
    ]
    if rows and config.getoption("--all"):
        terminalreporter.section("faults: calls that write, faults met, gone wrong")
        for verb, calls, met, astray in sorted(rows):
            terminalreporter.line(f"{verb:44} {calls:6} {met:6} {astray:4}")
