"""What is written at once: each one action, said with its undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop.visits.verbs import position, undo_of
from kamdesk.desktop.week.said import item_words
from kamdesk.domain.visits.model import VisitState
from kamdesk.domain.week.model import Bond
from kamdesk.dossier import week_plan
from kamdesk.dossier.week_read import WeekItem, What

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace


def put_back(page: "Page[Workspace]", item: WeekItem) -> None:
    """Take a visit that is planned already out of the week: its customer is due again."""
    visit, seen = item.visit, page.seen
    if visit is not None:
        page.do(
            lambda desk: week_plan.put_back(desk.storage, visit, seen=position(desk, seen)),
            _said(page, Text("Put back: {name}", name=item_words(item))),
        )


def unpin(page: "Page[Workspace]", item: WeekItem) -> None:
    """Let the next proposal move a visit that was pinned."""
    visit, seen = item.visit, page.seen
    if visit is not None:
        page.do(
            lambda desk: week_plan.unpin(desk.storage, visit, seen=position(desk, seen)),
            _said(page, Text("Ours to move again: {name}", name=item_words(item))),
        )


def make_firm(page: "Page[Workspace]", item: WeekItem) -> None:
    """Say that a visit is agreed with the customer, or that it is not any more."""
    if item.what is What.APPOINTMENT:
        page.around.say(Text("Appointments of your calendar are moved in that calendar."))
        return
    if item.visit is None:
        page.around.say(Text("It is only proposed. Accept the week, then F says it is agreed."))
        return
    if item.state is not VisitState.PLANNED:
        page.around.say(Text("It took place already."))
        return
    if item.bond is Bond.FIXED:
        unpin(page, item)
        return
    visit, seen = item.visit, page.seen
    page.do(
        lambda desk: week_plan.make_firm(desk.storage, visit, seen=position(desk, seen)),
        _said(page, Text("Agreed with the customer: {name}", name=item_words(item))),
    )


def _said(page: "Page[Workspace]", words: Text) -> Callable[[ChangeSet], object]:
    return lambda _: page.around.say(words, way_out=undo_of(page))
