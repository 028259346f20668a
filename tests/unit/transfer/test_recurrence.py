"""Recurrence rules come true when dateutil says so, and never cost more than they may."""

import random
import warnings
from datetime import datetime, timedelta
from itertools import islice

import pytest

from kamdesk.transfer.calendar.recurrence import Freq, Unreckoned, occurrences, read_rule

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from dateutil.rrule import rrulestr

FIRST, LAST = datetime(2026, 1, 1), datetime(2028, 1, 1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _rule(chance: random.Random) -> str:
    """Return a rule both reckon alike.

    dateutil wants a day to be both where a rule names plain and counted weekdays (RFC 5545: either
    will do), and counts BYSETPOS in a week from the start on.
    """
    freq = chance.choice([Freq.YEARLY, Freq.MONTHLY, Freq.WEEKLY, Freq.DAILY, Freq.HOURLY])
    said = [f"FREQ={freq.name}"]

    def maybe(part: str, likely: float) -> None:
        if chance.random() < likely:
            said.append(part)

    maybe(f"INTERVAL={chance.randint(1, 4)}", 0.5)
    maybe(f"COUNT={chance.randint(1, 40)}", 0.3)
    maybe(f"BYMONTH={chance.randint(1, 6)},{chance.randint(7, 12)}", 0.3)
    if freq is Freq.YEARLY:
        maybe(f"BYWEEKNO={chance.choice([1, 20, 52, 53, -1, -2])}", 0.15)
        maybe(f"BYYEARDAY={chance.choice([1, 100, 200, -1, 366])}", 0.15)
    maybe(f"BYMONTHDAY={chance.choice([1, 13, 31, -1, -5])}", 0.3)
    nth = "" if freq > Freq.MONTHLY or "BYWEEKNO" in str(said) else chance.choice(["", 1, 2, -1])
    maybe(f"BYDAY={','.join(f'{nth}{day}' for day in chance.sample(WEEKDAYS, 2))}", 0.5)
    if freq < Freq.HOURLY:
        maybe(f"BYHOUR={chance.randint(0, 11)},{chance.randint(12, 23)}", 0.2)
    maybe("BYMINUTE=0,30", 0.2)
    if freq in (Freq.YEARLY, Freq.MONTHLY, Freq.DAILY):
        maybe(f"BYSETPOS={chance.choice([1, -1, 2])}", 0.2)
    maybe(f"WKST={chance.choice(WEEKDAYS)}", 0.3)
    return ";".join(said)


def _theirs(text: str, start: datetime) -> list[datetime]:
    try:
        found = rrulestr(text, dtstart=start)
    except ValueError:  # it sees that the rule never comes true
        return []
    if "COUNT" not in text:
        found = found.replace(until=LAST - timedelta(seconds=1))
    return list(islice((one for one in found if FIRST <= one < LAST), 60))


def test_rules_come_true_when_dateutil_says_so() -> None:
    chance = random.Random(20260312)
    held = 0
    while held < 120:
        text = _rule(chance)
        start = datetime(2022, 1, 1, chance.randint(0, 23), 30) + timedelta(
            days=chance.randint(0, 1700)
        )
        ours = list(islice(occurrences(read_rule(text), start, first=FIRST, last=LAST), 60))
        if len(ours) < 2 and "COUNT" not in text:
            continue  # so rare that dateutil would look until the year 9999
        assert _theirs(text, start) == ours, (text, start)
        held += 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # RFC 5545's own examples, where dateutil reckons otherwise or not at all
        ("FREQ=MONTHLY;BYDAY=TU,2WE;COUNT=4", ["01-06", "01-13", "01-14", "01-20"]),
        ("FREQ=WEEKLY;BYDAY=TU,FR;BYSETPOS=2;COUNT=2", ["01-02", "01-09"]),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO,TH;COUNT=2", ["01-01", "2027-01-04"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["01-31", "02-28"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["01-30", "02-27"]),
    ],
)
def test_known_rules(text: str, found: list[str]) -> None:
    start = datetime(2026, 1, 1, 9)
    times = occurrences(read_rule(text), start, first=start, last=LAST)
    wanted = [one if len(one) > 5 else f"2026-{one}" for one in found]
    assert [time.date().isoformat() for time in times] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=DAILY;INTERVAL=999999999",
        "FREQ=HOURLY;INTERVAL=24;BYHOUR=3",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYHOUR=1;BYMONTHDAY=31;BYMONTH=4",
        "FREQ=SECONDLY;COUNT=1",
        "FREQ=YEARLY;UNTIL=19000101",
    ],
)
def test_a_rule_that_never_comes_true_ends(text: str) -> None:
    rule = read_rule(text)
    start = datetime(1900, 1, 1, 9)
    until = datetime(1900, 1, 1) if rule.until else None
    assert list(occurrences(rule, start, first=FIRST, last=LAST, until=until)) == []


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=SECONDLY;INTERVAL=2;BYSECOND=1",
        "FREQ=SECONDLY;COUNT=999999999",
        "FREQ=MINUTELY;COUNT=900000",
    ],
)
def test_a_rule_that_would_take_too_long_is_refused(text: str) -> None:
    start = datetime(2020, 1, 1)
    with pytest.raises(Unreckoned, match="takes too long to reckon"):
        list(occurrences(read_rule(text), start, first=FIRST, last=LAST))


@pytest.mark.parametrize("text", ["FREQ=SECONDLY", "FREQ=MINUTELY;BYHOUR=9", "FREQ=HOURLY"])
def test_a_rule_of_thousands_of_times_gives_as_many_as_are_asked(text: str) -> None:
    times = occurrences(read_rule(text), datetime(1900, 1, 1, 9), first=FIRST, last=LAST)
    assert len(list(islice(times, 1_000))) == 1_000


@pytest.mark.parametrize(
    "text",
    [
        "", "FREQ=FORTNIGHTLY", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=99999999999999", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTHDAY=0", "FREQ=DAILY;BYHOUR=24",
        "FREQ=WEEKLY;BYDAY=99MO", "FREQ=DAILY;" + "BYHOUR=1;" * 999, "D1 #10",
    ],
)  # fmt: skip
def test_an_unreadable_rule_is_refused_in_plain_words(text: str) -> None:
    with pytest.raises(Unreckoned, match="a rule that cannot be read"):
        read_rule(text)
