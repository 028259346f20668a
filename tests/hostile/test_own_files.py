"""Files of our own: for their owner's eyes whatever the umask, and never written through a link."""

import contextlib
import logging
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.commands import PASSPHRASE, CommandLine
from support.customers import lanchuan

from kamdesk import logs
from kamdesk.cli.secret import keyring
from kamdesk.core.errors import Refusal
from kamdesk.desktop.papers.shown_papers import put_shown
from kamdesk.settings import LANGUAGE, THEME, MachineSettings, Remembered
from kamdesk.storage.creating import create
from kamdesk.storage.lock import Lock, holder
from kamdesk.transfer.writers.whole_file import whole_file

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and modes are those of POSIX")

KEPT = "not ours"


@pytest.fixture(autouse=True)
def _any_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    def fill(desk: object) -> None:
        lanchuan(desk)  # type: ignore[arg-type]

    made = CommandLine(tmp_path_factory.mktemp("machine")).made(fill)
    (made.home / "list.csv").write_text("客户名称,城市\n,x\n甲公司,上海\n", "utf-8")
    return made


def _settings(path: Path) -> None:
    MachineSettings(path.parent).choose(LANGUAGE, "zh")


def _remembered(path: Path) -> None:
    kept = Remembered(path.parent)
    kept.put("x", 1)
    kept.save()


def _log(path: Path) -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    logs.start(path.parent)
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()


def _full_log(path: Path) -> None:
    handler = logs.PrivateLog(path.with_name(logs.NAME), largest=10)
    for _ in range(3):
        handler.emit(logging.LogRecord("kamdesk", logging.INFO, "", 0, "a long line", (), None))
    handler.close()


def _whole(path: Path) -> None:
    with whole_file(path) as file:
        file.write(b"x")


def _new_workspace(path: Path) -> None:
    create(path.parent, PASSPHRASE, keys=keyring({}))


def _lock(path: Path) -> None:
    Lock(path.parent).release()


MADE: dict[str, tuple[str, Callable[[Path], None]]] = {
    "settings": ("settings.json", _settings),
    "what the window remembers": ("window.json", _remembered),
    "log": (logs.NAME, _log),
    "older log": (f"{logs.NAME}.1", _full_log),
    "any file given out": ("out.csv", _whole),
    "database": ("kamdesk.db", _new_workspace),
    "database being made": ("kamdesk.db.new", _new_workspace),
    "key file": ("key.json", _new_workspace),
    "lock of a new workspace": ("lock", _new_workspace),
    "lock": ("lock", _lock),
}


@pytest.mark.parametrize(("name", "make"), MADE.values(), ids=MADE.keys())
@pytest.mark.parametrize("leads_to", ["a file", "nothing"])
def test_nothing_is_written_through_a_link(
    tmp_path: Path, name: str, make: Callable[[Path], None], leads_to: str
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir(mode=0o700)
    there.mkdir(mode=0o700)
    victim = there / "victim"
    if leads_to == "a file":
        victim.write_text(KEPT)
    (here / name).symlink_to(victim)
    with contextlib.suppress(Refusal):
        make(here / name)
    assert victim.exists() is (leads_to == "a file")
    assert not victim.exists() or victim.read_text() == KEPT
    for path in here.iterdir():
        assert path.is_symlink() or stat.S_IMODE(path.stat().st_mode) == 0o600


COMMANDS = {
    "table": ("export", "{out}.csv"),
    "workbook": ("export", "{out}.xlsx"),
    "bundle": ("export", "{out}.zip"),
    "brief": ("brief", "--account", "澜川轴承", "-o", "{out}.pdf"),
    "table page": (
        "brief",
        "--account",
        "澜川轴承",
        "-o",
        "{out}1.pdf",
        "--table-page",
        "{out}.pdf",
    ),
    "report": ("import", "{home}/list.csv", "--dry-run", "--report", "{out}.json"),
    "rejected rows": ("import", "{home}/list.csv", "--dry-run", "--rejected", "{out}.csv"),
    "backup": ("backup", "{out}.db"),
    "person": ("person", "export", "陈立新", "-o", "{out}.zip"),
    "recovery sheet": ("init", "{out}-desk", "--name", "x", "--sheet", "{out}.pdf"),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS.keys())
def test_no_command_writes_through_a_link(
    machine: CommandLine, tmp_path: Path, words: tuple[str, ...]
) -> None:
    here, victim = tmp_path / "here", tmp_path / "victim"
    here.mkdir(mode=0o700)
    victim.write_text(KEPT)
    spelled = [one.format(out=here / "out", home=machine.home) for one in words]
    target = next(Path(one) for one in spelled if one.startswith(f"{here / 'out'}."))
    target.symlink_to(victim)
    done = machine.run(*spelled)
    assert victim.read_text() == KEPT
    assert done.status == 1 or (done.status == 0 and not target.is_symlink()), done
    target.unlink()
    again = here / "again"
    again.mkdir(mode=0o700)
    fresh = [one.replace(str(here / "out"), str(again / "out")) for one in spelled]
    assert machine.run(*fresh).status == 0
    for path in again.rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


@pytest.mark.parametrize("name", ["backups", "shown"])
def test_a_link_in_the_place_of_a_folder_of_ours_is_refused(tmp_path: Path, name: str) -> None:
    machine = CommandLine(tmp_path / "home").made()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (machine.workspace / name).symlink_to(elsewhere)
    if name == "shown":
        with pytest.raises(Refusal):
            put_shown(machine.workspace, b"%PDF")
    else:
        assert machine.run("backup").status == 1
    assert list(elsewhere.iterdir()) == []


def test_folders_above_are_private_too_whatever_the_umask(tmp_path: Path) -> None:
    MachineSettings(tmp_path / "a" / "b" / "c").choose(THEME, "dark")
    assert logs.crash_note(ValueError(), doing="x", folder=tmp_path / "d" / "e")
    create(tmp_path / "f" / "g" / "h", PASSPHRASE, keys=keyring({}))
    made = [path for path in tmp_path.rglob("*") if path.is_dir()]
    assert len(made) >= 8
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o700}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_log_left_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / logs.NAME).write_text("old\n")
    (tmp_path / logs.NAME).chmod(0o666)
    _log(tmp_path / logs.NAME)
    assert stat.S_IMODE((tmp_path / logs.NAME).stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_nobody_waits_for_a_pipe_in_the_place_of_a_file(tmp_path: Path) -> None:
    """Each of these would wait for ever without asking not to."""
    for name in ("settings.json", "window.json", logs.NAME, "lock"):
        os.mkfifo(tmp_path / name)
    assert MachineSettings(tmp_path).get(LANGUAGE) == "system"
    assert Remembered(tmp_path).get("x") is None
    assert logs.start(tmp_path) is None
    assert holder(tmp_path) is None
    with pytest.raises(Refusal):
        Lock(tmp_path)
