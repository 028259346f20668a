"""What a record is called in lists of many kinds, and the page that shows it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.past.reading import Called, names_of
from kamdesk.desktop.when import day_words
from kamdesk.dossier.record_words import days_of_visits, kind_words
from kamdesk.storage.belonging import parents

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

PAGES: Final = {"account": "account", "person": "person", "visit": "visit",
                "opportunity": "opportunity"}  # fmt: skip
"""The page a kind of record has of its own."""
ICONS: Final = {"account": "building-2", "site": "map-pin", "person": "user-round",
                "way": "phone", "visit": "calendar-check", "opportunity": "target",
                "promise": "check", "file": "file-text", "reading": "network",
                "map": "network", "seat": "network", "tie": "network"}  # fmt: skip


class Named(NamedTuple):
    """A record in words: what it is called, and what it is, of whom."""

    called: str
    of: str


class Names:
    """Names records of any kind, all asked for at once."""

    def __init__(
        self,
        desk: "Workspace",
        records: Iterable[tuple[str, Id, bytes | None]],
        visits: Iterable[bytes] = (),
    ) -> None:
        """``records`` are kind, id and the customer each belongs to; ``visits`` named by day."""
        every = list(records)
        self._today = desk.clock.today()
        self._parents = {record: parents(desk.storage, kind, record) for kind, record, _ in every}
        ids: set[bytes] = {record for _, record, _ in every}
        ids |= {account for _, _, account in every if account}
        ids |= {parent for found in self._parents.values() for parent in found}
        self._called: Called = names_of(desk, ids)
        self._days = days_of_visits(desk.storage.reader, {*ids, *visits})

    def of(self, kind: str, record: Id, account: bytes | None) -> Named:
        """Return what a record is called, what it is and of whom."""
        own = self._called(record)
        whose = self._called(Id(account)) if account and account != record else ""
        if kind == "visit":
            own = looks.said(self.visit(record)) or own
        elif own == "?":
            parents = (self._name(Id(one)) for one in self._parents[record])
            own = next((name for name in parents if name), "")
        what = looks.capital(kind_words(kind))
        return Named(own if own and own != "?" else what, looks.joined(what, _known(whose)))

    def visit(self, visit: bytes) -> Text | str:
        """Return what a visit is called: by its day."""
        day = self._days.get(visit)
        return Text("Visit of {day}", day=day_words(day, self._today)) if day else ""

    def _name(self, record: Id) -> str:
        return looks.said(self.visit(record)) or _known(self._called(record))


def _known(name: str) -> str:
    return "" if name == "?" else name
