"""Holiday lists and absences in the file: taken in, dropped, added, changed, read by day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.domain.working_days.calendar import YearList
from kamdesk.dossier.time_off import unavailable
from kamdesk.workspace import Workspace

NEXT = YearList(
    year=2027,
    off={date(2027, 2, 5) + timedelta(days=n): "春节" for n in range(8)},
    worked={date(2027, 2, 20): "春节"},
)


def test_a_list_taken_in_counts_and_can_be_dropped_and_undone(desk: Workspace) -> None:
    assert not desk.working_days.calendar().knows(2027)
    desk.working_days.take_lists([NEXT])
    calendar = desk.working_days.calendar()
    assert calendar.is_working(date(2027, 2, 8)) is False
    assert calendar.is_working(date(2027, 2, 20)) is True
    assert calendar.name(date(2027, 2, 8)) == "春节"
    desk.working_days.drop_list(2027)
    assert not desk.working_days.calendar().knows(2027)
    desk.undo.undo()
    assert desk.working_days.calendar().knows(2027)


def test_taking_a_list_in_twice_is_one_list(desk: Workspace) -> None:
    desk.working_days.take_lists([NEXT])
    desk.working_days.take_lists([replace(NEXT, worked={})])
    (kept,) = desk.working_days.ask.year_lists()
    assert (len(kept.off), kept.worked) == (8, {})


def test_stray_days_of_another_year_join_its_list_or_are_left(desk: Workspace) -> None:
    stray = YearList(year=2026, off={date(2026, 12, 31): "元旦"})
    desk.working_days.take_lists([stray, NEXT])
    calendar = desk.working_days.calendar()
    assert not calendar.works(date(2026, 12, 31))
    assert not calendar.works(date(2026, 2, 17))
    with pytest.raises(RuleBroken) as refused:
        desk.working_days.take_lists([replace(stray, year=2031, off={date(2031, 1, 1): ""})])
    assert refused.value.field == "file"


def test_absences_are_read_by_day_with_their_hours_and_only_mine(desk: Workspace) -> None:
    me, other = desk.team.me, desk.team.new("周工")
    desk.team.add(other)
    monday = date(2026, 3, 16)
    mine = replace(desk.working_days.new(monday, me), last=monday + timedelta(days=1), begins=540,
                   ends=720, words="培训")  # fmt: skip
    house = replace(desk.working_days.new(monday + timedelta(days=4)), words="年会")
    theirs = desk.working_days.new(monday + timedelta(days=2), other.id)
    for absence in (mine, house, theirs):
        desk.working_days.add(absence)
    week = unavailable(desk.storage.reader, monday, 5, me)
    assert [[(one.begins, one.ends, one.words) for one in day] for day in week] == [
        [(540, 720, "培训")],
        [(540, 720, "培训")],
        [],
        [],
        [(0, 1440, "年会")],
    ]
    assert len(unavailable(desk.storage.reader, monday, 5)[2]) == 1
    assert unavailable(desk.storage.reader, monday, 0, me) == ()


def test_an_absence_is_changed_deleted_and_brought_back(desk: Workspace) -> None:
    made = desk.working_days.new(date(2026, 3, 16), desk.team.me)
    desk.working_days.add(made)
    base = desk.working_days.ask.get(made.id)
    changed = replace(base, last=date(2026, 3, 18), words="出差")
    desk.working_days.change(changed, base=base, seen=desk.storage.position())
    assert desk.working_days.ask.get(made.id) == changed
    desk.working_days.drop(made.id)
    span = date(2026, 1, 1), date(2026, 12, 31)
    assert desk.working_days.ask.absences(*span) == []
    desk.undo.undo()
    assert desk.working_days.ask.absences(*span) == [changed]
    with pytest.raises(RuleBroken):
        desk.working_days.add(replace(made, last=date(2026, 3, 1)))
