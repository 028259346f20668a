"""New passphrase, new recovery code, new key: what opens the workspace and its backups then."""

import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.faults_workspace import CHEAP, PASSPHRASE, MemoryRing, a_workspace, no_ring

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.storage import backups, key_change, key_file, lock, rekeying, restoring
from kamdesk.storage.creating import Created
from kamdesk.storage.database import connect
from kamdesk.storage.keys import SERVICE, KeyRing, WrongPassphrase
from kamdesk.storage.lock import Held
from kamdesk.storage.opening import Opened, open_file

NEW = "a wholly other passphrase"


class Desk:
    """A workspace in a folder, its keyring, its secrets as they are now."""

    def __init__(self, folder: Path, backend: MemoryRing, made: Created) -> None:
        self.folder, self.backend, self.made = folder, backend, made
        self.ring = KeyRing(self.backend)
        self.passphrase, self.code = PASSPHRASE, self.made.recovery_code

    def copied(self, folder: Path) -> "Desk":
        """Return the same workspace in another folder."""
        backend = MemoryRing()
        backend.kept.update(self.backend.kept)
        return Desk(Path(shutil.copytree(self.folder, folder)), backend, self.made)

    def open(self, secret: str = "", *, ring: KeyRing | None = None) -> Opened:
        asked = (lambda: secret) if secret else None
        return open_file(self.folder, keys=ring or no_ring(), passphrase=asked)

    def renew(self, code: str | None = None) -> tuple[Path, ...]:
        code = code or key_file.new_code()
        left = rekeying.renew_key(
            self.folder, passphrase=self.passphrase, code=code, keys=self.ring, cost=CHEAP
        )
        self.code = code
        return left

    def change(self, verb: Callable[[Opened], object]) -> None:
        with closing(self.open(ring=self.ring)) as opened:
            verb(opened)

    def backup(self, *, days_ago: int = 1) -> Path:
        """Return a backup, with its key file, as the workspace is now; named as an older one."""
        name = f"{datetime.now(UTC) - timedelta(days=days_ago):%Y%m%d-%H%M%S-%f}-daily"
        with closing(self.open(ring=self.ring)) as opened:
            target = self.folder / "backups" / f"{name}.db"
            target.parent.mkdir(exist_ok=True, mode=0o700)
            backups.make_at(opened.folder, opened.connection, opened.key, opened.salt, target)
        return target

    def rows(self, secret: str = "", *, ring: KeyRing | None = None) -> int:
        with closing(self.open(secret, ring=ring)) as it:
            assert it.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            found = it.connection.execute("SELECT count(*) FROM state WHERE key LIKE 'test %'")
            return int(found.fetchone()[0])

    def opens_by_all_roads(self) -> None:
        assert self.rows(ring=self.ring) == 200
        assert self.rows(self.passphrase) == self.rows(self.code) == 200
        for backup in (self.folder / "backups").glob("*.db"):
            for secret in (self.passphrase, self.code):
                assert opens(backup, secret)

    def kept(self) -> dict[str, str]:
        """Return what the keyring holds, by slot."""
        return {name.rpartition(":")[2]: key for (_, name), key in self.backend.kept.items()}


def opens(backup: Path, secret: str) -> bool:
    """Whether a secret opens a backup by the key file beside it."""
    sealed = key_file.read_file(backup.with_suffix(".key.json"))
    key = sealed.unlocked(secret)
    if key is None:
        return False
    with closing(connect(backup, key, sealed.salt, readonly=True)) as copy:
        return bool(copy.execute("PRAGMA quick_check").fetchone()[0] == "ok")


def a_filled_desk(folder: Path) -> Desk:
    backend = MemoryRing()
    return Desk(folder, backend, a_workspace(folder, ring=KeyRing(backend), rows=200))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A workspace, to be copied."""
    return a_filled_desk(tmp_path_factory.mktemp("filled") / "desk")


@pytest.fixture
def desk(filled: Desk, tmp_path: Path) -> Desk:
    return filled.copied(tmp_path / "desk")


# A new passphrase, a new recovery code


@pytest.mark.parametrize("by", ["passphrase", "code"])
def test_a_new_passphrase_opens_the_workspace_and_every_backup(desk: Desk, by: str) -> None:
    backup = desk.backup()
    key, secret = desk.kept(), getattr(desk, by)
    desk.change(lambda it: rekeying.change_passphrase(it, secret=secret, new=NEW, cost=CHEAP))
    desk.passphrase = NEW
    desk.opens_by_all_roads()
    assert desk.kept() == key
    with pytest.raises(WrongPassphrase):
        desk.open(PASSPHRASE)
    assert not opens(backup, PASSPHRASE)


def test_a_new_code_opens_the_workspace_and_every_backup(desk: Desk) -> None:
    old, code = desk.code, key_file.new_code()
    backup = desk.backup()
    desk.change(lambda it: rekeying.change_code(it, secret=PASSPHRASE, code=code, cost=CHEAP))
    desk.code = code
    desk.opens_by_all_roads()
    with pytest.raises(WrongPassphrase):
        desk.open(old)
    assert not opens(backup, old)


def test_what_a_restore_put_aside_opens_by_what_counts_now(desk: Desk) -> None:
    backup = desk.backup()
    aside = restoring.restore(
        backup, desk.folder, keys=desk.ring, passphrase=lambda: PASSPHRASE, erase_again=print
    ).aside
    assert aside
    desk.change(lambda it: rekeying.change_passphrase(it, secret=PASSPHRASE, new=NEW, cost=CHEAP))
    desk.passphrase = NEW
    assert desk.renew() == ()
    desk.opens_by_all_roads()
    lies_aside = Desk(aside, MemoryRing(), desk.made)
    assert lies_aside.rows(desk.passphrase) == lies_aside.rows(desk.code) == 200
    with pytest.raises(WrongPassphrase):
        lies_aside.open(PASSPHRASE)


def test_the_keyring_alone_is_no_proof(desk: Desk) -> None:
    for verb in (
        lambda it: rekeying.change_passphrase(it, secret="wrong one", new=NEW),
        lambda it: rekeying.change_code(it, secret="wrong one", code=key_file.new_code()),
        lambda it: rekeying.change_passphrase(it, secret=key_file.new_code(), new=NEW),
    ):
        with pytest.raises(RuleBroken, match="does not open this workspace") as refused:
            desk.change(verb)
        assert refused.value.field == "secret"
    desk.opens_by_all_roads()


def test_a_short_new_passphrase_is_refused(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="at least 8") as refused:
        desk.change(lambda it: rekeying.change_passphrase(it, secret=PASSPHRASE, new="short"))
    assert refused.value.field == "new"
    desk.opens_by_all_roads()


# A new key


def test_a_new_key_opens_by_all_roads_and_the_old_one_no_more(desk: Desk) -> None:
    before, header = desk.kept()["key"], (desk.folder / "kamdesk.db").read_bytes()[:16]
    salt = key_file.read(desk.folder).salt
    old_code = desk.code
    assert desk.renew() == ()
    after = desk.kept()
    assert list(after) == ["key"]
    assert after["key"] != before
    assert (desk.folder / "kamdesk.db").read_bytes()[:16] != header
    desk.opens_by_all_roads()
    with pytest.raises(StorageTrouble, match="does not open"):
        connect(desk.folder / "kamdesk.db", before, salt)
    with pytest.raises(WrongPassphrase):
        desk.open(old_code)


def test_a_backup_is_made_before_and_nothing_else_is_left(desk: Desk) -> None:
    desk.renew()
    assert {path.name for path in desk.folder.iterdir()} == {
        "kamdesk.db", "key.json", "lock", "backups"
    }  # fmt: skip
    (backup,) = (desk.folder / "backups").glob("*.db")
    assert "-before-" in backup.name
    assert {path.name for path in (desk.folder / "backups").iterdir()} == {
        "lock", backup.name, f"{backup.stem}.key.json"
    }  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in desk.folder.rglob("*") if path.is_file()} == {
        0o600
    }


def test_backups_under_older_keys_follow_every_change(desk: Desk) -> None:
    desk.backup(days_ago=2)
    desk.renew()
    desk.backup(days_ago=1)
    desk.renew()
    desk.change(lambda it: rekeying.change_passphrase(it, secret=desk.code, new=NEW, cost=CHEAP))
    desk.passphrase = NEW
    code = key_file.new_code()
    desk.change(lambda it: rekeying.change_code(it, secret=NEW, code=code, cost=CHEAP))
    desk.code = code
    copies = sorted((desk.folder / "backups").glob("*.db"))
    assert [path.name.partition("-")[2][14:] for path in copies] == [
        "daily.db", "daily.db", *[f"{backups.Why.REKEY}.db"] * 2
    ]  # fmt: skip
    desk.opens_by_all_roads()


def test_a_backup_nobody_can_unlock_is_left_and_named(desk: Desk) -> None:
    own = desk.backup()
    foreign, broken = (own.with_name(f"{own.stem[:-5]}{name}.key.json") for name in ("e", "f"))
    code = key_file.new_code()
    its = key_file.make("0b" * 32, "05" * 16, "cd" * 16, passphrase="other", code=code, cost=CHEAP)
    key_file.write_file(foreign, its)
    broken.write_text("{}")
    before = foreign.read_bytes()
    found: list[object] = []
    desk.change(
        lambda it: found.extend(
            rekeying.change_passphrase(it, secret=PASSPHRASE, new=NEW, cost=CHEAP)
        )
    )
    assert found == [foreign, broken]
    assert (foreign.read_bytes(), broken.read_text()) == (before, "{}")
    assert opens(own, NEW)


def test_what_lies_behind_a_link_is_left(desk: Desk, tmp_path: Path) -> None:
    own = desk.backup().with_suffix(".key.json")
    shutil.move(own.parent, tmp_path / "elsewhere")
    own.parent.symlink_to(tmp_path / "elsewhere")
    before = own.read_bytes()
    desk.change(lambda it: rekeying.change_passphrase(it, secret=PASSPHRASE, new=NEW, cost=CHEAP))
    assert own.read_bytes() == before


def test_no_backup_is_made_meanwhile(desk: Desk) -> None:
    held = lock.Lock(desk.backup().parent)
    for verb in (
        lambda it: rekeying.change_passphrase(it, secret=PASSPHRASE, new=NEW, cost=CHEAP),
        lambda it: rekeying.change_code(it, secret=PASSPHRASE, code=desk.code, cost=CHEAP),
    ):
        with pytest.raises(StorageTrouble, match="Another backup is being made"):
            desk.change(verb)
    with pytest.raises(StorageTrouble, match="Another backup is being made"):
        desk.renew()
    held.release()
    desk.opens_by_all_roads()


def test_the_recovery_code_alone_gives_no_new_key(desk: Desk) -> None:
    with pytest.raises(RuleBroken) as refused:
        rekeying.renew_key(
            desk.folder, passphrase=desk.code, code=key_file.new_code(), keys=desk.ring, cost=CHEAP
        )
    assert refused.value.field == "secret"
    desk.opens_by_all_roads()


def test_it_is_refused_while_the_workspace_is_open(desk: Desk) -> None:
    with closing(desk.open(ring=desk.ring)), pytest.raises(Held):
        desk.renew()
    reader = open_file(desk.folder, keys=desk.ring, readonly=True)
    with closing(reader), pytest.raises(StorageTrouble, match="Another program holds"):
        desk.renew()
    desk.opens_by_all_roads()
    assert list(desk.kept()) == ["key"]
    desk.renew()
    desk.opens_by_all_roads()


def test_without_a_keyring_passphrase_and_code_open_it(desk: Desk) -> None:
    code = key_file.new_code()
    rekeying.renew_key(desk.folder, passphrase=PASSPHRASE, code=code, keys=no_ring(), cost=CHEAP)
    assert desk.rows(PASSPHRASE) == desk.rows(code) == 200
    with pytest.raises(StorageTrouble, match="keyring does not hold"):
        desk.open(ring=desk.ring)  # the key of before, which no longer fits
    assert desk.rows(PASSPHRASE, ring=desk.ring) == 200
    assert desk.rows(ring=desk.ring) == 200


def test_a_failed_backup_stops_it(desk: Desk) -> None:
    (desk.folder / "backups").write_text("in the way")
    with pytest.raises(StorageTrouble):
        desk.renew()
    (desk.folder / "backups").unlink()
    desk.opens_by_all_roads()


def test_workspaces_do_not_mix_in_one_keyring(desk: Desk, tmp_path: Path) -> None:
    other = a_filled_desk(tmp_path / "other")
    other.ring, other.backend = desk.ring, desk.backend
    desk.ring.set(other.made.workspace_id, secrets.token_hex(32))
    other.rows(other.passphrase, ring=desk.ring)  # put right
    held = desk.ring.get(other.made.workspace_id)
    desk.renew()
    assert desk.ring.get(other.made.workspace_id) == held
    assert set(desk.backend.kept) == {
        (SERVICE, f"{one.made.workspace_id}:key") for one in (desk, other)
    }
    desk.opens_by_all_roads()
    other.opens_by_all_roads()


# What was cut off


def test_a_change_that_does_not_count_yet_is_taken_back(desk: Desk) -> None:
    backup = desk.backup()
    sealed, key = key_file.read(desk.folder), desk.kept()["key"]
    changed = sealed.rewrapped(key, passphrase=NEW, cost=CHEAP)
    key_change.prepare(desk.folder, changed, {backup.with_suffix(".key.json"): changed})
    desk.ring.set(desk.made.workspace_id, "0b" * 32, "next")
    desk.opens_by_all_roads()
    desk.rows(ring=desk.ring)
    assert not [*desk.folder.rglob("*.next*"), *desk.folder.rglob("*.new")]
    assert not opens(backup, NEW)


def test_a_change_that_counts_is_gone_on_with(desk: Desk) -> None:
    backup = desk.backup()
    sealed, key = key_file.read(desk.folder), desk.kept()["key"]
    changed = sealed.rewrapped(key, passphrase=NEW, cost=CHEAP)
    key_change.prepare(desk.folder, changed, {backup.with_suffix(".key.json"): changed})
    os.replace(desk.folder / "key.json.next", desk.folder / "key.json")
    desk.passphrase = NEW
    desk.rows(ring=desk.ring)
    desk.opens_by_all_roads()
    assert not list(desk.folder.rglob("*.next*"))


def switched_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Renew the key up to where the database has changed places and nothing else has."""

    class CutOff(BaseException):
        pass

    def cut(_folder: Path) -> None:
        raise CutOff

    desk.code = key_file.new_code()
    with monkeypatch.context() as broken:
        broken.setattr(key_change, "complete", cut)
        broken.setattr(rekeying, "keep_key", lambda *_: None)
        broken.setattr(key_change, "settle", lambda *_: None)
        with pytest.raises(CutOff):
            desk.renew(desk.code)
    assert (desk.folder / "key.json.next").exists()
    assert sorted(desk.kept()) == ["key", "next"]


@pytest.mark.parametrize("road", ["keyring", "passphrase", "code"])
def test_the_database_decides_which_key_counts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, road: str
) -> None:
    old = key_file.read(desk.folder)
    switched_only(desk, monkeypatch)
    if road == "keyring":
        assert desk.rows(ring=desk.ring) == 200
        assert list(desk.kept()) == ["key"]
    else:
        assert desk.rows(getattr(desk, road)) == 200
    assert key_file.read(desk.folder) != old
    assert not list(desk.folder.rglob("*.next*"))
    desk.opens_by_all_roads()


def test_a_damaged_salt_does_not_hide_which_key_counts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    switched_only(desk, monkeypatch)
    path = desk.folder / "kamdesk.db"
    raw = bytearray(path.read_bytes())
    raw[3] ^= 1
    path.write_bytes(raw)
    asked: list[str] = []
    with closing(
        open_file(desk.folder, keys=no_ring(), passphrase=lambda: asked.append("") or PASSPHRASE)
    ):
        assert len(asked) == 1
    desk.opens_by_all_roads()


def test_reading_leaves_what_was_cut_off_to_whoever_writes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    switched_only(desk, monkeypatch)
    waiting = sorted(desk.folder.rglob("*.next"))
    open_file(desk.folder, keys=desk.ring, readonly=True).close()
    open_file(desk.folder, keys=no_ring(), passphrase=lambda: desk.code, readonly=True).close()
    assert sorted(desk.folder.rglob("*.next")) == waiting != []
    assert sorted(desk.kept()) == ["key", "next"]
    desk.ring.set(desk.made.workspace_id, "0b" * 32)
    desk.ring.set(desk.made.workspace_id, "0c" * 32, "next")
    asked = lambda: desk.code  # noqa: E731
    open_file(desk.folder, keys=desk.ring, passphrase=asked, readonly=True).close()
    assert desk.kept()["next"] == "0c" * 32
    assert key_file.read_file(desk.folder / "key.json.next").fits(desk.kept()["key"])
    desk.opens_by_all_roads()


def test_a_log_left_behind_is_never_laid_over_the_new_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = rekeying.verified_copy

    def with_a_log(*how: object) -> None:
        copy(*how)  # type: ignore[arg-type]
        (desk.folder / "kamdesk.db-wal").write_bytes(b"a log nobody could remove")

    with monkeypatch.context() as broken:
        broken.setattr(rekeying, "verified_copy", with_a_log)
        with pytest.raises(StorageTrouble, match="nothing was changed"):
            desk.renew()
    assert list(desk.kept()) == ["key"]
    desk.opens_by_all_roads()
