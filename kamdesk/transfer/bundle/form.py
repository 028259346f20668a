"""The form of a bundle: its parts by name, what one may cost to read, what is refused of a line."""

import re
from typing import Any, Final, NamedTuple

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.transfer.limits import MIB, Limits

VERSION: Final = 1
ABOUT: Final = "bundle.json"
README: Final = "README.txt"
HISTORY: Final = "history.jsonl"
ERASED: Final = "erased.jsonl"
OFFERED: Final = "offered.jsonl"
RECORDS: Final = "records/"
FILES: Final = "files/"

LONGEST_LINE: Final = 16 * MIB
"""Bytes: more than a record with every text at its longest."""
DEEPEST: Final = 16
"""How deep lists and objects of a line may lie in each other (``trust.md`` 4)."""

_RECORDS_OF = re.compile(r"records/([a-z][a-z_]{0,39})\.jsonl")
_FILE = re.compile(r"files/[0-9a-f]{64}")
_PLAIN: Final = frozenset({ABOUT, README, HISTORY, ERASED, OFFERED, RECORDS, FILES})


Object = dict[str, Any]
"""A line as JSON."""


class Unfit(Exception):
    """A line is not what a bundle may hold; ``said`` is the reason."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.plain)
        self.said = said


class Line(NamedTuple):
    """One line of a part: its number from 1, and the object it is."""

    number: int
    content: Object


def records_of(kind: str) -> str:
    """Return the part that holds the records of a kind."""
    return f"{RECORDS}{kind}.jsonl"


def kind_of(part: str) -> str | None:
    """Return the kind whose records a part holds, or None for any other part."""
    found = _RECORDS_OF.fullmatch(part)
    return found[1] if found else None


def content_of(digest: bytes) -> str:
    """Return the part that holds the content with this SHA-256."""
    return f"{FILES}{digest.hex()}"


def digest_of(part: str) -> bytes | None:
    """Return the SHA-256 of the content a part holds, or None for any other part."""
    return bytes.fromhex(part.removeprefix(FILES)) if _FILE.fullmatch(part) else None


def belongs(name: str) -> bool:
    """True for a name a part of a bundle may have: no paths, nothing strange."""
    return name in _PLAIN or kind_of(name) is not None or _FILE.fullmatch(name) is not None


def at_line(part: str, number: int, reason: Text) -> Text:
    """Return a reason with the place it concerns."""
    return Text("{part}, line {line}: {reason}", part=part, line=number, reason=reason)


def refused(part: str, number: int, reason: Text) -> RuleBroken:
    """Return the refusal of one line."""
    return RuleBroken(at_line(part, number, reason))


def limits_for(size: int) -> Limits:
    """Return what reading a bundle of ``size`` bytes may cost.

    One's own bundle may be far larger than any honest table, so nothing is capped as a whole: it is
    read line by line, and only a line's length and what each packed byte may unpack to are. Memory
    stays as it is for every foreign file; time grows with the size, ten times what an honest bundle
    takes (measured: 0.15 s of the child's time for a packed MiB).
    """
    seconds = 20 + 2 * (size // MIB)
    return Limits(cpu=seconds, wall=seconds * 1.5, inflated=_LARGEST)


_LARGEST: Final = 64 * 1024 * MIB
"""Bytes of the packed file: what a laptop's disk holds, no more than that."""
