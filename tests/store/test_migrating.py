"""Bringing a file up to date: one step, one transaction, a verified copy first, no newer file."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from support.faults_workspace import PASSPHRASE, a_workspace, fingerprints, no_ring

from kamdesk.core.errors import StorageTrouble
from kamdesk.storage import backups, migrating, migrations, soundness
from kamdesk.storage.database import Connection, connect
from kamdesk.storage.opening import Opened, open_file

KEY, SALT = "0b" * 32, "05" * 16
AddStep = Callable[[str, str], None]


@pytest.fixture
def add_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AddStep:
    """Adds a step behind the shipped ones, for one test."""
    folder = tmp_path / "steps"
    folder.mkdir()
    monkeypatch.setattr(migrations, "__path__", [*migrations.__path__, str(folder)])

    def add(name: str, body: str) -> None:
        (folder / f"{name}.py").write_text(f'"""A step."""\n\n\ndef step(db):\n    {body}\n')
        monkeypatch.delitem(migrating.importlib.sys.modules, f"{migrations.__name__}.{name}", False)

    return add


def a_file(tmp_path: Path) -> Connection:
    return connect(tmp_path / "kamdesk.db", KEY, SALT, create=True)


def tables(connection: Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}


def opened(folder: Path) -> Opened:
    return open_file(folder, keys=no_ring(), passphrase=lambda: PASSPHRASE)


def test_a_new_file_takes_all_steps_in_order(tmp_path: Path) -> None:
    with closing(a_file(tmp_path)) as connection:
        assert migrating.pending(connection) == migrating.known()
        assert migrating.migrate(connection) == migrating.known()
        assert migrating.applied(connection) == migrating.known()
        assert migrating.known()[0] == "m0001_ground"
        assert {"words", "scopes", "state", "actions", "op", "contested"} <= tables(connection)
        assert migrating.migrate(connection) == []


def test_foreign_keys_are_on_again_afterwards(tmp_path: Path) -> None:
    with closing(a_file(tmp_path)) as connection:
        migrating.migrate(connection)
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert not connection.in_transaction


def test_a_file_up_to_date_does_not_import_sqlite_utils(tmp_path: Path) -> None:
    import subprocess
    import sys

    with closing(a_file(tmp_path)) as connection:
        migrating.migrate(connection)
    code = (
        "import sys, pathlib; from kamdesk.storage import database, migrating;"
        f" c = database.connect(pathlib.Path({str(tmp_path / 'kamdesk.db')!r}), {KEY!r}, {SALT!r});"
        " assert migrating.migrate(c) == []; c.close(); print('sqlite_utils' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path, add_step: AddStep) -> None:
    add_step("m9001_well", 'db.executescript("CREATE TABLE well (a); INSERT INTO well VALUES (1)")')
    add_step(
        "m9002_ill", 'db.executescript("CREATE TABLE ill (a); INSERT INTO nowhere VALUES (1)")'
    )
    with closing(a_file(tmp_path)) as connection:
        with pytest.raises(Exception, match="nowhere"):
            migrating.migrate(connection)
        assert not connection.in_transaction
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert "well" in tables(connection)
        assert "ill" not in tables(connection)
        assert migrating.pending(connection) == ["m9002_ill"]


def test_a_step_that_leaves_orphans_is_taken_back(tmp_path: Path, add_step: AddStep) -> None:
    add_step(
        "m9001_orphan",
        'db.executescript("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES'
        ' p (id)); INSERT INTO c VALUES (7)")',
    )
    with closing(a_file(tmp_path)) as connection:
        with pytest.raises(RuntimeError, match="m9001_orphan leaves rows of c"):
            migrating.migrate(connection)
        assert "c" not in tables(connection)
        assert "m9001_orphan" not in migrating.applied(connection)


def test_a_newer_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    a_workspace(tmp_path)
    with closing(opened(tmp_path)) as it:
        it.connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('kamdesk', 'm9999_later', '2030-01-01')"
        )
    before = fingerprints(tmp_path)
    for readonly in (False, True):
        with pytest.raises(StorageTrouble, match="A newer KamDesk wrote this workspace"):
            open_file(tmp_path, keys=no_ring(), passphrase=lambda: PASSPHRASE, readonly=readonly)
    assert fingerprints(tmp_path) == before


def test_before_a_step_a_verified_copy_is_made(tmp_path: Path, add_step: AddStep) -> None:
    a_workspace(tmp_path / "desk", rows=50)
    add_step("m9001_more", 'db.executescript("CREATE TABLE more (a)")')
    with closing(opened(tmp_path / "desk")) as it:
        assert "more" in tables(it.connection)
        key, salt = it.key, it.salt
    (copy,) = (tmp_path / "desk" / "backups").glob("*.db")
    assert "before-m9001_more" in copy.name
    assert copy.with_suffix(".key.json").is_file()
    assert (tmp_path / "desk" / "backups").stat().st_mode & 0o777 == 0o700
    with closing(connect(copy, key, salt)) as old:
        assert "more" not in tables(old)
        assert old.execute("SELECT count(*) FROM state").fetchone()[0] == 50
    with closing(opened(tmp_path / "desk")):
        assert len(os.listdir(tmp_path / "desk" / "backups")) == 3  # with key file and lock


def test_a_new_workspace_needs_no_copy(tmp_path: Path) -> None:
    a_workspace(tmp_path)
    assert not (tmp_path / "backups").exists()


def test_no_copy_no_step(
    tmp_path: Path, add_step: AddStep, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_workspace(tmp_path / "desk")
    before = fingerprints(tmp_path / "desk")
    add_step("m9001_more", 'db.executescript("CREATE TABLE more (a)")')
    (tmp_path / "desk" / "backups").write_text("a file where the folder should be")
    with pytest.raises(StorageTrouble, match="No backup could be made"):
        opened(tmp_path / "desk")
    assert fingerprints(tmp_path / "desk") == before

    def fails(*_: object, **__: object) -> None:
        raise soundness.damaged(tmp_path)

    (tmp_path / "desk" / "backups").unlink()
    monkeypatch.setattr(backups, "verified_copy", fails)
    with pytest.raises(StorageTrouble):
        opened(tmp_path / "desk")
    assert fingerprints(tmp_path / "desk") == before


def test_reading_beside_the_window_brings_nothing_up_to_date(
    tmp_path: Path, add_step: AddStep
) -> None:
    a_workspace(tmp_path / "desk")
    before = fingerprints(tmp_path / "desk")
    add_step("m9001_more", 'db.executescript("CREATE TABLE more (a)")')
    with pytest.raises(StorageTrouble, match="Open it once in the window first"):
        open_file(tmp_path / "desk", keys=no_ring(), passphrase=lambda: PASSPHRASE, readonly=True)
    assert fingerprints(tmp_path / "desk") == before


def test_each_step_is_named_by_its_place() -> None:
    for number, name in enumerate(migrating.known(), 1):
        assert name.startswith(f"m{number:04d}_"), name
