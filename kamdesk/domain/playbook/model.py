"""A pack of rules as the house keeps it, and what the user said of a warning. Rules only."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, MapId
from kamdesk.core.text.clean import clean, one_line
from kamdesk.core.wording import Text

LONGEST_NAME: Final = 60
"""Characters of a pack's name: it stands in a list and on a chip."""
ENOUGH_VERDICTS: Final = 5
"""Verdicts from which a rule's precision counts."""
NOISY_BELOW: Final = 0.4
"""Share of right warnings below which a rule goes quiet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPack:
    """A pack of the house's own; ``content`` is the pack file as JSON."""

    id: Id
    name: str
    content: str

    def checked(self) -> "OwnPack":
        """Return this pack cleaned. Raises ``RuleBroken`` at ``name``."""
        name = one_line(self.name, field="name")
        if not name:
            raise RuleBroken(Text("Give the pack a name."), field="name")
        if len(name) > LONGEST_NAME:
            said = Text("A pack's name has at most {most} characters.", most=LONGEST_NAME)
            raise RuleBroken(said, field="name")
        return OwnPack(id=self.id, name=name, content=clean(self.content, field="file"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChoice:
    """Which pack is in force: the name of a shipped one, or the id of an own one in hex."""

    id: Id
    pack: str


class Word(StrEnum):
    """What a warning turned out to be."""

    RIGHT = "right"
    NOISE = "noise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the user said of a warning. ``subject`` is whom it was about."""

    id: Id
    account: AccountId
    map: MapId | None
    rule: str
    subject: Id | None
    word: Word
    day: Day


class Precision(NamedTuple):
    """How often the warnings of a rule were right."""

    right: int
    of: int

    @property
    def noisy(self) -> bool:
        """True for a rule that was mostly noise, once it was judged often enough."""
        return self.of >= ENOUGH_VERDICTS and self.right < NOISY_BELOW * self.of

    @property
    def words(self) -> Text:
        """How often, in words."""
        return Text("right in {right} of {of}", right=self.right, of=self.of)
