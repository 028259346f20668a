"""Scenes of opportunities: the list, empty, with the form, and one of them."""

from collections.abc import Sequence
from typing import Any

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import (
    Territories,
    bare,
    settle_until,
    shown,
    trigger,
)
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _list(_star: object) -> Route:
    return Route("opportunities")


def _first(window: MainWindow[Any]) -> None:
    page: Any = window.page
    settle_until(lambda: page.list.lines)
    window.go(Route("opportunity", page.list.lines[0].id))
    opened: Any = window.page
    settle_until(lambda: opened.content is not None)


def _step(window: MainWindow[Any]) -> None:
    _first(window)
    page: Any = window.page
    page.fields.fields["step"].begin()


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    add = trigger("opportunities.new")
    return (
        Scene("opportunities", shown(on, _list), both, (1,), (100,)),
        Scene("opportunities-large", shown(on, _list), (LARGE,), (1,), (200,)),
        Scene("opportunities-empty", bare(on, Route("opportunities")), (SMALL,)),
        Scene("opportunities-new", shown(on, _list, then=add), (SMALL,)),
        Scene(
            "opportunities-all", shown(on, _list, then=trigger("opportunities.settled")), (LARGE,)
        ),
        Scene("opportunity", shown(on, _list, then=_first), both),
        Scene("opportunity-large", shown(on, _list, then=_first), (SMALL,), (1,), (200,)),
        Scene("opportunity-step", shown(on, _list, then=_step), (SMALL,)),
    )
