"""The list of customers: found, added, exported, brought from a file."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kamdesk.desktop import files
from kamdesk.desktop.pages import Route
from kamdesk.workspace import Workspace

from .conftest import Here

HOSTILE = ("<b>粗</b>&amp;", "\u202e反向\u202c", "a" + "\u0301" * 200)


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        for name in (*HOSTILE, "Acme Ltd.", "北屏重工", "景澄光电"):
            desk.accounts.add(desk.accounts.new(name))
        desk.accounts.add(replace(desk.accounts.new("昌记"), note="长" * 100_000))

    return more


def names(here: Here) -> list[str]:
    page: Any = here.window.page
    return [line.name for line in page.list.lines]


def test_names_are_sorted_and_found_by_pinyin(here: Here) -> None:
    page: Any = here.window.page
    chinese = [name for name in names(here) if name in ("北屏重工", "景澄光电", "昌记")]
    assert chinese == ["北屏重工", "昌记", "景澄光电"]
    assert page._head.remark.text() == "8 customers"
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_Slash)
    here.qtbot.keyClicks(page.list._find, "bpzg")
    assert names(here) == ["北屏重工"]
    here.qtbot.keyClick(page.list._find, Qt.Key.Key_Return)
    here.answered()
    assert here.window.page is not page


def test_hostile_names_are_shown_plain(here: Here) -> None:
    page: Any = here.window.page
    shown = {page.list.shown("Customer", row) for row in range(page.list.model.rowCount())}
    assert "<b>粗</b>&amp;" in shown
    assert "‹RLO›反向‹PDF›" in shown


def test_a_new_customer_is_refused_at_its_field_and_then_opened(here: Here) -> None:
    page: Any = here.window.page
    page.actions_here["accounts.new"].trigger()
    form = page._form
    form.city.setText("徐州")
    here.qtbot.keyClick(form.city, Qt.Key.Key_Return)
    here.answered()
    assert form.form.rows["name"].refusal == "Give the customer a name."
    assert form.city.text() == "徐州"
    form.name.setText("瑞坪矿业")
    here.qtbot.keyClick(form.name, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: here.window.page is not page)
    here.answered()
    assert "瑞坪矿业" in here.window.windowTitle()


def test_what_is_seen_is_exported(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    page: Any = here.window.page
    target = here.folder / "seen.csv"
    monkeypatch.setattr(files, "ask_where_to", lambda *_: target)
    page.list.look_for("北屏")
    page.actions_here["list.export"].trigger()
    assert here.told() == "1 row is in seen.csv."
    lines = target.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Customer,Class")
    assert [line.split(",")[0] for line in lines[1:]] == ["北屏重工"]


def test_a_file_is_looked_at_taken_in_and_taken_back(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = here.folder / "list.csv"
    path.write_text("客户名称,城市\n沐禾乳业,湖州\n,南京\n澜川精密轴承有限公司,无锡\n", "utf-8")
    monkeypatch.setattr(files, "ask_for_file", lambda *_: path)
    here.window.page.actions_here["accounts.import"].trigger()  # type: ignore[union-attr]
    here.answered()
    page: Any = here.window.page
    here.qtbot.waitUntil(lambda: page.list.model.rowCount() == 3, timeout=20_000)
    assert page.route == Route("import", os.fsencode(path))
    happens = [page.list.shown("What happens", row) for row in range(3)]
    assert happens == ["New", "Rejected", "Unchanged"]
    assert page._summary.text() == "1 new · 1 unchanged · 1 rejected"
    here.qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert here.told() == "list.csv: 1 new, 0 updated."
    here.answered()
    here.qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.answered()
    assert "沐禾乳业" in names(here)
    here.window.notices.clear()
    here.qtbot.keyClick(here.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert here.told() == "Undone: Import of list.csv."
    here.answered()
    assert "沐禾乳业" not in names(here)
    here.window.notices.clear()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    here.qtbot.keyClick(here.window, Qt.Key.Key_Z, both)
    assert here.told() == "Done again: Import of list.csv."


def test_a_file_that_cannot_be_read_says_why(here: Here, tmp_path: Path) -> None:
    page = here.go(Route("import", os.fsencode(tmp_path / "missing.csv")))
    here.qtbot.waitUntil(lambda: "Reading" not in page._summary.text())
    assert "missing.csv" in page._summary.text()
    assert not page._take.enabled


def test_every_control_says_what_it_is(here: Here) -> None:
    silent = [
        type(widget).__name__
        for widget in QApplication.allWidgets()
        if widget.isVisible()
        and widget.window() is here.window
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or widget.focusProxy())
    ]
    assert silent == []
