"""Every page as it is photographed: each control has a name and a role, and no text is cut."""

from math import ceil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.seen_window import beyond, cut, nameless

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.scenes import scenes, staging
from kamdesk.desktop.shots import SMALL, settle
from kamdesk.storage import soundness

_NAMES = [scene.name for scene in scenes(Path())]
_MORE = 0.4
_WORD = 12
_ROUNDS = 25


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the territories of the scenes are made, once."""
    return tmp_path_factory.mktemp("scenes")


@pytest.fixture(autouse=True)
def no_longer_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for answers only: nobody looks at these pictures, and the files were just made."""
    monkeypatch.setattr(staging, "settle", lambda milliseconds=0: QTest.qWait(2))
    monkeypatch.setattr(soundness, "check", lambda *_, **__: None)


@pytest.fixture(autouse=True)
def painted_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paint no page on the way to what is looked at: a quarter of the time went there."""
    begin = Application._first_page

    def unpainted(self: Application, window: MainWindow[Any], *more: Any) -> None:
        window.setUpdatesEnabled(False)
        begin(self, window, *more)

    monkeypatch.setattr(Application, "_first_page", unpainted)


@pytest.fixture
def longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every text of ours be 40 % longer, as in a language with long words."""
    plain = looks.say

    def say(text: Text | str, language: str) -> str:
        words = plain(text, language)
        if not isinstance(text, Text) or not words:
            return words
        more = max(1, ceil(_MORE * len(words)) - 1)
        return " ".join([words, *("m" * min(_WORD, more - n) for n in range(0, more, _WORD))])

    monkeypatch.setattr(looks, "say", say)


def judged(name: str, places: Path, application: Application) -> list[str]:
    """Make a scene's window at 1280×720 and return what is wrong with it."""
    scene = next(one for one in scenes(places) if one.name == name)
    try:
        window = scene.make(application)
    except BaseException:
        for left in application.windows.copy():
            left.close()  # it holds the territory, and the next scenes would fail as well
        raise
    try:
        window.resize(SMALL)
        window.setUpdatesEnabled(True)
        window.show()
        for _ in range(_ROUNDS):  # a layout comes to rest in rounds, slowly on a busy machine
            settle(20)
            if not (wrong := [*nameless(window), *cut(window), *beyond(window)]):
                break
        return wrong
    finally:
        window.close()
        window.deleteLater()
        settle(10)


@pytest.mark.parametrize("name", _NAMES)
def test_all_is_named_and_nothing_cut_in_chinese(
    name: str, places: Path, application: Application, qtbot: QtBot
) -> None:
    application.choose_language("zh")
    assert judged(name, places, application) == []


@pytest.mark.usefixtures("longer")
@pytest.mark.parametrize("name", _NAMES)
def test_all_is_named_and_nothing_cut_in_longer_english(
    name: str, places: Path, application: Application, qtbot: QtBot
) -> None:
    assert judged(name, places, application) == []
