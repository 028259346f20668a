"""Scenes of the matrix and of executive plans."""

from collections.abc import Sequence
from typing import Any

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Territories, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene, settle


def _set_some(window: MainWindow[Any]) -> None:
    """Set a few steps, as one would by keys."""
    page: Any = window.page
    if any(column.id and column.knows for column in page.model.columns):
        return
    for row, column, now, wanted in (
        (1, 0, 2, 3), (1, 3, 0, 3), (0, 0, 3, 4), (2, 0, 3, 3), (2, 1, 4, 4), (3, 0, 1, 3),
        (4, 1, 2, 2),
    ):  # fmt: skip
        page.grid.setCurrentIndex(page.model.index(row, column))
        page.grid.now_set.emit(now)
        settle(60)
        page.grid.wanted_set.emit(wanted)
        settle(60)
    page.grid.setCurrentIndex(page.model.index(1, 3))


def _by_line(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.actions_here["matrix.lines"].trigger()


def _matrix(star: Any) -> Route:
    return Route("chain", star, "matrix")


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    return (
        Scene("matrix", shown(on, _matrix, then=_set_some), (LARGE, SMALL), (1, 2), (100,)),
        Scene("matrix-large", shown(on, _matrix), (LARGE,), (1,), (200,)),
        Scene("matrix-lines", shown(on, _matrix, then=_by_line), (SMALL,), (1,), (100,)),
    )
