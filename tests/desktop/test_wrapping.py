"""Words wrapped by hand: none said twice, none lost unless an ellipsis says so."""

import pytest

from kamdesk.desktop import theme
from kamdesk.desktop.application import Application
from kamdesk.desktop.theme import Type
from kamdesk.desktop.widgets.wrapping import wrapped


@pytest.mark.parametrize("words", ["Cenyue Bearings", "Wuxi Cenyue Precision Bearing Co., Ltd."])
@pytest.mark.parametrize("width", [60, 90, 140, 400])
def test_lines_say_the_words_once(application: Application, words: str, width: int) -> None:
    lines = wrapped(words, theme.now().font(Type.STRONG), width, 9)
    assert "".join("".join(lines).split()) == "".join(words.split())


@pytest.mark.parametrize("most", [1, 2, 3])
def test_what_does_not_fit_ends_in_an_ellipsis(application: Application, most: int) -> None:
    words = "无锡岑岳精密轴承有限公司与其所有的分公司"
    lines = wrapped(words, theme.now().font(Type.STRONG), 60, most)
    assert len(lines) == most
    assert lines[-1].endswith("…")
    assert "".join(lines)[:-1] == words[: len("".join(lines)) - 1]
