"""Search as one types: customers and people by name, then notes by their words."""

from collections.abc import Iterable
from typing import Final

from kamdesk.core.privacy import Mode, may_show
from kamdesk.search.alike import alike
from kamdesk.search.candidates import fitting
from kamdesk.search.fields import ACCOUNTS, PEOPLE, prose_kinds
from kamdesk.search.found_notes import found_notes
from kamdesk.search.hits import Hit, Names
from kamdesk.search.keys import Name
from kamdesk.search.ranking import BEGINS, Ranked
from kamdesk.search.showing import account_hits, person_hits
from kamdesk.search.spoken_names import spoken_names
from kamdesk.search.typed import Typed
from kamdesk.storage.storage import Storage

_ENOUGH: Final = 3


class Search:
    """Answers what is typed into the one search box. Any text may be typed; nothing raises."""

    def __init__(self, storage: Storage) -> None:
        self._reader = storage.reader
        self._prose = prose_kinds(storage.catalogue)

    def find(self, text: str, limit: int = 50, *, mode: Mode = Mode.OURS) -> list[Hit]:
        """Return customers, people and notes that fit, best first."""
        names = self.names(text, limit, mode=mode)
        hits = sorted((*names.accounts, *names.people), key=lambda hit: hit.score)
        if len(hits) < limit:
            hits += self.notes(text, limit - len(hits), mode=mode)
        return hits[:limit]

    def names(self, text: str, limit: int = 50, *, mode: Mode = Mode.OURS) -> Names:
        """Return customers and people by name, number or telephone: each group ``limit`` long."""
        typed = Typed(text)
        if not typed:
            return Names([], [])
        accounts = fitting(self._reader, typed, ACCOUNTS, limit)
        people = fitting(self._reader, typed, PEOPLE, limit)
        found = [*accounts, *people]
        if len(found) < _ENOUGH and not any(one.grade.value < BEGINS for one in found):
            accounts = _with(accounts, alike(self._reader, typed, ACCOUNTS), limit)
            people = _with(people, alike(self._reader, typed, PEOPLE), limit)
        return Names(
            _shown(account_hits(self._reader, accounts), mode),
            _shown(person_hits(self._reader, people), mode),
        )

    def spoken(self, names: Iterable[str]) -> dict[str, Name]:
        """Return how names are said, of those that a customer or a person here has."""
        return spoken_names(self._reader, names)

    def notes(self, text: str, limit: int = 50, *, mode: Mode = Mode.OURS) -> list[Hit]:
        """Return records in whose prose all that was typed stands, the newest first."""
        typed = Typed(text)
        if not typed.for_notes:
            return []
        return found_notes(self._reader, self._prose, typed, limit=limit, mode=mode)


def _with(found: list[Ranked], more: list[Ranked], limit: int) -> list[Ranked]:
    known = {one.record for one in found}
    return [*found, *(one for one in more if one.record not in known)][:limit]


def _shown(hits: list[Hit], mode: Mode) -> list[Hit]:
    return [hit for hit in hits if may_show(hit.privacy, mode)]
