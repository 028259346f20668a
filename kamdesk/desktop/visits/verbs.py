"""What pages do with a visit or a promise they show, as verbs of the workbench."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.ids import PromiseId, VisitId
from kamdesk.core.wording import Text
from kamdesk.desktop.taking_back import undo_way
from kamdesk.domain.promises.model import PromiseState

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page, WayOut
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace


def moving(
    visit: VisitId, start: Instant, minutes: int | None, seen: object
) -> "Callable[[Workspace], ChangeSet]":
    """Return the verb that moves a visit."""
    return lambda desk: desk.visits.move(visit, start, minutes=minutes, seen=position(desk, seen))


def dropping(visit: VisitId, seen: object) -> "Callable[[Workspace], ChangeSet]":
    """Return the verb that drops a visit."""
    return lambda desk: desk.visits.drop(visit, seen=position(desk, seen))


def planning_again(visit: VisitId, seen: object) -> "Callable[[Workspace], ChangeSet]":
    """Return the verb that plans a dropped visit again."""
    return lambda desk: desk.visits.plan_again(visit, seen=position(desk, seen))


def holding(visit: VisitId, seen: object) -> "Callable[[Workspace], ChangeSet]":
    """Return the verb that says a visit took place."""
    return lambda desk: desk.visits.hold(visit, seen=position(desk, seen))


def closing(visit: VisitId, seen: object) -> "Callable[[Workspace], ChangeSet]":
    """Return the verb that closes a visit."""
    return lambda desk: desk.visits.close(visit, seen=position(desk, seen))


def settle_promise(
    page: "Page[Workspace]", promise: PromiseId, words: str, *, kept: bool = True
) -> None:
    """Say that a promise was kept, or is open again; the page tells it with a way back."""
    seen = page.seen
    state = PromiseState.KEPT if kept else PromiseState.OPEN
    said = Text("Kept: {what}", what=words) if kept else Text("Open again: {what}", what=words)
    page.do(
        lambda desk: desk.promises.settle(promise, state, seen=position(desk, seen)),
        lambda _: page.around.say(said, way_out=undo_of(page)),
    )


def position(desk: "Workspace", seen: object) -> "Seen":
    """Return the position a page has seen; now's, where it has seen none yet."""
    return cast("Seen", seen) if seen is not None else desk.storage.position()


def undo_of(page: "Page[Workspace]") -> "WayOut":
    """Return the way out of what was just done: the button that undoes it."""
    return undo_way(page.workbench, page.around.say)
