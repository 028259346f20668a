"""What drafts on a map are called, and where one of that name was written."""

from kamdesk.desktop.chain.toolbar import read_tab, tab_of
from kamdesk.desktop.pages import Route


def draft_place(route: Route, what: str) -> str:
    """Return what the draft ``what`` is called on the map a route leads to."""
    record = (route.record or b"").hex()
    _, chain = read_tab(route.tab)
    return f"chain:{record}+{chain.hex()}:{what}" if chain else f"chain:{record}:{what}"


def draft_route(place: str) -> Route:
    """Return where a draft of this name was written: the customer, the map, the view."""
    _, where, what = place.split(":", 2)
    record, _, chain = where.partition("+")
    view = "matrix" if "." in what or what == "visit" else "organisation"
    found = read_tab(f"{view}:{chain}")[1]
    plain = view == "organisation" and found is None
    return Route("chain", bytes.fromhex(record), "" if plain else tab_of(view, found))
