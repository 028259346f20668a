"""The next possible week of those left out: they receive then, and one is there and free."""

from dataclasses import replace
from datetime import date, timedelta

from support.week_day import MONDAY, a_customer, at_home, the_week

from kamdesk.core.spot import Spot
from kamdesk.dossier.week_next import Later, next_weeks
from kamdesk.workspace import Workspace

_NEXT = MONDAY + timedelta(days=7)


def test_the_next_week_is_one_in_which_they_receive_and_one_is_free(desk: Workspace) -> None:
    at_home(desk)
    any_day = a_customer(desk, "随时", seen_days_ago=40).id
    thursdays = a_customer(desk, "周四", seen_days_ago=40, hours="周四 9:00-11:30").id
    nights = a_customer(desk, "夜里", seen_days_ago=40, hours="周二 21:00-23:00").id
    too_far = a_customer(desk, "天边", seen_days_ago=40, spot=Spot(43.8, 87.6)).id
    thursday = _NEXT + timedelta(days=3)
    away = desk.working_days.new(thursday, desk.team.me)
    desk.working_days.add(replace(away, words="培训"))
    found = next_weeks(desk.storage.reader, the_week(desk))
    assert found == {
        any_day: Later(_NEXT),
        thursdays: Later(_NEXT + timedelta(days=7)),
        too_far: Later(_NEXT, far=True),
    }
    assert nights not in found


def test_a_week_of_holidays_is_passed_over(desk: Workspace) -> None:
    at_home(desk)
    account = a_customer(desk, "随时", seen_days_ago=40)
    before = date(2026, 2, 9)  # the week after it is Spring Festival
    found = next_weeks(desk.storage.reader, replace(the_week(desk), monday=before))
    assert found == {account.id: Later(date(2026, 2, 23))}
