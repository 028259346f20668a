"""The few colours of paper; every one that means something has a second sign beside it."""

from typing import Final, NamedTuple


class Ink(NamedTuple):
    """A colour as parts of red, green and blue from 0 to 1."""

    red: float
    green: float
    blue: float


def _ink(code: int) -> Ink:
    return Ink(*(round((code >> shift & 0xFF) / 255, 3) for shift in (16, 8, 0)))


BLACK: Final = _ink(0x15191F)
GREY: Final = _ink(0x5A6370)
HAIR: Final = _ink(0xC3C9D1)
BAND: Final = _ink(0xEEF1F4)
TINT: Final = _ink(0xDFE8EF)
ACCENT: Final = _ink(0x0F4266)
BRICK: Final = _ink(0xA4161A)
WHITE: Final = _ink(0xFFFFFF)
