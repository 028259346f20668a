"""Rounds of exchange between real files and a hub in memory: pushed, settled, pulled, once."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from support.desks import KEY, MORNING
from support.invented import a_person, an_account, tables_of
from support.raw_pages import in_clear
from support.schedules import DERIVED
from support.scripted_hub import HOUSE, Member, MemoryHub, both, cut, settle
from support.scripted_members import Pair, a_pair, edit, same

from kamdesk.core.clock import StoppedClock
from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.storage import team
from kamdesk.sync.apart.conflicts import conflicts
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.told import told, unsent_list
from kamdesk.sync.wire.messages import LARGEST_BODY, Exchange, Scope, SnapshotAsk, said


@pytest.fixture
def hub() -> MemoryHub:
    return MemoryHub(StoppedClock(MORNING.plus(minutes=60)))


@pytest.fixture
def pair(tmp_path: Path, hub: MemoryHub) -> Iterator[Pair]:
    yield from a_pair(tmp_path, hub)


def test_first_sync_brings_what_was_granted(pair: Pair) -> None:
    one, other = pair
    assert [p.name for p in other.workspace.people.ask.everybody()] == ["张伟"]
    same(one, other)
    for member in pair:
        found = told(member.storage)
        assert (found.unsent, unsent_list(member.storage), found.trouble) == (0, [], None)
        assert found.last == member.clock.now()
        assert found.reports == 0


def test_what_began_here_is_not_fetched_back(pair: Pair) -> None:
    one, other = pair
    asked = {scope for ask in one.hub.asked for scope in _fetched(ask)}
    account = an_account(one.workspace, "乙", note="all of us read this")
    one.round()
    mine = {scope for ask in one.hub.asked for scope in _fetched(ask)}
    assert mine == asked
    assert one.storage.reader.ask("SELECT count(*) FROM snapshots_under_way").value() == 0
    other.round()  # it stands beyond where the customer began
    one.hub.grant(2, *both(account.id))
    other.round()
    theirs = {scope for ask in one.hub.asked for scope in _fetched(ask)}
    assert theirs - mine == set(both(account.id))  # the positive control: who lacks it, fetches it
    same(one, other)


def _fetched(ask: Exchange | SnapshotAsk) -> list[Scope]:
    return ask.scopes if isinstance(ask, SnapshotAsk) else []


def test_an_idle_round_asks_once_and_moves_nothing(pair: Pair) -> None:
    one, _ = pair
    asked = len(one.hub.asked)
    before = tables_of(one.workspace)
    result = one.round()
    assert len(one.hub.asked) == asked + 1
    assert (result.pushed, result.pulled, result.touched.records) == (0, 0, frozenset())
    assert tables_of(one.workspace) == before


def test_changes_go_both_ways_and_count(pair: Pair) -> None:
    one, other = pair
    edit(one, note="mine")
    assert told(one.storage).unsent == 1
    assert one.round().pushed == 1
    edit(other, focus="theirs")
    result = other.round()
    assert (result.pushed, result.pulled, result.conflicts) == (1, 1, 0)
    assert result.touched.kinds == {"person"}
    settle(*pair)
    same(one, other)


def test_the_same_cell_is_a_conflict_on_both(pair: Pair) -> None:
    one, other = pair
    edit(one, focus="mine")
    edit(other, focus="theirs")
    settle(*pair)
    assert [len(conflicts(member.storage)) for member in pair] == [1, 1]
    same(one, other)


def test_a_lost_answer_is_stored_once(pair: Pair) -> None:
    one, other = pair
    edit(one, note="mine")
    one.line.after = cut
    with pytest.raises(HubTrouble):
        one.round()
    count = len(one.hub.ops())
    assert told(one.storage).trouble is not None
    assert told(one.storage).unsent == 1  # the positive control: the desk does not know yet
    edit(one, focus="later")
    one.line.after = lambda: None
    assert one.round().pushed == 2
    assert len(one.hub.ops()) == count + 1
    assert told(one.storage).trouble is None
    settle(*pair)
    same(one, other)


def test_texts_of_two_paragraphs_become_one_by_one_party(pair: Pair) -> None:
    one, other = pair
    edit(one, note="a\nb\nc")
    settle(*pair)
    edit(one, note="a1\nb\nc")
    edit(other, note="a\nb\nc2")
    one.round()
    count = len(one.hub.ops())
    settle(*pair)
    for member in pair:
        assert member.workspace.people.ask.everybody()[0].note == "a1\nb\nc2"
        assert conflicts(member.storage) == []
    assert len(one.hub.ops()) == count + 2  # theirs, and one that brings both together
    same(one, other)


def test_the_same_sentence_stays_with_the_user(pair: Pair) -> None:
    one, other = pair
    edit(one, note="mine")
    edit(other, note="theirs")
    settle(*pair)
    assert [len(conflicts(member.storage)) for member in pair] == [1, 1]


def test_a_wrong_clock_stamps_its_own_changes_anew(pair: Pair) -> None:
    one, other = pair
    one.clock.move(days=365)
    edit(one, note="a")
    edit(one, focus="b")
    one.round()
    late = [op for op in one.hub.ops() if op.dev == 1][-2:]
    assert [op.wall for op in late] == sorted(op.wall for op in late)
    assert late[-1].wall <= one.hub.clock.now().ms
    edit(other, focus="theirs")
    settle(*pair)
    same(one, other)


def test_a_page_at_a_time_ends(pair: Pair) -> None:
    one, other = pair
    for n in range(30):
        edit(one, note=str(n))
    one.engine._limit = other.engine._limit = 7
    assert one.round().pushed == 30
    assert other.round().pulled == 30
    same(one, other)


def test_what_is_no_page_changes_nothing(pair: Pair) -> None:
    one, other = pair
    edit(other, note="theirs")
    other.round()
    before, position = tables_of(one.workspace), one.storage.position()
    for twist in (
        lambda done: done.__class__(**{**_fields(done), "mark": type(done.mark)(0, 0)}),
        lambda done: done.__class__(**{**_fields(done), "own": [(99999, done.mark.seq + 5)]}),
        lambda done: done.__class__(**{**_fields(done), "ops": [*done.ops, *done.ops]}),
    ):
        one.line.twist = twist
        with pytest.raises(HubTrouble) as trouble:
            one.round()
        assert trouble.value.cause is Cause.GARBLED
        assert (tables_of(one.workspace), one.storage.position()) == (before, position)
    one.line.twist = lambda done: done
    assert one.round().pulled == 1


def _fields(done: object) -> dict[str, object]:
    return {name: getattr(done, name) for name in done.__struct_fields__}


def test_a_refused_change_lies_in_quarantine_and_blocks_nothing(pair: Pair) -> None:
    one, other = pair
    account = other.workspace.accounts.ask.everything()[0]
    edit(other, note="refused")
    one.hub.grant(2, *both(account.id), given=False)
    result = other.round()
    assert (result.pushed, result.quarantined) == (0, 1)
    assert told(other.storage).quarantined == 1
    assert other.workspace.people.ask.everybody() == []
    assert other.workspace.accounts.ask.everything() == []
    assert told(other.storage).unsent == 0
    an_account(other.workspace, "乙")
    assert other.round().pushed > 0  # numbers go on behind it


def test_grant_revoke_and_grant_again(pair: Pair) -> None:
    one, other = pair
    account = one.workspace.accounts.ask.everything()[0]
    edit(other, note="theirs")
    other.round()
    one.hub.grant(2, *both(account.id), given=False)
    other.round()
    ask = other.storage.reader.ask
    assert (
        ask(
            "SELECT count(*) FROM op JOIN scopes ON n = scope WHERE account = ?", account.id
        ).value()
        == 0
    )
    edit(one, focus="meanwhile")
    one.round()
    one.hub.grant(2, *both(account.id))
    settle(*pair)
    same(one, other)
    assert told(other.storage).reports == 0


def test_a_fork_keeps_what_came_and_numbers_the_rest_anew(pair: Pair, tmp_path: Path) -> None:
    one, other = pair
    kept = one.storage.reader.ask("SELECT key, value FROM state")
    edit(one, note="before the copy")
    one.line.after = cut  # the hub has it, this disk does not know
    with pytest.raises(HubTrouble):
        one.round()
    one.line.after = lambda: None
    writer = one.hub.writers[1]
    twin = one.hub.ops()[-1]
    one.hub._append(twin._replace(dseq=writer.last + 1, cells={"note": "by the twin"}))
    writer.last += 1
    writer.chain = "of the twin"
    edit(one, focus="after")
    one.round()
    assert one.storage.log.own == 102
    mine = [(op.dev, op.cells) for op in one.hub.ops()][-3:]
    assert mine == [
        (1, {"note": "before the copy"}),
        (1, {"note": "by the twin"}),
        (102, {"focus": "after"}),
    ]
    settle(*pair)
    same(one, other)
    assert dict(map(tuple, kept))["dev"] == 1


def test_a_hub_put_back_gets_everything_again_and_nothing_twice(pair: Pair) -> None:
    one, other = pair
    kept = one.hub.backup()
    edit(one, note="lost at the hub")
    settle(*pair)
    edit(other, focus="lost too")
    settle(*pair)
    rows = [tables_of(member.workspace, derived=DERIVED) for member in pair]
    one.hub.restore(kept)
    assert "lost at the hub" not in str(one.hub.ops())  # the positive control
    settle(*pair)
    keys = [(op.dev, op.dseq) for op in one.hub.ops()]
    assert len(keys) == len(set(keys))
    assert "lost at the hub" in str(one.hub.ops())
    assert [tables_of(member.workspace, derived=DERIVED) for member in pair] == rows
    same(one, other)


def test_a_scope_that_differs_is_fetched_again_and_reported(pair: Pair) -> None:
    one, other = pair
    edit(one, note="a")
    settle(*pair)
    lid = other.storage.reader.ask("SELECT max(lid) FROM op WHERE dev = 1").value()
    other.storage.connection.execute("DELETE FROM op WHERE lid = ?", (lid,))
    other.round()
    settle(*pair)
    same(one, other)
    assert told(other.storage).reports == 1
    assert told(one.storage).reports == 0


def test_a_snapshot_cut_anywhere_goes_on(tmp_path: Path, hub: MemoryHub) -> None:
    one = Member(tmp_path / "1", hub, 1, name="林晓彤")
    for name in "甲乙丙":
        account = an_account(one.workspace, name)
        a_person(one.workspace, account)
        hub.grant(2, *both(account.id))
    one.round()
    late = Member(tmp_path / "2", hub, 2)
    late.engine._limit = 2
    chance, cuts = Random(7), []

    def sometimes() -> None:
        if chance.random() < 0.4:
            cuts.append(1)
            cut()

    late.line.after = sometimes
    for _ in range(200):
        try:
            late.engine._limit = 2
            late.round()
            break
        except HubTrouble:
            late.anew()
    same(one, late)
    assert len(cuts) > 3
    assert not late.storage.reader.ask("SELECT * FROM snapshots_under_way")
    ops = "SELECT count(*) FROM op WHERE seq NOT NULL"
    assert late.storage.reader.ask(ops).value() == one.storage.reader.ask(ops).value()
    for member in (one, late):
        member.workspace.close()


def test_nothing_of_a_lost_scope_is_left_on_the_disk(pair: Pair) -> None:
    one, other = pair
    account = one.workspace.accounts.ask.everything()[0]
    edit(one, note="Zitronenfalter")
    settle(*pair)
    assert _found(other, "Zitronenfalter")  # the positive control
    one.hub.grant(2, *both(account.id), given=False)
    other.round()
    assert not _found(other, "Zitronenfalter")
    assert not _found(other, account.name)
    assert _found(one, "Zitronenfalter")
    assert HOUSE in one.hub._rights(2)
    assert other.storage.number(team.SETTLED) == other.storage.number("dseq")


def _found(member: Member, word: str) -> bool:
    return word.encode() in in_clear(member.folder / "kamdesk.db", KEY)


def test_heavy_changes_go_in_pages_a_hub_can_take(pair: Pair) -> None:
    one, _ = pair
    for n in range(40):
        edit(one, note=f"{n}" + "字" * 90_000)
    one.round()
    sizes = [len(said(ask)) for ask in one.hub.asked if isinstance(ask, Exchange)]
    assert sum(sizes) > LARGEST_BODY  # the positive control: at once it would be too much
    assert max(sizes) < LARGEST_BODY
    assert told(one.storage).unsent == 0


def test_many_changes_are_taken_in_by_few_statements(pair: Pair) -> None:
    one, other = pair
    many = [
        Account(id=AccountId(one.storage.new_id()), name=f"客户 {n}", city="上海", phone=f"{n}")
        for n in range(300)
    ]
    with one.storage.change(Text("Import")) as change:
        change.put_all(ACCOUNT, many)
    one.round()
    one.hub.grant(2, *(scope for account in many for scope in both(account.id)))
    said_to_file: list[str] = []
    other.storage.connection.set_trace_callback(said_to_file.append)
    other.round()
    other.storage.connection.set_trace_callback(None)
    alone = [sql for sql in said_to_file if "FROM op " in sql and "WHERE eid = " in sql]
    assert len(alone) < 30  # nothing is asked of each record by itself
    assert len(other.workspace.accounts.ask.everything()) == 301
