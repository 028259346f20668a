"""Scenes of what is owed: the ledger of promises, who is due for a contact."""

from collections.abc import Callable, Sequence
from typing import Any

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Territories, bare, settle_until, shown, trigger
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _promises(_star: object) -> Route:
    return Route("promises")


def _of_one(star: Any) -> Route:
    return Route("promises", star)


def _due(_star: object) -> Route:
    return Route("due")


def _after_choosing(action: str) -> Callable[[MainWindow[Any]], object]:
    def do(window: MainWindow[Any]) -> None:
        page: Any = window.page
        settle_until(lambda: page.list.lines)
        page.list.setFocus()
        page.list.view.selectRow(1)
        trigger(action)(window)

    return do


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    group = trigger("promises.group")
    return (
        Scene("promises", shown(on, _promises), both, (1,), (100,)),
        Scene("promises-large", shown(on, _promises), (LARGE,), (1,), (200,)),
        Scene("promises-empty", bare(on, Route("promises")), (SMALL,)),
        Scene("promises-grouped", shown(on, _promises, then=group), (LARGE,)),
        Scene("promises-new", shown(on, _promises, then=trigger("promises.new")), (SMALL,)),
        Scene(
            "promises-change", shown(on, _promises, then=_after_choosing("promises.change")), both
        ),
        Scene(
            "promises-remind",
            shown(on, _promises, then=_after_choosing("promises.remind")),
            (SMALL,),
        ),
        Scene("promises-account", shown(on, _of_one), (LARGE,)),
        Scene("due", shown(on, _due), both, (1,), (100,)),
        Scene("due-large", shown(on, _due), (LARGE,), (1,), (200,)),
        Scene("due-empty", bare(on, Route("due")), (SMALL,)),
        Scene("due-plan", shown(on, _due, then=_after_choosing("due.plan")), (SMALL,)),
        Scene("due-call", shown(on, _due, then=_after_choosing("due.call")), (LARGE,)),
        Scene("due-agree", shown(on, _due, then=_after_choosing("due.agree")), (SMALL,)),
        Scene("due-pause", shown(on, _due, then=_after_choosing("due.pause")), (SMALL,)),
    )
