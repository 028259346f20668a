"""Faults a desk lives through: killed at any step, parked, erased, refused, copied, taken back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from support.desks import KEY, MORNING, untruths
from support.invented import a_person, an_account
from support.raw_pages import in_clear
from support.scripted_hub import Member, MemoryHub, both, cut, settle
from support.scripted_members import Pair, a_pair, edit, same

from kamdesk.core.clock import StoppedClock
from kamdesk.core.errors import RuleBroken
from kamdesk.core.privacy import Privacy
from kamdesk.domain.people.store import PERSON
from kamdesk.storage.catalogue import Catalogue, Cell
from kamdesk.storage.erasing import erase
from kamdesk.storage.fold import Verb
from kamdesk.storage.restoring import FORKED
from kamdesk.storage.storage import Storage
from kamdesk.sync.apart.conflicts import conflicts
from kamdesk.sync.desk import Direct
from kamdesk.sync.engine import Engine
from kamdesk.sync.post import HubTrouble
from kamdesk.sync.quarantine import drop, hand_to_owner, quarantined, take_in
from kamdesk.sync.told import told
from kamdesk.sync.wire.messages import Exchange

T = TypeVar("T")


@pytest.fixture
def hub() -> MemoryHub:
    return MemoryHub(StoppedClock(MORNING.plus(minutes=60)))


@pytest.fixture
def pair(tmp_path: Path, hub: MemoryHub) -> Iterator[Pair]:
    yield from a_pair(tmp_path, hub)


class Killed(BaseException):
    """The program is gone, between two steps."""


class Dying:
    """A desk that dies at a given step."""

    def __init__(self, storage: Storage, at: int) -> None:
        self.storage, self.left = storage, at

    def do(self, step: Callable[[Storage], T]) -> T:
        if not self.left:
            raise Killed
        self.left -= 1
        return step(self.storage)


def test_killed_at_any_step_the_next_round_goes_on(tmp_path: Path, hub: MemoryHub) -> None:
    one = Member(tmp_path / "1", hub, 1, name="林晓彤")
    for n in range(3):
        a_person(one.workspace, an_account(one.workspace, f"客户{n}"))
    one.round()
    for account in one.workspace.accounts.ask.everything():
        hub.grant(2, *both(account.id))
    two = Member(tmp_path / "2", hub, 2)
    deaths = 0
    for at in range(60):
        an_account(two.workspace, f"甲{at}")
        if at % 3 == 0:
            edit(one, note=f"n{at}")
            one.round()
        dying = Dying(two.storage, at % 40)
        try:
            Engine(dying, two.line).round()
        except Killed:
            deaths += 1
        marks = two.storage.reader.ask("SELECT max(seq) FROM marks").value() or 0
        assert marks <= two.storage.position() or not two.storage.position()
    assert deaths > 20
    two.anew()
    settle(two)
    keys = [(op.dev, op.dseq) for op in hub.ops()]
    assert len(keys) == len(set(keys))
    assert told(two.storage).unsent == told(two.storage).quarantined == 0
    for account in two.workspace.accounts.ask.everything():
        hub.grant(1, *both(account.id))
    settle(one, two)
    same(one, two)
    for member in (one, two):
        assert untruths(member.workspace) == []
        member.workspace.close()


def test_what_a_newer_program_wrote_is_parked_and_read_after_the_upgrade(
    pair: Pair,
) -> None:
    one, _ = pair
    edit(one, note="known")
    settle(*pair)
    last = one.hub.ops()[-1]
    newer = [
        last._replace(dev=9, dseq=1, ctx=len(one.hub.log), verb=99, cells={"note": "?"}),
        last._replace(dev=9, dseq=2, ctx=len(one.hub.log), cells={"aura": "blue"}),
        last._replace(
            dev=9, dseq=3, ctx=len(one.hub.log), kind="mood", cells={"colour": "red"}
        )._replace(record=bytes(range(16))),
    ]
    for op in newer:
        one.hub._append(op)
    settle(*pair)
    assert [told(member.storage).parked for member in pair] == [3, 3]
    assert told(one.storage).reports == 0
    cell = Cell("aura", ("focus",), privacy=Privacy.NOTE)
    cells = (*(c for c in PERSON.cells if c.name != "focus"), cell)
    kinds = [k for k in one.storage.catalogue.kinds if k.name != "person"]
    upgraded = Catalogue([*kinds, replace(PERSON, cells=cells)])
    before = one.storage.catalogue
    one.storage.catalogue = upgraded  # type: ignore[misc]
    assert one.round().parked == 2
    assert one.storage.reader.ask("SELECT focus FROM people").value() == "blue"
    one.storage.catalogue = before  # type: ignore[misc]
    with one.storage.transaction():
        change = one.storage.change_under(0)
        change.fold(PERSON, one.workspace.people.ask.everybody()[0].id)
        one.storage.follow(change)


def test_erased_elsewhere_is_blank_here_also_in_free_pages(pair: Pair) -> None:
    one, other = pair
    person = one.workspace.people.ask.everybody()[0]
    edit(other, note="Zitronenfalter")
    settle(*pair)
    assert b"Zitronenfalter" in in_clear(other.folder / "kamdesk.db", KEY)  # positive control
    edit(other, focus="Admiral")  # unsent while it is erased elsewhere
    erase(one.storage, PERSON, person.id)
    one.round()
    other.round()
    settle(*pair)
    for word in (b"Zitronenfalter", b"Admiral"):
        assert word not in in_clear(other.folder / "kamdesk.db", KEY)
    assert [told(member.storage).unsent for member in pair] == [0, 0]
    same(one, other)


def test_erasing_with_a_full_outbox_leaves_no_gap(pair: Pair) -> None:
    one, other = pair
    person = one.workspace.people.ask.everybody()[0]
    for n in range(5):
        edit(one, note=str(n))
    erase(one.storage, PERSON, person.id)
    an_account(one.workspace, "later")
    one.round()
    mine = [op.dseq for op in one.hub.ops() if op.dev == 1]
    assert mine == list(range(1, len(mine) + 1))
    assert any(op.verb == Verb.ERASE for op in one.hub.ops())
    settle(*pair)
    assert other.workspace.people.ask.everybody() == []


def test_a_refused_change_is_handed_to_who_may_make_it(pair: Pair) -> None:
    one, other = pair
    account = one.workspace.accounts.ask.everything()[0]
    edit(other, focus="refused")
    one.hub.grant(2, *both(account.id), given=False)
    other.round()
    (held,) = quarantined(other.storage)
    assert (held.kind, held.account, dict(held.cells)) == (
        "person",
        account.id,
        {"focus": "refused"},
    )
    handed = hand_to_owner(other.storage, [held.id])
    assert handed.name.endswith(".kamdesk.json")
    edit(one, note="own")
    one.hub.grant(3, *both(account.id))
    third = Member(one.folder.parent / "3", one.hub, 3)
    third.round()
    edit(third, focus="meanwhile")
    settle(third, one)
    assert take_in(one.storage, handed.content).kinds == {"person"}
    (conflict,) = conflicts(one.storage)
    third.workspace.close()
    assert sorted(str(side.value) for side in conflict.sides) == ["meanwhile", "refused"]
    edit(one, focus="decided here")
    left = take_in(one.storage, handed.content)
    assert [cell for _, _, cell in left.left] == ["focus"]
    assert one.workspace.people.ask.everybody()[0].focus == "decided here"
    drop(other.storage, [held.id])
    assert quarantined(other.storage) == []
    for content in ("", "[]", "{}", handed.content.replace("person", "mood"), "x" * 9_000_000):
        with pytest.raises(RuleBroken):
            take_in(one.storage, content)


def test_a_restored_file_takes_a_number_of_its_own(pair: Pair) -> None:
    one, other = pair
    edit(one, note="never sent")
    one.storage.remember(FORKED, 1)
    one.round()
    assert one.storage.log.own == 102
    assert one.hub.ops()[-1].cells == {"note": "never sent"}
    assert one.hub.ops()[-1].dev == 102
    settle(*pair)
    same(one, other)


def test_a_backup_brought_back_reuses_no_number(tmp_path: Path, pair: Pair) -> None:
    """The disk is put back by other means: the file itself knows nothing of it."""
    one, other = pair
    state = one.storage.connection.execute("SELECT key, value FROM state").fetchall()
    chains = one.storage.connection.execute("SELECT * FROM chains").fetchall()
    lid = one.storage.reader.ask("SELECT max(lid) FROM op").value()
    before = one.workspace.people.ask.everybody()[0]
    edit(one, note="after the backup")
    one.round()
    other.round()
    _put_back(one, state, chains, lid)
    one.clock.move(minutes=1)
    edit(one, focus="written after coming back")
    assert one.workspace.people.ask.everybody()[0].note == before.note
    settle(*pair)
    assert one.storage.log.own == 102
    keys = [(op.dev, op.dseq) for op in one.hub.ops()]
    assert len(keys) == len(set(keys))
    now = other.workspace.people.ask.everybody()[0]
    assert (now.note, now.focus) == ("after the backup", "written after coming back")
    same(one, other)


def _put_back(one: Member, state: Any, chains: Any, lid: int) -> None:
    execute, many = one.storage.connection.execute, one.storage.connection.executemany
    with one.storage.transaction():
        for table in ("state", "chains", "marks"):
            execute(f"DELETE FROM {table}")
        execute("DELETE FROM op WHERE lid > ?", (lid,))
        execute("DELETE FROM actions WHERE first_lid > ?", (lid,))
        many("INSERT INTO state (key, value) VALUES (?, ?)", [tuple(row) for row in state])
        many("INSERT INTO chains VALUES (?, ?)", [tuple(row) for row in chains])
        position = dict(map(tuple, state))["position"]
        at = one.hub.log[position - 1][0]
        execute("INSERT INTO marks VALUES (?, ?)", (position, at))
        change = one.storage.change_under(0)
        change.fold(PERSON, one.workspace.people.ask.everybody()[0].id)
        one.storage.follow(change)
    one.storage.log.reload()
    one.anew()


def test_refused_numbers_are_said_again_to_a_hub_put_back(pair: Pair) -> None:
    one, other = pair
    account = other.workspace.accounts.ask.everything()[0]
    mine = an_account(other.workspace, "乙")
    other.round()
    kept = one.hub.backup()
    edit(other, note="refused")
    one.hub.grant(2, *both(account.id), given=False)
    other.round()
    other.workspace.accounts.change(
        replace(mine, note="after"), base=mine, seen=other.storage.position()
    )
    other.round()
    assert told(other.storage).quarantined == 1
    one.hub.restore(kept)
    settle(other)
    assert [op.cells for op in one.hub.ops() if op.dev == 2][-1] == {"note": "after"}
    assert told(other.storage).unsent == 0
    settle(one, other)
    assert Direct(other.storage).do(told).quarantined == 1


def test_the_hub_knowing_more_than_was_pushed_is_proven_first(pair: Pair) -> None:
    """The answer was lost, and the desk now speaks in smaller pages."""
    one, other = pair
    for n in range(9):
        edit(one, note=str(n))
    one.line.after = cut
    with pytest.raises(HubTrouble):
        one.round()
    one.line.after = lambda: None
    count = len(one.hub.ops())
    one.anew()
    one.engine._limit = 2
    asked = len(one.hub.asked)
    one.round()
    starts = [ask.start for ask in one.hub.asked[asked:] if isinstance(ask, Exchange)]
    assert starts[1] == starts[0] + 9  # it took the hub's word, and said the chain up to there
    assert (len(one.hub.ops()), one.storage.log.own) == (count, 1)
    assert told(one.storage).unsent == 0
    settle(*pair)
    same(one, other)


def test_a_twin_that_wrote_as_much_is_found_out_in_small_pages(pair: Pair) -> None:
    """The same with another chain: another disk wrote them; nothing here is lost."""
    one, other = pair
    for n in range(9):
        edit(one, note=f"mine {n}")
    writer = one.hub.writers[1]
    first = next(op for op in one.hub.ops() if op.dev == 1)
    for _ in range(5):
        writer.last += 1
        one.hub._append(first._replace(dseq=writer.last, record=bytes(range(16))))
    writer.chain = "of the twin"
    one.engine._limit = 2
    one.round()
    assert one.storage.log.own == 102
    mine = [op.cells["note"] for op in one.hub.ops() if op.dev == 102]
    assert mine == [f"mine {n}" for n in range(9)]
    settle(*pair)
    same(one, other)
