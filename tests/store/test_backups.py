"""The folder of backups: pairs of copy and key file, one at a time, old ones removed."""

import os
import shutil
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from support.faults_workspace import PASSPHRASE, a_workspace, no_ring

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.errors import StorageTrouble
from kamdesk.storage import backups, key_file
from kamdesk.storage.backups import Backups, Why, found
from kamdesk.storage.database import connect
from kamdesk.storage.lock import Lock
from kamdesk.storage.opening import Opened, open_file

MORNING = Instant.at(date(2026, 3, 12), 8, 10)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    a_workspace(tmp_path / "desk", rows=50)
    with closing(open_file(tmp_path / "desk", keys=no_ring(), passphrase=lambda: PASSPHRASE)) as it:
        yield it


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(MORNING)


@pytest.fixture
def kept(opened: Opened, clock: StoppedClock) -> Backups:
    return of(opened, clock)


def of(opened: Opened, clock: StoppedClock) -> Backups:
    return Backups(opened.folder, opened.connection, opened.key, opened.salt, clock)


def names(opened: Opened) -> list[str]:
    return sorted(path.name for path in (opened.folder / "backups").iterdir())


def test_a_backup_is_a_private_pair_that_opens_by_itself(opened: Opened, kept: Backups) -> None:
    made = kept.make(Why.DAILY)
    assert names(opened) == [
        "20260312-001000-000000-daily.db",
        "20260312-001000-000000-daily.key.json",
        "lock",
    ]
    assert kept.all() == [made]
    assert (made.why, made.size) == (Why.DAILY, made.path.stat().st_size)
    sealed = key_file.read_file(made.key_path)
    key = sealed.key_under(PASSPHRASE, "passphrase")
    assert key
    with closing(connect(made.path, key, sealed.salt, readonly=True)) as copy:
        assert copy.execute("SELECT count(*) FROM state").fetchone()[0] >= 50
    for path in (made.path, made.key_path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700


def test_a_folder_open_to_others_becomes_private(opened: Opened, kept: Backups) -> None:
    (opened.folder / "backups").mkdir(mode=0o755)
    kept.make(Why.DAILY)
    assert stat.S_IMODE((opened.folder / "backups").stat().st_mode) == 0o700


def test_one_is_due_each_day_of_the_user(kept: Backups, clock: StoppedClock) -> None:
    assert kept.due()
    kept.make(Why.BY_HAND)
    assert not kept.due()
    clock.move(minutes=15 * 60)  # 23:10 in Shanghai, 15:10 in UTC
    assert not kept.due()
    clock.move(minutes=60)
    assert kept.due()
    assert not kept.due(MORNING)


def test_a_backup_from_the_future_does_not_stand_in_the_way(
    kept: Backups, clock: StoppedClock
) -> None:
    clock.move(days=400)
    kept.make(Why.DAILY)
    clock.move(days=-400)
    assert kept.due()
    assert kept.before_import() is not None


def test_a_backup_from_the_future_is_not_the_newest_and_takes_no_ones_room(
    opened: Opened, kept: Backups, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = of(opened, StoppedClock(Instant(round(time.time() * 1000)).plus(days=400)))
    wrong = ahead.make(Why.DAILY)
    true = kept.make(Why.DAILY)
    assert kept.all() == [true, wrong]
    monkeypatch.setattr(backups, "_free", lambda _place: 0)
    clock.move(days=1)
    last = kept.make(Why.DAILY)
    assert kept.all() == [last]


def test_before_an_import_one_is_made_when_the_newest_is_over_a_day_old(
    kept: Backups, clock: StoppedClock
) -> None:
    first = kept.before_import()
    assert first is not None
    assert first.why is Why.IMPORT
    clock.move(minutes=24 * 60)
    assert kept.before_import() is None
    clock.move(minutes=1)
    assert kept.before_import() is not None


def test_old_ones_go_by_the_rule_with_their_key_files(
    opened: Opened, kept: Backups, clock: StoppedClock
) -> None:
    for _ in range(9):
        kept.make(Why.DAILY)
        clock.move(days=1)
    stems = {name.split("-")[0] for name in names(opened)} - {"lock"}
    assert stems == {"20260315", "20260318", "20260319", "20260320"}
    assert len(names(opened)) == 9


def test_where_the_disk_is_nearly_full_only_the_newest_stays(
    kept: Backups, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.make(Why.DAILY)
    clock.move(days=1)
    monkeypatch.setattr(backups, "_free", lambda _place: 0)
    second = kept.make(Why.DAILY)
    assert kept.all() == [second]


def test_a_backup_that_cannot_be_removed_keeps_its_key_file(
    kept: Backups, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, unlink = kept.make(Why.DAILY), Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == first.path:
            raise OSError(28, "No space left on device")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    clock.move(minutes=1)
    second = kept.make(Why.DAILY)
    assert kept.all() == [second, first]
    assert first.key_path.exists()
    monkeypatch.undo()
    clock.move(minutes=1)
    third = kept.make(Why.DAILY)
    assert kept.all() == [third]
    assert not first.key_path.exists()


def test_what_a_crash_left_is_removed_and_nothing_else(opened: Opened, kept: Backups) -> None:
    place = opened.folder / "backups"
    place.mkdir(mode=0o700)
    stale = (
        "20260101-000000-000000-daily.db.part",
        "20260101-000000-000000-daily.db.part-wal",
        "20260101-000000-000000-daily.key.json.0a1b2c3d.new",
        "20260102-000000-000000-before-new-key.key.json",
    )
    mine = ("notes.txt", "my copy.db", "20260104-daily.db.part", "lock")
    for name in (*stale, *mine):
        (place / name).write_text("x")
    made = kept.make(Why.DAILY)
    assert set(names(opened)) == {*mine, made.path.name, made.key_path.name}


def test_the_rest_of_a_backup_another_is_making_is_left(opened: Opened, kept: Backups) -> None:
    place = opened.folder / "backups"
    place.mkdir(mode=0o700)
    part = place / "20260101-000000-000000-daily.db.part"
    part.write_text("being made")
    held = Lock(place)  # as another process, or another thread of this one
    with pytest.raises(StorageTrouble, match="Another backup is being made"):
        kept.make(Why.DAILY)
    assert part.exists()
    held.release()
    kept.make(Why.DAILY)
    assert not part.exists()


def test_a_cut_off_copy_does_not_count_and_goes_when_a_good_one_is_there(
    kept: Backups, clock: StoppedClock
) -> None:
    first = kept.make(Why.DAILY)
    clock.move(days=1)
    second = kept.make(Why.DAILY)
    os.truncate(second.path, second.size - 100)
    assert kept.due()
    clock.move(minutes=5)
    third = kept.make(Why.BY_HAND)
    assert kept.all() == [third, first]


def test_a_newest_that_is_cut_off_does_not_push_out_the_good_ones(
    kept: Backups, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [kept.make(Why.DAILY)]
    clock.move(days=1)
    made.append(kept.make(Why.DAILY))
    os.truncate(made[1].path, 5000)
    now = backups._utc(clock.now())
    monkeypatch.setattr(backups, "_free", lambda _place: 0)
    backups._tidy(made[0].path.parent, kept.all(), now)
    assert [one.path for one in kept.all()] == [made[1].path, made[0].path]


@pytest.mark.parametrize("what", ["link", "dangling", "file"])
def test_a_link_in_place_of_the_folder_is_not_followed(
    opened: Opened, kept: Backups, tmp_path: Path, what: str
) -> None:
    place, victim = opened.folder / "backups", tmp_path / "victim"
    if what == "file":
        place.write_text("x")
    else:
        place.symlink_to(victim)
    if what == "link":
        victim.mkdir(mode=0o755)
    with pytest.raises(StorageTrouble, match=r"does not follow it|check disk and folder"):
        kept.make(Why.DAILY)
    assert kept.all() == []
    if what == "link":
        assert list(victim.iterdir()) == []
        assert stat.S_IMODE(victim.stat().st_mode) == 0o755
    assert not (what == "dangling" and victim.exists())


@pytest.mark.parametrize("name", ["daily.db", "daily.db.part", "daily.key.json"])
def test_a_link_in_place_of_a_file_is_not_followed(
    opened: Opened, kept: Backups, tmp_path: Path, name: str
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (opened.folder / "backups").mkdir(mode=0o700)
    (opened.folder / "backups" / f"20260312-001000-000000-{name}").symlink_to(victim)
    with pytest.raises(StorageTrouble, match="No backup could be made"):
        kept.make(Why.DAILY)
    assert victim.read_text() == "mine"
    assert kept.all() == []


def test_where_room_is_short_nothing_is_begun(
    opened: Opened, kept: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage(NamedTuple):
        free: int = 4096

    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage())
    with pytest.raises(StorageTrouble, match=r"it takes .* MB, and 0.0 MB of the disk are free"):
        kept.make(Why.DAILY)
    assert names(opened) == ["lock"]


def test_a_disk_that_fills_up_meanwhile_leaves_nothing_half(
    opened: Opened, kept: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageTrouble(backups.WORDS[Why.DAILY])

    monkeypatch.setattr(backups, "verified_copy", full)
    with pytest.raises(StorageTrouble):
        kept.make(Why.DAILY)
    assert names(opened) == ["lock"]


def test_a_thread_of_its_own_makes_one_while_others_save(
    opened: Opened, clock: StoppedClock
) -> None:
    made, stop = list[Any](), threading.Event()

    def beside() -> None:
        it = open_file(opened.folder, keys=no_ring(), passphrase=lambda: PASSPHRASE, readonly=True)
        with closing(it):
            made.append(of(it, clock).make(Why.DAILY))
        stop.set()

    thread = threading.Thread(target=beside)
    thread.start()
    saved = 0
    while not stop.is_set() and saved < 5000:
        opened.connection.execute("INSERT INTO state VALUES (?, 1)", (f"meanwhile {saved}",))
        saved += 1
    thread.join()
    (backup,) = made
    assert saved > 0
    assert backup.looks_whole


def test_without_the_held_read_every_save_starts_the_copy_again(
    opened: Opened, tmp_path: Path
) -> None:
    """Control: the same copy, stepped without the transaction, starts anew after each save."""
    assert restarts(opened, tmp_path / "held.db", held=True) == 0
    assert restarts(opened, tmp_path / "loose.db", held=False) >= 3


def restarts(opened: Opened, target: Path, *, held: bool) -> int:
    """How often a stepped copy went back to its beginning while another connection saved."""
    from sqlcipher3 import dbapi2

    other = connect(opened.folder / "kamdesk.db", opened.key, opened.salt)
    copy = dbapi2.connect(str(target), isolation_level=None)
    copy.execute(f"PRAGMA key = \"x'{opened.key}{opened.salt}'\"")
    left: list[int] = []

    def step(_status: int, remaining: int, _total: int) -> None:
        left.append(remaining)
        if len(left) < 5:
            other.execute("UPDATE state SET value = value || 'x' WHERE key = 'test 0'")

    if held:
        opened.connection.execute("BEGIN")
        opened.connection.execute("SELECT count(*) FROM state").fetchone()
    opened.connection.backup(copy, pages=2, progress=step, sleep=0)
    if held:
        opened.connection.execute("ROLLBACK")
    other.close()
    copy.close()
    return sum(later >= earlier for earlier, later in pairwise(left))


def test_elsewhere_a_backup_is_a_pair_too(kept: Backups, tmp_path: Path) -> None:
    target = tmp_path / "stick.db"
    kept.make_at(target)
    assert key_file.read_file(tmp_path / "stick.key.json").key_under(PASSPHRASE, "passphrase")
    with pytest.raises(StorageTrouble, match="No backup could be made"):
        kept.make_at(target)


def test_elsewhere_nothing_is_written_over(kept: Backups, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    kept.make_at(target)
    before = target.read_bytes()
    with pytest.raises(StorageTrouble, match=r"mine\.db is there already"):
        kept.make_at(target)
    assert target.read_bytes() == before
    (tmp_path / "other.db.part").write_text("what a crash left")
    with pytest.raises(StorageTrouble, match=r"other\.db\.part is there already"):
        kept.make_at(tmp_path / "other.db")
    assert not (tmp_path / "other.key.json").exists()


def test_a_folder_without_backups_has_none(tmp_path: Path) -> None:
    assert found(tmp_path) == []
