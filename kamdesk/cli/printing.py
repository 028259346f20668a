"""What a terminal gets to see: plain text that can do nothing, tables that stand straight."""

import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from kamdesk.core.wording import Text, say

Line = TypeVar("Line")

LONGEST: Final = 2_000
"""Characters of one text a terminal shows; what is longer is cut (``trust.md`` 3)."""

_NARROWEST: Final = 6
_GAP: Final = "  "
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


class Column(NamedTuple, Generic[Line]):
    """One column of a list: its title, what it shows of a line, whether figures stand right.

    A ``whole`` column (an id, a day) is cut only when all others have given way.
    """

    title: Text
    show: Callable[[Line], Text | str]
    right: bool = False
    whole: bool = False


def printable(text: str) -> str:
    """Return ``text`` so that it can do nothing but be read: controls and bidi marks are shown.

    A line end is shown as ``↵``; a terminal's escape as ``\\x1b``; half a character as its code.
    """
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(_shown, text)


def paragraphs(text: str) -> list[str]:
    """Return a longer text by its lines, each printable."""
    return [printable(line) for line in text.splitlines()]


def harmless_json(written: str) -> str:
    """Return JSON that says the same, with signs that could steer a terminal written as codes."""
    return _UNSEEN.sub(_coded, written)


def width(text: str) -> int:
    """Return how many places a text takes in a terminal: Chinese characters take two."""
    if text.isascii():
        return len(text)
    return sum(map(_places, text))


def cut(text: str, most: int) -> str:
    """Return ``text`` cut to ``most`` places, with an ellipsis where something is left out."""
    if width(text) <= most:
        return text
    kept, used = [], 1
    for sign in text:
        used += _places(sign)
        if used > most:
            break
        kept.append(sign)
    return "".join(kept) + "…" if most > 0 else ""


def table(
    columns: Sequence[Column[Line]], lines: Sequence[Line], *, language: str, most: int | None
) -> list[str]:
    """Return the lines of a list under their titles, at most ``most`` places wide (None: as is).

    Columns in which no line says anything are left out.
    """
    cells = [[printable(say(c.show(line), language)) for c in columns] for line in lines]
    kept = [at for at in range(len(columns)) if any(row[at] for row in cells)]
    titles = [say(columns[at].title, language) for at in kept]
    rows = [titles, *([row[at] for at in kept] for row in cells)]
    wants = [max(width(row[at]) for row in rows) for at in range(len(kept))]
    widths = wants
    if most is not None:
        firm = [columns[at].whole for at in kept]
        widths = _fitted(wants, most - len(_GAP) * (len(kept) - 1), firm)
    right = [columns[at].right for at in kept]
    return [
        _GAP.join(
            _placed(cell, room, to_right=to_right)
            for cell, room, to_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]


def terminal_width() -> int | None:
    """Return how wide the terminal is; None when nobody looks at one."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _placed(cell: str, room: int, *, to_right: bool) -> str:
    shown = cut(cell, room)
    blanks = " " * (room - width(shown))
    return blanks + shown if to_right else shown + blanks


def _fitted(wants: list[int], room: int, firm: list[bool]) -> list[int]:
    """Return the widths that fit into ``room``: the widest give way first, firm ones last."""
    widths = list(wants)
    for giving in (False, True):
        places = [at for at in range(len(widths)) if firm[at] <= giving]
        while sum(widths) > room:
            widest = max((widths[at] for at in places), default=0)
            if widest <= _NARROWEST:
                break
            widths[next(at for at in places if widths[at] == widest)] -= 1
    return widths


def _places(sign: str) -> int:
    if unicodedata.east_asian_width(sign) in "WF":
        return 2
    return 0 if unicodedata.category(sign) in ("Mn", "Me", "Cf") else 1


def _coded(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == "\n":
        return sign
    units = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _shown(found: re.Match[str]) -> str:
    sign = found[0]
    if sign == "\n":
        return "↵"
    if sign == "\t":
        return " "
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"‹U+{code:04X}›"
