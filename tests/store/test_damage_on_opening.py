"""A bad page met while opening is damage, whatever SQLite says of it: restore and salvage help."""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from support.faults_workspace import PASSPHRASE, a_workspace, no_ring

from kamdesk.core.errors import StorageTrouble
from kamdesk.storage import database, migrating, opening
from kamdesk.storage.database import Connection, Corrupt, WrongKey, connect
from kamdesk.storage.opening import open_file
from kamdesk.storage.soundness import PAGE, Damaged

Break = Callable[[Path, str, str], None]


def altered(sql: str) -> Break:
    """Let the list of tables say something false; all seals stay right."""

    def do(path: Path, key: str, salt: str) -> None:
        with closing(connect(path, key, salt)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute(sql)
            with suppress(database.DatabaseError):
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return do


def emptied(table: str) -> Break:
    """Let the first pages of a table and its indexes be nothing but zeros."""

    def do(path: Path, key: str, salt: str) -> None:
        with closing(connect(path, key, salt)) as connection:
            pages = connection.execute(
                "SELECT rootpage FROM sqlite_master WHERE tbl_name = ?"
                " UNION SELECT 1 WHERE ? = 'sqlite_master'",
                (table, table),
            ).fetchall()
        with path.open("r+b") as file:
            for (page,) in pages:
                file.seek((page - 1) * PAGE)
                file.write(bytes(PAGE))

    return do


BROKEN = {
    "an entry that is no SQL": altered(
        "UPDATE sqlite_master SET sql = 'CREATE nothing' WHERE name = 'state'"
    ),
    "an entry that is no text": altered(
        "UPDATE sqlite_master SET sql = 'CREATE nothing', name = CAST(x'ff20fe' AS TEXT)"
        " WHERE name = 'state'"
    ),
    "a table behind the end": altered(
        "UPDATE sqlite_master SET rootpage = 9999999 WHERE name = '_sqlite_migrations'"
    ),
    "the first page empty": emptied("sqlite_master"),
    "the page of steps empty": emptied("_sqlite_migrations"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    a_workspace(folder, rows=20)
    return folder


def opened(folder: Path, *, readonly: bool) -> None:
    open_file(folder, keys=no_ring(), passphrase=lambda: PASSPHRASE, readonly=readonly).close()


@pytest.mark.parametrize("readonly", [False, True])
@pytest.mark.parametrize("what", list(BROKEN))
def test_a_bad_page_is_damage(folder: Path, what: str, *, readonly: bool) -> None:
    with closing(open_file(folder, keys=no_ring(), passphrase=lambda: PASSPHRASE)) as before:
        key, salt = before.key, before.salt
        before.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    BROKEN[what](folder / "kamdesk.db", key, salt)
    with pytest.raises(Damaged) as refused:
        opened(folder, readonly=readonly)
    assert "--salvage" in str(refused.value)


@pytest.mark.parametrize("said", [Corrupt, WrongKey])
def test_what_sqlite_says_once_it_is_open_is_damage_too(
    folder: Path, said: type[StorageTrouble], monkeypatch: pytest.MonkeyPatch
) -> None:
    def pending(_connection: Connection) -> list[str]:
        raise said(opening._DISK)

    monkeypatch.setattr(migrating, "pending", pending)
    with pytest.raises(Damaged):
        opened(folder, readonly=True)


def test_control_a_trouble_of_the_disk_is_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pending(_connection: Connection) -> list[str]:
        raise StorageTrouble(opening._DISK)

    monkeypatch.setattr(migrating, "pending", pending)
    with pytest.raises(StorageTrouble) as refused:
        opened(folder, readonly=True)
    assert not isinstance(refused.value, Damaged)
