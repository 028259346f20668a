"""A copy is a backup only when it was opened and counted."""

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support.faults_workspace import PASSPHRASE, a_workspace, no_ring

from kamdesk.core.errors import StorageTrouble
from kamdesk.storage import backup
from kamdesk.storage.backup import verified_copy
from kamdesk.storage.database import Connection, WrongKey, connect
from kamdesk.storage.opening import Opened, open_file


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    a_workspace(tmp_path / "desk", rows=300)
    with closing(open_file(tmp_path / "desk", keys=no_ring(), passphrase=lambda: PASSPHRASE)) as it:
        yield it


def copy(opened: Opened, target: Path) -> None:
    verified_copy(opened.connection, opened.key, opened.salt, target)


def test_the_copy_holds_everything_under_the_same_key(opened: Opened, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    copy(opened, target)
    with closing(connect(target, opened.key, opened.salt, readonly=True)) as other:
        sql = "SELECT key, value FROM state ORDER BY key"
        found = [tuple(row) for row in other.execute(sql)]
        assert found == [tuple(row) for row in opened.connection.execute(sql)]
        assert len(found) >= 300


def test_the_copy_is_private_and_stands_alone(opened: Opened, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    before = os.umask(0)
    try:
        copy(opened, folder / "copy.db")
    finally:
        os.umask(before)
    assert os.listdir(folder) == ["copy.db"]
    assert stat.S_IMODE((folder / "copy.db").stat().st_mode) == 0o600


def test_the_copy_is_encrypted(opened: Opened, tmp_path: Path) -> None:
    copy(opened, tmp_path / "copy.db")
    raw = (tmp_path / "copy.db").read_bytes()
    assert b"SQLite format" not in raw
    assert "客户".encode() not in raw
    with pytest.raises(WrongKey):
        connect(tmp_path / "copy.db", "00" * 32, opened.salt)


def test_what_was_not_yet_checkpointed_is_in_the_copy(opened: Opened, tmp_path: Path) -> None:
    opened.connection.execute("INSERT INTO state (key, value) VALUES ('late', 1)")
    copy(opened, tmp_path / "copy.db")
    with closing(connect(tmp_path / "copy.db", opened.key, opened.salt)) as other:
        assert other.execute("SELECT value FROM state WHERE key = 'late'").fetchone()[0] == 1


def test_others_may_go_on_writing_while_the_copy_is_made(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count, path = backup._counts, opened.folder / "kamdesk.db"
    add = "INSERT INTO state (key, value) VALUES (?, 1)"
    with closing(connect(path, opened.key, opened.salt)) as other:

        def count_and_write(connection: Connection) -> dict[str, int]:
            counted = count(connection)
            if connection is opened.connection:
                other.executemany(add, [(f"meanwhile {n}",) for n in range(100)])
            return counted

        monkeypatch.setattr(backup, "_counts", count_and_write)
        copy(opened, tmp_path / "copy.db")
    sql = "SELECT count(*) FROM state WHERE key LIKE 'meanwhile%'"
    assert opened.connection.execute(sql).fetchone()[0] == 100
    with closing(connect(tmp_path / "copy.db", opened.key, opened.salt)) as copied:
        assert copied.execute(sql).fetchone()[0] == 0


def test_nothing_is_written_over(opened: Opened, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "link").symlink_to(victim)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name in ("victim", "link", "dangling"):
        with pytest.raises(StorageTrouble, match="No backup could be made"):
            copy(opened, tmp_path / name)
    assert victim.read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_copy_that_was_cut_off_does_not_bear_the_name_of_a_backup(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    seen = []
    check = backup._findings

    def look(*values: object) -> bool:
        seen.extend(os.listdir(folder))
        return check(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(backup, "_findings", look)
    copy(opened, folder / "copy.db")
    assert seen == ["copy.db.part"]
    assert os.listdir(folder) == ["copy.db"]


def test_a_copy_that_differs_is_no_backup(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    made = backup._copy

    def short(*values: object) -> dict[str, int]:
        counted = made(*values)  # type: ignore[arg-type]
        return {**counted, "state": counted["state"] + 1}

    monkeypatch.setattr(backup, "_copy", short)
    with pytest.raises(StorageTrouble, match="The copy differs"):
        copy(opened, folder / "copy.db")
    assert os.listdir(folder) == []


def test_a_copy_damaged_on_its_way_is_no_backup(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    made = backup._copy

    def flipped(*values: object) -> dict[str, int]:
        counted = made(*values)  # type: ignore[arg-type]
        raw = bytearray((folder / "copy.db.part").read_bytes())
        raw[-2000] ^= 4
        (folder / "copy.db.part").write_bytes(raw)
        return counted

    monkeypatch.setattr(backup, "_copy", flipped)
    with pytest.raises(StorageTrouble, match="No backup could be made"):
        copy(opened, folder / "copy.db")
    assert os.listdir(folder) == []


def test_where_no_file_can_be_made_it_says_so(opened: Opened, tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble, match="check disk and folder"):
        copy(opened, tmp_path / "nowhere" / "copy.db")


def test_the_connection_is_free_afterwards(opened: Opened, tmp_path: Path) -> None:
    copy(opened, tmp_path / "copy.db")
    assert not opened.connection.in_transaction
    opened.connection.execute("INSERT INTO state (key, value) VALUES ('after', 1)")
