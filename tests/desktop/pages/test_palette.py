"""The search box: names by pinyin, notes, commands, all by the keyboard."""

from typing import Any

from PySide6.QtCore import Qt

from kamdesk.desktop.finding.palette import Palette, open_palette
from kamdesk.desktop.pages import Route

from .conftest import Here


def opened(here: Here) -> Palette:
    open_palette(here.window, here.bench)
    palette = here.window.findChild(Palette)
    assert isinstance(palette, Palette)
    return palette


def titles(palette: Palette) -> list[str]:
    return [row.title for row in palette.results.rows]


def test_a_customer_is_found_by_initials_and_opened(here: Here) -> None:
    palette = opened(here)
    here.qtbot.keyClicks(palette.field, "lcjm")
    here.answered()
    assert titles(palette)[0] == "澜川精密轴承有限公司"
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    here.answered()
    assert here.window.page
    assert here.window.page.route == Route("account", here.account.id)
    assert here.window.findChild(Palette) is None


def test_a_person_is_opened_in_the_customers_list(here: Here) -> None:
    palette = opened(here)
    here.qtbot.keyClicks(palette.field, "limin")
    here.answered()
    assert titles(palette)[0] == "李敏"
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    here.answered()
    page: Any = here.window.page
    assert page.tabs.key == "people"
    assert page.people.list.current.name == "李敏"


def test_words_of_a_visit_are_found(here: Here) -> None:
    palette = opened(here)
    palette.field.setText("点名")
    here.answered()
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    here.answered()
    page: Any = here.window.page
    assert page.tabs.key == "visits"
    assert page.visits.list.current.id == here.visit


def test_a_command_is_run_by_its_name(here: Here) -> None:
    palette = opened(here)
    here.qtbot.keyClicks(palette.field, ">new")
    assert titles(palette) == ["New customer"]
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    page: Any = here.window.page
    assert page._form.isVisible()


def test_escape_gives_the_focus_back(here: Here) -> None:
    page: Any = here.window.page
    page.list.view.setFocus()
    palette = opened(here)
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert here.window.findChild(Palette) is None
    assert here.window.focusWidget() is page.list.view
