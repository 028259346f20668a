"""Every text passes here once, at the edge: one form of each letter, nothing that jams."""

import re
import unicodedata

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text

LONGEST = 100_000
"""Characters a cell may hold (``model_notes.md`` 21)."""
LONGEST_NAME = 400
"""Characters the name of a customer or a person may have."""
NAME_TOO_LONG = Text("A name has at most {most} characters.", most=LONGEST_NAME)

_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


def clean(text: str, *, longest: int = LONGEST, field: str | None = None) -> str:
    """Return ``text`` in NFC without control characters and outer blanks.

    Raises ``RuleBroken`` for NUL, lone surrogates and more than ``longest`` characters.
    """
    if _is_neat(text):
        plain = text
    else:
        if _FORBIDDEN.search(text):
            raise RuleBroken(
                Text("This text holds characters that are no text (NUL or half a pair)."),
                field=field,
            )
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        plain = _CONTROLS.sub("", unicodedata.normalize("NFC", plain)).strip()
    if len(plain) > longest:
        raise RuleBroken(
            Text("This text has {n} characters; {most} is the most.", n=len(plain), most=longest),
            field=field,
        )
    return plain


def one_line(text: str, *, longest: int = LONGEST, field: str | None = None) -> str:
    """Return ``text`` cleaned and on one line: every run of white space is one blank."""
    plain = clean(text, longest=longest, field=field)
    return " ".join(plain.split()) if "  " in plain or not plain.isprintable() else plain


def _is_neat(text: str) -> bool:
    """True for nearly every text: printable (so no controls, halves, odd blanks), NFC, trimmed."""
    return (
        text.isprintable()
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
        and not (text[:1] == " " or text[-1:] == " ")
    )
