"""A moment typed in one line is read as it was meant, or not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.text.said_moments import read_moment

TODAY = date(2026, 3, 12)  # a Thursday


@pytest.mark.parametrize(
    ("typed", "day", "hour", "minute"),
    [
        ("下周三 14:00", (3, 18), 14, 0),
        ("next Wed 14:00", (3, 18), 14, 0),
        ("next Wed at 2:30 pm", (3, 18), 14, 30),
        ("tomorrow 9", (3, 13), 9, 0),
        ("明天下午两点半", (3, 13), 14, 30),
        ("明天上午9点", (3, 13), 9, 0),
        ("3月18日 16:15", (3, 18), 16, 15),
        ("2026-03-16 9:30", (3, 16), 9, 30),
        ("2026-03-10 14:00", (3, 10), 14, 0),
        ("14:00 tomorrow", (3, 13), 14, 0),
        ("１５：００", (3, 12), 15, 0),
        ("11 am", (3, 12), 11, 0),
        ("12 am", (3, 12), 0, 0),
        ("晚上八点", (3, 12), 20, 0),
        ("中午12点", (3, 12), 12, 0),
        ("中午一点", (3, 12), 13, 0),
        ("后天三点一刻", (3, 14), 3, 15),
    ],
)
def test_a_day_and_a_time_are_read(
    typed: str, day: tuple[int, int], hour: int, minute: int
) -> None:
    said = read_moment(typed, TODAY)
    assert said is not None
    assert (said.day, said.hour, said.minute) == (date(2026, *day), hour, minute)
    assert said.timed


def test_a_day_alone_is_at_an_hour_of_the_reader() -> None:
    said = read_moment("next Wed", TODAY, hour=9)
    assert said == (date(2026, 3, 18), 9, 0, False)


@pytest.mark.parametrize(
    "typed", ["", "   ", "soon", "25:00", "明天 14:70 吧", "call Li Min 14:00", "13 pm", "x" * 500]
)
def test_anything_else_is_not_guessed_at(typed: str) -> None:
    assert read_moment(typed, TODAY) is None


@given(st.text(max_size=300))
def test_any_text_may_be_typed(typed: str) -> None:
    read_moment(typed, TODAY)


@pytest.mark.parametrize("line", ["٣", "٣:٣٠", "٣ pm", "٣点", "३", "𝟛", "２９:００", "²", "①"])
def test_figures_of_other_scripts_are_figures_or_nothing(line: str) -> None:
    said = read_moment(line, TODAY)
    assert said is None or (said.day, said.hour) in ((TODAY, 3), (TODAY, 15))
