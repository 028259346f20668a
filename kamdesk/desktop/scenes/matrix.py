"""Scenes of the matrix and of executive plans."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kamdesk.desktop import looks
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Territories, settle_until, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _set_some(window: MainWindow[Any]) -> None:
    """Set a few steps, as one would by keys."""
    page: Any = window.page
    settle_until(lambda: page.model.columns)
    if any(column.id and column.knows for column in page.model.columns):
        return
    for row, column, now, wanted in (
        (1, 0, 2, 3), (1, 3, 0, 3), (0, 0, 3, 4), (2, 0, 3, 3), (2, 1, 4, 4), (3, 0, 1, 3),
        (4, 1, 2, 2),
    ):  # fmt: skip
        page.grid.setCurrentIndex(page.model.index(row, column))
        page.grid.now_set.emit(now)
        page.grid.wanted_set.emit(wanted)
        settle_until(lambda: not page.workbench.busy)
    page.grid.setCurrentIndex(page.model.index(1, 3))


def _by_line(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.actions_here["matrix.lines"].trigger()


def _plan(window: MainWindow[Any]) -> None:
    """Begin a plan with somebody, or open the one there is, and write a little into it."""
    page: Any = window.page
    page.grid.setCurrentIndex(page.model.index(1, 3))
    settle_until(lambda: page._cell is not None and page._cell.spot == page.grid.spot)
    page.actions_here["matrix.plan"].trigger()
    settle_until(lambda: window.page is not page)
    plan: Any = window.page
    settle_until(lambda: plan.content is not None)
    if plan.content is not None and not plan.content.plan.why_now:
        chinese = looks.language() == "zh"
        plan._change(
            replace(
                plan.content.plan,
                why_now="二期工厂立项，董事会 4 月定盘子"
                if chinese
                else "Second plant: the board decides in April",
                aim_from="未见面" if chinese else "not met",
                aim_to="见面，点名项目负责人" if chinese else "met, names an owner",
                aim_by=date(2026, 4, 30),
                topics="各基地停机代价 | 三家同行的停机账"
                if chinese
                else "Cost of standstill | three peers' standstill accounts",
            )
        )


def _refused(window: MainWindow[Any]) -> None:
    _plan(window)
    page: Any = window.page
    page.actions_here["access.close"].trigger()


def _matrix(star: Any) -> Route:
    return Route("chain", star, "matrix")


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    return (
        Scene("matrix", shown(on, _matrix, then=_set_some), (LARGE, SMALL), (1, 2), (100,)),
        Scene("matrix-large", shown(on, _matrix), (LARGE,), (1,), (200,)),
        Scene("access-plan", shown(on, _matrix, then=_plan), (LARGE, SMALL), (1,), (100,)),
        Scene("access-plan-closing", shown(on, _matrix, then=_refused), (LARGE,), (1,), (100,)),
        Scene("access-targets", shown(on, lambda _: Route("access_plan")), (SMALL,), (1,), (100,)),
        Scene("matrix-lines", shown(on, _matrix, then=_by_line), (SMALL,), (1,), (100,)),
    )
