"""Names are cut to beginnings of their words where one line is all there is."""

import pytest

from kamdesk.desktop.widgets.shortening import shortened


@pytest.mark.parametrize(
    ("room", "form"),
    [
        (30, "Juwu Heavy Industries"),
        (16, "Juwu Heavy Indu."),
        (13, "Juwu Heavy I."),
        (10, "Juwu H. I."),
        (6, "Juwu"),
        (2, "Juwu Heavy Industries"),
    ],
)
def test_a_name_keeps_its_first_word_as_long_as_it_can(room: int, form: str) -> None:
    assert shortened("Juwu Heavy Industries", lambda words: len(words) <= room) == form


def test_a_name_of_one_word_is_left_alone() -> None:
    assert shortened("无锡岑岳精密轴承有限公司", lambda words: len(words) <= 4) == (
        "无锡岑岳精密轴承有限公司"
    )
