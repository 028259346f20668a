"""The pages of the room; private ones are not among them."""

from typing import TYPE_CHECKING

from kamdesk.core.wording import Text
from kamdesk.desktop.pages import Around, Page, PageKind, Route

if TYPE_CHECKING:
    from kamdesk.desktop.room.bench import TheirDesk

FIRST = Route("organisation")


def kinds() -> "list[PageKind[TheirDesk]]":
    """Return the kinds of page there are while the customer looks on."""

    def organisation(around: "Around[TheirDesk]", route: Route) -> "Page[TheirDesk]":
        from kamdesk.desktop.room.organisation import OrganisationPage

        return OrganisationPage(around, route)

    def contacts(around: "Around[TheirDesk]", route: Route) -> "Page[TheirDesk]":
        from kamdesk.desktop.room.contacts import ContactsPage

        return ContactsPage(around, route)

    def plan(around: "Around[TheirDesk]", route: Route) -> "Page[TheirDesk]":
        from kamdesk.desktop.room.plan import PlanPage

        return PlanPage(around, route)

    return [
        PageKind("organisation", Text("Organisation"), "network", organisation),
        PageKind("contacts", Text("Contacts"), "users", contacts),
        PageKind("plan", Text("Joint plan"), "calendar-check", plan),
    ]
