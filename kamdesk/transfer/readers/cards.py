"""Reads vCard 2.1, 3.0 and 4.0: each card becomes one row of a table of people."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO, Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.names import is_chinese
from kamdesk.core.wording import Text
from kamdesk.transfer.found import About, Found, RawRow, Remark
from kamdesk.transfer.limits import LIMITS, Limits
from kamdesk.transfer.readers.card_lines import Property, properties
from kamdesk.transfer.sniff import find_codec, lines_of

MOST_CARDS: Final = 5_000
MOST_PROPERTIES: Final = 500
"""Of one card: an address book has a few dozen."""

HEADINGS: Final = (
    "FN", "N family", "N given", "N prefix", "ORG", "ORG unit", "TITLE", "TEL cell", "TEL",
    "EMAIL", "WECHAT", "BDAY", "NOTE", "UID",
)  # fmt: skip
"""What the columns of the table are called; ``vocabulary`` knows them."""

_ALSO_NOTED: Final = ("TEL", "EMAIL", "ADR", "URL", "NICKNAME", "CATEGORIES", "IMPP", "X-QQ")
_KINDS_NOTED: Final = ("CELL", "HOME", "WORK", "FAX", "PAGER", "MAIN", "OTHER")
_WECHAT: Final = frozenset({"X-WECHAT", "X-WEIXIN", "X-WX"})
_URI = re.compile(r"(?:tel|mailto|wechat|weixin|x-apple):", re.IGNORECASE)
_BASIC_DAY = re.compile(r"(\d{4}|--)-?(\d{2})-?(\d{2})(?:T.*)?")


def read_cards(file: BinaryIO, *, limits: Limits = LIMITS) -> Iterator[Found]:
    """Yield a vCard file as headings and one row a card, numbered from 1.

    Raises ``RuleBroken`` for more than 5,000 cards. Cards within cards are passed over.
    """
    codec = find_codec(file)
    yield About(format="vcard", encoding=codec.name)
    yield RawRow(0, list(HEADINGS))
    number = depth = cut = pictures = 0
    card: list[Property] = []
    for one, was_cut in properties(lines_of(file, codec), longest=limits.cell):
        cut += was_cut
        if one.name == "BEGIN" and one.value.strip().upper() == "VCARD":
            depth += 1
            if depth == 1:
                number, card = number + 1, []
                if number > MOST_CARDS:
                    raise RuleBroken(Text("It has more than {most} cards.", most=MOST_CARDS))
        elif one.name == "END" and depth:
            depth -= 1
            if depth == 0:
                yield _row(number, card)
                card = []
        elif depth == 1 and len(card) < MOST_PROPERTIES:
            pictures += one.name == "PHOTO"
            card.append(one)
    if depth and card:
        yield _row(number, card)
    yield from _remarks(cut, pictures, limits.cell)


def _remarks(cut: int, pictures: int, most: int) -> Iterator[Remark]:
    if cut:
        yield Remark(
            Text(
                "{n} cell was longer than {most} characters and was cut.",
                "{n} cells were longer than {most} characters and were cut.",
                n=cut,
                most=most,
            )
        )
    if pictures:
        yield Remark(Text("{n} picture is not taken.", "{n} pictures are not taken.", n=pictures))


def _row(number: int, card: list[Property]) -> RawRow:
    said: defaultdict[str, list[Property]] = defaultdict(list)
    for one in card:
        if one.value.strip():
            said[one.name].append(one)
    for many in said.values():
        many.sort(key=lambda one: "PREF" not in one.words and "1" not in one.words)
    cells = _cells(said)
    kind = _first(said, "KIND") or _first(said, "X-ADDRESSBOOKSERVER-KIND")
    refused = None
    if kind.casefold() in ("group", "org", "location", "application", "device"):
        refused = Text("This card is not of a person.")
    elif not any(cells):
        refused = Text("This card is empty.")
    return RawRow(number, cells, refused)


def _cells(said: dict[str, list[Property]]) -> list[str]:
    named = said["N"][0].parts if said["N"] else []
    family, given, middle, prefix, *_ = [*named, *[""] * 4]
    given = " ".join(filter(None, (given, middle))) if not is_chinese(given) else given + middle
    firm, *units = said["ORG"][0].parts if said["ORG"] else [""]
    cells = said["TEL"]
    mobile = next((one for one in cells if one.words & {"CELL", "IPHONE"}), None)
    phone = next(
        (one for one in cells if one is not mobile and not one.words & {"FAX", "PAGER", "CELL"}),
        None,
    )
    email = said["EMAIL"][0] if said["EMAIL"] else None
    wechat = next((one for one in _wechats(said)), None)
    used = {id(one) for one in (mobile, phone, email, wechat)}
    return [
        _name(_first(said, "FN"), family, given),
        family,
        given,
        prefix,
        firm,
        " ".join(filter(None, units)),
        _first(said, "TITLE") or _first(said, "ROLE"),
        *(_number(one) for one in (mobile, phone, email, wechat)),
        _birthday(said["BDAY"]),
        _note(said, used),
        _first(said, "UID"),
    ]


def _first(said: dict[str, list[Property]], name: str) -> str:
    return said[name][0].text if said[name] else ""


def _name(whole: str, family: str, given: str) -> str:
    """Return the full name; Chinese programs that write it Western way round are put right."""
    if is_chinese(family) and is_chinese(given) and "".join(whole.split()) == given + family:
        return family + given
    return whole


def _wechats(said: dict[str, list[Property]]) -> Iterator[Property]:
    for name in _WECHAT:
        yield from said[name]
    for name in ("IMPP", "X-SOCIALPROFILE"):
        for one in said[name]:
            if "WECHAT" in one.words or one.value.casefold().startswith(("wechat:", "weixin:")):
                yield one


def _number(one: Property | None) -> str:
    return _URI.sub("", one.text.partition(";ext=")[0], count=1) if one else ""


def _birthday(said: list[Property]) -> str:
    """Return a birthday as an import reads it: the short forms and Apple's year of none."""
    if not said:
        return ""
    text = said[0].text
    found = _BASIC_DAY.fullmatch(text.replace("--", "--", 1))
    if found is None:
        return text
    year, month, day = found.groups()
    return f"--{month}-{day}" if year in ("--", "1604") else f"{year}-{month}-{day}"


def _note(said: dict[str, list[Property]], used: set[int]) -> str:
    """Return the note, and below it what else was said to reach somebody by."""
    lines = [one.text for one in said["NOTE"]]
    for name in _ALSO_NOTED:
        for one in said[name]:
            if id(one) not in used:
                kinds = " ".join(word for word in _KINDS_NOTED if word in one.words).casefold()
                words = ", ".join(filter(None, one.parts)) if name == "ADR" else _number(one)
                if words:
                    lines.append(f"{' '.join(filter(None, (name.casefold(), kinds)))}: {words}")
    return "\n".join(dict.fromkeys(lines))
