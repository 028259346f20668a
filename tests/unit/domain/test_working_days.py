"""Working days: holidays, make-up days, years without a list; lists read from files."""

import json
from datetime import date, timedelta

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AbsenceId, Id
from kamdesk.core.wording import Text, say
from kamdesk.domain.working_days.absence import Absence, read_stretch, write_stretch
from kamdesk.domain.working_days.calendar import Calendar, YearList
from kamdesk.domain.working_days.shipped import shipped_years
from kamdesk.transfer.holiday_lists import LARGEST, lists_of, read_lists

KNOWN = Calendar(shipped_years())


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),
        (date(2026, 2, 14), True),  # a Saturday worked for the Spring Festival
        (date(2026, 2, 15), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 3, 14), False),  # a plain Saturday
        (date(2024, 10, 12), True),
        (date(2023, 12, 31), False),
        (date(2022, 1, 29), True),
    ],
)
def test_a_day_is_worked_as_the_state_council_said(day: date, works: bool) -> None:
    assert KNOWN.is_working(day) is works


def test_every_shipped_year_has_the_days_off_of_its_notice() -> None:
    assert [found.year for found in shipped_years()] == list(range(2019, 2027))
    for found in shipped_years():
        assert 27 <= len(found.off) <= 33
        assert 4 <= len(found.worked) <= 8
        assert all(day.year == found.year for day in (*found.off, *found.worked))
        assert not set(found.off) & set(found.worked)
        assert all(day.weekday() >= 5 for day in found.worked)


def test_the_working_days_of_a_year_are_those_of_the_labour_code() -> None:
    assert KNOWN.working_days(date(2025, 1, 1), date(2025, 12, 31)) == 248
    assert KNOWN.working_days(date(2024, 1, 1), date(2024, 12, 31)) == 251


def test_a_year_without_a_list_says_so_and_goes_by_weekends() -> None:
    spring_festival = date(2027, 2, 8)
    assert not KNOWN.knows(2027)
    assert KNOWN.is_working(spring_festival) is None
    assert KNOWN.works(spring_festival)
    assert not KNOWN.works(date(2027, 2, 7))
    assert KNOWN.name(spring_festival) is None


def test_the_next_working_day_lies_after_the_holiday_and_is_the_day_itself() -> None:
    assert KNOWN.next_working(date(2026, 2, 15)) == date(2026, 2, 24)
    assert KNOWN.next_working(date(2026, 2, 14)) == date(2026, 2, 14)
    assert KNOWN.next_working(date(2026, 12, 31)) == date(2026, 12, 31)


def test_days_are_called_by_their_festival() -> None:
    assert KNOWN.name(date(2026, 2, 17)) == Text("Spring Festival")
    made_up = KNOWN.name(date(2026, 2, 14))
    assert made_up is not None
    assert say(made_up, "en") == "Make-up day for Spring Festival"
    own = YearList(year=2030, off={date(2030, 5, 1): "厂庆"}, worked={date(2030, 5, 4): ""})
    assert Calendar([own]).name(date(2030, 5, 1)) == "厂庆"
    assert Calendar([own]).name(date(2030, 5, 4)) == Text("Make-up day")


def test_a_list_given_later_takes_the_place_of_the_shipped_one() -> None:
    moved = YearList(year=2026, off={date(2026, 3, 16): ""})
    known = Calendar((*shipped_years(), moved))
    assert known.works(date(2026, 2, 17))
    assert not known.works(date(2026, 3, 16))


def test_a_few_days_are_added_to_a_list() -> None:
    base = KNOWN.of_year(2026)
    assert base is not None
    more = base.with_days(YearList(year=2026, off={date(2026, 2, 14): "春节"}))
    assert date(2026, 2, 14) in more.off
    assert date(2026, 2, 14) not in more.worked
    assert len(more.off) == len(base.off) + 1


ICS = """BEGIN:VCALENDAR\r
BEGIN:VEVENT\r
SUMMARY:元旦\r
 假期\r
DTSTART;VALUE=DATE:20270101\r
DTEND;VALUE=DATE:20270104\r
END:VEVENT\r
BEGIN:VEVENT\r
SUMMARY:上班(补元旦假期)\r
DTSTART;VALUE=DATE:20270109\r
END:VEVENT\r
BEGIN:VEVENT\r
SUMMARY:春节\r
X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\r
DTSTART;VALUE=DATE:20270130\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_a_calendar_file_is_read_with_its_make_up_days() -> None:
    (found,) = lists_of(ICS)
    assert found.year == 2027
    assert found.off == {date(2027, 1, n): "元旦假期" for n in (1, 2, 3)}
    assert set(found.worked) == {date(2027, 1, 9), date(2027, 1, 30)}


def test_tables_and_json_are_read() -> None:
    (table,) = lists_of("日期,类型,名称\n2027-01-01,休,元旦\n2027/1/9;x\n2027-01-09,班,元旦\n")
    assert table.off == {date(2027, 1, 1): "元旦"}
    assert table.worked == {date(2027, 1, 9): "元旦"}
    days = [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}, {"date": "2027-01-09"}, 7]
    (found,) = lists_of(json.dumps({"year": 2027, "days": days}))
    assert (set(found.off), set(found.worked)) == ({date(2027, 1, 1)}, {date(2027, 1, 9)})


@pytest.mark.parametrize(
    "text",
    ["", "hello", "{", "[" * 5000, '{"days": 7}', "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:x",
     "a,b\n\x00,c\n", "BEGIN:VCALENDAR\nEND:VEVENT"],
)  # fmt: skip
def test_what_is_no_list_holds_none(text: str) -> None:
    assert lists_of(text) == []


def test_a_holiday_without_end_is_bounded() -> None:
    endless = ICS.replace("20270104", "99990101")
    (first, *_) = lists_of(endless)
    assert len(first.off) <= 31


def test_a_file_that_holds_no_list_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "list.csv"
    for data in (b"nothing", b"x" * (LARGEST + 1)):
        path.write_bytes(data)
        with pytest.raises(RuleBroken) as refused:
            read_lists(path)
        assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("", (0, 1440)), ("9-12", (540, 720)), ("13:30–17:00", (810, 1020)), ("下午", (720, 1440)),
     ("8至24", (480, 1440))],
)  # fmt: skip
def test_a_stretch_of_a_day_is_read_and_written_again(typed: str, read: tuple[int, int]) -> None:
    assert read_stretch(typed) == read
    assert read_stretch(write_stretch(*read)) == read


@pytest.mark.parametrize("typed", ["12-9", "9", "25-26", "9-9", "soon"])
def test_a_stretch_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_stretch(typed)
    assert refused.value.field == "time"


def test_an_absence_makes_sense_or_is_refused_at_its_field() -> None:
    day = date(2026, 5, 6)
    fine = Absence(id=AbsenceId(Id(bytes(16))), first=day, last=day, words="  培训\n ")
    assert fine.checked().words == "培训"
    for field, wrong in (
        ("last", {"last": day - timedelta(days=1)}),
        ("last", {"last": day + timedelta(days=400)}),
        ("ends", {"begins": 720, "ends": 600}),
    ):
        with pytest.raises(RuleBroken) as refused:
            Absence(**{"id": fine.id, "first": day, "last": day, **wrong}).checked()  # type: ignore[arg-type]
        assert refused.value.field == field
