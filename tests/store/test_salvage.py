"""A damaged workspace: the damage is seen, and what stands on whole pages is saved.

By default a few bytes are flipped and a few tails cut off, chosen by a fixed seed; ``--all`` takes
a thousand flips and fifty cuts.
"""

import hashlib
import os
import random
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from support.desks import untruths
from support.faults_workspace import MemoryRing

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.demo.making import new_territory
from kamdesk.storage import backups, key_file, remains, sealed_pages
from kamdesk.storage.btree import Tree, leaf_rows
from kamdesk.storage.database import connect
from kamdesk.storage.exchange import join
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.lock import Held
from kamdesk.storage.opening import open_file
from kamdesk.storage.salvaged import Salvaged
from kamdesk.storage.sealed_pages import SIZE, SealedPages
from kamdesk.storage.soundness import Damaged, findings
from kamdesk.workspace import KINDS, Workspace, open_workspace, salvage_workspace

LEAST = 0.99
"""The part of the rows on whole pages that is saved."""


@dataclass
class Territory:
    """A workspace, its keyring, and where each of its rows lies."""

    folder: Path
    ring: KeyRing
    key: str
    salt: str
    rows: dict[str, dict[Any, tuple[Any, ...]]] = field(default_factory=dict)
    lies_on: dict[str, dict[Any, set[int]]] = field(default_factory=dict)
    layout: set[int] = field(default_factory=set)
    roots: dict[str, int] = field(default_factory=dict)
    inner: dict[str, set[int]] = field(default_factory=dict)


class Noting:
    """Pages that note which of them were read."""

    def __init__(self, pages: SealedPages) -> None:
        self.pages, self.read_now = pages, set[int]()

    def read(self, number: int) -> bytes | None:
        self.read_now.add(number)
        return self.pages.read(number)


@pytest.fixture(scope="session")
def territory(tmp_path_factory: pytest.TempPathFactory) -> Territory:
    folder, ring = tmp_path_factory.mktemp("territory") / "desk", KeyRing(MemoryRing())
    with new_territory(
        folder,
        "demo-territory",
        keys=ring,
        open_desk=lambda clock, ids: open_workspace(folder, keys=ring, clock=clock, ids=ids),
        day=date(2026, 3, 12),
        language="zh",
        accounts=3,
    ):
        pass
    sealed = key_file.read(folder)
    key = ring.get(sealed.workspace)
    assert key
    made = Territory(folder, ring, key, sealed.salt)
    with closing(connect(folder / "kamdesk.db", key, sealed.salt)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        for table, by in [("op", "lid"), *((kind.table, "rid") for kind in KINDS)]:
            found = connection.execute(f"SELECT {by}, * FROM {table}").fetchall()
            made.rows[table] = {row[0]: tuple(row)[1:] for row in found}
    _find_places(made)
    return made


def _find_places(made: Territory) -> None:
    """Note on which pages each row lies: its leaf, and those that it overflows to."""
    pages = SealedPages(made.folder / "kamdesk.db", made.key, made.salt)
    schema = Tree(pages, 1)
    made.roots = {row.values[1]: row.values[3] for row in schema.rows() if row.values[3]}
    made.layout = schema.seen
    for table in made.rows:
        tree = Tree(pages, made.roots[table])
        list(tree.rows())
        places: dict[Any, set[int]] = defaultdict(set)
        for number in tree.seen:
            noting = Noting(pages)
            for row in leaf_rows(noting, number):
                places[row.rowid] |= noting.read_now
        made.lies_on[table] = places
        made.inner[table] = tree.seen - set().union(*places.values())
        assert places.keys() == made.rows[table].keys()
    pages.close()


@pytest.fixture
def broken(territory: Territory, tmp_path: Path) -> Path:
    return Path(shutil.copytree(territory.folder, tmp_path / "broken"))


def flip(folder: Path, page: int, at: int = 700) -> None:
    path = folder / "kamdesk.db"
    raw = bytearray(path.read_bytes())
    raw[(page - 1) * SIZE + at] ^= 8
    path.write_bytes(raw)


def saved_from(territory: Territory, folder: Path) -> Salvaged:
    """Salvage into a folder beside; the damaged one stays as it is, byte for byte."""
    before = hashlib.sha256((folder / "kamdesk.db").read_bytes()).digest()
    done = salvage_workspace(folder, folder.with_name("saved"), keys=territory.ring)
    assert hashlib.sha256((folder / "kamdesk.db").read_bytes()).digest() == before
    assert sorted(os.listdir(done.folder)) == ["kamdesk.db", "key.json", "lock"]
    return done


def share(territory: Territory, saved: Path, lost: set[int], *tables: str) -> float:
    """Which part of the rows that lie on none of the ``lost`` pages stands in the saved file."""
    with closing(connect(saved / "kamdesk.db", territory.key, territory.salt)) as connection:
        wanted = found = 0
        for table in tables or tuple(territory.rows):
            by = "lid" if table == "op" else "rid"
            there = {tuple(row) for row in connection.execute(f"SELECT * FROM {table}")}
            if by == "rid":  # rows that came back from the log are numbered anew
                there = {row[1:] for row in there}
            for number, row in territory.rows[table].items():
                if not territory.lies_on[table][number] & lost:
                    wanted += 1
                    found += (row if by == "lid" else row[1:]) in there
    return found / wanted if wanted else 1.0


def opened(territory: Territory, folder: Path) -> Workspace:
    return open_workspace(folder, keys=territory.ring)


def damages(territory: Territory, *, flips: int, cuts: int) -> Iterator[tuple[bytes, set[int]]]:
    """Yield damaged files, and which of their pages are lost."""
    raw, chance = (territory.folder / "kamdesk.db").read_bytes(), random.Random(5)
    count = len(raw) // SIZE
    for _ in range(flips):
        bad, at = bytearray(raw), chance.randrange(len(raw))
        bad[at] ^= 1 << chance.randrange(8)
        yield bytes(bad), {at // SIZE + 1} if at >= 16 else set()
    for _ in range(cuts):
        length = chance.randrange(1, len(raw))
        yield raw[:length], set(range(length // SIZE + 1, count + 1))


@pytest.mark.slow
def test_flipped_bytes_and_cut_tails_are_seen_and_the_rest_is_saved(
    territory: Territory, broken: Path, request: pytest.FixtureRequest
) -> None:
    every = request.config.getoption("--all", default=False)
    least, beyond, saved = 1.0, 0, 0
    for raw, lost in damages(territory, flips=1000 if every else 6, cuts=50 if every else 5):
        (broken / "kamdesk.db").write_bytes(raw)
        if not lost:  # the salt is in the key file too
            opened(territory, broken).close()
            continue
        with pytest.raises(Damaged):
            open_file(broken, keys=territory.ring)
        if lost & territory.layout or len(raw) < SIZE:
            with pytest.raises(StorageTrouble):
                saved_from(territory, broken)
            beyond += 1
            continue
        done = saved_from(territory, broken)
        least = min(least, share(territory, done.folder, lost))
        desk = opened(territory, done.folder)
        assert findings(desk.storage.connection, done.folder / "kamdesk.db") == []
        assert not every or untruths(desk) == []
        desk.close()
        shutil.rmtree(done.folder)
        saved += 1
    assert saved > 4
    assert least >= LEAST, (least, saved, beyond)


@pytest.mark.parametrize("table", ["op", "people", "visits"])
def test_with_a_trees_root_lost_its_rows_come_back(
    territory: Territory, broken: Path, table: str
) -> None:
    root = territory.roots[table]
    assert root in territory.inner[table]
    flip(broken, root)
    done = saved_from(territory, broken)
    assert share(territory, done.folder, {root}) >= LEAST
    desk = opened(territory, done.folder)
    assert untruths(desk) == []
    desk.close()
    lost = {kept.kind: kept.lost for kept in done.kinds if kept.lost}
    assert lost == {}
    assert done.ops_lost == 0


def test_without_a_look_for_stray_pages_a_lost_root_would_take_the_history(
    territory: Territory, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: the measure above sees it."""
    monkeypatch.setattr(remains.Remains, "_stray_ops", lambda *_: iter(()))
    flip(broken, territory.roots["op"])
    done = saved_from(territory, broken)
    assert share(territory, done.folder, {territory.roots["op"]}, "op") < 0.1
    assert done.ops_lost == len(territory.rows["op"])
    desk = opened(territory, done.folder)  # even then every record is there, said anew
    assert untruths(desk) == []
    desk.close()
    assert done.said_anew == sum(kept.saved for kept in done.kinds)


def test_without_a_look_at_the_seals_wrong_values_would_be_saved(
    territory: Territory, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control: a page is trusted because of its seal only; garbled bytes are no error else."""
    pages = {next(iter(on)) for on in territory.lies_on["people"].values()}
    raw = bytearray((broken / "kamdesk.db").read_bytes())
    for page in pages:
        for at in range(3000, 3900, 16):
            raw[(page - 1) * SIZE + at] ^= 1
    (broken / "kamdesk.db").write_bytes(raw)
    monkeypatch.setattr(sealed_pages.hmac, "compare_digest", lambda *_: True)
    with closing(SealedPages(broken / "kamdesk.db", territory.key, territory.salt)) as read:
        wrong = [
            row
            for page in pages
            for row in leaf_rows(read, page)
            if row.values[2:] != territory.rows["people"].get(row.rowid, ())[2:]
        ]
        garbled = sum(not leaf_rows(read, page) for page in pages)
    assert wrong or garbled
    monkeypatch.undo()
    done = saved_from(territory, broken)
    assert share(territory, done.folder, set(), "people") == 1.0  # all come back from the log


@pytest.mark.parametrize("table", ["words", "scopes", "actions", "state", "accounts_team"])
def test_what_the_log_stands_on_may_be_lost_too(
    territory: Territory, broken: Path, table: str
) -> None:
    flip(broken, territory.roots[table])
    done = saved_from(territory, broken)
    assert share(territory, done.folder, set()) >= LEAST
    desk = opened(territory, done.folder)
    assert untruths(desk) == []
    desk.team.i_am(desk.team.new("陈浩"))
    assert untruths(desk) == []
    desk.close()


def test_a_record_lost_on_both_sides_is_counted(territory: Territory, broken: Path) -> None:
    rid, row = max(territory.rows["needs"].items())
    for page in territory.lies_on["needs"][rid]:
        flip(broken, page)
    ops = [lid for lid, op in territory.rows["op"].items() if op[8] == row[1]]
    assert ops
    for page in set().union(*(territory.lies_on["op"][lid] for lid in ops)):
        flip(broken, page)
    done = saved_from(territory, broken)
    assert {kept.kind: kept.lost for kept in done.kinds}["need"] >= 1
    assert done.ops_lost >= len(ops)
    assert done.broken >= 2
    desk = opened(territory, done.folder)
    assert untruths(desk) == []
    desk.close()


def test_deleted_records_and_links_stay_as_they_were(territory: Territory, broken: Path) -> None:
    desk = opened(territory, broken)
    account = desk.storage.reader.ask("SELECT id FROM accounts").column()[0]
    person = desk.storage.reader.ask("SELECT id FROM people WHERE NOT gone").column()[0]
    with desk.storage.change(Text("Delete")) as change:
        change.drop(desk.storage.catalogue["person"], person)
        change.unlink(
            desk.storage.catalogue["account"],
            account,
            "team",
            *desk.storage.reader.ask(
                "SELECT target FROM accounts_team WHERE eid = ?", account
            ).column(),
        )
    desk.storage.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    last = desk.storage.reader.ask("SELECT max(lid) FROM op").value()
    desk.close()
    with closing(SealedPages(broken / "kamdesk.db", territory.key, territory.salt)) as pages:
        tree = Tree(pages, territory.roots["op"])
        list(tree.rows())
        (page,) = [n for n in tree.seen if any(r.rowid == last for r in leaf_rows(pages, n))]
    flip(broken, page)  # the log no longer says so, the tables do
    done = saved_from(territory, broken)
    desk = opened(territory, done.folder)
    ask = desk.storage.reader.ask
    assert ask("SELECT gone FROM people WHERE id = ?", person).value() == 1
    assert ask("SELECT count(*) FROM accounts_team WHERE eid = ?", account).value() == 0
    assert untruths(desk) == []
    desk.close()


@pytest.mark.parametrize("page", [1, 2])
def test_with_the_layout_lost_only_a_backup_helps(
    territory: Territory, broken: Path, page: int
) -> None:
    number = sorted(territory.layout)[page - 1]
    with closing(open_file(broken, keys=territory.ring)) as it:
        made = backups.make(broken, it.connection, it.key, it.salt, "daily", now=datetime.now(UTC))
    flip(broken, number)
    with pytest.raises(Damaged, match="nothing can be saved") as trouble:
        saved_from(territory, broken)
    assert trouble.value.backup == made.path
    assert not (broken.with_name("saved")).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_what_stands_only_in_the_log_beside_the_file_is_saved(
    territory: Territory, broken: Path
) -> None:
    child = os.fork()
    if child == 0:
        it = open_file(broken, keys=territory.ring)
        it.connection.execute("INSERT INTO state VALUES ('late', 1)")
        os._exit(9)
    os.waitpid(child, 0)
    flip(broken, max(territory.lies_on["visits"][1]))
    done = saved_from(territory, broken)
    with closing(open_file(done.folder, keys=territory.ring)) as it:
        sql = "SELECT count(*) FROM state WHERE key = 'late'"
        assert it.connection.execute(sql).fetchone()[0] == 1
    assert share(territory, done.folder, set()) >= LEAST


def test_a_file_that_had_joined_is_marked_as_forked(territory: Territory, broken: Path) -> None:
    desk = opened(territory, broken)
    join(desk.storage, 3)
    desk.close()
    flip(broken, territory.roots["state"])
    done = saved_from(territory, broken)
    desk = opened(territory, done.folder)
    assert untruths(desk) == []
    desk.close()


def test_refusals_leave_everything_as_it_is(
    territory: Territory, broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(target: Path, words: str) -> None:
        with pytest.raises(StorageTrouble, match=words):
            salvage_workspace(broken, target, keys=territory.ring)

    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    refused(tmp_path / "full", "needs a new folder")
    assert os.listdir(tmp_path / "full") == ["mine.txt"]
    with closing(open_file(broken, keys=territory.ring)), pytest.raises(Held):
        salvage_workspace(broken, tmp_path / "new", keys=territory.ring)
    with pytest.raises(StorageTrouble, match="There is no workspace"):
        salvage_workspace(tmp_path / "full", tmp_path / "new", keys=territory.ring)

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", no_room)
    refused(tmp_path / "new", "the disk is full")
    assert not (tmp_path / "new").exists()
    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", "the disk is full")
    monkeypatch.undo()
    for left in ("kamdesk.db.new", "kamdesk.db.new-wal", "key.json", "erased"):  # of a crash
        (tmp_path / "empty" / left).write_text("half")
    done = salvage_workspace(broken, tmp_path / "empty", keys=territory.ring)
    assert share(territory, done.folder, set()) == 1.0
    refused(tmp_path / "empty", "needs a new folder")
