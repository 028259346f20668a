"""What speaks against a time for a visit: holidays, absences, the customer's hours."""

from dataclasses import replace
from datetime import date

from support.invented import an_account

from kamdesk.core.clock import Day, Instant
from kamdesk.core.wording import say
from kamdesk.dossier.unfit_time import against
from kamdesk.workspace import Workspace


def _said(desk: Workspace, start: Instant, account: object = None, minutes: int = 60) -> list[str]:
    found = against(desk.storage.reader, start, minutes, account=account, me=None)  # type: ignore[arg-type]  # an id or none
    return [say(words, "en") for words in found]


def test_public_holidays_speak_against_a_day_and_make_up_days_do_not(desk: Workspace) -> None:
    assert _said(desk, Instant.at(date(2026, 2, 18), 10)) == ["a public holiday: Spring Festival"]
    assert _said(desk, Instant.at(date(2026, 2, 28), 10)) == []
    assert _said(desk, Instant.at(date(2035, 2, 8), 10)) == []  # a year without a list


def test_absences_speak_against_the_hours_they_take(desk: Workspace) -> None:
    day: Day = date(2026, 3, 17)
    away = replace(desk.working_days.new(day), words="Fair", begins=9 * 60, ends=12 * 60)
    desk.working_days.add(away)
    assert _said(desk, Instant.at(day, 11, 30)) == ["you are away: Fair"]
    assert _said(desk, Instant.at(day, 12)) == []


def test_hours_of_the_customer_speak_against_what_lies_outside_them(desk: Workspace) -> None:
    account = an_account(desk)
    site = replace(desk.accounts.new_site(account.id), name="Plant", hours="周二、周四 9:00-11:30")
    desk.accounts.put_site(site, seen=desk.storage.position())
    tuesday = date(2026, 3, 17)
    assert _said(desk, Instant.at(tuesday, 10), account.id) == []
    outside = ["they receive Tue, Thu 9:00–11:30"]
    assert _said(desk, Instant.at(tuesday, 11), account.id) == outside
    assert _said(desk, Instant.at(date(2026, 3, 18), 10), account.id) == outside
    assert _said(desk, Instant.at(tuesday, 11)) == []  # one does not go there
