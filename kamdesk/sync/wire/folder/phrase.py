"""The code phrase that pairs two laptops: five short words anyone can read out and type.

Four words carry 64 bits of chance, the fifth shows a slip of the finger. Guessing at what is sealed
under a phrase costs Argon2id for each guess.
"""

import secrets
import unicodedata
from hashlib import sha256
from typing import Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text

WORDS: Final = 5
MEMORY: Final = 65_536
"""KiB one guess takes."""

_FIRM: Final = "bdfghjklmnprstvz"
_OPEN: Final = "aiou"
_SECRET: Final = 8


def new_phrase() -> str:
    """Return a phrase of chance: ``lusab-babad-gutih-tugad-mopek``."""
    return _spelt(secrets.token_bytes(_SECRET))


def read_phrase(typed: str) -> str:
    """Return a phrase in its one form; case, blanks, dashes and points are forgiven.

    Raises ``RuleBroken`` (field ``phrase``) for anything else, and for one with a slip.
    """
    plain = unicodedata.normalize("NFKC", typed[:1000]).lower()
    letters = "".join(sign for sign in plain if sign.isalpha())
    others = {sign for sign in plain if not sign.isalpha()}
    odd = any(not (sign.isspace() or sign in "-–—_.,;·") for sign in others)
    if odd or len(letters) != 5 * WORDS:
        raise RuleBroken(Text("A code phrase has five words of five letters each."), field="phrase")
    try:
        secret = b"".join(_bits(letters[at : at + 5]) for at in range(0, 5 * WORDS, 5))
    except ValueError:
        secret = b""
    if not secret or _spelt(secret[:_SECRET]).replace("-", "") != letters:
        raise RuleBroken(
            Text("A letter of the code phrase is wrong. Compare it with the other laptop's."),
            field="phrase",
        )
    return _spelt(secret[:_SECRET])


def key_under(phrase: str, box: bytes) -> bytes:
    """Return the 32 bytes Argon2id makes of a phrase (as ``read_phrase`` gives it) for one box."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(salt=box, length=32, iterations=3, lanes=4, memory_cost=MEMORY)
    return kdf.derive(b"kamdesk pairing 1 " + phrase.encode("ascii"))


def _spelt(secret: bytes) -> str:
    whole = secret + sha256(b"kamdesk phrase" + secret).digest()[:2]
    return "-".join(
        _word(int.from_bytes(whole[at : at + 2], "big")) for at in range(0, len(whole), 2)
    )


def _word(bits: int) -> str:
    return (
        _FIRM[bits >> 12 & 15]
        + _OPEN[bits >> 10 & 3]
        + _FIRM[bits >> 6 & 15]
        + _OPEN[bits >> 4 & 3]
        + _FIRM[bits & 15]
    )


def _bits(word: str) -> bytes:
    firm = [_FIRM.index(sign) for sign in word[::2]]
    wide = [_OPEN.index(sign) for sign in word[1::2]]
    number = firm[0] << 12 | wide[0] << 10 | firm[1] << 6 | wide[1] << 4 | firm[2]
    return number.to_bytes(2, "big")
