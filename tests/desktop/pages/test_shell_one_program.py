"""A second start raises the first one's window; nothing else that is said to it does anything."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.commands import CHEAP

from kamdesk.desktop.opening.one_program import Listening, raise_other
from kamdesk.desktop.opening.place import may_be_open, socket_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a named pipe there")

RUN = """
import sys
from pathlib import Path
from kamdesk.desktop import program
from kamdesk.desktop.opening import one_program

begun, raised = one_program.Listening.start, program.Program.raise_window

def start(self):
    print("LISTENS", begun(self), flush=True)

def raise_window(self):
    raised(self)
    print("RAISED", type(self.shown).__name__, flush=True)
    if sys.argv[3:] == ["once"]:
        self.application.window.close()
    if sys.argv[3:] == ["again"]:
        self.restart()

class Again:
    @staticmethod
    def startDetached(program, arguments):
        free = not Path(one_program.socket_of(Path(sys.argv[1]), Path())).exists()
        print("AGAIN", program == sys.executable, arguments[:1], free, flush=True)

program.QProcess = Again
one_program.Listening.start = start
program.Program.raise_window = raise_window
print("ENDED", program.run_window(Path(sys.argv[1]), sys.argv[2]), flush=True)
"""
SECRET = "four quiet rivers run"


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder whose path is short enough for a socket."""
    made = Path(tempfile.mkdtemp(prefix="kd"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def listening(short: Path, qapp: object) -> Iterator[tuple[Listening, list[int]]]:
    made, raised = Listening(str(short / "config" / "window")), list[int]()
    made.raised.connect(lambda: raised.append(1))
    assert made.start()
    yield made, raised
    made.stop()


def test_folder_and_socket_are_their_owners_alone(
    listening: tuple[Listening, list[int]],
) -> None:
    path = Path(listening[0].socket)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"raise",
        b"raise\nraise\n",
        b"RAISE\n",
        b"raise \n",
        b"\x00" * 6,
        b"open /etc/passwd\n",
        b"x" * 1_000_000,
        "升\n".encode(),
    ],
)
def test_whatever_else_is_said_is_hung_up_on(
    listening: tuple[Listening, list[int]], qtbot: QtBot, said: bytes
) -> None:
    line = socket.socket(socket.AF_UNIX)
    line.connect(listening[0].socket)
    line.setblocking(False)
    sent = 0
    heard: list[bytes] = []

    def hung_up() -> bool:
        nonlocal sent
        try:
            if sent < len(said):
                sent += line.send(said[sent : sent + 4096])
            heard.append(line.recv(100))
        except BlockingIOError:
            return False
        except (BrokenPipeError, ConnectionResetError):
            return True
        return heard[-1] == b""

    qtbot.waitUntil(hung_up, timeout=8000)
    line.close()
    assert b"".join(heard) == b""
    assert listening[1] == []


def test_the_one_word_raises(listening: tuple[Listening, list[int]], qtbot: QtBot) -> None:
    line = socket.socket(socket.AF_UNIX)
    line.connect(listening[0].socket)
    line.send(b"rai")
    qtbot.wait(20)
    line.send(b"se\n")
    qtbot.waitUntil(lambda: listening[1] == [1])
    assert line.recv(100) == b"raise\n"
    line.close()


def test_a_socket_left_over_is_no_program_and_is_replaced(short: Path, qapp: object) -> None:
    path = short / "window"
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(path))
    left.close()
    assert may_be_open(str(path))
    assert not raise_other(str(path))
    listens = Listening(str(path))
    assert listens.start()
    listens.stop()
    assert not path.exists()


def test_what_is_no_socket_is_left_alone(short: Path, qapp: object) -> None:
    path = short / "window"
    path.write_text("mine")
    assert not may_be_open(str(path))
    listens = Listening(str(path))
    assert not listens.start()
    assert path.read_text() == "mine"


def test_each_workspace_has_a_socket_of_its_own(
    short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short))
    one, other = socket_of(short / "a", short), socket_of(short / "b", short)
    assert one != other
    assert one == socket_of(short / "x" / ".." / "a", short)
    assert Path(one).parent == short / "kamdesk"
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert Path(socket_of(short / "a", short / "config")).parent == short / "config"
    assert socket_of(short / "a", short / ("x" * 120)) == ""


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path, short: Path) -> Start:
    """Starts the program on a workspace of its own, without keyring and screen."""
    from kamdesk.storage.creating import create
    from kamdesk.storage.keys import KeyRing, Nowhere

    create(tmp_path / "work", SECRET, keys=KeyRing(Nowhere()), cost=CHEAP)
    kept = {k: v for k, v in os.environ.items() if k != "DBUS_SESSION_BUS_ADDRESS"}
    homes = {f"XDG_{what}_HOME": str(tmp_path / what) for what in ("CONFIG", "STATE", "DATA")}
    quiet = {"QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": NULL}
    given = {**kept, **homes, **quiet, "XDG_RUNTIME_DIR": str(short)}

    def started(*more: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", RUN, str(tmp_path / "work"), SECRET, *more]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=given, stdout=pipe, stderr=pipe, text=True)

    return started


@pytest.mark.slow
def test_a_second_start_raises_the_first_window_and_ends(start: Start, short: Path) -> None:
    first = start("once")
    assert first.stdout is not None
    try:
        assert first.stdout.readline() == "LISTENS True\n"
        second = start()
        said, trouble = second.communicate(timeout=20)
        assert said == "ENDED 0\n", trouble
        said, trouble = first.communicate(timeout=20)
        assert said == "RAISED MainWindow\nENDED 0\n", trouble
    finally:
        first.kill()
    assert list((short / "kamdesk").iterdir()) == []


@pytest.mark.slow
def test_a_restart_lets_go_of_all_and_starts_what_was_started(start: Start) -> None:
    first = start("again")
    assert first.stdout is not None
    try:
        assert first.stdout.readline() == "LISTENS True\n"
        assert start().communicate(timeout=20)[0] == "ENDED 0\n"
        said, trouble = first.communicate(timeout=20)
        assert said == "RAISED MainWindow\nAGAIN True ['-c'] True\nENDED 0\n", trouble
    finally:
        first.kill()


NULL = "keyring.backends.null.Keyring"
