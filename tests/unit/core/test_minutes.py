"""Lengths of time are said in one way, everywhere."""

import pytest

from kamdesk.core.minutes import length


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (42, "42 min"), (60, "1 h"), (65, "1 h 05"), (-95, "1 h 35")],
)
def test_a_length_is_said_in_hours_from_an_hour_on(minutes: int, said: str) -> None:
    assert length(minutes).plain == said
