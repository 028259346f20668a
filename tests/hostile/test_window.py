"""Hostile strings on every page of the window: each place that shows words shows plain text."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from support.hostile_desk import plant
from support.hostile_sinks import alive, shown
from support.hostile_strings import short

from kamdesk.desktop import looks
from kamdesk.desktop.finding.palette import Palette
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.labels import Fit, PlainLabel, plain_tip
from kamdesk.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("plugin does not support propagateSizeHints")


@pytest.fixture
def planted() -> list[Any]:
    return []


@pytest.fixture
def fill(planted: list[Any]) -> Callable[[Workspace], object]:
    return lambda desk: planted.extend(plant(desk))


def test_every_page_shows_plain_text_only(
    here: Any, planted: list[Any], request: pytest.FixtureRequest
) -> None:
    wide = request.config.getoption("--all", default=False)
    seen: list[str] = []

    def look() -> None:
        here.answered()
        assert alive(here.window) == []
        seen.append(shown(here.window))

    look()
    for account, visit in planted if wide else planted[::8]:
        page = here.go(Route("account", bytes(account)))
        for tab in ("overview", "people", "visits", "history"):
            page.tabs.choose(tab)
            page._choose(tab)
            look()
        title = here.window.windowTitle()
        assert title.endswith(" – KamDesk")
        assert len(title) < looks.LONGEST + 20
        here.go(Route("brief", bytes(visit), "visit"))
        look()
    for page in here.window._kinds.values():
        if page.place in ("top", "foot"):
            here.go(Route(page.id))
            look()
    found, palette = 0, Palette(here.window, here.bench)
    for typed in ("<img", "客户", "{name}", "=1+1", "& x", "\u202e", "x" * 5_000, "%s", "' OR"):
        palette.field.setText(typed)
        here.answered()
        assert alive(palette) == []
        found += len(palette.results.rows)
    assert found
    assert any("<img src=" in words for words in seen)
    assert any("‹RLO›" in words for words in seen)


def test_a_label_and_its_tip_show_each_string_as_it_is(application: Any, qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    label = PlainLabel("", fit=Fit.ELIDE, parent=box)
    label.resize(20, 20)
    for string in short():
        label.say(string)
        assert label.text() == looks.plain(" ".join(string.split("\n")))
        tip = plain_tip(string)
        if Qt.mightBeRichText(tip):
            assert tip.startswith("<span>")
            assert "<" not in tip[6:-7]
    assert alive(box) == []


def test_the_judge_of_windows_sees_a_bare_label_and_a_bare_tip(qtbot: QtBot) -> None:
    """The control: what Qt does by itself with a customer called ``<img …>``."""
    box = QWidget()
    qtbot.addWidget(box)
    layout = QVBoxLayout(box)
    layout.addWidget(QLabel("<b>x</b>"))
    box.setToolTip("<b>x</b>")
    assert len(alive(box)) == 2
