"""Bringing back a backup: whole or not at all, the old one aside, and nothing of a stranger's."""

import hashlib
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.faults_workspace import CHEAP, PASSPHRASE, a_workspace, no_ring

from kamdesk.core.errors import StorageTrouble
from kamdesk.storage import backups, key_file, rekeying, restoring
from kamdesk.storage.database import connect
from kamdesk.storage.exchange import Forked, receive, unsent
from kamdesk.storage.keys import WrongPassphrase
from kamdesk.storage.lock import Held
from kamdesk.storage.opening import Opened, open_file
from kamdesk.storage.restoring import Restored, restore
from kamdesk.storage.soundness import Damaged
from kamdesk.workspace import open_workspace

PAGE = 4096


def opened(folder: Path, *, passphrase: str = PASSPHRASE, readonly: bool = False) -> Opened:
    return open_file(folder, keys=no_ring(), passphrase=lambda: passphrase, readonly=readonly)


def back_up(folder: Path) -> Path:
    with closing(opened(folder)) as it:
        now = datetime.now(UTC)
        made = backups.make(folder, it.connection, it.key, it.salt, "daily", now=now)
    return made.path


def write(folder: Path, key: str, value: object) -> None:
    with closing(opened(folder)) as it:
        it.connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))


def state(folder: Path, key: str) -> Any:
    with closing(opened(folder)) as it:
        row = it.connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None


def bring_back(
    file: Path, folder: Path, *, passphrase: str = PASSPHRASE, erase: Callable[..., Any] = print
) -> Restored:
    return restore(file, folder, keys=no_ring(), passphrase=lambda: passphrase, erase_again=erase)


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock"
    }


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a backup of its past."""
    folder = tmp_path_factory.mktemp("finished") / "desk"
    a_workspace(folder, rows=60)
    write(folder, "when", "then")
    back_up(folder)
    write(folder, "when", "now")
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "desk"))


@pytest.fixture
def file(folder: Path) -> Path:
    (one,) = (folder / "backups").glob("*.db")
    return one


def test_the_backup_comes_back_and_the_old_file_lies_aside_as_a_workspace(
    folder: Path, file: Path
) -> None:
    before = files(folder)
    done = bring_back(file, folder)
    assert state(folder, "when") == "then"
    assert done.aside
    assert (
        hashlib.sha256((done.aside / "kamdesk.db").read_bytes()).hexdigest()
        == (before["kamdesk.db"])
    )
    assert stat.S_IMODE(done.aside.stat().st_mode) == 0o700
    assert state(done.aside, "when") == "now"
    after = files(folder)
    kept = {name for name in before if name.startswith(("backups", "key"))}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert stat.S_IMODE((folder / "kamdesk.db").stat().st_mode) == 0o600
    assert not list(folder.glob("*.restored")) + list(folder.glob("restoring"))
    assert state(folder, "restored_at")


def test_what_lies_aside_can_be_brought_back_too(folder: Path, file: Path) -> None:
    aside = bring_back(file, folder).aside
    assert aside
    bring_back(aside / "kamdesk.db", folder)
    assert state(folder, "when") == "now"


@pytest.mark.parametrize("dated", [True, False])
def test_two_restores_of_one_moment_put_aside_two_files(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch, dated: bool
) -> None:
    """On a stick that knows time by two seconds; control: undated, the second takes the first."""
    date_it, dates = restoring._date, iter([1.7e9, 1.7e9])

    def coarse(anew: Path, place: Path) -> None:
        os.utime(anew, (0, next(dates)))
        if dated:
            date_it(anew, place)

    monkeypatch.setattr(restoring, "_date", coarse)
    first, second = bring_back(file, folder).aside, bring_back(file, folder).aside
    assert first
    assert second
    assert (first != second) is dated
    assert state(first, "when") == ("now" if dated else "then")


def test_a_new_folder_becomes_a_workspace(file: Path, tmp_path: Path) -> None:
    done = bring_back(file, tmp_path / "new" / "desk")
    assert done.aside is None
    assert state(tmp_path / "new" / "desk", "when") == "then"
    assert stat.S_IMODE((tmp_path / "new" / "desk").stat().st_mode) == 0o700


def test_a_lone_file_with_its_key_file_will_do(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    shutil.copy(folder / "kamdesk.db", stick / "old.db")
    shutil.copy(folder / "key.json", stick / "key.json")
    before = files(stick)
    bring_back(stick / "old.db", tmp_path / "new")
    assert state(tmp_path / "new", "when") == "now"
    assert files(stick) == before
    (stick / "key.json").unlink()
    with pytest.raises(StorageTrouble, match=r"Put old\.key\.json beside it"):
        bring_back(stick / "old.db", tmp_path / "other")
    assert not (tmp_path / "other").exists()


class CutOff(BaseException):
    """The power goes."""


def renew(
    folder: Path, monkeypatch: pytest.MonkeyPatch | None = None, *, cut_off: bool = False
) -> None:
    """Renew the key; ``cut_off`` at the moment the new one counts."""

    def cut(*_: object) -> None:
        raise CutOff

    with ExitStack() as stack:
        if monkeypatch and cut_off:
            patched = stack.enter_context(monkeypatch.context())
            patched.setattr(rekeying, "keep_key", cut)
            stack.enter_context(pytest.raises(CutOff))
        rekeying.renew_key(
            folder, passphrase=PASSPHRASE, code=key_file.new_code(), keys=no_ring(), cost=CHEAP
        )


def test_a_backup_under_an_older_key_comes_back_under_the_present_one(
    folder: Path, file: Path
) -> None:
    renew(folder)
    before = (folder / "key.json").read_bytes()
    with closing(opened(folder)) as it:
        key = it.key
    assert not key_file.read_file(backups.key_path_of(file)).fits(key)
    assert len(list((folder / "backups").glob("*.db"))) == 2
    bring_back(file, folder)
    assert state(folder, "when") == "then"
    assert (folder / "key.json").read_bytes() == before
    with closing(opened(folder)) as it:
        assert it.key == key


@pytest.mark.parametrize("settled", [True, False])
def test_where_a_renewal_was_cut_off_the_old_file_lies_beside_its_own_key(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch, settled: bool
) -> None:
    """Control: unsettled, the key file of the old file is taken for a rest and removed."""
    renew(folder, monkeypatch, cut_off=True)
    assert (folder / "key.json.next").exists()
    if not settled:
        monkeypatch.setattr(restoring, "_end_key_change", lambda _folder: None)
    aside = bring_back(file, folder).aside
    assert aside
    assert state(folder, "when") == "then"
    if settled:
        assert state(aside, "when") == "now"
    else:
        with pytest.raises(StorageTrouble, match="is not the workspace its key file was made for"):
            opened(aside)


def test_where_the_present_key_is_lost_that_of_the_backup_counts(folder: Path, file: Path) -> None:
    (folder / "key.json").write_text("gnawed")
    bring_back(file, folder)
    assert state(folder, "when") == "then"


def test_a_damaged_workspace_is_brought_back(folder: Path, file: Path) -> None:
    (folder / "kamdesk.db").write_bytes(os.urandom(5000))
    (folder / "kamdesk.db-wal").write_bytes(b"of another")
    done = bring_back(file, folder)
    assert done.aside
    assert (done.aside / "kamdesk.db-wal").read_bytes() == b"of another"
    assert state(folder, "when") == "then"


def test_a_missing_database_is_brought_back(folder: Path, file: Path) -> None:
    (folder / "kamdesk.db").unlink()
    assert bring_back(file, folder).aside is None
    assert state(folder, "when") == "then"


# Refusals leave all as it was


def refused(file: Path, folder: Path, words: str, **how: Any) -> None:
    before = files(folder) if folder.exists() else None
    with pytest.raises(StorageTrouble, match=words):
        bring_back(file, folder, **how)
    assert (files(folder) if folder.exists() else None) == before
    assert not (folder / "restoring").exists()


def test_while_the_workspace_is_open_nothing_is_brought_back(folder: Path, file: Path) -> None:
    with closing(opened(folder)), pytest.raises(Held):
        bring_back(file, folder)
    assert state(folder, "when") == "now"


def test_a_workspace_open_elsewhere_is_no_backup(folder: Path, tmp_path: Path) -> None:
    with closing(opened(folder)), pytest.raises(Held):
        bring_back(folder / "kamdesk.db", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_what_is_no_backup_is_refused(folder: Path, file: Path, tmp_path: Path) -> None:
    refused(tmp_path / "none.db", folder, "There is no backup")
    refused(folder / "kamdesk.db", folder, "is the workspace itself")
    sqlite3.connect(plain := tmp_path / "plain.db").execute("CREATE TABLE a (b)").connection.close()
    refused(plain, folder, "plain SQLite file")
    refused(file, folder, "does not open", passphrase="another passphrase")
    other = tmp_path / "other"
    a_workspace(other)
    refused(file, other, "of another workspace")
    shutil.copy(other / "kamdesk.db", tmp_path / "astray.db")
    shutil.copy(file.with_suffix(".key.json"), tmp_path / "astray.key.json")
    refused(tmp_path / "astray.db", folder, "does not belong")
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "letter.txt").write_text("mine")
    refused(file, papers, "holds other files")
    refused(file, papers / "letter.txt" / "..", "holds other files")


def test_a_wrong_passphrase_is_told_from_damage(folder: Path, file: Path) -> None:
    with pytest.raises(WrongPassphrase):
        bring_back(file, folder, passphrase="another passphrase")


@pytest.mark.parametrize("at", [20, 3000, 5 * PAGE + 9, -PAGE, -1])
def test_a_damaged_backup_is_refused(folder: Path, file: Path, at: int) -> None:
    raw = bytearray(file.read_bytes())
    raw[at] ^= 1
    file.write_bytes(raw)
    refused(file, folder, "is damaged")
    file.write_bytes(raw[: len(raw) // 2])
    refused(file, folder, "is damaged")


def test_a_full_disk_leaves_the_old_one(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", full)
    refused(file, folder, "disk is full")


# A stranger's


@contextmanager
def tampered(file: Path) -> Iterator[Any]:
    """The backup open for writing, as somebody has it who knows the passphrase."""
    sealed = key_file.read_file(backups.key_path_of(file))
    key = sealed.key_under(PASSPHRASE, "passphrase")
    assert key
    with closing(connect(file, key, sealed.salt)) as connection:
        yield connection
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


STRANGE = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM people; END",
    "view": "CREATE VIEW people_of_mine AS SELECT * FROM people",
    "table": "CREATE TABLE more (a)",
    "index": "CREATE INDEX i ON people (note)",
    "virtual table": "CREATE VIRTUAL TABLE v USING fts5 (a)",
    "column": "ALTER TABLE people ADD COLUMN sneaked TEXT DEFAULT (load_extension('x'))",
    "generated column": "ALTER TABLE people ADD COLUMN g AS (upper(name))",
    "missing table": "DROP TABLE drafts",
    "missing index": "DROP INDEX op_record",
    "step": "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
    " VALUES ('kamdesk', 'm0001_evil', '')",
    "long value": "INSERT INTO state VALUES ('long', zeroblob(17000000))",
}


@pytest.mark.parametrize("what", list(STRANGE))
def test_what_no_kamdesk_put_there_is_refused(folder: Path, file: Path, what: str) -> None:
    with tampered(file) as connection:
        connection.execute(STRANGE[what])
    refused(file, folder, "no backup of KamDesk's own|A newer KamDesk")


def test_a_table_in_the_place_of_another_by_hand_is_refused(folder: Path, file: Path) -> None:
    with tampered(file) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET type = 'view', sql ="
            " 'CREATE VIEW people AS SELECT * FROM accounts' WHERE name = 'people'"
        )
    refused(file, folder, r"no backup of KamDesk's own|is damaged")


def test_unvetted_a_trigger_would_come_back(
    folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: only the vetting stands between a stranger's trigger and the workspace."""
    with tampered(file) as connection:
        connection.execute(STRANGE["trigger"])
    monkeypatch.setattr(restoring, "vet", lambda _connection: None)
    bring_back(file, folder)
    with closing(opened(folder)) as it:
        sql = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
        assert it.connection.execute(sql).fetchone()[0] == 1


# Who was erased, and who had joined


def test_erasures_are_done_again_from_the_list_of_both_folders(
    folder: Path, file: Path, tmp_path: Path
) -> None:
    (folder / "erased").write_text("")
    asked: list[Path] = []

    def erase(connection: Any, listed_in: Path) -> None:
        assert connection.execute("SELECT count(*) FROM state").fetchone()
        asked.append(listed_in)

    bring_back(file, tmp_path / "new", erase=erase)
    bring_back(file, folder, erase=erase)
    assert set(asked) == {folder}


def test_an_erasure_that_fails_lets_nothing_come_back(folder: Path, file: Path) -> None:
    (folder / "erased").write_text("")

    def fails(*_: object) -> None:
        raise StorageTrouble(backups.WORDS[backups.Why.DAILY])

    with pytest.raises(StorageTrouble):
        bring_back(file, folder, erase=fails)
    assert state(folder, "when") == "now"


def test_a_file_that_had_joined_is_marked_as_forked(folder: Path, tmp_path: Path) -> None:
    write(folder, "dev", 3)
    bring_back(back_up(folder), folder)
    assert state(folder, "forked") == 1
    assert state(folder, "dev") == 3
    desk = open_workspace(folder, keys=no_ring(), passphrase=lambda: PASSPHRASE)
    try:
        for exchanged in (lambda: unsent(desk.storage), lambda: receive(desk.storage, [], 1)):
            with pytest.raises(Forked):
                exchanged()
        desk.team.i_am(desk.team.new("陈浩"))  # what it does alone goes on
    finally:
        desk.close()


# Cut off at every step

NAMES = ("mkdir", "open", "replace", "rename", "unlink", "rmdir", "fsync")


def cut_off(folder: Path, file: Path, call: int) -> bool:
    """Restore in a process that dies before its ``call``-th step on the disk; say if it did."""
    child = os.fork()
    if child == 0:
        left = call

        def counted(real: Callable[..., Any]) -> Callable[..., Any]:
            def step(*values: Any, **more: Any) -> Any:
                nonlocal left
                left -= 1
                if left == 0:
                    os._exit(9)
                return real(*values, **more)

            return step

        for name in NAMES:
            setattr(os, name, counted(getattr(os, name)))
        try:
            bring_back(file, folder)
        except BaseException:
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9)
    return status == 9


def with_a_log(folder: Path) -> None:
    """Leave saves of a killed process in the log beside the file."""
    child = os.fork()
    if child == 0:
        it = opened(folder)
        it.connection.execute("INSERT INTO state VALUES ('late', 'in the log')")
        os._exit(9)
    os.waitpid(child, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize("key_lost", [False, True])
def test_cut_off_anywhere_there_is_the_old_one_or_the_new(
    finished: Path, tmp_path: Path, key_lost: bool, request: pytest.FixtureRequest
) -> None:
    every = request.config.getoption("--all", default=False)
    found: list[object] = []
    whole = Path(shutil.copytree(finished, tmp_path / "whole"))
    with_a_log(whole)
    for call in range(1, 400, 1 if every else 3):
        folder = Path(shutil.copytree(whole, tmp_path / f"cut {call}"))
        if key_lost:
            sealed = (folder / "key.json").read_bytes()
            (folder / "key.json").write_text("gnawed")
        (file,) = (folder / "backups").glob("*.db")
        died = cut_off(folder, file, call)
        counts = (folder / restoring.READY).exists() or not (folder / "key.json").exists()
        if key_lost and not counts and (folder / "key.json").stat().st_size == len("gnawed"):
            (folder / "key.json").write_bytes(sealed)
        found.append(which(folder))
        if died:  # it can be done again
            bring_back(file, folder)
            assert which(folder) == ("then", None)
            assert not list(folder.glob("*.restored")) + list(folder.glob("restoring"))
        shutil.rmtree(folder)
        if not died:
            break
    assert len(found) > 12
    assert set(found) == {("now", "in the log"), ("then", None)}


def which(folder: Path) -> tuple[Any, ...] | None:
    """What the workspace holds of what was there before and after; None when it is damaged."""
    sql = (
        "SELECT (SELECT value FROM state WHERE key = 'when'),"
        " (SELECT value FROM state WHERE key = 'late')"
    )
    try:
        with closing(opened(folder)) as it:
            return tuple(it.connection.execute(sql).fetchone())
    except Damaged:
        return None


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_log_that_stays_beside_the_new_file_is_seen(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: with the log of the old file left in its place, what comes back is neither."""
    folder = Path(shutil.copytree(finished, tmp_path / "desk"))
    with_a_log(folder)
    (file,) = (folder / "backups").glob("*.db")
    monkeypatch.setattr(restoring, "database_files", lambda at: [at / "kamdesk.db"])
    bring_back(file, folder)
    assert which(folder) != ("then", None)
