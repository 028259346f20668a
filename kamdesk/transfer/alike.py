"""When two names are the same, and when they merely resemble each other."""

import re
import unicodedata
from functools import lru_cache

from kamdesk.core.text.pinyin import said

_BLANKS = re.compile(r"\s+")
_JOINTS = re.compile(r"[\s.,、·・'’\"“”&()\[\]【】<>《》\-–_/]+")
_SUFFIX = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|集团公司|总公司|分公司|公司|集团|股份|控股"
    r"|incorporated|corporation|company|limited|holdings|group|gmbh|corp|inc|llc|ltd|plc|co|ag|sa)$"
)


@lru_cache(maxsize=65_536)
def normal_name(name: str) -> str:
    """Return a name without case, width and blanks between Chinese: equal means the same."""
    plain = unicodedata.normalize("NFKC", name).casefold().strip()
    blank = " " if plain.isascii() else ""
    return _BLANKS.sub(blank, plain)


@lru_cache(maxsize=65_536)
def core_name(name: str) -> str:
    """Return a name without the form of the firm and joints: equal is worth a question."""
    plain = normal_name(name)
    while True:
        shorter = _SUFFIX.sub("", _JOINTS.sub(" ", plain).strip()).strip()
        if shorter == plain or not shorter:
            return plain.replace(" ", "")
        plain = shorter


@lru_cache(maxsize=65_536)
def spelling(name: str) -> str:
    """Return the letters of a name, a Chinese one in pinyin, sorted: surname first or last.

    Empty for names too short to tell. Equal is worth a question where one is written in letters.
    """
    core = core_name(name)
    if not core.isascii():
        core = "".join(said(core))
    letters = sorted(filter(str.isalpha, core.casefold()))
    return "".join(letters) if len(letters) >= 4 else ""


def may_be_one(first: str, second: str) -> bool:
    """True when two names could be those of one organisation: one holds the other."""
    one, other = core_name(first), core_name(second)
    return bool(one and other) and (one in other or other in one)
