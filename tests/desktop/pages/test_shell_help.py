"""Help: a page for every place in both languages, read plain, found from the palette, by F1."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.assets import asset
from kamdesk.desktop.help.keys_panel import KeysPanel
from kamdesk.desktop.help.library import PAGES, Block, Is, look_up, page_for, parsed, read
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import PlainLabel

from .conftest import Here

LANGUAGES = ("en", "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_help_page_is_there_with_its_title_and_ways_that_lead_somewhere(language: str) -> None:
    for page in PAGES:
        help = read(page, language)
        assert help.title
        assert len(help.blocks) >= 10, page
        for block in help.blocks:
            assert block.words, page
            assert "<" not in block.words
            if block.is_ is Is.WAY:
                assert block.words in PAGES
                assert block.words != page
    files = {path.stem for path in asset("help", language).iterdir()}
    assert files == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_tell_the_same_keys_headings_and_ways(page: str) -> None:
    def skeleton(language: str) -> list[tuple[Is, str]]:
        kept = (Is.HEADING, Is.KEY, Is.WAY, Is.POINT)
        return [
            (block.is_, block.words if block.is_ is Is.WAY else block.keys)
            for block in read(page, language).blocks
            if block.is_ in kept
        ]

    assert skeleton("en") == skeleton("zh")


def test_every_page_of_the_window_has_a_help_page(here: Here) -> None:
    for kind in here.window._kinds.values():
        assert page_for(kind.id) != "start" or kind.id == "help", kind.id


def test_a_file_is_read_into_blocks() -> None:
    text = "# Title\n\nOne\nline.\n\n- a\n- b\n\n## More\n[Ctrl+K] Find\n[[] Back\n-> keys\n<b>"
    help = parsed("x", text)
    assert help.title == "Title"
    assert help.blocks == (
        Block(Is.PARAGRAPH, "One line."),
        Block(Is.POINT, "a"),
        Block(Is.POINT, "b"),
        Block(Is.HEADING, "More"),
        Block(Is.KEY, "Find", "Ctrl+K"),
        Block(Is.KEY, "Back", "["),
        Block(Is.WAY, "keys"),
        Block(Is.PARAGRAPH, "<b>"),
    )


def test_help_is_found_by_its_words() -> None:
    assert look_up("recovery code", "en")[0].page == "safety"
    assert look_up("恢复码", "zh")[0].page == "safety"
    assert look_up("visits", "en")[0].page == "visits"
    assert look_up("x", "en") == look_up("", "en") == look_up("quagga", "en") == []


def test_f1_opens_the_help_of_the_place_and_back_returns(here: Here) -> None:
    page = here.go(Route("accounts"))
    here.qtbot.keyClick(here.window, Qt.Key.Key_F1)
    here.answered()
    shown: Any = here.window.page
    assert shown.route == Route("help", None, "accounts")
    assert here.window.windowTitle() == "Customers – KamDesk"
    labels = [label.text() for label in shown.findChildren(PlainLabel)]
    assert "Read the file in ten seconds" in labels
    assert shown.findChildren(KeyCap)
    here.qtbot.keyClick(here.window, Qt.Key.Key_BracketRight)
    here.answered()
    assert here.window.windowTitle() == "People – KamDesk"
    here.qtbot.keyClick(here.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    here.qtbot.keyClick(here.window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert here.window.page is page


def test_a_way_leads_to_another_help_page(here: Here) -> None:
    page = here.go(Route("help", None, "keys"))
    way = next(way for way in page.ways if way.words == "Safety")
    way.setFocus()
    here.qtbot.keyClick(way, Qt.Key.Key_Return)
    here.answered()
    assert here.window.windowTitle() == "Safety – KamDesk"


def test_the_question_mark_shows_the_keys_of_page_and_window(here: Here) -> None:
    page: Any = here.go(Route("safety"))
    before = here.window.focusWidget()
    here.qtbot.keyClick(here.window, "?")
    panel = here.window.findChild(KeysPanel)
    assert isinstance(panel, KeysPanel)
    on_page, everywhere = (dict(hints) for hints in panel.lists)
    declared = {a.keys for a in page.actions_here if a.keys}
    assert declared <= set(on_page)
    assert {a.keys for a in here.window.actions_here if a.keys} == set(everywhere)
    caps = {cap._keys for cap in panel.findChildren(KeyCap)}
    assert {*on_page, *everywhere} <= caps
    here.qtbot.keyClick(here.window.focusWidget(), Qt.Key.Key_Escape)
    assert here.window.findChild(KeysPanel) is None
    assert here.window.focusWidget() is before


def test_while_the_panel_is_open_no_key_acts_below(here: Here) -> None:
    page: Any = here.go(Route("safety"))
    here.qtbot.keyClick(here.window, "?")
    here.qtbot.keyClick(here.window.focusWidget(), Qt.Key.Key_P)
    here.answered()
    assert page.step is None
    here.qtbot.keyClick(here.window.focusWidget(), Qt.Key.Key_Escape)
    here.qtbot.keyClick(here.window, Qt.Key.Key_P)
    assert page.step is not None
