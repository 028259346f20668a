"""The search box: names by pinyin, notes, commands, all by the keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk import settings
from kamdesk.desktop import looks
from kamdesk.desktop.exchange.signs import give_exchange_key
from kamdesk.desktop.finding.commands import commands_of
from kamdesk.desktop.finding.palette import Palette, open_palette
from kamdesk.desktop.lists import give_export_key
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


def test_a_person_is_found_by_pinyin_that_is_shown_and_opened(here: Here) -> None:
    palette = opened(here)
    here.qtbot.keyClicks(palette.field, "limin")
    here.answered()
    first = palette.results.rows[0]
    assert (first.title, first.keys) == ("李敏", "Enter")
    assert first.beside == "li min · 澜川"
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    here.answered()
    page: Any = here.window.page
    assert page.route.page == "person"
    with_desk = here.desk()
    assert with_desk.people.ask.get(page.route.record).name == "李敏"
    with_desk.close()


def test_words_of_a_visit_are_found(here: Here) -> None:
    palette = opened(here)
    palette.field.setText("点名")
    here.answered()
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    here.answered()
    assert here.window.page
    assert here.window.page.route == Route("visit", here.visit)


def test_a_command_is_run_by_its_name(here: Here) -> None:
    palette = opened(here)
    here.qtbot.keyClicks(palette.field, ">new")
    assert titles(palette)[0] == "New customer"
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    page: Any = here.window.page
    assert page._form.isVisible()


def test_what_page_and_window_can_both_do_stands_there_once(here: Here) -> None:
    give_export_key(here.window)
    give_exchange_key(here.window, here.bench)
    name = "Export what is seen"
    (found,) = (one for one in commands_of(here.window) if one.name.source == name)
    assert found.id == "list.export"
    here.go(Route("exchange"))
    (found,) = (one for one in commands_of(here.window) if one.name.source == "Exchange now")
    assert found.id == "exchange_now"  # the page's own cannot be done: in no team
    page: Any = here.window.page
    page.actions_here["exchange.now"].enable()
    (found,) = (one for one in commands_of(here.window) if one.name.source == "Exchange now")
    assert found.id == "exchange.now"


def test_escape_gives_the_focus_back(here: Here) -> None:
    page: Any = here.window.page
    page.list.view.setFocus()
    palette = opened(here)
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert here.window.findChild(Palette) is None
    assert here.window.focusWidget() is page.list.view


def groups(palette: Palette) -> dict[str, list[str]]:
    """Return the titles below each heading."""
    found: dict[str, list[str]] = {}
    for n in range(palette.results.count()):
        item = palette.results.item(n)
        row = palette.results.row_at(n)
        if row is None:
            found[item.text()] = []
        else:
            found[list(found)[-1]].append(row.title)
    return found


def test_every_action_of_page_and_window_is_listed_with_its_key(here: Here) -> None:
    page: Any = here.window.page
    palette = opened(here)
    listed = {(row.title, row.keys) for row in palette.results.rows}
    actions = [*page.actions_here, *here.window.actions_here]
    wanted = {(looks.said(a.name), a.keys) for a in actions if a.enabled and a.id != "search"}
    assert wanted <= listed
    titles_of_settings = {looks.said(one.title) for one in settings.DECLARED if one.title}
    assert titles_of_settings <= {title for title, _ in listed}


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("settings", "Settings"),
        ("设置", "Settings"),
        ("shezhi", "Settings"),
        ("sz", "Settings"),
        ("she zhi", "Settings"),
        ("undo", "Undo"),
        ("chexiao", "Undo"),
        ("appear", "Appearance"),
    ],
)
def test_a_command_is_found_in_both_languages_by_pinyin_and_initials(
    here: Here, typed: str, command: str
) -> None:
    palette = opened(here)
    here.answered()  # how the commands sound is known now
    palette.field.setText(f">{typed}")
    assert titles(palette)[0] == command


def test_commands_used_last_come_first(here: Here) -> None:
    for name in ("settings", "safety"):
        palette = opened(here)
        here.qtbot.keyClicks(palette.field, f">{name}")
        chosen = titles(palette)[0]
        here.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
        here.answered()
        here.go(Route("accounts"))
        palette = opened(here)
        assert groups(palette)["Used last"][0] == chosen
        palette.give_way()
    palette = opened(here)
    assert groups(palette)["Used last"][1] == "Settings"


def test_tab_leads_to_what_can_be_done_with_the_first_hit(here: Here) -> None:
    palette = opened(here)
    here.qtbot.keyClicks(palette.field, "lcjm")
    here.answered()
    shown = groups(palette)
    assert shown["With 澜川精密轴承有限公司"] == [
        *("Visit brief", "Plan a visit", "Edit in place", "Decision chain"),
    ]
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Tab)
    assert palette.results.found is not None
    assert palette.results.found.title == "Visit brief"
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    here.answered()
    here.qtbot.waitUntil(lambda: here.window.page.route.page in ("brief", "paper"))
    assert here.window.page
    assert here.window.page.route.record == here.account.id


def test_a_number_opens_its_row(here: Here) -> None:
    palette = opened(here)
    here.qtbot.keyClicks(palette.field, "l")
    here.answered()
    second = next(row for row in palette.results.rows if row.keys == "Ctrl+2")
    here.qtbot.keyClick(palette.field, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    here.answered()
    assert second.title in ("李敏", "陈立新")
    assert here.window.page
    assert here.window.page.route.page == "person"


def test_help_is_found_and_opened(here: Here) -> None:
    palette = opened(here)
    palette.field.setText("recovery code")
    here.answered()
    assert len(groups(palette)["Help"]) >= 1
    row = next(n for n in range(palette.results.count()) if _is_help(palette, n))
    palette.results.setCurrentRow(row)
    here.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    here.answered()
    assert here.window.page
    assert here.window.page.route.page == "help"


def _is_help(palette: Palette, n: int) -> bool:
    row = palette.results.row_at(n)
    return row is not None and row.icon == "circle-help" and row.beside == "Safety"


def test_a_name_that_looks_like_markup_is_shown_as_it_is(here: Here) -> None:
    here.bench.do(None, lambda desk: desk.accounts.add(desk.accounts.new("<b>Qq</b>\u202egnp.exe")))
    here.answered()
    palette = opened(here)
    palette.field.setText("qq")
    here.answered()
    assert titles(palette)[0] == "<b>Qq</b>‹RLO›gnp.exe"
    palette.give_way()
