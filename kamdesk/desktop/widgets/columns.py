"""Columns of a list: what is shown, by what it sorts, how wide it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone

if TYPE_CHECKING:
    from kamdesk.transfer.writers.plain_table import Value

Line = TypeVar("Line")


class Align(Enum):
    """On which side of its column a value stands; amounts and lateness stand right."""

    LEFT = "left"
    RIGHT = "right"


class RowSign(NamedTuple):
    """A quiet sign behind a row's name: an icon, its tone, and what it says in words."""

    icon: str
    tone: Tone
    words: str


@dataclass(frozen=True, eq=False)
class Column(Generic[Line]):
    """One column of a list of lines (NamedTuples with an ``id``).

    ``width`` is in pixels at 100 %; a column without one takes a share of the rest,
    at ``least`` so much. What ``widest`` gives is never cut: days, amounts. ``key`` names
    the column where its width is remembered. ``strong`` is for names, ``tone`` and ``sign`` (an
    icon) for what wants a hand, ``support`` for the second line of two-line rows, ``paint`` for a
    drawing beside or instead of words. Type-to-find looks at names and at what ``found`` gives,
    as pinyin or a city. ``plain`` is what is exported where that is not what is shown: a day, a
    number; ``privacy`` says whether it leaves with the customer looking on.
    """

    title: Text | str
    show: Callable[[Line], Text | str | None]
    sort_by: Callable[[Line], object] | None = None
    align: Align = Align.LEFT
    width: int = 0
    least: int = 120
    widest: Callable[[], Sequence[str]] | None = None
    key: str = ""
    strong: bool = False
    tone: Callable[[Line], Tone] | None = None
    sign: Callable[[Line], str] | None = None
    support: Callable[[Line], Text | str] | None = None
    paint: Callable[[QPainter, QRectF, Line], None] | None = None
    found: Callable[[Line], str] | None = None
    hidden: bool = False
    plain: "Callable[[Line], Value] | None" = None
    privacy: Privacy = Privacy.PUBLIC

    @property
    def name(self) -> str:
        """What the column is called where its width is kept."""
        return self.key or (self.title.source if isinstance(self.title, Text) else self.title)

    def words(self, line: Line) -> str:
        """Return what the cell says; a dash for nothing."""
        value = self.show(line)
        return looks.said(value) if value else "" if self.paint else looks.DASH

    def value(self, line: Line) -> "Value":
        """Return what the cell says to other programs; None for nothing."""
        found = self.plain(line) if self.plain is not None else self.show(line)
        return None if found == "" else found

    def sort_key(self, line: Line) -> object:
        """Return what the line sorts by in this column; None sorts last either way."""
        if self.sort_by is not None:
            return self.sort_by(line)
        value = self.show(line)
        return looks.said(value).casefold() if value else None
