"""Faults 1, 3, 4, 16 and 22: a push told twice, two at once, one bad op, two windows."""

import threading
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError
from support.everywhere import everywhere
from support.in_process import Fate
from support.team import Team
from support.team_deeds import account, look, person, save
from support.team_desk import TeamDesk
from support.team_mutants import Mutant

from kamdesk.hub import turn
from kamdesk.hub.push import Taking
from kamdesk.sync.engine import Engine
from kamdesk.sync.post import HubTrouble
from kamdesk.sync.quarantine import quarantined
from kamdesk.sync.wire.messages import Answer, Exchange


@pytest.mark.parametrize("fate", [Fate.UNANSWERED, Fate.TWICE, Fate.LATE])
def test_fault_01_a_push_that_comes_twice_is_stored_once(each_team: Team, fate: Fate) -> None:
    team = each_team
    boss, other = team.desks[0], team.colleague()
    save(team, boss, website="§once")
    team.exchange(boss, fate)
    head = team.hub.head()
    boss.line.deliver_late()
    team.exchange(boss)
    assert team.hub.head() == head
    assert team.at_rest() == []
    assert account(other).website == "§once"


def test_fault_01_control_without_remembering_it_stands_twice(team: Team) -> None:
    with Mutant.NO_IDEMPOTENCY.at_work():
        save(team, team.desks[0], website="§once")
        team.exchange(team.desks[0], Fate.UNANSWERED)
        assert team.at_rest() != []


def test_fault_01_a_refusal_whose_answer_is_lost_is_said_again(team: Team) -> None:
    other = _reader(team)
    save(team, other, website="§not mine")
    team.exchange(other, Fate.UNANSWERED)
    assert quarantined(other.storage) == []
    assert team.at_rest() == []
    assert [op.cells for op in quarantined(other.storage)] == [{"website": "§not mine"}]


def _reader(team: Team) -> TeamDesk:
    other = team.let_in("reader")
    for one in team.accounts:
        team.hub.grant("reader", one.id, "internal", "read")
    other.round()
    return other


def _inverted(team: Team) -> list[str]:
    """Let a push that has its places be slow to commit while another comes and a third reads."""
    boss, second, reader = team.desks[0], team.colleague("second"), team.colleague("third")
    save(team, boss, website="§slow")
    save(team, second, phone="§quick")
    holding, go_on = threading.Event(), threading.Event()

    @event.listens_for(team.hub.hub.engine, "commit")
    def _wait(_connection: object) -> None:
        if threading.current_thread() is slow:
            holding.set()
            go_on.wait(20)

    assert boss.post is not None
    asked = _asked(boss)
    slow = threading.Thread(target=boss.post.exchange, args=(asked,))
    quick = threading.Thread(target=second.post.exchange, args=(_asked(second),))  # type: ignore[union-attr]
    slow.start()
    assert holding.wait(20)
    quick.start()
    quick.join(0.3)
    team.exchange(reader)
    go_on.set()
    slow.join(20)
    quick.join(20)
    event.remove(team.hub.hub.engine, "commit", _wait)
    return team.at_rest()


def _asked(desk: TeamDesk) -> Exchange:
    """Return what a desk would say to the hub now, without saying it."""
    heard: list[Exchange] = []

    class _Unsaid(BaseException):
        pass

    class _Listens:
        def exchange(self, ask: Exchange) -> Answer:
            heard.append(ask)
            raise _Unsaid

    with pytest.raises(_Unsaid):
        Engine(desk, _Listens()).round()  # type: ignore[arg-type]
    return heard[0]


def test_fault_03_commits_in_another_order_leave_no_gap(making: Callable[..., Team]) -> None:
    team = making("postgres")
    assert _inverted(team) == []
    assert (account(team.desks[2]).website, account(team.desks[2]).phone) == ("§slow", "§quick")


def test_fault_03_control_numbers_before_others_can_see_them(making: Callable[..., Team]) -> None:
    team = making("postgres")
    team.colleague()
    with Mutant.NAIVE_CURSOR.at_work():
        save(team, team.desks[0], website="§late")
        team.exchange(team.desks[0])
        save(team, team.desks[1], phone="§early")
        team.exchange(team.desks[1])
        assert team.at_rest() != []


def _beside_an_open_transaction(team: Team) -> None:
    other = team.colleague()
    engine = team.hub.hub.engine
    with engine.connect() as unrelated:
        unrelated.execute(text("CREATE TABLE elsewhere (n integer)"))  # it has a number of its own
        unrelated.execute(text("SELECT count(*) FROM op")).scalar()
        _no_patience(team)
        save(team, team.desks[0], website="§meanwhile")
        assert team.at_rest() == []
        assert account(other).website == "§meanwhile"


def test_fault_04_an_open_transaction_elsewhere_holds_nobody_up(
    making: Callable[..., Team],
) -> None:
    _beside_an_open_transaction(making("postgres"))


def test_fault_04_control_where_a_push_locks_the_log_it_does(making: Callable[..., Team]) -> None:
    team = making("postgres")
    plain = turn.lock

    def whole(connection: Connection, tenant: int) -> None:
        plain(connection, tenant)
        connection.execute(text("LOCK TABLE op IN ACCESS EXCLUSIVE MODE"))

    with everywhere(plain, whole), pytest.raises(DBAPIError, match="lock timeout"):
        _beside_an_open_transaction(team)


def test_fault_04_control_one_that_holds_the_counter_does(making: Callable[..., Team]) -> None:
    team = making("postgres")
    engine = team.hub.hub.engine
    with engine.connect() as related:
        related.execute(text("SELECT head FROM tenant FOR UPDATE")).all()
        _no_patience(team)
        save(team, team.desks[0], website="§meanwhile")
        with pytest.raises(DBAPIError, match="lock timeout"):
            team.exchange(team.desks[0])


def _no_patience(team: Team) -> None:
    @event.listens_for(team.hub.hub.engine, "begin")
    def _begin(connection: object) -> None:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '500ms'")  # type: ignore[attr-defined]


def _one_bad_op(team: Team) -> TeamDesk:
    other = team.let_in("other")
    team.hub.grant("other", account(team.desks[0], "甲").id)
    team.hub.grant("other", account(team.desks[0], "乙").id, "internal", "read")
    other.round()
    save(team, other, website="§first")
    save(team, other, look(other, account(other, "乙")), website="§no right")
    save(team, other, look(other, person(other)), focus="§last")
    assert team.at_rest() == []
    return other


def test_fault_16_one_bad_op_in_the_middle_alone_is_refused(each_team: Team) -> None:
    team = each_team
    other, boss = _one_bad_op(team), team.desks[0]
    assert (account(boss).website, person(boss).focus) == ("§first", "§last")
    assert account(boss, "乙").website is None or account(boss, "乙").website != "§no right"
    assert [op.cells for op in quarantined(other.storage)] == [{"website": "§no right"}]
    assert account(other, "乙").website != "§no right"


def test_fault_16_control_what_follows_a_bad_op_is_refused_with_it(team: Team) -> None:
    plain, refused = Taking._reason, list[str]()

    def reason(taking: Taking, one: Any, states: Any, rights: Any) -> str | None:
        refused.extend(filter(None, [plain(taking, one, states, rights)]))
        return refused[-1] if refused else None

    with patch.object(Taking, "_reason", reason):
        other = _one_bad_op(team)
    assert person(team.desks[0]).focus != "§last"
    assert len(quarantined(other.storage)) == 2


def _two_windows(team: Team, between: Callable[[TeamDesk], None]) -> None:
    """Let another window do a whole exchange while the request of one is out."""
    boss = team.desks[0]
    save(team, boss, website="§one")

    class _Sleeps:
        """The post of the first window: its request is out while the second does all it likes."""

        def __init__(self) -> None:
            self.slept = False

        def exchange(self, ask: Exchange) -> Answer:
            if not self.slept:
                self.slept = True
                team.exchange(boss)
                save(team, boss, phone="§two")
                team.exchange(boss)
                between(boss)
                save(team, boss, short_name="§three")
            assert boss.post is not None
            return boss.post.exchange(ask)

        def __getattr__(self, name: str) -> object:
            return getattr(boss.post, name)

    Engine(boss, _Sleeps()).round()  # type: ignore[arg-type]


def test_fault_22_two_windows_on_one_file_give_no_number_twice(each_team: Team) -> None:
    team = each_team
    boss, other = team.desks[0], team.colleague()
    _two_windows(team, lambda desk: None)
    assert team.at_rest() == []
    seen = account(other)
    assert (seen.website, seen.phone, seen.short_name) == ("§one", "§two", "§three")
    assert boss.storage.number("dev") == team.hub.first_number(boss)


def test_fault_22_control_a_window_that_counts_for_itself_is_noticed(team: Team) -> None:
    team.colleague()

    def counts_for_itself(desk: TeamDesk) -> None:
        last = desk.storage.number("dseq")
        with desk.storage.transaction():
            desk.storage.connection.execute("DELETE FROM op WHERE dseq = ?", (last,))
            desk.storage.keep("dseq", last - 1)

    try:
        _two_windows(team, counts_for_itself)
        broken = team.at_rest()
    except HubTrouble as trouble:
        broken = [str(trouble.cause)]
    boss = team.desks[0]
    assert broken or boss.storage.number("dev") != team.hub.first_number(boss)
