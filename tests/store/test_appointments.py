"""Imported calendars in the workspace: what touches a time, and what is forgotten."""

from dataclasses import replace
from datetime import date

import pytest

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AppointmentId, CalendarId
from kamdesk.core.wording import Text
from kamdesk.domain.appointments.model import (
    LONGEST_CALENDAR,
    Appointment,
    Calendar,
    stored_time,
)
from kamdesk.domain.appointments.store import APPOINTMENT, CALENDAR
from kamdesk.workspace import Workspace

MONDAY = date(2026, 3, 9)


def _at(day: int, hour: int = 0, *, zone: str = "Asia/Shanghai") -> Instant:
    return Instant.at(date(2026, 3, day), hour, zone=zone)


def _calendar(desk: Workspace, **appointments: tuple[dict, tuple]) -> Calendar:
    """Plant a calendar; each appointment is its fields and its times."""
    calendar = Calendar(id=CalendarId(desk.storage.new_id()), name="Own")
    with desk.storage.change(Text("Plant")) as change:
        change.put(CALENDAR, calendar)
        for uid, (given, times) in appointments.items():
            one = Appointment(
                id=AppointmentId(desk.storage.new_id()),
                calendar=calendar.id,
                uid=uid,
                title=uid,
                **given,
            )
            change.put(APPOINTMENT, one)
            change.link(APPOINTMENT, one.id, "times", *map(stored_time, times))
    return calendar


def test_what_touches_a_day_is_found_in_order_whatever_its_zone_and_length(desk: Workspace) -> None:
    _calendar(
        desk,
        early=({"minutes": 30}, (_at(9, 8),)),
        london=({"minutes": 60}, (_at(9, 1, zone="Europe/London"),)),
        leave=({"minutes": 5 * 1440, "all_day": True}, (date(2026, 3, 5),)),
        gone=({"minutes": 1440, "all_day": True}, (date(2026, 3, 8),)),
        night=({"minutes": 600}, (_at(8, 22),)),
        ended=({"minutes": 60}, (_at(8, 23),)),
        next=({"minutes": 60}, (_at(10, 0),)),
    )
    found = desk.appointments.ask.between(_at(9), _at(10))
    assert [one.title for one in found] == ["leave", "night", "early", "london"]
    assert found[0].start == _at(5)
    assert found[0].all_day
    assert str(found[3].start.local)[:16] == "2026-03-09 09:00"


def test_an_all_day_appointment_follows_the_zone_one_is_in(desk: Workspace) -> None:
    _calendar(desk, fair=({"minutes": 1440, "all_day": True}, (MONDAY,)))
    for zone in ("Asia/Shanghai", "America/Los_Angeles"):
        first = Instant.at(MONDAY, 0, zone=zone)
        (found,) = desk.appointments.ask.between(first, first.plus(days=1))
        assert found.start == first
        assert not desk.appointments.ask.between(first.plus(days=1), first.plus(days=2))


def test_a_forgotten_calendar_takes_its_appointments_along_and_undo_brings_all_back(
    desk: Workspace,
) -> None:
    times = (_at(9, 8), _at(16, 8))
    calendar = _calendar(desk, jour=({"minutes": 30}, times), other=({"minutes": 30}, times[:1]))
    ask = desk.appointments.ask
    (line,) = ask.calendars(now=_at(10))
    assert (line.appointments, line.ahead) == (2, 1)
    desk.appointments.forget(calendar)
    assert ask.calendars(now=_at(10)) == []
    assert ask.find(calendar.id) is None
    assert ask.between(_at(1), _at(31)) == []
    desk.undo.undo()
    assert len(ask.between(_at(1), _at(31))) == 3
    assert ask.find(calendar.id) == calendar


def test_a_calendar_has_a_name(desk: Workspace) -> None:
    calendar = _calendar(desk)
    desk.appointments.rename(calendar, "  Work  ")
    assert [line.calendar.name for line in desk.appointments.ask.calendars(now=_at(1))] == ["Work"]
    with pytest.raises(RuleBroken, match="Give the calendar a name") as broken:
        desk.appointments.rename(calendar, " ")
    assert broken.value.field == "name"
    with pytest.raises(RuleBroken, match="at most 80 characters"):
        desk.appointments.rename(calendar, "x" * (LONGEST_CALENDAR + 1))


def test_what_means_nothing_is_passed_over(desk: Workspace) -> None:
    _calendar(desk, whole=({"minutes": 30}, (_at(9, 8),)))
    with desk.storage.change(Text("Plant")) as change:
        (one,) = desk.appointments.ask.of_calendar(
            desk.appointments.ask.calendars(now=_at(1))[0].calendar.id
        )
        change.link(APPOINTMENT, one.id, "times", "2026-03-09rubbish", "2026-99-99")
        change.put(APPOINTMENT, replace(one, minutes=-5), base=one)
    (found,) = desk.appointments.ask.between(_at(9), _at(10))
    assert found.minutes == 60
