"""A calendar file becomes appointments: zones, repeats, changes of single times, odd lengths."""

import io
from datetime import date

import pytest

from kamdesk.core.errors import RuleBroken
from kamdesk.transfer.calendar.found import Entry, Found
from kamdesk.transfer.calendar.reader import read_calendar

FIRST, LAST = date(2026, 2, 1), date(2028, 2, 1)
HOME = "Asia/Shanghai"


def _read(*events: str, head: str = "", home: str = HOME) -> Found:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{body}END:VCALENDAR\n".replace("\n", "\r\n")
    return read_calendar(io.BytesIO(text.encode()), home=home, first=FIRST, last=LAST)


def _only(*events: str, head: str = "") -> Entry:
    (entry,) = _read(*events, head=head).entries
    return entry


def test_an_appointment_has_time_length_place_and_words() -> None:
    entry = _only(
        "UID:a@x\nSEQUENCE:3\nSUMMARY:Quarterly review\\, with\n  everybody\nLOCATION:Room\\n4\n"
        "DTSTART;TZID=Europe/Berlin:20260312T090000\nDTEND;TZID=Europe/Berlin:20260312T103000"
    )
    assert entry == Entry(
        "a@x", 3, "Quarterly review, with everybody", "Room 4", 90, False, True,
        ("2026-03-12T08:00:00.000Z Europe/Berlin",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "minutes", "times"),
    [
        ("DTSTART:20260312T060000Z", 0, "2026-03-12T06:00:00.000Z UTC"),
        ("DTSTART:20260312T140000\nDURATION:PT1H30M", 90, "2026-03-12T06:00:00.000Z " + HOME),
        ("DTSTART;VALUE=DATE:20260312", 1440, "2026-03-12"),
        ("DTSTART:20260312\nDTEND:20260315", 3 * 1440, "2026-03-12"),
        ("DTSTART;VALUE=DATE:20260312\nDURATION:P2D", 2 * 1440, "2026-03-12"),
        ("DTSTART;VALUE=DATE:20260312\nDTEND;VALUE=DATE:20260312", 1440, "2026-03-12"),
        ("DTSTART:20260312T140000\nDTEND:20260312T130000", 0, "2026-03-12T06:00:00.000Z " + HOME),
        (
            "DTSTART:2026-03-12T14:00:00\nDTEND:20260312T063000Z",
            30,
            "2026-03-12T06:00:00.000Z " + HOME,
        ),
        # a quarter past two never was on the morning on which the clocks were put on
        (
            "DTSTART;TZID=America/New_York:20260308T021500\nDURATION:PT45M",
            45,
            "2026-03-08T07:15:00.000Z America/New_York",
        ),
        # twice on the morning on which they are put back: the first time counts
        (
            "DTSTART;TZID=Europe/Berlin:20261025T023000\nDURATION:PT1H",
            60,
            "2026-10-25T00:30:00.000Z Europe/Berlin",
        ),
    ],
)
def test_lengths_and_days(written: str, minutes: int, times: str) -> None:
    entry = _only(f"UID:a\n{written}")
    assert (entry.minutes, entry.times) == (minutes, (times,))
    assert entry.all_day is ("T" not in times)


CUSTOM = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("name", "utc"),
    [
        ("Asia/Shanghai", "06:00"),
        ("China Standard Time", "06:00"),
        ("/mozilla.org/20050126_1/Asia/Shanghai", "06:00"),
        ("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "17:00"),
        ("posix/Asia/Shanghai", "06:00"),
        ("(UTC+08:00) Beijing\\, Chongqing", "06:00"),
        ("GMT -0500", "19:00"),
        ("Nowhere/At all", "06:00"),
    ],
)
def test_zones_by_name(name: str, utc: str) -> None:
    entry = _only(f'UID:a\nDTSTART;TZID="{name}":20260312T140000')
    assert entry.times[0].startswith(f"2026-03-12T{utc}:00.000Z ")


@pytest.mark.parametrize("name", ["Customized Time Zone", "Екатеринбург", "US/Fictitious"])
@pytest.mark.parametrize("after", [False, True])
def test_a_zone_the_file_defines_itself(name: str, after: bool) -> None:
    event = f"UID:a\nDTSTART;TZID={name}:20260327T120000\nRRULE:FREQ=WEEKLY;UNTIL=20260403T090000Z"
    zone = CUSTOM.format(name=name)
    found = _read(event, head="" if after else zone)
    if after:
        body = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{event}\nEND:VEVENT\n{zone}END:VCALENDAR"
        found = read_calendar(io.BytesIO(body.encode()), home=HOME, first=FIRST, last=LAST)
    (entry,) = found.entries
    assert entry.times == (
        f"2026-03-27T10:00:00.000Z {HOME}",
        f"2026-04-03T09:00:00.000Z {HOME}",
    )


def test_repeats_with_more_and_fewer_dates_and_an_end() -> None:
    entry = _only(
        "UID:a\nDTSTART;TZID=Asia/Shanghai:20260302T090000\nRRULE:FREQ=WEEKLY;COUNT=4\n"
        "EXDATE;TZID=Asia/Shanghai:20260309T090000\nEXDATE;VALUE=DATE:20260316\n"
        "RDATE:20260320T010000Z,20260321T090000\n"
        "RDATE;VALUE=PERIOD:20260322T010000Z/PT1H"
    )
    days = [time[8:10] for time in entry.times]
    assert days == ["02", "20", "21", "22", "23"]


def test_a_long_series_stays_at_its_hour_when_the_clocks_change() -> None:
    entry = _only(
        "UID:a\nDTSTART;TZID=Europe/Berlin:20200106T090000\nRRULE:FREQ=WEEKLY;UNTIL=20260401T070000Z"
    )
    assert entry.times[-2:] == (
        "2026-03-23T08:00:00.000Z Europe/Berlin",
        "2026-03-30T07:00:00.000Z Europe/Berlin",
    )


SERIES = (
    "UID:a\nSUMMARY:Jour fixe\nDTSTART:20260302T010000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4"
)


def _days(entry: Entry) -> list[str]:
    return [time[5:10] for time in entry.times]


def test_one_time_of_a_series_is_moved() -> None:
    series, moved = _read(
        "UID:a\nRECURRENCE-ID:20260309T010000Z\nSUMMARY:Later\nDTSTART:20260310T070000Z",
        SERIES,
    ).entries
    assert _days(series) == ["03-02", "03-16", "03-23"]
    assert (moved.title, moved.minutes, _days(moved)) == ("Later", 0, ["03-10"])
    assert moved.uid.startswith("a\n")


def test_one_time_of_a_series_is_cancelled_and_the_rest_is_moved() -> None:
    series, moved = _read(
        SERIES,
        "UID:a\nRECURRENCE-ID:20260302T010000Z\nSTATUS:CANCELLED\nDTSTART:20260302T010000Z",
        "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260316T010000Z\nDTSTART:20260317T020000Z",
    ).entries
    assert _days(series) == ["03-09"]
    assert moved.times == ("2026-03-17T02:00:00.000Z UTC", "2026-03-24T02:00:00.000Z UTC")


def test_of_two_states_the_later_counts_and_what_is_cancelled_is_gone() -> None:
    found = _read(
        "UID:a\nSEQUENCE:2\nSUMMARY:New\nDTSTART:20260312T010000Z",
        "UID:a\nSEQUENCE:1\nSUMMARY:Old\nDTSTART:20260311T010000Z",
        "UID:b\nSTATUS:CANCELLED\nDTSTART:20260311T010000Z",
    )
    assert [entry.title for entry in found.entries] == ["New"]
    assert _read("UID:a\nDTSTART:20260312T010000Z", head="METHOD:CANCEL\n").entries == []


@pytest.mark.parametrize(
    ("said", "busy"),
    [
        ("TRANSP:OPAQUE", True),
        ("TRANSP:TRANSPARENT", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF\nTRANSP:TRANSPARENT", True),
        ("SUMMARY:x", True),
    ],
)
def test_what_is_shown_as_free_keeps_no_time(said: str, busy: bool) -> None:
    assert _only(f"UID:a\nDTSTART:20260312T010000Z\n{said}").busy is busy


def test_alarms_todos_and_other_parts_are_passed_over() -> None:
    found = _read(
        "UID:a\nDTSTART:20260312T010000Z\nBEGIN:VALARM\nTRIGGER:-PT5M\nSUMMARY:Ring\nEND:VALARM",
        head="X-WR-CALNAME:Büro 办公\nBEGIN:VTODO\nUID:t\nDTSTART:20260312T010000Z\nEND:VTODO\n",
    )
    assert found.name == "Büro 办公"
    assert [entry.title for entry in found.entries] == [""]


def test_an_odd_appointment_is_refused_alone_and_the_others_are_taken() -> None:
    found = _read(
        "UID:a\nSUMMARY:No day",
        "UID:b\nDTSTART:sometime\nSUMMARY:Odd",
        "UID:c\nDTSTART:20260312T010000Z\nRRULE:FREQ=FORTNIGHTLY",
        "UID:d\nDTSTART:20260312T010000Z\nDTEND:20291231T000000Z",
        "UID:e\nDTSTART:20260312T010000Z\nRRULE:FREQ=SECONDLY;INTERVAL=2;BYSECOND=1",
        "UID:f\nDTSTART:20260312T010000Z",
    )
    assert [entry.uid for entry in found.entries] == ["f"]
    assert [(one.number, one.title, one.why.plain) for one in found.refused] == [
        (1, "No day", "It does not say when it begins."),
        (2, "Odd", "Its beginning cannot be read."),
        (3, "", "It repeats by a rule that cannot be read."),
        (4, "", "It lasts longer than a year."),
        (5, "", "It repeats by a rule that takes too long to reckon."),
    ]


def test_what_lies_outside_the_time_looked_at_is_only_counted() -> None:
    found = _read("UID:a\nDTSTART:20250312T010000Z", "UID:b\nDTSTART:18990312T010000Z")
    assert (found.events, found.entries, found.refused) == (2, [], [])


@pytest.mark.parametrize(
    "text", ["", "BEGIN:VCARD\nFN:x\nEND:VCARD", "Hello", "BEGIN:VTODO\nEND:VTODO"]
)
def test_what_is_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match="no calendar file"):
        read_calendar(io.BytesIO(text.encode()), home=HOME, first=FIRST, last=LAST)


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        ("tzone://Microsoft/Utc", "2026-03-12T09:00:00.000Z UTC"),
        ("(UTC+03:00) Kuwait, Riyadh", "2026-03-12T06:00:00.000Z " + HOME),
        ("a:b:c", "2026-03-12T01:00:00.000Z " + HOME),
    ],
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_zone_with_colons_is_read_without_its_quotes_too(zone: str, utc: str, quote: str) -> None:
    named = f"TZID={quote}{zone}{quote}"
    entry = _only(
        f"UID:a\nDTSTART;{named}:20260312T090000\nDTEND;{named}:20260312T100000\n"
        f"RDATE;{named}:20260313T090000,20260314T090000\nEXDATE;{named}:20260314T090000"
    )
    assert (entry.minutes, entry.times[0], len(entry.times)) == (60, utc, 2)


def test_a_time_with_colons_of_its_own_stays_whole() -> None:
    entry = _only("UID:a\nDTSTART;TZID=Europe/Berlin:2026-03-12T09:00:00")
    assert entry.times == ("2026-03-12T08:00:00.000Z Europe/Berlin",)
