"""Days, moments, counts and words as they are typed behind an option."""

from datetime import date

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.desks import MORNING

from kamdesk.cli.session import Session
from kamdesk.cli.values import Count, DayValue, MomentValue, OneOf, WrongValue, read_day
from kamdesk.core.clock import StoppedClock

TODAY = date(2026, 3, 12)


@pytest.fixture
def ctx() -> click.Context:
    return click.Context(click.Command("x"), obj=Session(clock=StoppedClock(MORNING)))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-03-20", date(2026, 3, 20)),
        ("2026/3/5", date(2026, 3, 5)),
        ("today", TODAY),
        ("明天", date(2026, 3, 13)),
        ("+7", date(2026, 3, 19)),
        ("-1", date(2026, 3, 11)),
        ("２０２６－０３－２０", date(2026, 3, 20)),
        ("2026年3月20日", date(2026, 3, 20)),
        ("thu", date(2026, 3, 12)),
        ("Wednesday", date(2026, 3, 18)),
        ("next Wed", date(2026, 3, 18)),
        ("下周三", date(2026, 3, 18)),
        ("周日", date(2026, 3, 15)),
        ("下星期天", date(2026, 3, 22)),
    ],
)
def test_a_day_is_read(typed: str, day: date, ctx: click.Context) -> None:
    assert DayValue().convert(typed, None, ctx) == day


@pytest.mark.parametrize("typed", ["", "2026-02-30", "31.12.2026", "9999-99-99", "0001-01-01", "x"])
def test_no_day_is_refused_with_an_example(typed: str, ctx: click.Context) -> None:
    with pytest.raises(WrongValue) as refused:
        DayValue().convert(typed, None, ctx)
    assert "2026-03-12" in refused.value.said.plain


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("2026-03-20 14:00", "2026-03-20 14:00"),
        ("2026-03-20T09:30", "2026-03-20 09:30"),
        ("14:05", "2026-03-12 14:05"),
        ("tomorrow 9:00", "2026-03-13 09:00"),
        ("后天 8：15", "2026-03-14 08:15"),
        ("２０２６年３月２０日　１４：００", "2026-03-20 14:00"),
        ("next wed 10:00", "2026-03-18 10:00"),
    ],
)
def test_a_moment_is_read_in_the_users_zone(typed: str, local: str, ctx: click.Context) -> None:
    moment = MomentValue().convert(typed, None, ctx)
    assert (f"{moment.local:%Y-%m-%d %H:%M}", moment.zone) == (local, "Asia/Shanghai")


@pytest.mark.parametrize("typed", ["", "2026-03-20", "24:00", "12:60", "noon", "2026-02-30 10:00"])
def test_no_moment_is_refused(typed: str, ctx: click.Context) -> None:
    with pytest.raises(WrongValue):
        MomentValue().convert(typed, None, ctx)


def test_a_word_may_be_written_with_a_hyphen() -> None:
    assert OneOf("high_potential").convert("High-Potential", None, None) == "high_potential"


def test_a_count_may_be_written_in_full_width() -> None:
    assert Count(0, 1000).convert("６０", None, None) == 60


@pytest.mark.parametrize("typed", ["x", "1.5", "-1", "1001", "9" * 5_000, "１００１"])
def test_a_count_out_of_bounds_is_refused(typed: str) -> None:
    with pytest.raises(WrongValue):
        Count(0, 1000).convert(typed, None, None)


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_none(text: str) -> None:
    found = read_day(text, TODAY)
    assert found is None or 1900 <= found.year < 2200
