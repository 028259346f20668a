"""Scenes of a customer's phase and standing tasks: the block, a task settled, the phase set."""

from collections.abc import Callable, Sequence
from typing import Any

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Do, Territories, quiet, settle_until, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene, settle


def _overview(star: Any) -> Route:
    return Route("account", star)


def _block(then: Callable[[Any], object]) -> Do:
    def do(window: MainWindow[Any]) -> None:
        page: Any = window.page
        quiet(page.workbench)
        block = page.overview.standing
        settle_until(lambda: block.seen is not None)
        then(block)
        quiet(page.workbench)
        settle()
        if block.step is None:
            page.overview.show_part(block)

    return do


def _tasks(block: Any) -> None:
    first = block.seen.lifecycle.tasks[0]
    block._tick(first)
    quiet(block._page.workbench)
    block._fold()


def _refused(block: Any) -> None:
    block.begin_phase()
    block.step.phase.choose("lost")
    block.step.wanted.emit()


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    return (
        Scene("account-phase", shown(on, _overview, then=_block(lambda _: None)), both),
        Scene("account-tasks", shown(on, _overview, then=_block(_tasks)), (LARGE,)),
        Scene(
            "account-task",
            shown(on, _overview, then=_block(lambda block: block.begin_task())),
            (SMALL,),
        ),
        Scene("account-phase-set", shown(on, _overview, then=_block(_refused)), (SMALL,)),
    )
