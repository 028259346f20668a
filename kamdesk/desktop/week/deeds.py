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
    _do(page, item, week_plan.put_back, Text("Put back: {name}", name=item_words(item)))


def unpin(page: "Page[Workspace]", item: WeekItem) -> None:
    """Let the next proposal move a visit that was pinned."""
    _do(page, item, week_plan.unpin, Text("Ours to move again: {name}", name=item_words(item)))


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
    words = Text("Agreed with the customer: {name}", name=item_words(item))
    _do(page, item, week_plan.make_firm, words)


def _do(
    page: "Page[Workspace]", item: WeekItem, verb: Callable[..., ChangeSet], words: Text
) -> None:
    """Do this to a visit that is planned, and say so with the way back."""
    visit, seen = item.visit, page.seen
    if visit is not None:
        page.do(
            lambda desk: verb(desk.storage, visit, seen=position(desk, seen)),
            lambda _: page.around.say(words, way_out=undo_of(page)),
        )
