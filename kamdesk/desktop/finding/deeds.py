"""What can be done with a customer or person that was found, straight from the palette."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.actions import Action
from kamdesk.desktop.finding.results import Found
from kamdesk.desktop.pages import Route
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.desktop.main_window import MainWindow
    from kamdesk.search.hits import Hit
    from kamdesk.workspace import Workspace

_WITH_A_CUSTOMER: Final = (
    ("L", "pencil", Text("Log a visit")),
    ("B", "file-text", Text("Visit brief")),
    ("N", "calendar-plus", Text("Plan a visit")),
    ("E", "list", Text("Edit in place")),
    ("M", "network", Text("Decision chain")),
)
"""Keys of the customer's page or the window: only those that are declared there are done."""


def route_to(hit: "Hit") -> Route | None:
    """Return where a record that was found is shown: what has no page of its own, at its customer.

    None for what is no customer's.
    """
    if hit.kind in ("account", "person", "visit", "opportunity"):
        return Route(hit.kind, hit.id)
    return Route("account", bytes(hit.account)) if hit.account is not None else None


def deeds(window: "MainWindow[Any]", bench: "Workbench[Workspace]", hit: "Hit") -> list[Found]:
    """Return what can be done with a hit, apart from opening it."""
    customer = hit.id if hit.kind == "account" else hit.account
    if customer is None:
        return []
    route = Route("account", bytes(customer))
    found = []
    if hit.kind != "account":
        name = looks.plain(hit.account_name)
        open_it = looks.said(Text("Open {customer}", customer=name))
        found.append(Found(icon="building-2", title=open_it, do=lambda: window.go(route)))
    found += [
        Found(
            icon=icon,
            title=looks.said(name),
            keys=keys,
            do=partial(_go_and_press, window, bench, route, keys),
        )
        for keys, icon, name in _WITH_A_CUSTOMER
        if keys != "L" or "L" in {action.keys for action in window.actions_here}
    ]
    return found


def _go_and_press(
    window: "MainWindow[Any]", bench: "Workbench[Workspace]", route: Route, keys: str
) -> None:
    """Go to a page and, once it is answered, do what its key does there."""
    window.go(route)
    page = window.page
    if page is None:
        return

    def press(_: object) -> None:
        actions = (*page.findChildren(Action), *window.actions_here)
        action = next((a for a in actions if a.keys == keys and a.enabled), None)
        if action is not None and window.page is page:
            action.trigger()

    bench.ask(page, lambda _desk: None, press, key="pressed")
