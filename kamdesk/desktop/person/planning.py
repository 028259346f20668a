"""A new visit begun where one looks at a person: their customer and they themselves are in it."""

from functools import partial
from typing import TYPE_CHECKING

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop.visits.new_visit import NewVisit

if TYPE_CHECKING:
    from kamdesk.desktop.person.page import PersonPage
    from kamdesk.workspace import Workspace


def begin_plan(page: "PersonPage") -> None:
    """Open the form of a new visit in the page's side panel, filled in as far as is known."""
    seen = page.content
    if seen is None:
        return
    person = seen.person

    def now(desk: "Workspace") -> Instant:
        return desk.clock.now()

    def begin(at: Instant) -> None:
        form = NewVisit(
            page.workbench,
            f"person:{(page.route.record or b'').hex()}:plan",
            at.day,
            at.zone,
            account=person.account,
            with_whom=person.id,
        )
        form.planned.connect(partial(_planned, page))
        page.begin(form)

    page.ask(now, begin, key="plan")


def _planned(page: "PersonPage", visit: bytes) -> None:
    page.end()
    page.around.say(
        Text("The visit is planned."),
        way_out=(Text("Open"), "Alt+O", partial(page.go, "visit", visit)),
    )
