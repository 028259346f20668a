"""The due list from the file: what counts, who is listed, agreements, pauses, erasing, undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from support.asked import statements
from support.customers import Lanchuan, lanchuan
from support.desks import untruths

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, made_on
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.cadence.duty import Channel, DueWord, Source
from kamdesk.domain.cadence.store import PAUSE
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.visits.model import Attendee, Side, VisitKind, VisitState
from kamdesk.dossier.due import DueCounts, DueLine, due_list, no_duty_because, read_due
from kamdesk.storage.erasing import erase
from kamdesk.workspace import Workspace

TODAY = date(2026, 3, 12)


@pytest.fixture
def found(desk: Workspace) -> Lanchuan:
    """A core customer with a chain."""
    return lanchuan(desk)


def a_customer(desk: Workspace, name: str = "华东重工", **fields: Any) -> AccountId:
    """Return a customer of mine, high potential unless said."""
    given = {"class_by_hand": AccountClass.HIGH_POTENTIAL, "owner": desk.team.me, **fields}
    made = replace(desk.accounts.new(name), **given)
    desk.accounts.add(made)
    return made.id


def a_visit(desk: Workspace, account: AccountId, day: date, **fields: Any) -> None:
    """Log a visit, held, an hour long and with a purpose unless said."""
    made = desk.visits.new(account, Instant.at(day, 10))
    given: dict[str, Any] = {"state": VisitState.HELD, "objective": "季度回顾", **fields}
    who = given.pop("who", None)
    seats = [Attendee.at(made, who, Side.THEIRS)] if who else []
    desk.visits.plan(replace(made, **given), *seats)


def listed(desk: Workspace, **asked: Any) -> list[DueLine]:
    return due_list(desk.storage.reader, today=TODAY, **asked)


def of_customer(desk: Workspace, account: AccountId, **asked: Any) -> DueLine:
    """Return the one line of the customer itself."""
    (line,) = (one for one in listed(desk, account=account, **asked) if one.person is None)
    return line


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({}, True),
        ({"state": VisitState.CLOSED}, True),
        ({"kind": VisitKind.VIDEO, "minutes": 20}, True),
        ({"objective": "", "outcome": "定了"}, True),
        ({"objective": "", "topic": "试点"}, True),
        ({"objective": "", "said": "聊了预算"}, True),
        ({"objective": ""}, False),
        ({"minutes": 19}, False),
        ({"kind": VisitKind.CALL}, False),
        ({"kind": VisitKind.EVENT}, False),
        ({"state": VisitState.PLANNED}, False),
        ({"state": VisitState.DROPPED}, False),
    ],
)
def test_what_counts_as_a_visit(desk: Workspace, fields: dict[str, Any], counts: bool) -> None:
    account = a_customer(desk)
    a_visit(desk, account, date(2026, 1, 20), **fields)
    line = of_customer(desk, account)
    assert line.last == (date(2026, 1, 20) if counts else None)
    assert line.word is (DueWord.ON_TRACK if counts else DueWord.NEVER)
    assert line.cycle.done == int(counts)
    assert untruths(desk) == []


def test_a_contact_taken_back_no_longer_counts(desk: Workspace) -> None:
    account = a_customer(desk)
    a_visit(desk, account, date(2025, 10, 8))
    a_visit(desk, account, date(2026, 3, 2))
    assert of_customer(desk, account).last == date(2026, 3, 2)
    desk.undo.undo()
    assert of_customer(desk, account).last == date(2025, 10, 8)
    assert of_customer(desk, account).word is DueWord.OVERDUE
    desk.undo.redo()
    assert of_customer(desk, account).last == date(2026, 3, 2)


def test_a_visit_of_a_day_to_come_does_not_count_yet(desk: Workspace) -> None:
    account = a_customer(desk)
    a_visit(desk, account, date(2062, 3, 2))
    assert of_customer(desk, account).last is None


def test_the_next_planned_visit_is_said(desk: Workspace) -> None:
    account = a_customer(desk)
    for day in (date(2026, 3, 2), date(2026, 4, 9), date(2026, 3, 25)):
        a_visit(desk, account, day, state=VisitState.PLANNED)
    assert of_customer(desk, account).planned == date(2026, 3, 25)


def test_executives_are_listed_and_who_left_is_not(desk: Workspace, found: Lanchuan) -> None:
    def names() -> dict[str, Source]:
        lines = listed(desk, account=found.account.id)
        return {one.person_name: one.source for one in lines if one.person}

    assert names() == {"陈立新": Source.ROLE, "李敏": Source.ROLE}
    desk.people.leave(found.people["李敏"], last_day=date(2026, 2, 1))
    desk.people.restrict(found.people["陈立新"], "不愿被联系")
    assert names() == {}


def test_somebody_new_in_a_post_is_greeted_and_visited(desk: Workspace) -> None:
    account = a_customer(desk)
    person = desk.people.new("新人", account)
    desk.people.add(person)
    desk.people.take_post(person, "设备主管", since=TODAY - timedelta(days=4))
    lines = listed(desk, person=person.id)
    assert {(one.channel, one.due) for one in lines} == {
        (Channel.TOUCH, TODAY + timedelta(days=1)),  # we learnt it today
        (Channel.VISIT, date(2026, 3, 19)),
    }
    a_visit(desk, account, TODAY, kind=VisitKind.CALL, who=person.id)
    assert [one.channel for one in listed(desk, person=person.id)] == [Channel.VISIT]
    a_visit(desk, account, TODAY, who=person.id)
    assert listed(desk, person=person.id) == []


def test_my_list_holds_my_customers_and_nobodys(desk: Workspace) -> None:
    other = desk.team.new("许航")
    desk.team.add(other)
    mine, nobodys = a_customer(desk, "甲"), a_customer(desk, "乙", owner=None)
    theirs = a_customer(desk, "丙", owner=other.id)
    assert {one.account for one in listed(desk, me=desk.team.me)} == {mine, nobodys}
    assert {one.account for one in listed(desk)} == {mine, nobodys, theirs}


def test_the_most_urgent_comes_first(desk: Workspace) -> None:
    days = {"甲": (AccountClass.MAINTAIN, 240), "乙": (AccountClass.CORE, 40), "丙":
            (AccountClass.CORE, 26), "丁": (AccountClass.HIGH_POTENTIAL, 10)}  # fmt: skip
    for name, (word, ago) in days.items():
        account = a_customer(desk, name, class_by_hand=word)
        a_visit(desk, account, TODAY - timedelta(days=ago))
    assert [one.account_name for one in listed(desk)] == ["乙", "甲", "丙", "丁"]
    assert [one.account_name for one in listed(desk, words={DueWord.SOON})] == ["丙"]
    assert [one.account_name for one in listed(desk, most=1)] == ["乙"]
    assert read_due(desk.storage.reader, today=TODAY).counts == DueCounts(0, 2, 1, 1, 0, 0)


def test_calls_are_listed_where_asked_for_or_all_there_is(desk: Workspace) -> None:
    account = a_customer(desk)
    assert [one.channel for one in listed(desk, account=account)] == [Channel.VISIT]
    both = listed(desk, account=account, touches=True)
    assert {one.channel for one in both} == {Channel.VISIT, Channel.TOUCH}
    improve = a_customer(desk, "乙", class_by_hand=AccountClass.TO_IMPROVE)
    assert [one.channel for one in listed(desk, account=improve)] == [Channel.TOUCH]
    desk.cadence.ask_to_improve(False)
    assert listed(desk, account=improve) == []
    said = no_duty_because(desk.storage.reader, improve, today=TODAY)
    assert said is not None
    assert "switched off" in said.plain
    desk.cadence.ask_to_improve(True)
    assert no_duty_because(desk.storage.reader, improve, today=TODAY) is None


def test_without_a_class_nothing_is_asked_for_and_that_is_said(desk: Workspace) -> None:
    account = a_customer(desk, class_by_hand=None)
    assert listed(desk, account=account) == []
    said = no_duty_because(desk.storage.reader, account, today=TODAY)
    assert said is not None
    assert said.plain.startswith("No class yet")
    assert read_due(desk.storage.reader, today=TODAY).counts.unclassed == 1
    desk.cadence.agree(desk.cadence.new_agreement(account, 20))
    assert of_customer(desk, account).source is Source.AGREEMENT
    assert read_due(desk.storage.reader, today=TODAY).counts.unclassed == 0


def test_one_pause_for_many_is_one_action(desk: Workspace) -> None:
    accounts = [a_customer(desk, name) for name in "甲乙丙"]
    until = TODAY + timedelta(days=20)
    desk.cadence.pause([*accounts, accounts[0]], until=until, because="招标静默期")
    lines = listed(desk)
    assert [one.word for one in lines] == [DueWord.PAUSED] * 3
    assert {(one.paused_until, one.paused_because) for one in lines} == {(until, "招标静默期")}
    desk.cadence.resume(accounts[:1])
    assert [one.word for one in listed(desk, account=accounts[0])] == [DueWord.NEVER]
    desk.undo.undo()
    desk.undo.undo()
    assert {one.word for one in listed(desk)} == {DueWord.NEVER}
    assert untruths(desk) == []


def test_a_pause_ends_yesterday_when_one_goes_on(desk: Workspace) -> None:
    account = a_customer(desk)
    desk.cadence.pause([account], until=TODAY + timedelta(days=20), because="停产检修")
    (pause,) = desk.cadence.ask.pauses(account)
    earlier = replace(pause, since=TODAY - timedelta(days=9))
    with desk.storage.change(Text("Pause earlier")) as change:
        change.put(PAUSE, earlier, base=pause)
    desk.cadence.resume([account])
    assert desk.cadence.ask.pause(pause.id).until == TODAY - timedelta(days=1)
    assert not desk.cadence.resume([account])


def test_an_agreement_is_kept_changed_and_ended(desk: Workspace) -> None:
    account = a_customer(desk)
    made = replace(desk.cadence.new_agreement(account, 20), note=" 每月 5 日\n发货后 ")
    desk.cadence.agree(made)
    (kept,) = desk.cadence.ask.agreements(account)
    assert (kept.every, kept.since, kept.note) == (20, TODAY, "每月 5 日\n发货后")
    seen = desk.storage.position()
    begun = replace(kept, every=14, since=TODAY - timedelta(days=30))
    desk.cadence.change(begun, base=kept, seen=seen)
    assert of_customer(desk, account).every == 14
    desk.cadence.end(kept.id, seen=seen)
    assert desk.cadence.ask.agreement(kept.id).until == TODAY - timedelta(days=1)
    assert of_customer(desk, account).source is Source.CLASS
    desk.cadence.agree(desk.cadence.new_agreement(account, 5))
    today_s = desk.cadence.ask.agreements(account)[-1]
    desk.cadence.end(today_s.id, seen=seen)  # it never held: it goes
    assert desk.cadence.ask.agreements(account) == [replace(begun, until=TODAY - timedelta(days=1))]


@pytest.mark.parametrize(
    ("refused", "at"),
    [
        (lambda desk, a: desk.cadence.agree(desk.cadence.new_agreement(a, 0)), "every"),
        (lambda desk, a: desk.cadence.pause([a], until=TODAY, because=" "), "because"),
        (lambda desk, a: desk.cadence.pause([a], until=date(2026, 3, 11), because="x"), "until"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    desk: Workspace, refused: Callable[[Workspace, AccountId], object], at: str
) -> None:
    account = a_customer(desk)
    with pytest.raises(RuleBroken) as said:
        refused(desk, account)
    assert said.value.field == at
    assert desk.cadence.ask.agreements(account) == []
    assert desk.cadence.ask.pauses(account) == []


def test_what_was_agreed_about_somebody_goes_with_them(desk: Workspace, found: Lanchuan) -> None:
    account, person = found.account.id, found.people["李敏"]
    desk.cadence.agree(desk.cadence.new_agreement(account, 60, person=person))
    desk.cadence.agree(desk.cadence.new_agreement(account, 20))
    desk.cadence.pause([account], person=person, until=date(2026, 9, 1), because="产假")
    assert [one.word for one in listed(desk, person=person)] == [DueWord.PAUSED]
    erase(desk.storage, PERSON, person, texts=True)
    assert [one.person for one in desk.cadence.ask.agreements(account)] == [None]
    assert desk.cadence.ask.pauses(account) == []
    assert untruths(desk) == []


def test_too_many_visits_are_said(desk: Workspace) -> None:
    account = a_customer(desk)
    for ago in (3, 20, 40):
        a_visit(desk, account, TODAY - timedelta(days=ago))
    said = of_customer(desk, account).too_often
    assert said is not None
    assert said.plain == "3 visits in 91 days, more than twice what the class asks"


def test_a_list_takes_few_statements_however_many_are_on_it(desk: Workspace) -> None:
    a_customer(desk, "一")
    one = len(statements(desk, lambda: listed(desk)))
    for n in range(30):
        a_customer(desk, f"客户{n}")
    assert len(statements(desk, lambda: listed(desk))) == one < 15


def test_an_id_tells_the_day_it_was_made(desk: Workspace) -> None:
    assert made_on(desk.storage.new_id()) == TODAY
    assert made_on(b"\xff" * 16) is None
    assert made_on(b"short") is None


def test_what_was_there_before_the_step_counts_after_it(desk: Workspace, found: Lanchuan) -> None:
    from sqlite_utils import Database

    from kamdesk.storage.migrations.m0025_cadence import step

    a_visit(desk, found.account.id, TODAY, who=found.people["李敏"])
    before = listed(desk)
    connection = desk.storage.connection
    connection.executescript("""
        DROP TABLE agreements; DROP TABLE pauses; DROP INDEX visits_contact;
        DROP INDEX readings_rank; DROP INDEX holdings_new;
        ALTER TABLE visits DROP COLUMN contact;
        ALTER TABLE person_standing DROP COLUMN last_real;
    """)
    step(Database(connection, execute_plugins=False))
    assert listed(desk) == before
    assert {one.last for one in before if one.person_name in ("", "李敏")} == {TODAY}
    assert untruths(desk) == []
