"""Creating and opening a workspace: every refusal is in plain words and leaves the file alone."""

import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from support.faults_workspace import (
    CHEAP,
    PASSPHRASE,
    MemoryRing,
    a_workspace,
    fingerprints,
    no_ring,
)

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage import creating, key_file, soundness
from kamdesk.storage.creating import create
from kamdesk.storage.fitness import why_unfit
from kamdesk.storage.keys import KeyMissing, KeyRing, WrongPassphrase
from kamdesk.storage.opening import Opened, open_file
from kamdesk.storage.rekeying import renew_key

PAGE = 4096
CODE = key_file.new_code()


def opened(folder: Path, *, readonly: bool = False, passphrase: str = PASSPHRASE) -> Opened:
    return open_file(folder, keys=no_ring(), passphrase=lambda: passphrase, readonly=readonly)


def refused(folder: Path, words: str, **how: object) -> None:
    """Opening is refused with ``words``, and what stands in the folder stays as it is."""
    before = fingerprints(folder)
    with pytest.raises(StorageTrouble, match=words) as trouble:
        opened(folder, **how)  # type: ignore[arg-type]
    assert isinstance(trouble.value.said, Text)
    assert fingerprints(folder) == before


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of many pages, to be copied."""
    folder = tmp_path_factory.mktemp("finished") / "desk"
    a_workspace(folder, rows=400)
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "desk"))


# Creating


def test_a_new_workspace_opens_by_keyring_passphrase_and_recovery_code(tmp_path: Path) -> None:
    ring = KeyRing(MemoryRing())
    made = create(tmp_path / "desk", PASSPHRASE, keys=ring, cost=CHEAP)
    for how in (
        {"keys": ring},
        {"keys": no_ring(), "passphrase": lambda: PASSPHRASE},
        {"keys": no_ring(), "passphrase": lambda: made.recovery_code},
    ):
        with closing(open_file(tmp_path / "desk", **how)) as it:
            assert it.workspace_id == made.workspace_id


def test_a_new_workspace_is_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        a_workspace(tmp_path / "deep" / "desk")
        with closing(opened(tmp_path / "deep" / "desk")) as it:
            it.connection.execute("INSERT INTO state (key, value) VALUES ('a', 1)")
            names = set(os.listdir(it.folder))
            assert names == {"kamdesk.db", "kamdesk.db-wal", "kamdesk.db-shm", "key.json", "lock"}
            modes = {stat.S_IMODE((it.folder / name).stat().st_mode) for name in names}
    finally:
        os.umask(before)
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "deep" / "desk").stat().st_mode) == 0o700


def test_an_empty_folder_becomes_private(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir(mode=0o755)
    a_workspace(tmp_path / "desk")
    assert stat.S_IMODE((tmp_path / "desk").stat().st_mode) == 0o700


def test_neither_key_nor_code_is_shown_by_accident(tmp_path: Path) -> None:
    made = a_workspace(tmp_path)
    with closing(opened(tmp_path)) as it:
        assert it.key not in repr(it)
    assert made.recovery_code not in repr(made)


def test_no_plain_text_lies_in_the_folder(finished: Path) -> None:
    for path in finished.iterdir():
        raw = path.read_bytes()
        assert "客户".encode() not in raw
        assert b"SQLite format" not in raw


@pytest.mark.parametrize("passphrase", ["", "1234567", "short  ", "客户档案"])
def test_a_short_passphrase_is_refused(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(RuleBroken, match="at least 8 characters") as trouble:
        create(tmp_path / "desk", passphrase, keys=no_ring(), cost=CHEAP)
    assert trouble.value.field == "passphrase"
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize(
    "name",
    ["kamdesk.db", "KamDesk.db", "kamdesk.db-wal", "key.json", "key.json.1234.new", "lock",
     "backups"],
)  # fmt: skip
def test_a_new_workspace_is_never_made_over_an_old_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("old")
    with pytest.raises(StorageTrouble, match="already holds a workspace"):
        a_workspace(tmp_path)
    assert os.listdir(tmp_path) == [name]
    assert (tmp_path / name).read_text() == "old"


def test_a_second_creation_leaves_the_first(folder: Path) -> None:
    before = fingerprints(folder)
    with pytest.raises(StorageTrouble, match="already holds a workspace"):
        a_workspace(folder)
    assert fingerprints(folder) == before


@pytest.mark.parametrize("name", ["kamdesk.db", "key.json", "lock", "kamdesk.db-wal"])
def test_a_new_workspace_is_not_made_through_a_link(tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    (tmp_path / "desk").mkdir()
    for exists in (False, True):
        (tmp_path / "desk" / name).symlink_to(victim)
        with pytest.raises(StorageTrouble):
            a_workspace(tmp_path / "desk")
        assert victim.exists() is exists
        (tmp_path / "desk" / name).unlink()
        victim.write_text("mine")
    assert victim.read_text() == "mine"


def test_a_link_that_appears_while_creating_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim, target = tmp_path / "victim", tmp_path / "desk" / "kamdesk.db"
    victim.write_text("mine")
    room = creating._make_room

    def race(folder: Path) -> None:
        room(folder)
        target.symlink_to(victim)

    monkeypatch.setattr(creating, "_make_room", race)
    with pytest.raises(StorageTrouble, match="already holds a workspace"):
        a_workspace(tmp_path / "desk")
    assert victim.read_text() == "mine"
    assert target.is_symlink()


def test_a_failed_creation_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(key_file, "write", full)
    with pytest.raises(StorageTrouble, match="No workspace could be made"):
        a_workspace(tmp_path / "desk")
    assert os.listdir(tmp_path) == []  # not even the folder it made
    monkeypatch.undo()
    a_workspace(tmp_path / "desk")


def killed_while_creating(folder: Path, at: int) -> int:
    """Make a workspace in a process that ends at its step ``at``; return how it ended."""
    child = os.fork()
    if child == 0:
        steps = 0

        def step(event: str, _args: object) -> None:
            nonlocal steps
            steps += event in ("open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect")
            if steps == at:
                os._exit(9)

        sys.addaudithook(step)
        with closing(os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")):
            a_workspace(folder)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_creation_killed_at_any_step_can_be_done_again(tmp_path: Path) -> None:
    at = 1
    seen: set[tuple[str, ...]] = set()
    while killed_while_creating(folder := tmp_path / str(at), at) == 9:
        seen.add(tuple(sorted(os.listdir(folder))) if folder.exists() else ())
        if not (folder / "kamdesk.db").exists():
            refused(folder, "There is no workspace in|was cut off before anything was in it")
            a_workspace(folder)
        opened(folder).close()
        assert {path.name for path in folder.iterdir()} == {"kamdesk.db", "key.json", "lock"}
        at += 1
    assert {("lock",), ("kamdesk.db.new", "key.json", "lock")} <= seen


def test_what_may_have_held_something_is_not_made_anew(tmp_path: Path) -> None:
    for names in (("kamdesk.db",), ("kamdesk.db.new", "kamdesk.db"), ("kamdesk.db.new", "backups"),
                  ("key.json",), ("key.json", "lock")):  # fmt: skip
        folder = tmp_path / "-".join(names)
        folder.mkdir()
        for name in names:
            (folder / name).write_bytes(b"")
        with pytest.raises(StorageTrouble, match="already holds a workspace"):
            a_workspace(folder)
        assert sorted(os.listdir(folder)) == sorted(names)


def test_a_file_without_its_key_file_is_never_taken_for_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "kamdesk.db").write_bytes(b"")
    refused(tmp_path, "damaged")
    (tmp_path / "kamdesk.db").write_bytes(os.urandom(3 * PAGE))
    refused(tmp_path, "key file .* is missing")


def test_without_a_keyring_a_workspace_is_made_all_the_same(tmp_path: Path) -> None:
    a_workspace(tmp_path, ring=no_ring())
    opened(tmp_path).close()


# Where a workspace may lie

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /mnt/team nfs4 rw 0 0
//server/share /mnt/our\\040share cifs rw 0 0
//server/new /mnt/new smb3 rw 0 0
me@host:/ /home/me/far fuse.sshfs rw 0 0
overlay /var/box fuse.fuse-overlayfs rw 0 0
/dev/sdb1 /mnt/team/stick ext4 rw 0 0
/dev/sdc1 /mnt/ntfs fuseblk rw 0 0
"""


@pytest.mark.parametrize(
    "place",
    ["/mnt/team/a", "/mnt/our share", "/mnt/new/x/y", "/home/me/far/a", "\\\\server\\share"],
)
def test_a_network_drive_is_refused(place: str) -> None:
    reason = why_unfit(Path(place), mounts=MOUNTS)
    assert reason is not None
    assert "network drive" in reason.plain


@pytest.mark.parametrize(
    "place",
    ["/home/me/.local/share/kamdesk", "/mnt/team/stick/a", "/mnt/teams", "/var/box", "/mnt/ntfs/a"],
)
def test_a_local_disk_is_taken(place: str) -> None:
    assert why_unfit(Path(place), mounts=MOUNTS) is None


@pytest.mark.parametrize(
    "part",
    ["OneDrive", "OneDrive - Contoso", "Dropbox", "Dropbox (Privat)", "iCloud Drive",
     "Mobile Documents", "iCloud~com~x", "坚果云", "我的坚果云", "Nutstore Files", "My Nutstore",
     "nutstore", "Google Drive", "CloudStorage", "Nextcloud"],
)  # fmt: skip
def test_a_folder_kept_in_step_with_a_cloud_is_refused(tmp_path: Path, part: str) -> None:
    folder = tmp_path / part / "desk"
    with pytest.raises(StorageTrouble, match="another program copies"):
        a_workspace(folder)
    assert not folder.parent.exists()


@pytest.mark.parametrize("part", ["Dropboxes", "one drive", "坚果", "clouds", "my onedrive notes"])
def test_a_folder_that_only_sounds_alike_is_taken(part: str) -> None:
    assert why_unfit(Path("/home/me") / part, mounts="") is None


def test_a_link_into_a_synced_folder_is_seen_through(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    folder.rename(tmp_path / "Dropbox" / "desk")
    (tmp_path / "innocent").symlink_to(tmp_path / "Dropbox")
    refused(tmp_path / "innocent" / "desk", "another program copies")


# Opening: what is refused


def test_a_folder_without_a_workspace(tmp_path: Path) -> None:
    refused(tmp_path, "There is no workspace in")
    refused(tmp_path / "nowhere", "There is no workspace in")
    assert os.listdir(tmp_path) == []


def test_a_plain_file_is_refused_with_and_without_a_key_file(folder: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.db"
    with closing(sqlite3.connect(plain)) as connection:
        connection.execute("CREATE TABLE a (b)")
    shutil.copy(plain, folder / "kamdesk.db")
    refused(folder, "plain SQLite file")
    (folder / "key.json").unlink()
    refused(folder, "plain SQLite file")
    refused(folder, "plain SQLite file", readonly=True)


@pytest.mark.parametrize("content", [b"%PDF-1.7 " * 1000, b"x" * 4097])
def test_a_foreign_file_is_refused(folder: Path, content: bytes) -> None:
    (folder / "kamdesk.db").write_bytes(content)
    refused(folder, "is not the workspace its key file was made for")


def test_the_file_of_another_workspace_is_refused(folder: Path, tmp_path: Path) -> None:
    a_workspace(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "kamdesk.db", folder / "kamdesk.db")
    refused(folder, "is not the workspace its key file was made for")


def test_a_wrong_passphrase(folder: Path) -> None:
    refused(folder, "That passphrase does not open this workspace", passphrase="wrong passphrase")
    with pytest.raises(WrongPassphrase):
        opened(folder, passphrase="wrong passphrase")


def test_no_keyring_and_nobody_to_ask(folder: Path) -> None:
    before = fingerprints(folder)
    with pytest.raises(KeyMissing):
        open_file(folder, keys=no_ring())
    assert fingerprints(folder) == before


def test_a_missing_key_file(folder: Path) -> None:
    (folder / "key.json").unlink()
    refused(folder, "key file .* is missing")


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_a_copy_of_the_key_file_that_fits_is_named(folder: Path, harm: str) -> None:
    (folder / "backups").mkdir()
    fits, other = (folder / "backups" / f"{day}-daily.key.json" for day in ("20260101", "20260102"))
    shutil.copy(folder / "key.json", fits)
    key_file.write_file(
        other,
        key_file.make("0b" * 32, "05" * 16, "ab" * 16, passphrase="x", code=CODE, cost=CHEAP),
    )
    if harm == "missing":
        (folder / "key.json").unlink()
    else:
        (folder / "key.json").write_text("{")
    refused(folder, f"missing or damaged. .*{fits.name} opens the same workspace")
    (folder / "key.json").unlink(missing_ok=True)
    shutil.copy(fits, folder / "key.json")
    opened(folder).close()


def test_an_old_key_file_does_not_drive_the_right_key_out_of_the_keyring(
    folder: Path, tmp_path: Path
) -> None:
    ring = KeyRing(MemoryRing())
    old = (folder / "key.json").read_bytes()
    open_file(folder, keys=ring, passphrase=lambda: PASSPHRASE).close()
    renew_key(folder, passphrase=PASSPHRASE, code=CODE, keys=ring, cost=CHEAP)
    new, key = (folder / "key.json").read_bytes(), ring.get(key_file.read(folder).workspace)
    (folder / "key.json").write_bytes(old)
    with pytest.raises(StorageTrouble, match="is not the workspace its key file was made for"):
        open_file(folder, keys=ring, passphrase=lambda: PASSPHRASE)
    assert ring.get(key_file.read(folder).workspace) == key
    (folder / "key.json").write_bytes(new)
    open_file(folder, keys=ring).close()


def test_a_wrong_key_in_the_keyring_stays_until_the_passphrase_is_right(folder: Path) -> None:
    ring, workspace = KeyRing(MemoryRing()), key_file.read(folder).workspace
    ring.set(workspace, "0b" * 32)
    with pytest.raises(WrongPassphrase):
        open_file(folder, keys=ring, passphrase=lambda: "wrong passphrase")
    assert ring.get(workspace) == "0b" * 32
    with closing(open_file(folder, keys=ring, passphrase=lambda: PASSPHRASE)) as it:
        assert ring.get(workspace) == it.key
    open_file(folder, keys=ring).close()


def test_a_key_goes_to_the_keyring_only_when_the_file_is_sound(folder: Path) -> None:
    ring, path = KeyRing(MemoryRing()), folder / "kamdesk.db"
    path.write_bytes(zero_a_page(path.read_bytes()))
    with pytest.raises(StorageTrouble, match="damaged"):
        open_file(folder, keys=ring, passphrase=lambda: PASSPHRASE)
    assert ring.get(key_file.read(folder).workspace) is None


def test_a_missing_workspace_file_is_not_made_anew(folder: Path) -> None:
    (folder / "kamdesk.db").unlink()
    refused(folder, "workspace file .* is missing")
    assert not (folder / "kamdesk.db").exists()


def test_an_empty_workspace_under_the_right_key_is_damaged(folder: Path) -> None:
    from kamdesk.storage.database import connect

    with closing(opened(folder)) as it:
        key, salt = it.key, it.salt
    (folder / "kamdesk.db").unlink()
    connect(folder / "kamdesk.db", key, salt, create=True).close()
    refused(folder, "damaged")


def cut_in_page(raw: bytes) -> bytes:
    return raw[: len(raw) - 1000]


def cut_last_page(raw: bytes) -> bytes:
    return raw[:-PAGE]


def cut_half(raw: bytes) -> bytes:
    return raw[: len(raw) // PAGE // 2 * PAGE]


def cut_to_one_page(raw: bytes) -> bytes:
    return raw[:PAGE]


def cut_in_first_page(raw: bytes) -> bytes:
    return raw[:100]


def cut_to_nothing(raw: bytes) -> bytes:
    return b""


def zero_a_page(raw: bytes) -> bytes:
    return raw[: 5 * PAGE] + bytes(PAGE) + raw[6 * PAGE :]


def all_zeros(raw: bytes) -> bytes:
    return bytes(len(raw))  # as a crash may leave it


def zero_the_first_page(raw: bytes) -> bytes:
    return raw[:16] + bytes(PAGE - 16) + raw[PAGE:]


def swap_two_pages(raw: bytes) -> bytes:
    a, b = raw[5 * PAGE : 6 * PAGE], raw[6 * PAGE : 7 * PAGE]
    return raw[: 5 * PAGE] + b + a + raw[7 * PAGE :]


def random_tail(raw: bytes) -> bytes:
    return raw[: -3 * PAGE] + os.urandom(3 * PAGE)


@pytest.mark.parametrize(
    "damage",
    [cut_in_page, cut_last_page, cut_half, cut_to_one_page, cut_in_first_page, cut_to_nothing,
     zero_a_page, zero_the_first_page, all_zeros, swap_two_pages, random_tail],
)  # fmt: skip
def test_a_cut_or_overwritten_file_is_damaged(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = folder / "kamdesk.db"
    path.write_bytes(damage(path.read_bytes()))
    refused(folder, "damaged")


def test_a_big_file_is_not_read_through_but_a_cut_is_seen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "_CHECKED_WHOLE", 0)
    path = folder / "kamdesk.db"
    raw = path.read_bytes()
    for damage in (cut_in_page, cut_last_page, cut_half):
        path.write_bytes(damage(raw))
        refused(folder, "damaged")
    path.write_bytes(raw)
    opened(folder).close()


def places(size: int) -> dict[str, int]:
    """Where a byte is flipped: of the first page, a middle and the last one, and their seals."""
    last = size - PAGE
    middle = size // PAGE // 2 * PAGE
    return {
        "behind the salt": 16,
        "header": 40,
        "first page": 2000,
        "first page's counter": PAGE - 80,
        "first page's seal": PAGE - 1,
        "middle page": middle + 7,
        "middle page's seal": middle + PAGE - 30,
        "last page": last,
        "last byte": size - 1,
    }


@pytest.mark.parametrize("where", list(places(0)))
def test_a_flipped_bit_is_damage(folder: Path, where: str) -> None:
    path = folder / "kamdesk.db"
    raw = bytearray(path.read_bytes())
    raw[places(len(raw))[where]] ^= 16
    path.write_bytes(raw)
    refused(folder, "damaged")


def test_a_flipped_bit_in_the_salt_has_no_effect(folder: Path) -> None:
    path = folder / "kamdesk.db"
    raw = bytearray(path.read_bytes())
    raw[5] ^= 16
    path.write_bytes(raw)
    with closing(opened(folder)) as it:
        assert it.connection.execute("SELECT count(*) FROM state").fetchone()[0] >= 400


@pytest.mark.slow
def test_a_thousand_flipped_bits_and_fifty_cuts_are_all_seen(
    folder: Path, request: pytest.FixtureRequest
) -> None:
    chance, path = random.Random(6), folder / "kamdesk.db"
    raw = path.read_bytes()
    flips = 1000 if request.config.getoption("--all", default=False) else 150
    for _ in range(flips):
        bad = bytearray(raw)
        bad[chance.randrange(16, len(raw))] ^= 1 << chance.randrange(8)
        path.write_bytes(bad)
        refused(folder, "damaged")
    for _ in range(50):
        path.write_bytes(raw[: chance.randrange(len(raw))])
        refused(folder, "damaged")
    path.write_bytes(raw)
    opened(folder).close()


def test_a_damaged_key_file_is_told_from_a_wrong_passphrase(folder: Path) -> None:
    path = folder / "key.json"
    raw = bytearray(path.read_bytes())
    for at in (30, len(raw) // 2, len(raw) - 20):
        bad = bytearray(raw)
        bad[at] ^= 1
        path.write_bytes(bad)
        refused(folder, "key file .* is damaged")


@pytest.mark.parametrize("name", ["kamdesk.db", "key.json", "kamdesk.db-wal", "kamdesk.db-shm"])
def test_a_link_in_place_of_a_file_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "elsewhere"
    if (folder / name).exists():
        (folder / name).rename(target)
    else:
        target.write_bytes(b"mine")
    before = target.read_bytes()
    (folder / name).symlink_to(target)
    refused(folder, "is a link or no ordinary file")
    assert target.read_bytes() == before


def test_a_folder_in_place_of_the_file_is_refused(folder: Path) -> None:
    (folder / "kamdesk.db").unlink()
    (folder / "kamdesk.db").mkdir()
    refused(folder, "is a link or no ordinary file")


# Two processes, two connections

BESIDE = """
import sys
from pathlib import Path
from support.faults_workspace import PASSPHRASE, no_ring
from kamdesk.core.errors import StorageTrouble
from kamdesk.storage.opening import open_file
try:
    it = open_file(Path(sys.argv[1]), keys=no_ring(), passphrase=lambda: PASSPHRASE,
                   readonly=sys.argv[2] == "readonly")
except StorageTrouble as trouble:
    print(type(trouble).__name__, trouble)
else:
    print(it.connection.execute("SELECT count(*) FROM state WHERE key = 'late'").fetchone()[0])
    it.close()
"""


def beside(folder: Path, how: str) -> str:
    """What another process says that opens ``folder``."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", BESIDE, str(folder), how],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])},
    )
    return done.stdout.strip()


def test_a_second_process_may_read_but_not_write(folder: Path) -> None:
    with closing(opened(folder)) as it:
        it.connection.execute("INSERT INTO state (key, value) VALUES ('late', 1)")
        said = beside(folder, "writing")
        assert said == "Held KamDesk is open; close it or do this in the window."
        assert beside(folder, "readonly") == "1"
        it.connection.execute("INSERT INTO state (key, value) VALUES ('later', 1)")
    assert beside(folder, "writing") == "1"


def test_a_readonly_opening_cannot_write(folder: Path) -> None:
    with closing(opened(folder, readonly=True)) as it, pytest.raises(Exception, match="readonly"):
        it.connection.execute("INSERT INTO state (key, value) VALUES ('a', 1)")


def test_the_lock_goes_with_a_refusal(folder: Path) -> None:
    refused(folder, "passphrase does not open", passphrase="wrong passphrase")
    opened(folder).close()
    opened(folder).close()


def test_a_file_open_in_this_process_is_not_opened_by_hand(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.open

    def no_database(path: Path, *how: Any, **more: Any) -> object:
        assert path.name != "kamdesk.db", "this drops SQLite's locks"
        return read(path, *how, **more)

    with closing(opened(folder)):
        monkeypatch.setattr(Path, "open", no_database)
        first = opened(folder, readonly=True)
        opened(folder, readonly=True).close()
        opened(folder, readonly=True).close()
        first.close()


def test_what_a_killed_process_had_saved_is_there_and_well(folder: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from support.faults_workspace import PASSPHRASE, no_ring\n"
        "from kamdesk.storage.opening import open_file\n"
        "it = open_file(Path(sys.argv[1]), keys=no_ring(), passphrase=lambda: PASSPHRASE)\n"
        "it.connection.executemany('INSERT INTO state VALUES (?, ?)',"
        " [(f'killed {n}', 'x' * 500) for n in range(200)])\n"
        "os._exit(9)\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])},
    )
    assert (folder / "kamdesk.db-wal").stat().st_size > 0
    with closing(opened(folder)) as it:
        sql = "SELECT count(*) FROM state WHERE key LIKE 'killed %'"
        assert it.connection.execute(sql).fetchone()[0] == 200


def test_beside_a_reader_the_check_waits_for_another_day(folder: Path) -> None:
    with closing(opened(folder)) as it:
        it.connection.execute("INSERT INTO state (key, value) VALUES ('late', 1)")
    with closing(opened(folder, readonly=True)) as reader:
        reader.connection.execute("BEGIN")
        reader.connection.execute("SELECT count(*) FROM state").fetchone()
        opened(folder).close()


def test_a_folder_that_may_not_be_written_is_said_to_be(folder: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (folder / "lock").unlink()
    folder.chmod(0o500)
    try:
        refused(folder, "folder is read-only")
    finally:
        folder.chmod(0o700)


def test_what_lies_in_a_folder_that_may_not_be_written_can_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for side in ("-wal", "-shm"):
        (folder / f"kamdesk.db{side}").unlink(missing_ok=True)
    before = fingerprints(folder)
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    with closing(opened(folder, readonly=True)) as it:
        assert it.connection.execute("SELECT count(*) FROM state").fetchone()[0]
    assert fingerprints(folder) == before
    (folder / "kamdesk.db-wal").write_bytes(b"changes not in the file yet")
    refused(folder, "folder is read-only", readonly=True)


def test_a_workspace_that_could_not_be_made_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setattr("kamdesk.storage.key_file.write", full)
    for folder in (tmp_path / "fresh", empty):
        with pytest.raises(StorageTrouble, match="disk is full"):
            create(folder, PASSPHRASE, keys=no_ring(), cost=CHEAP)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty"]
    assert list(empty.iterdir()) == []


def test_a_file_is_no_place_for_a_workspace(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a")
    with pytest.raises(StorageTrouble, match="is a file"):
        create(path, PASSPHRASE, keys=no_ring(), cost=CHEAP)
    assert path.read_text() == "a"
