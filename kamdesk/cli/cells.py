"""What the fields of a record are called in its history."""

from typing import Final

from kamdesk.core.wording import Text
from kamdesk.search.fields import PLACES
from kamdesk.storage.catalogue import LIFE

CELLS: Final = {
    **PLACES,
    LIFE: Text("there"),
    "absent": Text("absent"),
    "address": Text("address"),
    "agenda": Text("agenda"),
    "annual_revenue": Text("annual revenue"),
    "atmosphere": Text("atmosphere"),
    "birthday": Text("birthday"),
    "class_by_hand": Text("class"),
    "due": Text("due"),
    "employees": Text("employees"),
    "fallback": Text("fallback"),
    "first_signed": Text("first signed"),
    "group_parent": Text("group"),
    "host": Text("host"),
    "industry": Text("industry"),
    "kind": Text("kind"),
    "map": Text("map"),
    "materials": Text("materials"),
    "organisation": Text("kind of organisation"),
    "our_aim": Text("our aim"),
    "owner": Text("owner"),
    "place": Text("place"),
    "preferred_channel": Text("preferred channel"),
    "questions": Text("questions"),
    "red_line": Text("red line"),
    "same_as": Text("same person as"),
    "side": Text("side"),
    "site": Text("site"),
    "state": Text("state"),
    "stock": Text("stock code"),
    "tags": Text("tags"),
    "team": Text("account team"),
    "their_task": Text("task this year"),
    "time": Text("time"),
    "visit": Text("visit"),
    "website": Text("website"),
}


def cell_words(kind: str, cell: str) -> Text | str:
    """Return what a field is called; a new one by its own name."""
    if (kind, cell) == ("person", "address"):
        return PLACES["form_of_address"]
    return CELLS.get(cell, cell.replace("_", " "))
