"""The lines vCard and iCalendar have in common: values escaped, lines folded at 75 octets."""

from collections.abc import Iterable
from typing import Final

_LONGEST_LINE: Final = 75
"""Octets of a line before it is folded."""
_CONTROLS: Final = dict.fromkeys((*range(9), *range(11, 32), 127))


def parted(parts: Iterable[str]) -> str:
    """Return a value of several parts."""
    return ";".join(map(escaped, parts))


def escaped(text: str) -> str:
    """Return a text as a value holds it."""
    plain = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return "\\n".join(plain.splitlines())


def quoted(text: str) -> str:
    """Return a text as the value of a parameter: nothing in it can end it."""
    plain = " ".join(text.translate(_CONTROLS).split()).replace('"', "'")
    return f'"{plain}"'


def folded(line: str) -> bytes:
    """Return a line in UTF-8, folded between letters so that no piece is longer than allowed."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(piece) + len(octets) > _LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece])
