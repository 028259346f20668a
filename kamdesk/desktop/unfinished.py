"""What one was writing when KamDesk last ended: said once, with the way back to it."""

from typing import TYPE_CHECKING, Any, Final

from kamdesk.core.wording import Text
from kamdesk.desktop.chain.drafts import draft_route
from kamdesk.desktop.drafting import open_drafts
from kamdesk.desktop.pages import Route
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.desktop.main_window import MainWindow
    from kamdesk.storage.drafts import Draft
    from kamdesk.workspace import Workspace

_KEYS: Final = "Ctrl+J"


def offer_unfinished(window: "MainWindow[Any]", bench: "Workbench[Workspace]") -> None:
    """Say that something typed was not saved, unless the form is open again already."""
    found: list[Draft] = []

    def go_on() -> None:
        route = route_of(found[0].place)
        if (offered := window.notices.way_out) is not None and offered[1] == _KEYS:
            window.notices.clear()
        window.go(route)
        if window.page is not None:
            window.page.resume(found[0].place)

    action = window.actions_here.add("go_on", Text("Go on writing"), go_on, keys=_KEYS)
    action.enable(False)

    def offer(drafts: "list[Draft]") -> None:
        found.extend(draft for draft in drafts if route_of(draft.place).page)
        page = window.page
        if found and (page is None or not open_drafts(page)):
            action.enable()
            planned = route_of(found[0].place).page == "week"
            window.notices.say(
                Text("A week you were planning is not accepted yet.")
                if planned
                else Text("Something you were writing is not saved yet."),
                way_out=(Text("Go on"), _KEYS, action.trigger),
                lasts=True,
            )

    bench.ask(window, lambda desk: desk.drafts.every(), offer, key="unfinished")


def route_of(place: str) -> Route:
    """Return where a draft was written; a route without a page where it cannot be told."""
    what, *rest = place.split(":")
    if place == "accounts.new":
        return Route("accounts")
    if what in ("own_fields", "own_fields.new"):
        return Route("own_fields")
    if what == "settings":
        return Route("settings")
    if what == "calendars":
        return Route("calendars")
    if what == "playbook":
        return Route("playbook")
    if what in ("account", "import") and rest:
        return Route("account", bytes.fromhex(rest[0]))
    if what == "chain" and rest:
        return draft_route(place)
    if what == "week" and rest:
        return Route("week", None, rest[0])
    if what in ("person", "visit") and rest:
        return Route(what, bytes.fromhex(rest[0]))
    if what == "exchange":
        return Route("exchange")
    if what == "conflicts" and rest:
        return Route("conflicts", bytes.fromhex(rest[0]))
    if what in ("people", "visits", "due"):
        return Route(what)
    if what in ("promise", "promises"):
        return Route("promises")
    if what == "debrief" and len(rest) == 2:
        return Route("debrief", bytes.fromhex(rest[0]), "now" if rest[1] == "now" else "")
    return Route("")
