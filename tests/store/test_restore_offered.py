"""A damaged workspace is refused as it stands, and what helps is said, command by command."""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support.faults_workspace import PASSPHRASE, a_workspace, no_ring

from kamdesk.storage import backups, soundness
from kamdesk.storage.backups import Backup
from kamdesk.storage.database import connect
from kamdesk.storage.opening import Opened, open_file
from kamdesk.storage.soundness import Damaged, Soundness, findings
from kamdesk.workspace import open_workspace

PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    a_workspace(tmp_path / "desk", rows=300)
    return tmp_path / "desk"


def opened(folder: Path, *, readonly: bool = False) -> Opened:
    return open_file(folder, keys=no_ring(), passphrase=lambda: PASSPHRASE, readonly=readonly)


def back_up(folder: Path, day: int) -> Backup:
    with closing(opened(folder)) as it:
        now = datetime(2026, 3, day, tzinfo=UTC)
        return backups.make(folder, it.connection, it.key, it.salt, "daily", now=now)


def files(folder: Path) -> dict[str, str]:
    """What lies in the folder, but for the index of the log, which comes and goes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith("-shm") and path.name != "lock"
    }


def gnaw(path: Path, page: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[page * PAGE + 700] ^= 8
    path.write_bytes(raw)


def refused(folder: Path) -> Damaged:
    before = files(folder)
    with pytest.raises(Damaged) as trouble:
        opened(folder)
    assert files(folder) == before
    return trouble.value


def kill_with_a_log(folder: Path) -> tuple[int, int]:
    """Leave a log beside the file, as a process does that is killed after a save.

    Returns a page that the log has anew, and one that it has not.
    """
    child = os.fork()
    if child == 0:
        it = opened(folder)
        it.connection.execute("PRAGMA wal_autocheckpoint = 0")
        it.connection.executemany(
            "UPDATE state SET value = ? WHERE key = ?",
            [("新的 " * 40, f"test {n}") for n in range(100, 110)],
        )
        os._exit(9)
    os.waitpid(child, 0)
    assert (folder / "kamdesk.db-wal").stat().st_size > 0
    opened(shutil.copytree(folder, folder.parent / "after")).close()
    before, after = (one / "kamdesk.db" for one in (folder, folder.parent / "after"))
    one, other = before.read_bytes(), after.read_bytes()
    anew = [at // PAGE for at in range(0, len(one), PAGE) if one[at:][:PAGE] != other[at:][:PAGE]]
    return anew[-1], next(page for page in range(20, 99) if page not in anew)


@pytest.mark.parametrize("page", [0, 20])
def test_the_newest_good_backup_is_named_with_the_command(folder: Path, page: int) -> None:
    older, newer = back_up(folder, 10), back_up(folder, 11)
    gnaw(newer.path, 5)
    gnaw(folder / "kamdesk.db", page)
    trouble = refused(folder)
    assert (trouble.folder, trouble.backup) == (folder, older.path)
    assert f"kamdesk restore {older.path} {folder} " in str(trouble)
    assert f"kamdesk check --workspace {folder} --salvage NEWDIR" in str(trouble)


def test_for_a_cut_file_too_only_a_good_backup_is_named(folder: Path) -> None:
    older, newer = back_up(folder, 10), back_up(folder, 11)
    gnaw(newer.path, 5)
    os.truncate(folder / "kamdesk.db", 20 * PAGE + 5)
    assert refused(folder).backup == older.path


def test_without_a_backup_salvage_is_named(folder: Path) -> None:
    gnaw(folder / "kamdesk.db", 20)
    trouble = refused(folder)
    assert trouble.backup is None
    assert "there is no backup" in str(trouble)
    assert "--salvage NEWDIR" in str(trouble)


needs_fork = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


@needs_fork
def test_a_gnawed_file_with_a_log_beside_it_stays_as_it_is(folder: Path) -> None:
    _, page = kill_with_a_log(folder)
    gnaw(folder / "kamdesk.db", page)
    refused(folder)
    assert not (folder / "judging").exists()


@needs_fork
def test_judged_by_itself_it_would_be_written_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: without the copy, opening lays the log over the damaged file."""
    _, page = kill_with_a_log(folder)
    gnaw(folder / "kamdesk.db", page)
    monkeypatch.setattr(soundness, "log_left", lambda _path: False)
    before = files(folder)
    with pytest.raises(Damaged):
        opened(folder)
    assert files(folder) != before


@needs_fork
def test_damage_that_the_log_has_written_anew_is_none(folder: Path) -> None:
    page, _ = kill_with_a_log(folder)
    path = folder / "kamdesk.db"
    gnaw(path, page)
    with closing(opened(folder)) as it:
        assert findings(it.connection, path) == []


@needs_fork
def test_what_judging_left_when_it_was_cut_off_is_removed(folder: Path) -> None:
    kill_with_a_log(folder)
    (folder / "judging").mkdir()
    (folder / "judging" / "kamdesk.db").write_text("half")
    opened(folder).close()
    assert not (folder / "judging").exists()


@needs_fork
def test_where_no_copy_fits_on_the_disk_the_file_opens(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    kill_with_a_log(folder)
    monkeypatch.setattr(shutil, "copyfileobj", full)
    opened(folder).close()
    assert not (folder / "judging").exists()


# The weekly look


@pytest.fixture
def weekly(folder: Path) -> Callable[[], Soundness]:
    def made() -> Soundness:
        return desk.soundness

    desk = open_workspace(folder, keys=no_ring(), passphrase=lambda: PASSPHRASE)
    try:
        yield made  # type: ignore[misc]
    finally:
        desk.close()


def test_once_a_week_the_whole_file_is_due(weekly: Callable[[], Soundness]) -> None:
    one = weekly()
    assert one.due(date(2026, 3, 12))
    one.look()
    one.note(date(2026, 3, 12))
    assert not one.due(date(2026, 3, 18))
    assert one.due(date(2026, 3, 19))
    assert one.due(date(2026, 3, 11))  # a clock that went back does not put it off


def test_the_weekly_look_reads_beside_somebody_who_writes_and_sees_damage(folder: Path) -> None:
    with closing(opened(folder)) as writer:
        writer.connection.execute("INSERT INTO state VALUES ('late', 1)")
        reader = open_workspace(
            folder, keys=no_ring(), passphrase=lambda: PASSPHRASE, readonly=True
        )
        reader.soundness.look()
        reader.close()
    with closing(opened(folder)) as it:
        key, salt = it.key, it.salt
    gnaw(folder / "kamdesk.db", 30)
    with closing(connect(folder / "kamdesk.db", key, salt, readonly=True)) as connection:
        assert findings(connection, folder / "kamdesk.db") != []
    broken = open_workspace(folder, keys=no_ring(), passphrase=lambda: PASSPHRASE, readonly=True)
    with pytest.raises(Damaged):
        broken.soundness.look()
    broken.close()
