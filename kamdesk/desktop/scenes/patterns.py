"""Scenes of visit patterns: none yet, one made of a week, its visit changed, laid out."""

from collections.abc import Callable, Sequence
from typing import Any

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Do, Territories, bare, quiet, settle_until, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _page(_star: object) -> Route:
    return Route("patterns")


def _made(then: Callable[[Any], object] = lambda _: None) -> Do:
    def do(window: MainWindow[Any]) -> None:
        page: Any = window.page
        settle_until(lambda: page.content is not None)
        if not page.content.patterns:
            page.begin_new()
            page.step.name.setText("苏州、无锡一圈")
            page.step.weeks.choose(2)
            page.step.wanted.emit()
            settle_until(lambda: page.content.stops)
        page.end_step()
        then(page)
        quiet(page.workbench)

    return do


def _lay(page: Any) -> None:
    page.begin_lay()
    page.step.monday.setText("2026-04-27")
    page.step.cycles.setText("2")
    page.step.try_out()
    settle_until(lambda: page.step.laid)


def _change(page: Any) -> None:
    page.list.view.selectRow(0)
    page.begin_change()
    page.step.begins.setText("29:00")
    page.step.wanted.emit()


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    return (
        Scene("patterns-empty", bare(on, Route("patterns")), (SMALL,)),
        Scene("patterns-new", shown(on, _page, then=lambda window: _new(window)), (SMALL,)),
        Scene("patterns", shown(on, _page, then=_made()), (LARGE, SMALL)),
        Scene("patterns-change", shown(on, _page, then=_made(_change)), (SMALL,)),
        Scene("patterns-lay", shown(on, _page, then=_made(_lay)), (LARGE, SMALL)),
        Scene("patterns-large", shown(on, _page, then=_made()), (LARGE,), (1,), (200,)),
    )


def _new(window: MainWindow[Any]) -> None:
    page: Any = window.page
    settle_until(lambda: page.content is not None)
    page.begin_new()
    quiet(page.workbench)
