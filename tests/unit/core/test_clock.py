"""Instants sort as text, days read strictly, clocks move when told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kamdesk.core.clock import (
    Instant,
    StoppedClock,
    SystemClock,
    days_between,
    read_day,
    zone_named,
    zone_of_this_computer,
)
from kamdesk.core.errors import RuleBroken

INSTANTS = some.builds(
    Instant,
    some.integers(min_value=0, max_value=4_000_000_000_000),
    some.sampled_from(["UTC", "Asia/Shanghai", "America/New_York"]),
)


@given(INSTANTS)
def test_an_instant_written_and_read_is_the_same(instant: Instant) -> None:
    assert Instant.read(str(instant)) == instant


@given(INSTANTS, INSTANTS)
def test_written_instants_sort_by_time(one: Instant, other: Instant) -> None:
    if one.ms != other.ms:
        assert (str(one) < str(other)) == (one < other)


def test_an_instant_knows_its_day_in_its_own_zone() -> None:
    late = Instant.at(date(2026, 3, 12), 7, 30)
    assert late.day == date(2026, 3, 12)
    assert Instant(late.ms, "America/New_York").day == date(2026, 3, 11)
    assert late.local.hour == 7


def test_nothing_written_is_no_instant() -> None:
    assert Instant.read(None) is None
    assert Instant.read("") is None


def test_an_unknown_zone_is_refused_in_plain_words() -> None:
    with pytest.raises(RuleBroken, match="not a known time zone"):
        zone_named("Mars/Base")


@pytest.mark.parametrize("text", [None, "", "2026-02-30", "tomorrow", "0001-01-01", "9999-12-31"])
def test_an_unreadable_day_is_none(text: str | None) -> None:
    assert read_day(text) is None


def test_a_stopped_clock_moves_when_told() -> None:
    clock = StoppedClock(Instant.at(date(2026, 3, 12), 23, 50))
    clock.move(minutes=20)
    assert clock.today() == date(2026, 3, 13)
    assert clock.now().local.minute == 10


def test_the_systems_clock_tells_its_zone() -> None:
    assert SystemClock("Asia/Shanghai").now().zone == "Asia/Shanghai"
    assert isinstance(SystemClock().today(), date)


def test_days_between_counts_calendar_days() -> None:
    assert days_between(date(2026, 2, 28), date(2026, 3, 1)) == 1


@pytest.mark.parametrize(
    ("set_to", "zone"), [("Europe/Berlin", "Europe/Berlin"), ("Mars/Base", "UTC")]
)
def test_the_zone_is_that_of_the_computer(
    monkeypatch: pytest.MonkeyPatch, set_to: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", set_to)
    zone_of_this_computer.cache_clear()
    assert SystemClock().zone == zone
    monkeypatch.undo()
    zone_of_this_computer.cache_clear()
