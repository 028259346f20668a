"""A week read for the planner: what stands in it, who is due and why, what it does not know."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.asked import statements
from support.week_day import MONDAY, a_customer, a_visit_at, at_home, named, on, the_week

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AppointmentId, CalendarId
from kamdesk.core.spot import Spot
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.appointments.model import Appointment, Calendar, stored_time
from kamdesk.domain.appointments.store import APPOINTMENT, CALENDAR
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Firmness, VisitKind, VisitState
from kamdesk.domain.week.model import ANYWHERE, Bond, Window
from kamdesk.domain.week.planning import first
from kamdesk.dossier.week import read_week
from kamdesk.dossier.week_read import Pin, What
from kamdesk.workspace import Workspace


def said(item) -> list[str]:
    return [reason.said.plain for reason in item.reasons]


def test_visits_stand_as_firmly_as_was_said(desk: Workspace) -> None:
    account = a_customer(desk, "华东重工", of=None)
    for hour, firmness in ((9, Firmness.AGREED), (11, Firmness.PINNED), (14, Firmness.LOOSE)):
        a_visit_at(desk, account, on(1, hour), firmness=firmness)
    a_visit_at(desk, account, on(1, 16), state=VisitState.DROPPED)
    read = the_week(desk)
    assert [item.bond for item in read.days[1].items] == [Bond.FIXED, Bond.PINNED, Bond.LOOSE]
    assert [stop.bond for stop in read.problem.stops] == [Bond.FIXED, Bond.PINNED, Bond.LOOSE]
    fixed, _, loose = read.problem.stops
    assert fixed.windows == ((), (Window(540, 600),), (), (), ())
    assert all(loose.windows)
    assert read.planned_days == tuple(MONDAY + timedelta(days=n) for n in range(5))


def test_who_is_due_is_a_candidate_with_every_reason(desk: Workspace) -> None:
    at_home(desk)
    account = a_customer(
        desk, "华东重工", seen_days_ago=40, hours="周二 9:00-11:30", phone="0512 1"
    )
    chance = replace(desk.opportunities.new(account.id, "二号线"), step=4)
    desk.opportunities.add(chance)
    desk.promises.make(replace(desk.promises.new(account.id, PromiseSide.OURS, "送样"), due=MONDAY))
    a_customer(desk, "不急", of=AccountClass.MAINTAIN, seen_days_ago=20)
    (item,) = the_week(desk).due
    assert (item.what, item.account, item.day, item.bond) == (
        What.DUE,
        account.id,
        None,
        Bond.FREE,
    )
    assert said(item)[0] == "10 days over"
    assert said(item)[2:] == [
        "1 promise of ours is due",
        "open opportunity at step 4",
        "they receive on Tue only",
    ]
    assert item.phone == "0512 1"
    assert item.place.address == "民生路 1 号"
    (stop,) = the_week(desk).problem.stops
    assert stop.prize == sum(reason.points for reason in item.reasons)
    assert stop.windows == ((), (Window(540, 690),), (), (), ())


def test_who_is_seen_soon_or_wants_quiet_is_no_candidate(desk: Workspace) -> None:
    in_it = a_customer(desk, "本周", seen_days_ago=40)
    soon = a_customer(desk, "下周", seen_days_ago=40)
    late = a_customer(desk, "下下月", seen_days_ago=40)
    quiet = a_customer(desk, "静默", seen_days_ago=40)
    a_visit_at(desk, in_it, on(0, 9))
    a_visit_at(desk, soon, on(9, 9))
    a_visit_at(desk, late, on(60, 9))
    desk.cadence.pause([quiet.id], until=MONDAY + timedelta(days=2), because="招标静默期")
    assert [item.name for item in the_week(desk).due] == ["下下月"]
    assert {item.name for item in the_week(desk, MONDAY + timedelta(days=7)).due} == {
        "下下月",
        "静默",
    }


def test_a_loose_visit_says_why_it_is_there(desk: Workspace) -> None:
    account = a_customer(desk, "华东重工", seen_days_ago=40)
    a_visit_at(desk, account, on(1, 9), firmness=Firmness.LOOSE)
    agreed = a_customer(desk, "已约", seen_days_ago=40)
    a_visit_at(desk, agreed, on(2, 9))
    items = named(the_week(desk))
    assert said(items["华东重工"])[0] == "10 days over"
    assert items["已约"].reasons == ()
    loose = next(stop for stop in the_week(desk).problem.stops if stop.bond is Bond.LOOSE)
    assert loose.prize > 240


def test_what_may_wait_beyond_the_week_is_told_apart(desk: Workspace) -> None:
    a_customer(desk, "到期", seen_days_ago=29)
    a_customer(desk, "顺路", seen_days_ago=16)
    due = {item.name: item.is_due for item in the_week(desk).due}
    assert due == {"到期": True, "顺路": False}


def test_customers_nobody_can_find_are_named_and_left_out(desk: Workspace) -> None:
    lost = a_customer(desk, "没有地址", spot=None, seen_days_ago=40)
    read = the_week(desk)
    assert read.due == ()
    assert [(one.account, one.name) for one in read.unplaced] == [(lost.id, "没有地址")]
    words = [text.plain for text in read.not_judged]
    assert "1 customer is due, but nobody knows where: give the site an address." in words
    assert any(word.startswith("Where you start is not known") for word in words)
    at_home(desk)
    assert the_week(desk).knows_home
    assert len(the_week(desk).not_judged) == 1


def test_a_year_without_holidays_says_so(desk: Workspace) -> None:
    at_home(desk)
    read = the_week(desk, date(2031, 3, 10))
    assert read.days[0].works is None
    assert read.problem.days
    assert [text.plain for text in read.not_judged] == [
        "There is no list of public holidays for 2031: only weekends are kept free."
    ]


def test_holidays_are_kept_free_and_make_up_days_are_worked(desk: Workspace) -> None:
    october_first = the_week(desk, date(2026, 9, 28)).days[3]
    assert october_first.holiday
    assert october_first.at is None
    worked = [
        day
        for monday in (date(2026, 9, 14), date(2026, 10, 5))
        for day in the_week(desk, monday).days
        if day.day.weekday() >= 5 and day.works
    ]
    assert worked
    assert all(day.at is not None and day.holiday for day in worked)


def test_an_absence_takes_its_time_a_whole_one_its_day(desk: Workspace) -> None:
    days = desk.working_days
    training = days.new(MONDAY + timedelta(days=2), desk.team.me)
    days.add(replace(training, begins=540, ends=720, words="培训"))
    days.add(replace(days.new(MONDAY + timedelta(days=4), desk.team.me), words="休假"))
    a_customer(desk, "华东重工", seen_days_ago=40)
    read = the_week(desk)
    assert [(away.begins, away.ends, away.words) for away in read.days[2].away] == [
        (540, 720, "培训")
    ]
    assert read.days[4].away[0].whole
    assert read.days[4].at is None
    block = next(stop for stop in read.problem.stops if stop.bond is Bond.FIXED)
    assert block.key == read.days[2].away[0].key
    assert (block.place, block.windows[2]) == (ANYWHERE, (Window(540, 720),))
    assert first(read.problem).left_out == ()


def test_a_visit_of_several_days_takes_each_of_them(desk: Workspace) -> None:
    fair, inspection = a_customer(desk, "展会客户"), a_customer(desk, "验收客户")
    a_visit_at(desk, inspection, on(-3, 13), minutes=3 * 1440 - 120)
    a_visit_at(desk, fair, on(1, 14), minutes=2 * 1440)
    read = the_week(desk)
    taken = [[(one.begins, one.ends, one.words) for one in day.away] for day in read.days[:5]]
    assert taken == [
        [(0, 660, "验收客户")], [], [(0, 1440, "展会客户")], [(0, 840, "展会客户")], []
    ]  # fmt: skip
    assert read.days[2].at is None
    assert read.days[3].at is not None
    held = [stop for stop in read.problem.stops if stop.key == read.days[3].away[0].key]
    assert held[0].windows[read.days[3].at] == (Window(0, 840),)


def _appointment(desk: Workspace, title: str, *times, **fields) -> None:
    calendar = Calendar(id=CalendarId(desk.storage.new_id()), name="Own")
    with desk.storage.change(Text("Plant")) as change:
        change.put(CALENDAR, calendar)
        one = Appointment(
            id=AppointmentId(desk.storage.new_id()),
            calendar=calendar.id,
            uid=title,
            title=title,
            **fields,
        )
        change.put(APPOINTMENT, one)
        change.link(APPOINTMENT, one.id, "times", *map(stored_time, times))


def test_appointments_are_fixed_where_they_are(desk: Workspace) -> None:
    _appointment(desk, "例会", on(0, 9), on(2, 9), minutes=60, place="上海市徐汇区")
    _appointment(desk, "可去可不去", on(1, 9), minutes=60, busy=False)
    _appointment(desk, "展会", MONDAY + timedelta(days=3), minutes=1440, all_day=True)
    _appointment(desk, "生日", MONDAY, minutes=1440, all_day=True, busy=False)
    read = the_week(desk)
    monday, tuesday, _, thursday = read.days[:4]
    assert [(item.what, item.begins) for item in monday.items] == [(What.APPOINTMENT, 540)]
    assert monday.notes == ("生日",)
    assert [item.bond for item in tuesday.items] == [Bond.FREE]
    assert (thursday.away[0].words, thursday.away[0].whole, thursday.at) == ("展会", True, None)
    meetings = [stop for stop in read.problem.stops if stop.bond is Bond.FIXED]
    assert all(stop.place > 0 for stop in meetings)
    assert len({stop.key for stop in meetings}) == 2


def test_a_thousand_appointments_of_a_day_stand_as_few(desk: Workspace) -> None:
    often = [Instant.at(MONDAY, 9 + n // 60, n % 60) for n in range(240)]
    _appointment(desk, "每分钟", *often, minutes=1)
    _appointment(desk, "午餐", on(0, 15), minutes=60, busy=False)
    _appointment(desk, "别的", *[on(1, 9)] * 3, minutes=30)
    monday, tuesday = the_week(desk).days[:2]
    assert [(one.name, one.begins, one.minutes, one.bond) for one in monday.items] == [
        ("每分钟 +239", 540, 240, Bond.FIXED),
        ("午餐", 900, 60, Bond.FREE),
    ]
    assert [one.name for one in tuesday.items] == ["别的"]


def test_of_a_week_that_has_begun_only_the_rest_can_be_planned(desk: Workspace) -> None:
    at_home(desk)
    monday = date(2026, 3, 9)
    account = a_customer(desk, "华东重工", seen_days_ago=40)
    a_visit_at(desk, a_customer(desk, "上午", of=None), Instant.at(date(2026, 3, 12), 8))
    desk.clock.move(minutes=5 * 60)
    read = the_week(desk, monday)
    assert [day.at for day in read.days] == [None, None, None, 0, 1, None, None]
    assert [day.is_past for day in read.days[:4]] == [True, True, True, False]
    assert read.problem.days[0].starts == 795
    assert read.problem.days[0].from_place == read.days[3].items[0].at
    assert [item.account for item in read.due] == [account.id]
    desk.clock.move(days=7)
    over = the_week(desk, monday)
    assert over.problem.days == ()
    assert over.due == ()


def test_what_clashes_is_marked_and_the_week_can_be_planned(desk: Workspace) -> None:
    at_home(desk)
    account = a_customer(desk, "华东重工", of=None)
    a_visit_at(desk, account, on(0, 9))
    a_visit_at(desk, account, on(0, 9, 30))
    a_customer(desk, "到期", seen_days_ago=40)
    read = the_week(desk)
    assert [item.is_clash for item in read.days[0].items] == [False, True]
    assert first(read.problem).left_out == ()


def test_a_call_needs_no_way_and_a_place_nobody_knows_is_said(desk: Workspace) -> None:
    at_home(desk)
    account = a_customer(desk, "没有地址", of=None, spot=None)
    a_visit_at(desk, account, on(0, 9), kind=VisitKind.CALL)
    assert the_week(desk).not_judged[1:] == ()  # the first: without a class
    a_visit_at(desk, account, on(0, 14))
    assert [text.plain for text in the_week(desk).not_judged[1:]] == [
        "1 visit stands where nobody knows: the way to it is not counted."
    ]


def test_a_pinned_stop_stands_where_the_user_wants_it(desk: Workspace) -> None:
    at_home(desk)
    account = a_customer(desk, "华东重工", seen_days_ago=40)
    read = the_week(desk)
    problem = read.pinned({account.id: Pin(2, 600)})
    (stop,) = problem.stops
    assert (stop.bond, stop.windows[2], stop.windows[0]) == (Bond.PINNED, (Window(600, 660),), ())
    placed = [one for day in first(problem).days for one in day.stops]
    assert [(one.key, one.begins) for one in placed] == [(account.id, 600)]


@pytest.mark.parametrize("others", [0, 12])
def test_a_week_asks_no_more_when_there_is_more_in_it(desk: Workspace, others: int) -> None:
    at_home(desk)
    for n in range(2 + others):
        account = a_customer(desk, f"客户{n}", seen_days_ago=40, spot=Spot(31.3, 120.6 + n / 50))
        if n % 2:
            a_visit_at(desk, account, on(n % 5, 9 + n // 5))
    assert len(statements(desk, lambda: the_week(desk))) <= 33


def test_a_visit_of_days_ends_by_midnight(desk: Workspace) -> None:
    account = a_customer(desk, "华东重工", of=None)
    a_visit_at(desk, account, on(1, 22), minutes=3 * 1440)
    (item,) = the_week(desk).days[1].items
    assert item.minutes == 120
    assert first(the_week(desk).problem).left_out == ()


def test_a_computer_that_stands_nowhere_goes_by_the_newest_visit(desk: Workspace) -> None:
    _appointment(desk, "例会", on(0, 9), minutes=60)
    desk.clock.at = Instant(desk.clock.now().ms, "Etc/UTC")
    assert the_week(desk).days[0].items[0].begins == 60
    a_visit_at(desk, a_customer(desk, "华东重工", of=None), on(0, 9))
    read = the_week(desk)
    assert read.now.zone == "Asia/Shanghai"
    assert [item.begins for item in read.days[0].items] == [540, 540]


@pytest.mark.parametrize(
    ("zone", "sunday"),
    [
        ("Europe/Berlin", date(2026, 3, 29)),
        ("Europe/Berlin", date(2026, 10, 25)),
        ("America/New_York", date(2026, 3, 8)),
        ("America/New_York", date(2026, 11, 1)),
    ],
)
def test_the_day_on_which_clocks_change_goes_by_the_clock(
    desk: Workspace, zone: str, sunday: date
) -> None:
    monday = sunday + timedelta(days=1)
    account = a_customer(desk, "华东重工", of=None)
    for day in (sunday, monday):
        a_visit_at(desk, account, Instant.at(day, 9, zone=zone))
        _appointment(desk, "例会", Instant.at(day, 14, 30, zone=zone), minutes=90)
    _appointment(desk, "展会", sunday, minutes=1440, all_day=True)
    _appointment(desk, "路上", Instant.at(sunday - timedelta(days=1), 20, zone=zone), minutes=2160)
    now = Instant.at(sunday - timedelta(days=20), 8, zone=zone)
    before, after = (
        read_week(desk.storage.reader, first, me=desk.team.me, now=now)
        for first in (sunday - timedelta(days=6), monday)
    )
    for day in (before.days[6], after.days[0]):
        meeting = next(item for item in day.items if item.name == "例会")
        assert (meeting.begins, meeting.minutes) == (870, 90)
        visit = next(item for item in day.items if item.what is What.VISIT)
        assert visit.begins == 540
    assert {one.words for one in before.days[6].away} == {"展会", "路上"}
    assert after.days[0].away == ()
    on_the_road = [item for item in after.days[0].items if item.name == "路上"]
    ends = 540 if sunday.month < 6 else 420
    assert [(item.begins, item.minutes) for item in on_the_road] == [(0, ends)]


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Etc/GMT+0", "GMT"])
def test_a_computer_that_stands_nowhere_goes_by_where_the_visits_are(
    desk: Workspace, zone: str
) -> None:
    account = a_customer(desk, "华东重工", of=None)
    a_visit_at(desk, account, on(1, 9))
    _appointment(desk, "例会", on(1, 14), minutes=60)
    now = Instant.at(date(2026, 3, 12), 0, zone=zone)
    read = read_week(desk.storage.reader, MONDAY, me=desk.team.me, now=now)
    assert [item.begins for item in read.days[1].items] == [540, 840]
    assert read.now.zone == "Asia/Shanghai"


def test_the_week_of_the_turn_of_the_year_is_one_week(desk: Workspace) -> None:
    account = a_customer(desk, "华东重工", of=None)
    monday = date(2026, 12, 28)
    for day in (monday, date(2027, 1, 1), date(2027, 1, 4)):
        a_visit_at(desk, account, Instant.at(day, 9))
    read, following = (the_week(desk, first) for first in (monday, monday + timedelta(days=7)))
    assert [day.day.year for day in read.days] == [2026] * 4 + [2027] * 3
    assert [len(day.items) for day in read.days] == [1, 0, 0, 0, 1, 0, 0]
    assert [len(day.items) for day in following.days] == [1, 0, 0, 0, 0, 0, 0]
    assert "2027" in " ".join(words.plain for words in read.not_judged)


def test_customers_without_a_class_are_named_as_not_judged(desk: Workspace) -> None:
    at_home(desk)
    account = a_customer(desk, "未分层", of=None)
    read = the_week(desk)
    assert [(one.account, one.name) for one in read.unclassed] == [(account.id, "未分层")]
    assert [text.plain for text in read.not_judged] == [
        "1 customer without a class: nothing asks for a visit there."
    ]
