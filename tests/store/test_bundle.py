"""The open bundle: everything out, and an equal workspace in again."""

import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from support.carried import (
    DERIVED,
    digest,
    exported,
    lines,
    mended,
    parts_of,
    put_lines,
    read_here,
    restored,
    whole,
)
from support.desks import KEY, SALT, a_desk, untruths
from support.invented import a_person, a_visit, an_account, contested
from support.schedules import Player
from support.two_desks import Desk, Hub, Pair, edit, settle

from kamdesk.core.clock import StoppedClock
from kamdesk.core.errors import Cancelled, RuleBroken
from kamdesk.demo.territory import demo_clock, demo_ids, fill
from kamdesk.domain.people.store import PERSON
from kamdesk.storage import carrying
from kamdesk.storage.database import connect
from kamdesk.storage.erasing import erase
from kamdesk.storage.storage import Storage
from kamdesk.sync.apart.conflicts import conflicts
from kamdesk.workspace import Workspace

DAY = date(2026, 3, 12)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Four invented accounts; read only."""
    clock = demo_clock(DAY)
    folder = tmp_path_factory.mktemp("demo")
    desk = a_desk(folder, name="", clock=clock, ids=demo_ids(clock, 1))
    fill(desk, accounts=4, seed=1, day=DAY)
    yield desk
    desk.close()


@pytest.fixture
def again() -> Iterator[list[Workspace]]:
    """Workspaces to be closed, each true when it closes."""
    desks: list[Workspace] = []
    yield desks
    for desk in desks:
        assert untruths(desk) == []
        desk.close()


def same(one: Workspace, other: Workspace) -> None:
    left, right = whole(one), whole(other)
    for table in left:
        assert left[table] == right[table], table
    assert len(left["op"]) > 0


def test_the_demo_comes_back_equal_and_gives_the_same_bytes_again(
    demo: Workspace, tmp_path: Path, again: list[Workspace]
) -> None:
    bundle = exported(demo, tmp_path / "one.zip")
    desk = restored(bundle, tmp_path / "two")
    again.append(desk)
    same(demo, desk)
    assert digest(demo) == digest(desk)
    assert exported(desk, tmp_path / "two.zip").read_bytes() == bundle.read_bytes()


def test_what_is_derived_is_made_anew(
    demo: Workspace, tmp_path: Path, again: list[Workspace]
) -> None:
    desk = restored(exported(demo, tmp_path / "one.zip"), tmp_path / "two")
    again.append(desk)
    for table in DERIVED:
        count = f"SELECT count(*) FROM {table}"
        assert desk.storage.reader.ask(count).value() == demo.storage.reader.ask(count).value() > 0


def test_any_program_can_read_it(demo: Workspace, tmp_path: Path) -> None:
    parts = parts_of(exported(demo, tmp_path / "one.zip"))
    assert list(parts)[:3] == ["bundle.json", "README.txt", "history.jsonl"]
    readme = parts["README.txt"].decode()
    assert "NOT encrypted" in readme
    assert "未加密" in readme
    about = json.loads(parts["bundle.json"])
    assert about["kamdesk_bundle"] == 1
    accounts = lines(parts, "records/account.jsonl")
    assert about["records"]["account"] == len(accounts) == 4
    star = next(line for line in accounts if line["number"] == "KA-0001")
    assert star["annual_revenue"]["currency"] == "CNY"
    assert isinstance(star["annual_revenue"]["annual_revenue"], int)
    assert date.fromisoformat(star["first_signed"])
    assert len(star["owner"]) == 32
    assert sorted(star["team"]) == star["team"] != []
    log = lines(parts, "history.jsonl")
    assert {line["verb"] for line in log if "op" in line} >= {"set", "link"}
    assert {"action", "name", "at"} <= log[0].keys()


def test_it_is_private_and_never_written_over_a_workspace(desk: Workspace, tmp_path: Path) -> None:
    bundle = exported(desk, tmp_path / "one.zip")
    if os.name == "posix":
        assert stat.S_IMODE(bundle.stat().st_mode) == 0o600
    with pytest.raises(RuleBroken, match="part of a workspace"):
        desk.bundles.write(tmp_path / "kamdesk.db")


def test_all_parts_have_one_time_and_one_packing(desk: Workspace, tmp_path: Path) -> None:
    with zipfile.ZipFile(exported(desk, tmp_path / "one.zip")) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}


def test_every_table_is_carried_derived_or_left_out_on_purpose(desk: Workspace) -> None:
    """A new table makes this fail until somebody says what a bundle does with it."""
    of_records = {*whole(desk), "basis", "own_values", "file_parts"}
    of_the_log = {"op", "actions", "words", "scopes", "state", "contested", "erased"}
    derived = {"account_standing", "person_standing"}
    unsaved, of_the_file = {"drafts", "mappings"}, {"_sqlite_migrations"}
    of_the_hub = {"marks", "chains", "quarantine", "reports", "snapshots_under_way", "parked"}
    on_their_way = {"arriving", "content_trouble"}
    names = desk.storage.reader.ask("SELECT name FROM sqlite_master WHERE type = 'table'").column()
    left = {name for name in names if not name.startswith(("search_", "sqlite_"))}
    known = of_records | of_the_log | derived | unsaved | of_the_file | of_the_hub | on_their_way
    assert left - known == set()


def test_undo_goes_on_where_it_was(desk: Workspace, tmp_path: Path, again: list[Workspace]) -> None:
    account = an_account(desk)
    a_person(desk, account)
    desk.storage.start_undo_here()
    person = a_person(desk, account, "李敏")
    desk.people.drop(person.id)
    desk.undo.undo()
    other = restored(exported(desk, tmp_path / "one.zip"), tmp_path / "two")
    again.append(other)
    same(desk, other)
    assert other.undo.next_undo() == desk.undo.next_undo()
    assert other.undo.next_redo() == desk.undo.next_redo()
    other.undo.redo()
    desk.undo.redo()
    assert whole(other)["people"] == whole(desk)["people"]


def test_deleted_records_links_and_history_come_along(
    desk: Workspace, tmp_path: Path, again: list[Workspace]
) -> None:
    account = an_account(desk, note="第一行\n第二行 \t“引号” 𠮷")
    desk.accounts.tag(account.id, add=("重点", "试点"))
    desk.accounts.tag(account.id, remove=("试点",))
    person = a_person(desk, account)
    desk.people.drop(person.id)
    a_visit(desk, account)
    other = restored(exported(desk, tmp_path / "one.zip"), tmp_path / "two")
    again.append(other)
    same(desk, other)
    assert other.history.of("account", account.id) == desk.history.of("account", account.id)


def test_an_erased_person_stays_erased(
    desk: Workspace, tmp_path: Path, again: list[Workspace]
) -> None:
    account = an_account(desk)
    person = a_person(desk, account, "王不留")
    before = exported(desk, tmp_path / "before.zip")
    erase(desk.storage, PERSON, person.id)
    bundle = exported(desk, tmp_path / "after.zip")
    other = restored(bundle, tmp_path / "two")
    again.append(other)
    same(desk, other)
    assert exported(other, tmp_path / "two.zip").read_bytes() == bundle.read_bytes()
    late = restored(_with_list(before, bundle, tmp_path / "late.zip"), tmp_path / "three")
    again.append(late)
    assert late.storage.reader.ask("SELECT 1 FROM people WHERE id = ?", person.id) == []
    assert "王不留" not in repr(whole(late))


def _with_list(bundle: Path, later: Path, path: Path) -> Path:
    """An older bundle with a later one's list of the erased, and no records to compare."""
    listed = parts_of(later)["erased.jsonl"]

    def mend(parts: dict[str, bytes]) -> None:
        parts["erased.jsonl"] = listed
        for part in ("person", "holding", "post"):
            parts.pop(f"records/{part}.jsonl", None)

    return mended(bundle, path, mend)


def test_contested_values_survive(pair: Pair, tmp_path: Path, again: list[Workspace]) -> None:
    one, other = pair
    edit(one, note="我们的")
    edit(other, note="他们的")
    settle(one, other)
    assert contested(one.workspace) != set()
    for number, desk in enumerate(pair):
        bundle = exported(desk.workspace, tmp_path / f"{number}.zip")
        twin = restored(bundle, tmp_path / f"twin{number}")
        again.append(twin)
        same(desk.workspace, twin)
        assert conflicts(twin.storage) == conflicts(desk.workspace.storage) != []
        assert exported(twin, tmp_path / "again.zip").read_bytes() == bundle.read_bytes()


@pytest.mark.parametrize("seed", range(12))
def test_any_day_at_two_desks_comes_back_equal(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch, again: list[Workspace]
) -> None:
    """In the midst of things: unsent, unseen, contested, deleted, undone."""
    read_here(monkeypatch)
    chance, hub = Random(seed), Hub()
    desks = [
        Desk(tmp_path / str(dev), hub, dev, name="林", chance=Random(f"{seed}.{dev}"))
        for dev in (1, 2)
    ]
    for name in ("甲", "乙"):
        a_person(desks[0].workspace, an_account(desks[0].workspace, name))
    settle(*desks)
    players = [Player(desk, chance) for desk in desks]
    for _ in range(25):
        chance.choice(players).something()
    for number, desk in enumerate(desks):
        bundle = exported(desk.workspace, tmp_path / f"{number}.zip")
        twin = restored(bundle, tmp_path / f"twin{number}")
        again.append(twin)
        same(desk.workspace, twin)
        assert exported(twin, tmp_path / "again.zip").read_bytes() == bundle.read_bytes()
        desk.workspace.close()


def test_one_lost_change_is_noticed(demo: Workspace, tmp_path: Path) -> None:
    """The positive control of equality: drop one op of the log, and its record gives it away."""
    bundle = exported(demo, tmp_path / "one.zip")

    def mend(parts: dict[str, bytes]) -> None:
        every = lines(parts, "history.jsonl")
        last = max(at for at, line in enumerate(every) if line.get("verb") == "set")
        del every[last]
        put_lines(parts, "history.jsonl", every)

    with pytest.raises(RuleBroken, match="not what its history says"):
        restored(mended(bundle, tmp_path / "less.zip", mend), tmp_path / "two").close()


def test_records_without_their_history_come_as_new_ones(
    demo: Workspace, tmp_path: Path, again: list[Workspace]
) -> None:
    bundle = exported(demo, tmp_path / "one.zip")
    plain = mended(bundle, tmp_path / "plain.zip", lambda parts: _drop(parts, "history.jsonl"))
    desk = restored(plain, tmp_path / "two")
    again.append(desk)
    ours = whole(desk)["people"]
    assert ours == whole(demo)["people"]
    assert desk.undo.next_undo() is not None


def _drop(parts: dict[str, bytes], part: str) -> None:
    del parts[part]


def test_a_newer_programs_changes_are_kept_and_not_gone_back_on(
    desk: Workspace, tmp_path: Path, again: list[Workspace]
) -> None:
    account = an_account(desk)

    def mend(parts: dict[str, bytes]) -> None:
        every = lines(parts, "history.jsonl")
        number = max(line.get("op", 0) for line in every) + 1
        op = {**every[-1], "op": number, "kind": "offer", "record": "0a" * 16, "verb": 9}
        op["cells"] = {"price": [100, "CNY", {"hex": "00ff"}, None, True, 1.5]}
        put_lines(parts, "history.jsonl", [*every, op])
        parts["records/offer.jsonl"] = b'{"id":"' + b"0a" * 16 + b'","price":1}\n'

    newer = mended(exported(desk, tmp_path / "one.zip"), tmp_path / "newer.zip", mend)
    other = a_desk_at(tmp_path / "two")
    again.append(other)
    report = other.bundles.take(newer)
    assert "1 change needs a newer KamDesk; it is kept." in [one.plain for one in report.remarks]
    assert whole(other)["op"][-1][-2] == {"price": (100, "CNY", b"\x00\xff", None, True, 1.5)}
    assert other.undo.next_undo() is None
    assert other.accounts.ask.get(account.id).name == account.name
    once_more = parts_of(exported(other, tmp_path / "two.zip"))
    assert (
        once_more["history.jsonl"]
        .splitlines()[-1]
        .endswith(b'"cells":{"price":[100,"CNY",{"hex":"00ff"},null,true,1.5]}}')
    )


def a_desk_at(folder: Path, **wishes: Any) -> Workspace:
    folder.mkdir()
    return a_desk(folder, **wishes)


def test_a_look_writes_nothing(demo: Workspace, tmp_path: Path, desk: Workspace) -> None:
    bundle = exported(demo, tmp_path / "one.zip")
    before = digest(desk)
    report = desk.bundles.look(bundle)
    assert report.new == report.rows == sum(len(rows) for rows in _records(demo))
    assert digest(desk) == before


def _records(desk: Workspace) -> list[list[Any]]:
    held = whole(desk)
    return [held[kind.table] for kind in desk.storage.catalogue.kinds]


def test_stopped_half_way_nothing_happened(
    demo: Workspace, tmp_path: Path, desk: Workspace
) -> None:
    bundle, before = exported(demo, tmp_path / "one.zip"), digest(desk)
    asked = iter(range(10_000))
    with pytest.raises(Cancelled):
        desk.bundles.take(bundle, stopped=lambda: next(asked) >= 3)
    assert digest(desk) == before


def test_it_is_written_from_one_moment(
    desk: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saves in the window while the command exports: the bundle knows nothing of it."""
    an_account(desk)
    calm = exported(desk, tmp_path / "calm.zip").read_bytes()
    file = connect(tmp_path / "kamdesk.db", KEY, SALT, readonly=True)
    beside = Workspace(file, readonly=True, clock=desk.clock)
    count = carrying.counts

    def counted_while_somebody_saves(storage: Storage) -> dict[str, int]:
        found = count(storage)
        an_account(desk, "西南电网")
        return found

    monkeypatch.setattr(carrying, "counts", counted_while_somebody_saves)
    assert exported(beside, tmp_path / "meanwhile.zip").read_bytes() == calm
    monkeypatch.undo()
    assert exported(beside, tmp_path / "later.zip").read_bytes() != calm
    beside.close()


_ANOTHER = """
import sys; from datetime import date; from pathlib import Path
from support.desks import a_desk
from kamdesk.demo.territory import demo_clock, demo_ids, fill
folder = Path(sys.argv[1]); day = date(2026, 3, 12); clock = demo_clock(day)
desk = a_desk(folder, name="", clock=clock, ids=demo_ids(clock, 1))
fill(desk, accounts=4, seed=1, day=day); desk.bundles.write(folder / "out.zip"); desk.close()
"""


@pytest.mark.slow
def test_two_processes_write_the_same_bytes(demo: Workspace, tmp_path: Path) -> None:
    ours = exported(demo, tmp_path / "one.zip").read_bytes()
    for seed in ("1", "77"):
        folder = tmp_path / seed
        folder.mkdir()
        path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        around = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        subprocess.run([sys.executable, "-c", _ANOTHER, str(folder)], env=around, check=True)
        assert (folder / "out.zip").read_bytes() == ours


def test_two_demos_of_one_day_differ_in_nothing(tmp_path: Path, demo: Workspace) -> None:
    other = a_desk_at(
        tmp_path / "two", name="", clock=(clock := demo_clock(DAY)), ids=demo_ids(clock, 1)
    )
    try:
        assert isinstance(clock, StoppedClock)
        fill(other, accounts=4, seed=1, day=DAY)
        mine = exported(demo, tmp_path / "one.zip").read_bytes()
        assert exported(other, tmp_path / "two.zip").read_bytes() == mine
    finally:
        other.close()
