"""What the page of those due for a contact is given, read at once in the background."""

from typing import TYPE_CHECKING, Final, NamedTuple

from kamdesk.core.clock import Instant
from kamdesk.domain.cadence.duty import DueWord
from kamdesk.dossier import due
from kamdesk.dossier.due import DueCounts, DueLine

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

MOST: Final = 2_000
"""So many are listed, the most urgent first."""


class Shown(NamedTuple):
    """The list, how many stand how, and the moment it was read."""

    lines: list[DueLine]
    counts: DueCounts
    now: Instant


def read_due(desk: "Workspace", *, word: DueWord | None, mine: bool, touches: bool) -> Shown:
    """Return who is due; of one word, of mine, with calls and messages too."""
    reader, now = desk.storage.reader, desk.clock.now()
    me = desk.team.sits_here if mine else None
    words = (word,) if word is not None else ()
    owed = due.read_due(reader, today=now.day, me=me, words=words, touches=touches, most=MOST)
    return Shown(owed.lines, owed.counts, now)
