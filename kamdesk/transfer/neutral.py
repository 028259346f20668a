"""Keeps texts that look like formulas from being calculated, and takes the mark off again."""

import re
from typing import Final

_DANGEROUS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_NEUTRALISED = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")

MARK: Final = "'"


def neutralised(text: str) -> str:
    """Return ``text`` so that a spreadsheet shows it instead of calculating it."""
    return MARK + text if _DANGEROUS.match(text) else text


def looks_calculated(text: str) -> bool:
    """True when a spreadsheet might take ``text`` for a formula."""
    return _DANGEROUS.match(text) is not None


def bare(text: str) -> str:
    """Return ``text`` without the mark ``neutralised`` put before it."""
    return text[1:] if _NEUTRALISED.match(text) else text
