"""Who is meant by a few letters: those at the table first, then the customer's, then ours."""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Final, NamedTuple


class Near(IntEnum):
    """How near somebody is to the talk; who is nearer is offered first."""

    HERE = 0
    ACCOUNT = 1
    OURS = 2
    ELSEWHERE = 3


class Who(NamedTuple):
    """Somebody who can be named. ``key`` is the hex of the id, or a newcomer's +1.

    ``syllables`` is how the name is said, ``called`` what one says to the face, ``where`` the
    customer of somebody from elsewhere.
    """

    key: str
    name: str
    post: str = ""
    near: Near = Near.ACCOUNT
    syllables: tuple[str, ...] = ()
    ours: bool = False
    called: str = ""
    where: str = ""

    @property
    def sound(self) -> str:
        """The name in letters, as shown under it; empty for one that is written in letters."""
        return "" if self.name.isascii() else " ".join(self.syllables)


_BLANKS: Final = re.compile(r"[\s·.'’-]+")
_COMMON: Final = frozenset(
    ["a", "an", "by", "do", "go", "he", "in", "is", "it", "me", "my", "no", "of", "on", "she", "so",
     "the", "they", "to", "up", "us", "we", "you"]
)  # fmt: skip
"""Words of English that are never taken for initials."""
_MOST_LETTERS: Final = 40
_FEWEST: Final = 3
"""Letters that are looked for within a name, not only where it begins."""


def _joined(text: str) -> str:
    return _BLANKS.sub("", text).casefold()


class Names:
    """Everybody who can be named in one talk."""

    def __init__(self, everybody: Iterable[Who] = ()) -> None:
        self.everybody: Final = tuple(everybody)

    def of(self, key: str) -> Who | None:
        """Return who has this key."""
        return next((who for who in self.everybody if who.key == key), None)

    def having(self, *more: Who) -> "Names":
        """Return these names with more; one known already stays as it is."""
        known = {who.key for who in self.everybody}
        return Names((*self.everybody, *(who for who in more if who.key not in known)))

    def fitting(self, typed: str, *, most: int = 5, ours: bool | None = None) -> list[Who]:
        """Return whom a few letters or characters may mean, the likeliest first.

        ``ours`` prefers our side, or theirs, among the equally near.
        """
        wanted = _joined(typed[:_MOST_LETTERS])
        if not wanted:
            return []
        graded = []
        for at, who in enumerate(self.everybody):
            grade = _grade(who, wanted)
            if grade is not None:
                other = ours is not None and who.ours is not ours
                graded.append(((other, who.near, grade, at), who))
        return [who for _, who in sorted(graded, key=lambda one: one[0])[:most]]

    def meant(self, typed: str, *, ours: bool | None = None) -> Who | None:
        """Return who is meant by a name, or by all its letters or initials; None when unsure."""
        wanted = _joined(typed[:_MOST_LETTERS])
        if not wanted or wanted in _COMMON:
            return None
        found = [who for who in self.everybody if _grade(who, wanted) == 0]
        found.sort(key=lambda who: (ours is not None and who.ours is not ours, who.near))
        return found[0] if found else None

    def is_name(self, token: str) -> bool:
        """Whether a word is somebody's name, sound or initials, of those near the talk."""
        who = self.meant(token)
        return who is not None and who.near is not Near.ELSEWHERE


def _grade(who: Who, wanted: str) -> int | None:
    """Return how well letters fit a name: 0 all of it, 1 its beginning, 2 a part; None not."""
    name, called = _joined(who.name), _joined(who.called)
    if wanted in (name, called):
        return 0
    if not wanted.isascii():
        return 1 if name.startswith(wanted) else 2 if wanted in name else None
    syllables = [_joined(syllable) for syllable in who.syllables]
    initials = "".join(syllable[:1] for syllable in syllables)
    if wanted == "".join(syllables) or (len(wanted) > 1 and wanted == initials):
        return 0
    if name.startswith(wanted) or _spells(wanted, syllables):
        return 1
    given = syllables[1:]
    inside = len(wanted) >= _FEWEST and wanted in name
    return 2 if given and (_spells(wanted, given) or inside) else None


def _spells(wanted: str, syllables: Sequence[str]) -> bool:
    """Whether letters are beginnings of the syllables one after the other: s, shenj, sjg."""
    ends = {0}
    for syllable in syllables:
        reached = set()
        for at in ends:
            length = 1
            while wanted[at : at + length] == syllable[:length] and length <= len(syllable):
                if at + length == len(wanted):
                    return True
                reached.add(at + length)
                length += 1
        ends = reached
        if not ends:
            return False
    return False
