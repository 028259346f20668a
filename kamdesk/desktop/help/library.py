"""The help pages: plain files in two languages, read into blocks; which page helps at which place.

A line beginning with ``# `` is the title, ``## `` a heading, ``- `` a point of a list,
``[Ctrl+K] `` a key and what it does, ``-> visits`` a way to another help page; other lines between
blank ones are a paragraph.
"""

from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from kamdesk.assets import asset

PAGES: Final = (
    "start",
    "today",
    "customers",
    "people",
    "chain",
    "matrix",
    "visits",
    "week",
    "patterns",
    "debrief",
    "import",
    "papers",
    "promises",
    "due",
    "room",
    "exchange",
    "folder",
    "conflicts",
    "safety",
    "search",
    "settings",
    "keys",
)
"""The help pages in the order in which they are listed."""

_PLACES: Final = {
    "accounts": "customers",
    "account": "customers",
    "own_fields": "customers",
    "access_plan": "matrix",
    "opportunities": "customers",
    "opportunity": "customers",
    "playbook": "settings",
    "duplicates": "import",
    "history": "safety",
    "person": "people",
    "visit": "visits",
    "calendars": "visits",
    "brief": "papers",
    "paper": "papers",
    "daypack": "papers",
    "review": "safety",
    "help": "start",
}
"""The page of the window whose help has another name than the page."""


class Is(StrEnum):
    """What a block of a help page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    POINT = "point"
    KEY = "key"
    WAY = "way"


class Block(NamedTuple):
    """A piece of a help page; ``keys`` belong to a key, ``words`` of a way name another page."""

    is_: Is
    words: str
    keys: str = ""


class HelpPage(NamedTuple):
    """One help page in one language."""

    id: str
    title: str
    blocks: tuple[Block, ...]


class Passage(NamedTuple):
    """A place in the help that was looked for: its page, that page's title, what stands there."""

    page: str
    title: str
    words: str


def page_for(place: str) -> str:
    """Return the help page for a page of the window, ``start`` where there is none."""
    found = _PLACES.get(place, place)
    return found if found in PAGES else PAGES[0]


@cache
def read(page: str, language: str) -> HelpPage:
    """Return one of ``PAGES`` in ``en`` or ``zh``."""
    return parsed(page, asset("help", language, f"{page}.md").read_text("utf-8"))


def parsed(page: str, text: str) -> HelpPage:
    """Return the help page that a file's text is."""
    title, blocks = "", list[Block]()
    goes_on = False
    for line in map(str.strip, text.splitlines()):
        if line.startswith("# "):
            title = line[2:]
        elif line.startswith("## "):
            blocks.append(Block(Is.HEADING, line[3:]))
        elif line.startswith("- "):
            blocks.append(Block(Is.POINT, line[2:]))
        elif line.startswith("-> "):
            blocks.append(Block(Is.WAY, line[3:]))
        elif line.startswith("[") and "] " in line:
            keys, _, does = line[1:].partition("] ")
            blocks.append(Block(Is.KEY, does, keys))
        elif line and goes_on and blocks:
            last = blocks.pop()
            gap = " " if last.words[-1:].isascii() else ""
            blocks.append(last._replace(words=last.words + gap + line))
        elif line:
            blocks.append(Block(Is.PARAGRAPH, line))
        goes_on = bool(line) and bool(blocks) and blocks[-1].is_ in (Is.PARAGRAPH, Is.POINT)
    return HelpPage(page, title, tuple(blocks))


def look_up(typed: str, language: str, most: int = 3) -> list[Passage]:
    """Return the passages in which all typed words stand, titles and headings first."""
    words = typed.casefold().split()
    if not words or sum(map(len, words)) < 2:
        return []
    found: list[tuple[int, Passage]] = []
    for page in (read(id, language) for id in PAGES):
        title = page.title.casefold()
        if all(word in title for word in words):
            found.append((0, Passage(page.id, page.title, "")))
            continue
        for block in page.blocks:
            text = f"{title} {block.words.casefold()}"
            if block.is_ is not Is.WAY and all(word in text for word in words):
                rank = 1 if block.is_ is Is.HEADING else 2
                found.append((rank, Passage(page.id, page.title, block.words)))
                break
    return [passage for _, passage in sorted(found, key=lambda one: one[0])][:most]
