"""A PostgreSQL of the tests' own: in a temporary folder, on a unix socket, gone at the end.

One server serves all workers of a test run; each worker has databases of its own in it. It does
not wait for the disk unless asked, and nobody on the network can reach it. It ends with the last
process that uses it, however that one ends: a pipe tells a shell beside it.
"""

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import pytest

QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SMALL = (
    "listen_addresses=",
    "max_connections=200",
    "shared_buffers=64MB",
    "log_min_messages=FATAL",
)


_WATCH = """
(
    cat "$0/users"
    if pid=$(head -n 1 "$0/data/postmaster.pid"); then kill -QUIT "$pid"; fi
    rm -rf "$0"
) > /dev/null 2>&1 &
"""
"""Waits until nobody holds the pipe any more, then ends the server and removes its folder."""


def programs() -> Path | None:
    """Return where the newest PostgreSQL's programs lie; None where there is none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if (p / "initdb").exists()]
    return max(versions, key=lambda p: float(p.parent.name), default=None)


class Postgres:
    """A server in a folder; ``url()`` of a database in it."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder, self.data, self._durable = folder, folder / "data", durable
        self._pipe: int | None = None

    @staticmethod
    def made(*, durable: bool = False) -> "Postgres":
        """Return a server with empty databases that runs; stop and remove it with ``remove``."""
        folder = Path(mkdtemp(prefix="kdpg"))  # short: the path of a socket has 107 bytes at most
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        server = Postgres(folder, durable=durable)
        os.mkfifo(folder / "users")
        subprocess.run(["/bin/sh", "-c", _WATCH, folder], check=True, start_new_session=True)
        server.hold()
        sync = () if durable else ("--no-sync",)
        options = ("-A", "trust", "-U", "postgres", "--no-instructions", "--locale=C", "-E", "UTF8")
        server._run("initdb", "-D", server.data, *options, *sync)
        server.start()
        return server

    def hold(self) -> None:
        """Let it run as long as this process does, at least."""
        self._pipe = os.open(self.folder / "users", os.O_RDWR)

    def let_go(self) -> None:
        """Need it no longer."""
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None

    @property
    def pid(self) -> int:
        """The number of the server's process; raises ``FileNotFoundError`` while it is down."""
        return int((self.data / "postmaster.pid").read_text("ascii").split()[0])

    def start(self) -> None:
        """Start it, after a crash too, and wait until it answers."""
        settings = (*SMALL, f"unix_socket_directories={self.folder}")
        settings += () if self._durable else QUICK
        options = " ".join(f"-c {setting}" for setting in settings)
        log = self.folder / "log"
        self._run("pg_ctl", "-D", self.data, "-w", "-s", "-l", log, "-o", options, "start")

    def stop(self, *, crash: bool = False) -> None:
        """Stop it; with ``crash`` as if it were killed: it recovers at the next start."""
        mode = "immediate" if crash else "fast"
        self._run("pg_ctl", "-D", self.data, "-w", "-s", "-m", mode, "stop")

    def remove(self) -> None:
        """Stop it for good."""
        if (self.data / "postmaster.pid").exists():
            self.stop(crash=not self._durable)
        self.let_go()
        shutil.rmtree(self.folder, ignore_errors=True)  # the one beside it does so too

    def url(self, name: str = "postgres", *, fresh: bool = False) -> str:
        """Return the address of a database, for SQLAlchemy; a ``fresh`` one is made, empty."""
        if fresh:
            self.ask("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            self.ask("postgres", f"CREATE DATABASE {name} TEMPLATE template0")
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def ask(self, database: str, sql: str) -> None:
        """Run statements that answer nothing."""
        import psycopg

        address = f"host={self.folder} user=postgres dbname={database}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.encode())

    def _run(self, program: str, *words: str | Path) -> None:
        where = programs()
        assert where is not None
        owner = "postgres" if os.geteuid() == 0 else None
        subprocess.run(
            [where / program, *words],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            user=owner,
            group=owner,
            extra_groups=[] if owner else None,
            timeout=120,
        )


@contextlib.contextmanager
def shared_server(run: Path) -> Iterator[Postgres]:
    """Give the one server of a test run, whose workers meet in ``run``; the last one stops it."""
    with _locked(run):
        note = run / "postgres.json"
        known = json.loads(note.read_text("utf-8")) if note.exists() else None
        server = Postgres(Path(known["folder"])) if known else Postgres.made()
        if known:
            server.hold()
        users = [*(known["users"] if known else []), os.getpid()]
        note.write_text(json.dumps({"folder": str(server.folder), "users": users}), "utf-8")
    try:
        yield server
    finally:
        with _locked(run):
            users = json.loads(note.read_text("utf-8"))["users"]
            users = [pid for pid in users if pid != os.getpid() and Path(f"/proc/{pid}").exists()]
            if users:
                server.let_go()
                note.write_text(json.dumps({"folder": str(server.folder), "users": users}), "utf-8")
            else:
                note.unlink()
                server.remove()


@contextlib.contextmanager
def _locked(run: Path) -> Iterator[None]:
    import fcntl

    with (run / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


_numbers = count(1)
_given_back: list[str] = []
_EMPTY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid();
DROP SCHEMA public CASCADE;
CREATE SCHEMA public
"""


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """The run's PostgreSQL, for tests that make databases of their own by ``fresh_database``."""
    if programs() is None:
        pytest.skip("there is no PostgreSQL on this machine")
    here = tmp_path_factory.getbasetemp()
    with shared_server(here.parent if os.environ.get("PYTEST_XDIST_WORKER") else here) as server:
        yield server


def fresh_database(server: Postgres) -> str:
    """Return the address of an empty database nobody else uses."""
    return server.url(_new_name(), fresh=True)


def _new_name() -> str:
    return f"{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{next(_numbers)}"


def lent_database(server: Postgres, request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database, which others get after the request, empty again.

    A new one for each would be a thousand files to make and to remove.
    """
    fresh = not _given_back
    name = _new_name() if fresh else _given_back.pop()

    def give_back() -> None:
        server.ask(name, _EMPTY)
        _given_back.append(name)

    request.addfinalizer(give_back)
    return server.url(name, fresh=fresh)
