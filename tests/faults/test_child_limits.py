"""The cage of the reading child holds; each test first shows the harm done without it."""

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BOUND = "from kamdesk.transfer.limits import Limits, bind, refuse_side_effects\n"
CAGE = BOUND + "bind(Limits(cpu=1, memory=256 << 20)); refuse_side_effects()\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these limits are Linux's")


SITE = "import sys; sys.path += {paths!r}\n"


def run(cage: str, harm: str, *words: str) -> subprocess.CompletedProcess[str]:
    start = SITE.format(paths=sys.path) + f"sys.path.insert(0, {str(ROOT)!r})\n"
    return subprocess.run(
        [sys.executable, "-I", "-c", start + cage + harm, *words],
        capture_output=True,
        text=True,
        timeout=30,
        stdin=subprocess.DEVNULL,
        check=False,
    )


HARMS = {
    "memory": "held = bytearray(600 << 20); print('done')",
    "socket": "import socket; socket.socket(); print('done')",
    "subprocess": "import subprocess; subprocess.run(['true']); print('done')",
    "fork": "import os; os.fork() or os._exit(0); print('done')",
    "system": "import os; os.system('true'); print('done')",
    "write": "open(sys.argv[1], 'w').write('x'); print('done')",
    "append": "open(sys.argv[1], 'a').write('x'); print('done')",
    "low write": "import os; os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT); print('done')",
    "remove": "import os; os.remove(sys.argv[1]); print('done')",
    "rename": "import os; os.rename(sys.argv[1], sys.argv[1] + '2'); print('done')",
    "folder": "import os; os.mkdir(sys.argv[1] + 'd'); print('done')",
    "link": "import os; os.symlink('/etc/passwd', sys.argv[1] + 'l'); print('done')",
    "foreign library": "import ctypes; ctypes.CDLL(None); print('done')",
    "pickle": "import pickle; pickle.loads(b'cos\\nsystem\\n(S\"true\"\\ntR.'); print('done')",
    "database": "import sqlite3; sqlite3.connect(':memory:'); print('done')",
    "exec": "import os; os.execv('/bin/echo', ['echo', 'done'])",
    "spawn": "import os; os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0); print('done')",
    "kill": "import os; os.kill(os.getppid(), 0); print('done')",
    "truncate": "import os; os.truncate(sys.argv[1], 1); print('done')",
    "mode": "import os; os.chmod(sys.argv[1], 0o600); print('done')",
    "time of a file": "import os; os.utime(sys.argv[1], (1, 1)); print('done')",
    "hard link": "import os; os.link(sys.argv[1], sys.argv[1] + 'h'); print('done')",
    "pipe": "import os; os.mkfifo(sys.argv[1] + 'p'); print('done')",
    "node": "import os; os.mknod(sys.argv[1] + 'n'); print('done')",
    "file without a name": "import os; os.open(os.path.dirname(sys.argv[1]) or '.', "
    "os.O_TMPFILE | os.O_RDWR); print('done')",
    "temporary file": "import tempfile; tempfile.TemporaryFile(); print('done')",
    "workspace": "import sqlcipher3.dbapi2 as d; d.connect(sys.argv[1] + 'w'); print('done')",
    "shared memory": "from multiprocessing import shared_memory as m; "
    "m.SharedMemory(create=True, size=9).unlink(); print('done')",
    "other limits": "import resource; "
    "resource.setrlimit(resource.RLIMIT_CPU, resource.getrlimit(resource.RLIMIT_CPU)); "
    "print('done')",
    "other process": "import os, resource; "
    "resource.prlimit(os.getppid(), resource.RLIMIT_CPU); print('done')",
    "window": "import PySide6.QtCore; print('done')",
    "handles": "held = [open('/dev/null') for _ in range(200)]; print('done')",
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS.keys())
def test_a_harm_is_refused_in_the_cage_and_done_without_it(harm: str, tmp_path: Path) -> None:
    free, caged = tmp_path / "free", tmp_path / "caged"
    for victim in (free, caged):
        victim.write_text("kept")
    without = run("", harm, str(free))
    assert (without.returncode, without.stdout) == (0, "done\n"), without.stderr
    within = run(CAGE, harm, str(caged))
    assert within.returncode != 0
    assert within.stdout == ""
    assert caged.read_text() == "kept"
    assert sorted(path.name for path in tmp_path.glob("caged*")) == ["caged"]


@pytest.mark.parametrize(
    "harm",
    [
        "socket.socket()",
        "subprocess.run(['true'])",
        "ctypes.CDLL(None)",
        "sqlite3.connect(':memory:')",
    ],
)
def test_what_was_imported_before_the_cage_is_of_no_use_in_it(harm: str) -> None:
    before = f"import {harm.split('.')[0]}\n"
    assert run(before, f"{harm}; print('done')").stdout == "done\n"
    within = run(before + CAGE, f"{harm}; print('done')")
    assert within.stdout == ""
    assert "PermissionError" in within.stderr


def test_a_burst_of_memory_in_pieces_is_no_way_round(tmp_path: Path) -> None:
    pieces = "held = []\nfor _ in range(400): held.append(bytes(1 << 20) * 1)\nprint('done')"
    assert run("", pieces).stdout == "done\n"
    assert run(CAGE, pieces).stdout == ""


def test_the_limits_cannot_be_raised_again() -> None:
    """For root alone they could: he is refused by the hook, everybody else by the system."""
    raised = "import resource as r; r.setrlimit(r.RLIMIT_AS, (-1, -1)); print('done')"
    assert run("", raised).stdout in ("done\n", "")
    assert run(CAGE, raised).stdout == ""


def test_no_handle_of_the_desk_goes_down_to_the_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kamdesk.transfer import foreign

    table, secret = tmp_path / "table.csv", tmp_path / "secret"
    table.write_text("name\nAcme\n")
    secret.write_text("x")
    count = "import os; raise SystemExit(len(os.listdir('/proc/self/fd')))"
    with secret.open() as held:
        os.set_inheritable(held.fileno(), True)
        free = subprocess.run([sys.executable, "-I", "-c", count], close_fds=False, check=False)
        monkeypatch.setattr(foreign, "command", lambda: [sys.executable, "-I", "-c", count])
        with pytest.raises(Exception, match="cannot be imported"):  # noqa: SIM117
            with foreign.ForeignFile(table) as file:
                list(file.batches())
    assert file._child is not None
    assert file._child.returncode == 4  # in, out, error, and the listing itself
    assert free.returncode > 4


def test_hundreds_of_files_leave_no_handle_and_no_child_behind(tmp_path: Path) -> None:
    import psutil

    from kamdesk.core.errors import RuleBroken
    from kamdesk.transfer.foreign import ForeignFile, read_all

    good, bad = tmp_path / "good.csv", tmp_path / "bad.xlsx"
    good.write_text("name\n" + "Acme\n" * 3_000)
    bad.write_bytes(b"PK\x03\x04" + bytes(500))
    me = psutil.Process()

    def rounds(some: int) -> tuple[int, int, int]:
        for _ in range(some):
            read_all(good)
            with ForeignFile(good) as left_early:
                next(left_early.batches())
            with pytest.raises(RuleBroken):
                read_all(bad)
        return me.num_fds(), me.num_threads(), len(me.children())

    first = rounds(1)
    again = rounds(12)
    for _ in range(50):  # a thread that has done its work takes a moment to end
        if all(now <= then for now, then in zip(again, first, strict=True)):
            break
        time.sleep(0.05)
        again = rounds(1)
    assert all(now <= then for now, then in zip(again, first, strict=True)), (first, again)


def test_endless_work_is_ended_in_the_cage_and_goes_on_without_it() -> None:
    work = (
        "import time; until = time.process_time() + 1.6\n"
        "while time.process_time() < until: pass\nprint('done')"
    )
    assert run("", work).stdout == "done\n"
    within = run(CAGE, work)
    assert within.stdout == ""
    assert within.returncode == -24  # SIGXCPU


def test_a_cell_of_a_hundred_megabytes_is_refused_and_read_without_limits(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/sharedStrings.xml", "<t>" + "A" * (50 << 20) + "</t>")
    inspect = (
        "from kamdesk.transfer.readers.workbook import _inspect\n"
        "from kamdesk.transfer.limits import Limits\n"
        "_inspect(open(sys.argv[1], 'rb'), Limits({}))\nprint('done')"
    )
    assert run("", inspect.format("ratio=10**6"), str(bomb)).stdout == "done\n"
    refused = run("", inspect.format(""), str(bomb))
    assert "no honest workbook" in refused.stderr
    assert refused.stdout == ""


def test_a_sheet_of_two_far_corners_ends_the_child_not_the_desk(tmp_path: Path) -> None:
    """Four kilobytes that stand for seventeen thousand million cells."""
    from kamdesk.core.errors import RuleBroken
    from kamdesk.transfer.foreign import read_all
    from kamdesk.transfer.writers.workbook import write_workbook

    honest, corners = tmp_path / "honest.xlsx", tmp_path / "corners.xlsx"
    write_workbook(honest, ["A"], [[1]], language="en", sheet="x")
    with zipfile.ZipFile(honest) as book, zipfile.ZipFile(corners, "w") as bomb:
        for name in book.namelist():
            bomb.writestr(name, book.read(name).replace(b'"A2"><v>', b'"XFD1048576"><v>')
                          .replace(b'<row r="2">', b'<row r="1048576">'))  # fmt: skip
    assert len(read_all(honest)[1]) == 2
    with pytest.raises(RuleBroken, match=r"“corners\.xlsx” .* more memory than an honest file"):
        read_all(corners)


def test_the_child_itself_is_in_the_cage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The very command the desk uses; its reader is replaced by one that writes."""
    from kamdesk.transfer import foreign

    table = tmp_path / "table.csv"
    table.write_text("name\nAcme\n")
    victim = tmp_path / "victim"
    harm = (
        "import sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "from kamdesk.transfer import child\n"
        f"child.send_all = lambda *_: open({str(victim)!r}, 'w').write('x') and 0\n"
        "{}"
    )
    for arm, written in (("child.bind = child.refuse_side_effects = lambda *_: None\n", True),
                         ("", False)):  # fmt: skip
        monkeypatch.setattr(foreign, "_FROM_SOURCE", harm.format(arm) + "child.main()")
        with pytest.raises(Exception, match="cannot be imported"):
            foreign.read_all(table)
        assert victim.exists() is written
        victim.unlink(missing_ok=True)
