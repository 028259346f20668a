"""A keeper brought back from a backup: with its log, with an older one, and with none."""

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.by_folder import KeepingLaptop, Laptop, a_pair
from support.desks import KEY, SALT, untruths
from support.faults_workspace import CHEAP, PASSPHRASE, no_ring

from kamdesk.core.errors import StorageTrouble
from kamdesk.domain.files.model import Incoming
from kamdesk.storage import backups, keeper_copies, keeper_file, key_file
from kamdesk.storage.restoring import restore
from kamdesk.sync.told import told

Three = tuple[KeepingLaptop, Laptop, Laptop]


@pytest.fixture
def three(tmp_path: Path, shared: Path) -> Three:
    keeper, b = a_pair(tmp_path)
    c = Laptop(tmp_path / "c", "林晓彤", shared, minutes=20)
    c.join(keeper.invite().phrase)
    keeper.round()
    for _ in range(2):
        c.round()
        keeper.round()
    return keeper, b, c


def turns(keeper: KeepingLaptop, *others: Laptop) -> None:
    for _ in range(3):
        for other in others:
            other.round()
        keeper.round()
    for other in others:
        other.round()


def backed_up(keeper: KeepingLaptop) -> Path:
    """Return a backup of the keeper's workspace, as the day's is made."""
    if not (keeper.folder / key_file.NAME).exists():
        sealed = key_file.make(
            KEY, SALT, "01" * 16, passphrase=PASSPHRASE, code=key_file.new_code(), cost=CHEAP
        )
        key_file.write(keeper.folder, sealed)
    now = datetime.now(UTC)
    made = backups.make(keeper.folder, keeper.storage.connection, KEY, SALT, "daily", now=now)
    return made.path


def brought_back(keeper: KeepingLaptop, backup: Path, folder: Path) -> KeepingLaptop:
    """Return the keeper as a backup of it is, in a folder; what it was until now is gone."""
    keeper.close()
    restore(
        backup, folder, keys=no_ring(), passphrase=lambda: PASSPHRASE, erase_again=lambda *_: None
    )
    return KeepingLaptop.again(folder, keeper.shared, keeper.clock.now())


def see_level(keeper: KeepingLaptop, *others: Laptop) -> None:
    for laptop in (keeper, *others):
        assert told(laptop.storage).unsent == told(laptop.storage).quarantined == 0
        assert untruths(laptop.workspace) == []
        laptop.close()


def test_a_keeper_brought_back_elsewhere_has_its_log_and_nobody_loses_anything(
    three: Three, tmp_path: Path
) -> None:
    keeper, b, c = three
    keeper.account("保存前")
    turns(keeper, b, c)
    backup = backed_up(keeper)
    keeper.account("之后 守")
    mine = b.account("之后 乙")
    c.account("之后 丙")
    paper = b"what b keeps" * 5000
    b.workspace.files.keep(mine, given=[Incoming(name="报价.pdf", data=paper)])
    turns(keeper, b, c)
    assert len(c.accounts()) == 4
    b.account("从未寄出")
    away = shutil.move(backup.parent, tmp_path / "copies")
    again = brought_back(keeper, Path(away, backup.name), tmp_path / "new")
    assert again.accounts() == ["保存前"]
    turns(again, b, c)
    theirs = ["之后 丙", "之后 乙", "从未寄出", "保存前"]
    assert again.accounts() == sorted(theirs)
    assert b.accounts() == c.accounts() == sorted([*theirs, "之后 守"])  # it was the keeper's own
    (file,) = again.workspace.files.ask.of_account(mine)
    assert again.workspace.files.content(file.id)[1] == paper
    again.account("新的 守")
    turns(again, b, c)
    assert "新的 守" in b.accounts()
    see_level(again, b, c)


def test_a_log_that_is_still_there_is_younger_and_stays(three: Three) -> None:
    keeper, b, c = three
    backup = backed_up(keeper)
    keeper.account("之后 守")
    b.account("之后 乙")
    turns(keeper, b, c)
    again = brought_back(keeper, backup, keeper.folder)
    turns(again, b, c)
    assert again.accounts() == b.accounts() == c.accounts() == ["之后 乙", "之后 守"]
    see_level(again, b, c)


def test_without_its_log_none_is_begun_and_the_others_keep_all(
    three: Three, tmp_path: Path
) -> None:
    keeper, b, c = three
    b.account("之后 乙")
    turns(keeper, b, c)
    backup = backed_up(keeper)
    keeper_copies.beside(backup).unlink()
    away = shutil.move(backup.parent, tmp_path / "copies")
    with pytest.raises(StorageTrouble, match=r"keeper\.db, is gone"):
        brought_back(keeper, Path(away, backup.name), tmp_path / "new")
    assert not (tmp_path / "new" / "keeper.db").exists()
    b.account("以后 乙")
    b.round()
    assert told(b.storage).unsent
    assert b.accounts() == ["之后 乙", "以后 乙"]
    assert c.accounts() == ["之后 乙"]
    b.close()
    c.close()


def test_a_log_of_before_its_key_was_lost_is_put_aside(three: Three) -> None:
    keeper, b, c = three
    keeper.storage.connection.execute("DELETE FROM state WHERE key = ?", (keeper_copies.KEY,))
    keeper.keeper.close()
    with closing(keeper_file.connector(keeper.storage, keeper.folder)()) as anew:
        assert anew.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    assert [
        path.name for path in keeper.folder.glob("keeper.db.aside-*") if "-wal" not in path.name
    ]
    for laptop in (keeper, b, c):
        laptop.close()


def test_a_backup_and_its_log_go_together(three: Three) -> None:
    keeper, b, c = three
    path = backed_up(keeper)
    (backup,) = backups.found(keeper.folder)
    assert backup.looks_whole
    assert backup.size == path.stat().st_size + keeper_copies.beside(path).stat().st_size
    path.unlink()
    backed_up(keeper)
    assert not keeper_copies.beside(path).exists()  # surplus: nothing it belongs to
    for one in backups.found(keeper.folder):
        backups.remove(one)
    assert [one.name for one in (keeper.folder / "backups").iterdir()] == ["lock"]
    for laptop in (keeper, b, c):
        laptop.close()
