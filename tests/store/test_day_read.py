"""The day of a colleague: whose visits it shows, what lacks, what is over, what is due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kamdesk.core.clock import Instant
from kamdesk.core.wording import say
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.chain.standing import What
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import Attendee, Side, Visit, VisitState
from kamdesk.dossier.day import MOST, DayRead, read_day
from kamdesk.workspace import Workspace

DAY = date(2026, 3, 12)


def an_account(desk: Workspace, name: str = "华东重工", **fields) -> Account:
    account = replace(desk.accounts.new(name), **fields)
    desk.accounts.add(account)
    return account


def a_visit(desk: Workspace, account: Account, hour: int, *seats, day=DAY, **fields) -> Visit:
    visit = replace(desk.visits.new(account.id, Instant.at(day, hour)), **fields)
    desk.visits.plan(visit, *(Attendee.at(visit, who, side) for who, side in seats))
    return visit


def the_day(desk: Workspace, day: date | None = None) -> DayRead:
    return read_day(desk.storage.reader, day, now=desk.clock.now(), me=desk.team.me)


@pytest.fixture
def other(desk: Workspace):
    colleague = desk.team.new("许航")
    desk.team.add(colleague)
    return colleague


def test_mine_are_those_i_sit_at_and_those_of_my_customers(desk: Workspace, other) -> None:
    mine, theirs = an_account(desk, owner=desk.team.me), an_account(desk, owner=other.id)
    shown = [
        a_visit(desk, mine, 9),
        a_visit(desk, theirs, 10, (desk.team.me, Side.OURS), (other.id, Side.OURS)),
        a_visit(desk, an_account(desk), 11),
    ]
    a_visit(desk, theirs, 12)
    a_visit(desk, mine, 13, (other.id, Side.OURS))
    a_visit(desk, mine, 14, state=VisitState.DROPPED)
    a_visit(desk, mine, 9, day=DAY + timedelta(days=1))
    assert [one.id for one in the_day(desk).meetings] == [visit.id for visit in shown]
    everybody = read_day(desk.storage.reader, None, now=desk.clock.now(), me=None)
    assert len(everybody.meetings) == 5


def test_a_day_is_the_users_own_from_midnight_to_midnight(desk: Workspace) -> None:
    account = an_account(desk)
    early = a_visit(desk, account, 0)
    late = replace(desk.visits.new(account.id, Instant.at(DAY, 23, 59)), minutes=30)
    desk.visits.plan(late)
    a_visit(desk, account, 0, day=DAY + timedelta(days=1))
    assert [one.id for one in the_day(desk).meetings] == [early.id, late.id]


def test_what_lacks_is_said_by_weight(desk: Workspace) -> None:
    account = an_account(desk)
    person = desk.people.new("李敏", account.id)
    desk.people.add(person)
    a_visit(desk, account, 10)
    a_visit(desk, account, 11, (person.id, Side.THEIRS), objective="定下日期", questions="谁批？")
    a_visit(desk, account, 12, (person.id, Side.THEIRS), objective="定下日期")
    bare, no_questions = the_day(desk).to_prepare
    assert [say(words, "en") for words in bare.lacks] == [
        "no objective yet",
        "nobody of theirs named",
        "no questions noted",
    ]
    assert [say(words, "en") for words in no_questions.lacks] == ["no questions noted"]


def test_what_is_over_and_not_closed_is_to_be_written_up(desk: Workspace) -> None:
    account = an_account(desk)
    held = a_visit(desk, account, 9, day=DAY - timedelta(days=2), state=VisitState.HELD)
    planned = a_visit(desk, account, 9, day=DAY - timedelta(days=1))
    a_visit(desk, account, 9, day=DAY - timedelta(days=3), state=VisitState.CLOSED, next_step="x")
    a_visit(desk, account, 9, day=DAY - timedelta(days=90), state=VisitState.HELD)
    a_visit(desk, account, 8, minutes=60)  # runs now, at 8:10
    assert [one.id for one in the_day(desk).to_write_up] == [planned.id, held.id]


def test_the_next_is_what_runs_or_comes(desk: Workspace) -> None:
    account = an_account(desk)
    a_visit(desk, account, 7, minutes=30)
    running = a_visit(desk, account, 8, minutes=60)
    a_visit(desk, account, 10)
    day = the_day(desk)
    assert day.next().id == running.id
    assert day.next(Instant.at(DAY, 23)) is None
    assert the_day(desk, DAY + timedelta(days=1)).next() is None


def test_who_sits_there_comes_with_stance_and_first_time(desk: Workspace) -> None:
    account = an_account(desk)
    li, wang, gone = (desk.people.new(name, account.id) for name in ("李敏", "王镕", "周某"))
    for person in (li, wang, gone):
        desk.people.add(person)
    chain = desk.chain.open_map(account.id)
    for day, value in ((date(2026, 1, 1), "1"), (date(2026, 2, 1), "-1"), (date(2026, 4, 1), "1")):
        desk.chain.judge(desk.chain.reading(chain, li.id, What.STANCE, value, on=day))
    a_visit(desk, account, 9, (li.id, Side.THEIRS), day=date(2026, 2, 3), state=VisitState.HELD)
    a_visit(desk, account, 10, *((one.id, Side.THEIRS) for one in (li, wang, gone)))
    desk.people.restrict(gone.id, "asked us to")
    (meeting,) = the_day(desk).meetings
    assert [(one.name, one.stance, one.first_time) for one in meeting.theirs] == [
        ("李敏", -1, False),
        ("王镕", None, True),
    ]
    assert meeting.not_shown == 1


def test_promises_due_are_mine_overdue_first_and_cut(desk: Workspace, other) -> None:
    mine, theirs = an_account(desk, owner=desk.team.me), an_account(desk, owner=other.id)

    def promise(account: Account, words: str, days: int, side=PromiseSide.OURS, **fields) -> None:
        made = desk.promises.new(account.id, side, words)
        desk.promises.make(replace(made, due=DAY + timedelta(days=days), **fields))

    promise(mine, "soon", 5)
    promise(mine, "late", -3)
    promise(theirs, "mine elsewhere", 0, colleague=desk.team.me)
    promise(mine, "another's", 0, colleague=other.id)
    promise(theirs, "not mine", 0)
    promise(mine, "far", 30)
    promise(mine, "kept", 0, state=PromiseState.KEPT)
    for number in range(MOST + 1):
        promise(mine, f"theirs {number}", number - 20, PromiseSide.THEIRS)
    day = the_day(desk)
    assert [line.words for line in day.ours] == ["late", "mine elsewhere", "soon"]
    assert len(day.theirs) == MOST
    assert day.more == {"theirs"}


def test_a_workspace_without_customers_says_so(desk: Workspace) -> None:
    assert not the_day(desk).has_customers
    an_account(desk)
    assert the_day(desk).has_customers
