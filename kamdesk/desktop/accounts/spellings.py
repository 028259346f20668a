"""How names are spelt, to sort and find them by pinyin; worked out once, behind the window."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kamdesk.search.keys import Name
    from kamdesk.search.query import Search


class Spelt(NamedTuple):
    """A name's key for sorting, and what it is found by: pinyin and initials."""

    sort: str
    found: str


class Spellings:
    """Remembers how names are spelt, for all lists of the window."""

    def __init__(self) -> None:
        self._known: dict[str, Spelt] = {}

    def of(self, name: str) -> Spelt:
        """Return how a name is spelt, as far as that is known by now."""
        found = self._known.get(name)
        return found if found is not None else Spelt(name.casefold(), "")

    def missing(self, names: Iterable[str]) -> list[str]:
        """Return the names not spelt yet; those without a Chinese character are as they stand."""
        known = self._known
        return [n for n in dict.fromkeys(names) if not n.isascii() and n not in known]

    def learn(self, spelt: Mapping[str, Spelt]) -> None:
        """Remember more names."""
        self._known.update(spelt)


def spell(names: Collection[str], search: "Search | None" = None) -> dict[str, Spelt]:
    """Return how names are spelt that are ``missing``; to be called in the background.

    What the index of ``search`` knows is not spelt again: the dictionaries for that are large.
    """
    known = search.spoken(names) if search else {}
    return {name: _spelt(name, known.get(name)) for name in names}


def _spelt(name: str, known: "Name | None") -> Spelt:
    from kamdesk.search.keys import name_of

    said = (known or name_of(name)).variants()[0]
    return Spelt(
        " ".join([*said.syllables, name]), f"{''.join(said.syllables)} {''.join(said.initials)}"
    )
