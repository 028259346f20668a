"""Scenes of the week plan: as it stands, proposed, tried, by hand, with nothing to plan."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Do, Territories, bare, settle_until, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene, settle

_ACCOUNTS: Final = 80
"""So many customers fill one's week."""


def _week(_star: object) -> Route:
    return Route("week", None, "2026-03-16")


def _fresh(window: MainWindow[Any]) -> None:
    """Leave out what an earlier scene did."""
    page: Any = window.page
    window.notices.clear()
    page.work.draft.discard()


def _propose(window: MainWindow[Any]) -> None:
    _fresh(window)
    page: Any = window.page
    page.planner.search.seconds = 0.5
    page.planner.propose()
    settle_until(lambda: page.planner.board.proposed and not page.planner.search.running)
    _choose(window, 3)
    settle_until(lambda: page.planner.verdict is not None)
    settle(300)


def _choose(window: MainWindow[Any], n: int) -> None:
    page: Any = window.page
    free = [one for one in page.grid.in_order if one.movable]
    if free:
        page.grid.choose(free[min(n, len(free) - 1)].item.key)
    page.grid.setFocus()


def _tried(window: MainWindow[Any]) -> None:
    _propose(window)
    page: Any = window.page
    page.planner.try_out(None)
    settle_until(lambda: page.planner.trial is not None, 2000)


def _by_hand(window: MainWindow[Any]) -> None:
    _propose(window)
    page: Any = window.page
    key = page.grid.key
    page.planner.move(key, 0, 2)
    page.on_block.correct_to(key)


def _night(window: MainWindow[Any]) -> None:
    _propose(window)
    page: Any = window.page
    page.planner.try_night()
    settle_until(lambda: page.planner.trial is not None, 4000)


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)

    def seen(then: Do) -> Callable[[Application], QWidget]:
        return shown(on, _week, then=then, accounts=_ACCOUNTS)

    return (
        Scene("week-plan", seen(_fresh), both),
        Scene("week-proposed", seen(_propose), both, (1, 2)),
        Scene("week-proposed-large", seen(_propose), (LARGE,), (1,), (200,)),
        Scene("week-tried", seen(_tried), both),
        Scene("week-night", seen(_night), (LARGE,)),
        Scene("week-empty", bare(on, _week(None)), (SMALL,)),
        Scene("week-leg", seen(_by_hand), (SMALL,)),
    )
