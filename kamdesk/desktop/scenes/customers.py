"""Scenes of customers: the list, the file with its tabs, brief, import, search."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import (
    Shown,
    Territories,
    quiet,
    shown,
)
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _empty(territories: Territories) -> Callable[[Application], QWidget]:
    return lambda app: Shown(app, territories.empty(), territories.keys).window()


def _find(window: MainWindow[Any]) -> None:
    from kamdesk.desktop.finding.palette import Palette

    window.search_wanted.emit()
    palette = window.findChild(Palette)
    if palette is not None:
        palette.field.setText("cy" if looks.language() == "zh" else "ce")


def _new(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.actions_here["accounts.new"].trigger()
    quiet(page.workbench)
    page._form.draft.discard()  # of the scene with a draft
    page._form._save()


def _plan(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.actions_here["account.plan"].trigger()


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    return (
        Scene("accounts", shown(on), both, (1,), (100,)),
        Scene("accounts-large", shown(on), (LARGE,), (1,), (200,)),
        Scene("accounts-empty", _empty(on), (SMALL,)),
        Scene("accounts-new", shown(on, then=_new), (SMALL,)),
        Scene("account", shown(on, lambda star: Route("account", star)), both, (1, 2)),
        Scene("account-large", shown(on, lambda s: Route("account", s)), (LARGE,), (1,), (200,)),
        Scene("people", shown(on, lambda star: Route("account", star, "people")), both),
        Scene("visits", shown(on, lambda star: Route("account", star, "visits")), both),
        Scene("visits-plan", shown(on, lambda s: Route("account", s), then=_plan), (LARGE,)),
        Scene("history", shown(on, lambda star: Route("account", star, "history")), both),
        Scene("brief", shown(on, lambda star: Route("brief", star, "account")), both),
        Scene("import", shown(on, lambda _: Route("import", on.file())), (SMALL,)),
        Scene("settings", shown(on, lambda _: Route("settings")), both),
        Scene("search", shown(on, then=_find), (LARGE,)),
    )
