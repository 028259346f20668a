"""Scenes of places: a site that says where it lies, a refused link, how the user's week runs."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Do, Territories, quiet, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _of_site(name: str, typed: str = "") -> Do:
    def do(window: MainWindow[Any]) -> None:
        page: Any = window.page
        field = page.particulars.field("site", f":{name}")
        field.begin()
        quiet(page.workbench)
        if typed:
            field.row.editor.setText(typed)
            QTest.keyClick(field.row.editor, Qt.Key.Key_Return)
        quiet(page.workbench)
        page.particulars.show_part(field)

    return do


def _of_week(name: str = "", typed: str = "") -> Do:
    def do(window: MainWindow[Any]) -> None:
        page: Any = window.page
        quiet(page.workbench)
        habits = page.habits
        if name:
            habits.fields[name].begin()
            habits.fields[name].row.editor.setText(typed)
            QTest.keyClick(habits.fields[name].row.editor, Qt.Key.Key_Return)
            quiet(page.workbench)
        page.sheet.show_part(habits.forget)
        page.sheet.show_part(habits.fields[name or "home_address"])

    return do


def scenes(on: Territories) -> Sequence[Scene]:
    """Return the scenes of places."""

    def file(star: Any) -> Route:
        return Route("account", star, "particulars")

    def settings(_: Any) -> Route:
        return Route("settings")

    both = (SMALL, LARGE)
    return (
        Scene("site-place", shown(on, file, then=_of_site("hours")), both),
        Scene("site-place-refused", shown(on, file, then=_of_site("spot", "by the river"))),
        Scene("settings-week", shown(on, settings, then=_of_week()), both, (1,), (100, 200)),
        Scene("settings-week-refused", shown(on, settings, then=_of_week("day", "late"))),
    )
