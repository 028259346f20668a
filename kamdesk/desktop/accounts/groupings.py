"""The ways to group the list of customers: by class, owner, city, industry, company group."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.widgets.groups import Grouping
from kamdesk.domain.accounts.listing import CustomerLine
from kamdesk.domain.accounts.model import CLASS_WORDS, AccountClass
from kamdesk.dossier.customer_list import Place, group_places

_RANKS = {kind: n for n, kind in enumerate(AccountClass)}
COMPANIES = "companies"
"""The grouping that shows groups of companies as trees."""
CHOICES: Sequence[tuple[str, Text]] = (
    ("", Text("No groups")),
    ("class", Text("Class")),
    ("owner", Text("Owner")),
    ("city", Text("City")),
    ("industry", Text("Industry")),
    (COMPANIES, Text("Company group")),
)
"""The ways there are, by key."""


def grouping(key: str, lines: Sequence[CustomerLine]) -> Grouping[CustomerLine] | None:
    """Return the grouping of this key for these lines; None for none."""
    if key == COMPANIES:
        return _companies(lines)
    ways: Mapping[str, Callable[[CustomerLine], Any]] = {
        "class": lambda line: line.class_by_hand,
        "owner": lambda line: line.owner or None,
        "city": lambda line: line.city or None,
        "industry": lambda line: line.industry or None,
    }
    if key not in ways:
        return None
    classes = key == "class"
    return Grouping(
        key=key,
        title=dict(CHOICES)[key],
        of=ways[key],
        words=lambda of: (
            Text("Not known")
            if of is None
            else looks.capital(CLASS_WORDS[of])
            if classes
            else str(of)
        ),
        order=lambda of: _RANKS[of] if classes else str(of).casefold(),
        sums=sums,
    )


def sums(lines: Sequence[CustomerLine]) -> str:
    """Return what a group says of its customers: how many, and how many promises are overdue."""
    late = sum(line.overdue for line in lines)
    never = sum(1 for line in lines if not line.last_visit)
    return looks.joined(
        Text("{n} customer", "{n} customers", n=len(lines)),
        Text("{n} promise overdue", "{n} promises overdue", n=late) if late else "",
        Text("{n} never visited", "{n} never visited", n=never) if never else "",
    )


def _companies(lines: Sequence[CustomerLine]) -> Grouping[CustomerLine]:
    places = group_places(lines)
    names = {line.id: line.name for line in lines}

    def of(line: CustomerLine) -> AccountId | None:
        place = places.get(line.id)
        return place.top if place else None

    def path(line: CustomerLine) -> tuple[str, ...]:
        place: Place | None = places.get(line.id)
        return place.path if place else (line.name.casefold(),)

    return Grouping(
        key=COMPANIES,
        title=Text("Company group"),
        of=of,
        words=lambda top: Text("In no group") if top is None else names.get(top, looks.DASH),
        order=lambda top: names.get(top, "").casefold(),
        sums=sums,
        within=path,
        depth=lambda line: max(len(path(line)) - 1, 0),
    )
