"""How hard a passphrase is to guess, in words; a guide, not a rule."""

from typing import Final

from kamdesk.core.wording import Text
from kamdesk.desktop.theme import Tone

_WORDS: Final = (
    (0, Text("Too short: take four words or twelve characters"), Tone.MUTED),
    (36, Text("Easy to guess: make it longer"), Tone.OCHRE),
    (56, Text("Fair: another word makes it strong"), Tone.SECOND),
    (72, Text("Strong"), Tone.INK),
)


def strength(passphrase: str) -> tuple[int, Text, Tone]:
    """Return the steps reached (0–3), and what to say of them in which tone."""
    bits = bits_of(passphrase)
    step = max(n for n, (least, _, _) in enumerate(_WORDS) if bits >= least)
    return step, _WORDS[step][1], _WORDS[step][2]


def bits_of(passphrase: str) -> float:
    """Return roughly how many guesses it takes, as a power of two."""
    bits, before = 0.0, ""
    for sign in passphrase:
        if sign == before or (before and abs(ord(sign) - ord(before)) == 1):
            bits += 1  # aaa, abc, 123
        elif ord(sign) > 0x2E7F:
            bits += 9
        elif sign.isalpha():
            bits += 4 if sign.islower() else 5
        else:
            bits += 3.3 if sign.isdigit() else 5
        before = sign
    return min(bits, len(set(passphrase)) * 9.0)
