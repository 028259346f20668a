"""Fault 17: desks of several versions on one hub; what one does not know it keeps for later."""

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Raw
from msgspec.structs import replace
from support.everywhere import everywhere
from support.team import Team
from support.team_deeds import account, save
from support.team_desk import TeamDesk

from kamdesk.storage.catalogue import Catalogue
from kamdesk.sync.told import told
from kamdesk.sync.wire.messages import Answer, Exchange
from kamdesk.workspace import catalogue


@contextmanager
def older_program(desk: TeamDesk, without: str) -> Iterator[None]:
    """Let a desk run a program that does not know a kind of record yet."""
    plain = catalogue
    old = Catalogue(kind for kind in plain().kinds if kind.name != without)

    def older() -> Catalogue:
        return old

    with everywhere(plain, older):
        desk.restart()
    yield
    desk.restart()


def test_fault_17_what_an_older_program_does_not_know_is_parked_and_replayed(team: Team) -> None:
    boss, other = team.desks[0], team.colleague()
    with older_program(other, "person"):
        for n in range(3):
            somebody = boss.workspace.people.new(f"§person {n}", account(boss).id)
            with team.ledger.noting(boss):
                boss.workspace.people.add(somebody)
        save(team, boss, website="§known")
        for desk in (boss, other):
            team.exchange(desk)
        assert told(other.storage).parked > 0
        assert account(other).website == "§known"
        save(team, other, phone="§from the older one")
        team.exchange(other)
        assert told(other.storage).unsent == 0
        assert told(other.storage).reports == 0  # they count for the checksum
    team.exchange(other)
    assert told(other.storage).parked == 0
    assert team.at_rest() == []
    people = {one.name for one in other.workspace.people.ask.everybody()}
    assert {"§person 0", "§person 1", "§person 2"} <= people
    assert account(boss).phone == "§from the older one"


def _newer(desk: TeamDesk) -> None:
    """Let what a desk says name a cell and a verb that nobody knows yet."""
    assert desk.post is not None
    plain = desk.post.exchange

    def exchange(ask: Exchange) -> Answer:
        ops = [
            replace(op, cells=Raw(bytes(op.cells).replace(b'"website"', b'"city_of_the_future"')))
            for op in ask.ops
        ]
        return plain(replace(ask, ops=ops))

    desk.post.exchange = exchange  # type: ignore[method-assign]


def test_fault_17_cells_of_the_future_pass_through_hub_and_desk(each_team: Team) -> None:
    team = each_team
    boss, other, newer = team.desks[0], team.colleague(), team.colleague("newer")
    _newer(newer)
    newer.workspace.accounts.change(
        _with_city(newer), base=account(newer), seen=newer.storage.position()
    )
    newer.round()
    for desk in (boss, other):
        save(team, desk, phone=f"§{desk.user}")
        team.exchange(desk)
    assert told(other.storage).parked == told(boss.storage).parked == 1
    cells = [name for op in team.hub.log() for name in op.cells]
    assert "city_of_the_future" in cells
    save(team, other, short_name="§alive")
    team.exchange(other)
    team.exchange(boss)
    assert account(boss).short_name == "§alive"
    assert told(boss.storage).reports == told(other.storage).reports == 0
    assert told(boss.storage).unsent == told(other.storage).unsent == 0


def _with_city(desk: TeamDesk) -> object:
    from dataclasses import replace as changed

    return changed(account(desk), website="§future")


def test_fault_17_control_an_op_that_is_dropped_is_missed(team: Team) -> None:
    """Were the unknown thrown away instead of parked, the upgrade would not bring it back."""
    boss, other = team.desks[0], team.colleague()
    with older_program(other, "person"):
        somebody = boss.workspace.people.new("§person", account(boss).id)
        with team.ledger.noting(boss):
            boss.workspace.people.add(somebody)
        for desk in (boss, other):
            team.exchange(desk)
        execute = other.storage.connection.execute
        execute("DELETE FROM op WHERE lid IN (SELECT lid FROM parked)")
        execute("DELETE FROM parked")
    assert any(line.startswith(("1 ", "5 ", "6 ")) for line in team.at_rest())
