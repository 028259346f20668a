"""The keyboard all the way: no key means two things; lists, tabs, panes are walked; undo names."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop.pages import Route
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.widgets.record_table import RecordTable

from .conftest import Here

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PAGES = ("today", "accounts", "people", "visits", "safety", "review", "settings", "help")


def acting(here: Here) -> list[str]:
    """The keys that act now wherever the focus is in the window."""
    everywhere = Qt.ShortcutContext.WindowShortcut
    return [
        shortcut.key().toString()
        for shortcut in here.window.findChildren(QShortcut)
        if shortcut.context() == everywhere and shortcut.isEnabled()
        if isinstance(owner := shortcut.parent(), QWidget) and owner.isVisible()
    ]


def written(here: Here, name: str) -> None:
    here.bench.do(None, lambda desk: desk.accounts.add(desk.accounts.new(name)))
    here.answered()


@pytest.mark.parametrize("page", [*PAGES, "account", "person", "visit", "brief"])
def test_no_key_means_two_things_at_one_place(here: Here, page: str) -> None:
    desk = here.desk()
    records = {
        "account": here.account.id,
        "brief": here.account.id,
        "person": desk.people.ask.lines()[0].id,
        "visit": here.visit,
    }
    desk.close()
    tab = "account" if page == "brief" else ""
    here.go(Route(page, records.get(page), tab))
    keys = acting(here)
    assert {"Ctrl+K", "F6", "?"} <= set(keys)
    assert {one for one in keys if keys.count(one) > 1} == set()


@pytest.mark.parametrize("page", ["accounts", "people", "visits"])
def test_j_and_k_walk_the_list_of_each_page(here: Here, page: str) -> None:
    written(here, "北屏重工")
    shown = here.go(Route(page, None, "log" if page == "visits" else ""))
    (table, *_) = [t for t in shown.findChildren(RecordTable) if t.isVisible()]
    table.view.setFocus()
    here.qtbot.keyClick(table.view, Qt.Key.Key_Home)
    first = table.view.currentIndex().row()
    rows = table.model.rowCount()
    assert rows >= 2
    here.qtbot.keyClick(table.view, Qt.Key.Key_J)
    assert table.view.currentIndex().row() == first + 1
    here.qtbot.keyClick(table.view, Qt.Key.Key_K)
    assert table.view.currentIndex().row() == first


def test_alt_and_numbers_follow_the_rail(here: Here) -> None:
    top = [kind.id for kind in here.window._kinds.values() if kind.place == "top"]
    for n, page in enumerate(top, 1):
        here.qtbot.keyClick(here.window, Qt.Key(Qt.Key.Key_0 + n), ALT)
        here.answered()
        assert here.window.page
        assert here.window.page.route.page == page


@pytest.mark.parametrize("page", PAGES)
def test_f6_comes_round_on_every_page(here: Here, page: str) -> None:
    here.go(Route(page))
    met: list[QWidget | None] = []
    for _ in range(12):
        here.qtbot.keyClick(here.window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        if focus in met:
            break
        met.append(focus)
    assert here.window.top_bar.search in met
    assert len(met) >= 2
    assert QApplication.focusWidget() in met


def test_ctrl_tab_walks_the_tabs_of_a_customer(here: Here) -> None:
    page: Any = here.go(Route("account", here.account.id))
    first = page.tabs.key
    met = {first}
    for _ in range(10):
        here.qtbot.keyClick(here.window, Qt.Key.Key_Tab, CONTROL)
        here.answered()
        met.add(page.tabs.key)
    assert {"people", "visits", "history"} <= met


def test_escape_leaves_a_form_and_its_draft_is_kept(here: Here) -> None:
    page: Any = here.go(Route("accounts"))
    here.qtbot.keyClick(here.window, Qt.Key.Key_N, CONTROL)
    here.answered()
    here.qtbot.keyClicks(page._form.name, "Ruiping")
    here.qtbot.keyClick(page._form.name, Qt.Key.Key_Escape)
    here.answered()
    assert not page._form.isVisible()
    desk = here.desk()
    assert desk.drafts.at("accounts.new").content["name"] == "Ruiping"
    desk.close()
    here.qtbot.keyClick(here.window, Qt.Key.Key_N, CONTROL)
    here.answered()
    assert page._form.name.text() == "Ruiping"
    page._form.draft.discard()
    here.answered()


def test_undo_and_redo_name_what_they_did(here: Here) -> None:
    here.go(Route("settings"))
    written(here, "北屏重工")
    here.qtbot.keyClick(here.window, Qt.Key.Key_Z, CONTROL)
    undone = here.told()
    assert undone.startswith("Undone: ")
    here.window.notices.clear()
    here.qtbot.keyClick(here.window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert here.told() == undone.replace("Undone", "Done again")
    desk = here.desk()
    assert "北屏重工" in {line.name for line in desk.accounts.ask.lines()}
    desk.close()


def test_an_offered_undo_goes_with_the_next_change(here: Here) -> None:
    here.go(Route("settings"))
    written(here, "北屏重工")
    here.qtbot.keyClick(here.window, Qt.Key.Key_Z, CONTROL)
    assert here.told().startswith("Undone: ")
    written(here, "南屏重工")
    assert here.window.notices.words == ""


def test_what_was_said_goes_with_the_next_page_but_trouble_stays(here: Here) -> None:
    bar = here.window.notices
    here.window.say(Text("Seen"))
    here.window.go(Route("settings"))
    assert bar.words == "Seen"  # said while going there
    here.qtbot.wait(1)
    here.window.go(Route("visits"))
    assert bar.words == ""
    bar.say(Text("The disk is full."), tone=Tone.BRICK)
    here.qtbot.wait(1)
    here.window.go(Route("settings"))
    assert bar.words == "The disk is full."
    bar.say(Text("Not saved yet."), lasts=True)
    here.qtbot.wait(1)
    here.window.go(Route("visits"))
    assert bar.words == "Not saved yet."


def test_in_a_field_undo_takes_typing_back_and_nothing_else(here: Here) -> None:
    written(here, "北屏重工")
    page: Any = here.go(Route("accounts"))
    here.qtbot.keyClick(here.window, Qt.Key.Key_N, CONTROL)
    here.answered()
    field = page._form.name
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    here.qtbot.keyClicks(field, "typed")
    here.qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
    here.answered()
    assert field.text() != "typed"
    assert here.window.notices.words == ""
    desk = here.desk()
    assert "北屏重工" in {line.name for line in desk.accounts.ask.lines()}
    desk.close()
    page._form.draft.discard()
    here.answered()


def test_letters_act_only_outside_of_fields(here: Here) -> None:
    page: Any = here.go(Route("people"))
    here.qtbot.keyClick(here.window, "/")
    field = here.window.focusWidget()
    here.qtbot.keyClicks(field, "nbe?")
    here.answered()
    assert isinstance(field, QLineEdit)
    assert field.text() == "nbe?"
    assert here.window.page is page


def test_work_that_waits_is_counted_and_the_running_one_stopped(here: Here) -> None:
    import threading

    gate = threading.Event()
    ended: list[str] = []

    def work(_desk: object, job: Any) -> None:
        while not gate.wait(0.005):
            job.step(1, 4)

    for name in ("Importing customers", "Making today's backup", "Looking through the whole file"):
        here.bench.job(
            None, Text("{job}", job=name), work, lambda _: None, lambda why: ended.append(str(why))
        )
    status = here.window.status
    here.qtbot.waitUntil(lambda: "Importing customers · 2 more wait" in status.words)
    status._stop.click()
    here.qtbot.waitUntil(lambda: "Making today's backup · 1 more waits" in status.words)
    assert len(ended) == 1
    gate.set()
    here.answered()
    here.qtbot.waitUntil(lambda: status.words == [])


def test_esc_goes_back_from_a_page_below_another(here: Any) -> None:
    page = here.go(Route("account", here.account.id))
    page.panes()[0].setFocus()
    here.qtbot.keyClick(page, Qt.Key.Key_Escape)
    here.answered()
    assert here.window.page.route == Route("accounts")
    here.qtbot.keyClick(here.window.page, Qt.Key.Key_Escape)
    assert here.window.page.route == Route("accounts"), "a page of the rail is not left by Esc"
