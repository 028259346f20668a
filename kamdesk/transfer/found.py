"""What a reader finds in a foreign file: what kind it is, its rows, and remarks on the way."""

from dataclasses import dataclass, field
from typing import NamedTuple

from kamdesk.core.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What kind of file it is, as far as it had to be guessed."""

    format: str
    """``csv``, ``xlsx`` or ``vcard``."""
    encoding: str = ""
    separator: str = ""
    """Empty when there is only one column."""
    sheet: str = ""
    sheets: tuple[str, ...] = field(default=())
    """All visible sheets that could be read, in order."""


class RawRow(NamedTuple):
    """One row as read: text in every cell. ``refused`` says why a row cannot be used."""

    number: int
    """The row's place in the file from 1, headings and empty rows counted, as Excel counts."""
    cells: list[str]
    refused: Text | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the user should know about the whole file."""

    said: Text


Found = About | RawRow | Remark
