"""The tests' own PostgreSQL ends with the run that started it, also with one that is killed."""

import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest
from support import postgres
from support.postgres import Postgres, programs

pytestmark = pytest.mark.skipif(programs() is None, reason="there is no PostgreSQL here")
PATIENCE = 600
"""So often a tenth of a second is waited for, at most."""
RUN = """
import sys
from pathlib import Path
from support import postgres

if sys.argv[1] == "unwatched":
    postgres._WATCH = "true"
server = postgres.Postgres.made()
print(server.folder, server.pid, flush=True)
sys.stdin.read()
"""


def _left_by_a_killed_run(how: str) -> tuple[Postgres, int]:
    """Start a run that makes a server, and kill it; return the server and its process."""
    words = [sys.executable, "-c", RUN, how]
    where = {"PYTHONPATH": str(Path(postgres.__file__).parents[1])}
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, env=where) as run:
        assert run.stdout is not None
        folder, pid = run.stdout.readline().split()
        run.kill()
    return Postgres(Path(folder)), int(pid)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() != b""
    except OSError:
        return False


def test_a_server_ends_with_a_run_that_is_killed() -> None:
    server, pid = _left_by_a_killed_run("watched")
    for _ in range(PATIENCE):
        if not _runs(pid) and not server.folder.exists():
            return
        sleep(0.1)
    pytest.fail("the server outlives the run that made it")


def test_control_one_that_nobody_watches_stays() -> None:
    server, pid = _left_by_a_killed_run("unwatched")
    try:
        server.ask("postgres", "SELECT 1")
        assert _runs(pid)
    finally:
        server.remove()


def test_it_goes_on_for_who_else_uses_it() -> None:
    server = Postgres.made()
    other = Postgres(server.folder)
    other.hold()
    server.let_go()
    other.ask("postgres", "SELECT 1")
    other.remove()
    assert not server.folder.exists()
