"""A name and the keys it is found by: pairs of characters, spellings and initials from anywhere."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import Final, NamedTuple

from kamdesk.search.regions import after_place
from kamdesk.search.spelling import Spelling, spelt, spelt_han
from kamdesk.search.words import LONGEST, is_han, only_han, pairs, plain, runs, units

_NONE: Final = MappingProxyType[str, str]({})
_BLANKS: Final = re.compile("[\x00\\s\ud800-\udfff]+")
_LONGEST_KEY: Final = 64
_MOST_VARIANTS: Final = 5
_SHORTEST: Final = 2
"""Characters a legal form leaves a name."""
_LEGAL_HAN: Final = (
    *("股份有限责任公司", "股份有限公司", "有限责任公司", "有限公司", "股份公司", "总公司", "公司"),
    *("有限合伙", "集团", "股份", "控股"),
)
_LEGAL_SPELT: Final = {
    **{"股": "gu", "份": "fen", "有": "you", "限": "xian", "责": "ze", "任": "ren", "公": "gong"},
    **{"司": "si", "总": "zong", "集": "ji", "团": "tuan", "控": "kong", "合": "he", "伙": "huo"},
}
_LEGAL_WAYS: Final = {unit: (spelling,) for unit, spelling in _LEGAL_SPELT.items()}
_LEGAL_WORD: Final = re.compile(
    r"(?:ag|bhd|bv|co|company|corp|corporation|gmbh|group|holdings?|inc|incorporated|kg|kgaa"
    r"|limited|llc|llp|ltd|nv|oy|plc|pte|pty|sa|sarl|sas|sdn|se|spa|srl)\Z"
)


class Spoken(NamedTuple):
    """One way to say a name: its syllables, and what stands for each in an abbreviation."""

    syllables: tuple[str, ...]
    initials: tuple[str, ...]


class Name(NamedTuple):
    """A name taken apart: its units, how each is spelt, and how many of them are its own.

    ``text`` is the name as it is compared, with blanks between words. What follows ``core`` says
    the legal form (有限公司, Ltd.): it is found, but opens no name. ``proper`` is the unit at which
    the name proper of a firm begins, after the place it is of; mostly 0.
    """

    units: tuple[str, ...]
    spellings: tuple[Spelling, ...]
    core: int
    proper: int
    text: str

    @property
    def joined(self) -> str:
        """The name without blanks and marks."""
        return self.text.replace(" ", "")

    @property
    def own(self) -> str:
        """The name without its legal form."""
        return "".join(self.units[: self.core])

    def variants(self) -> list[Spoken]:
        """Return the ways to say the name, the likeliest first: gzmt, tclkj, se for short."""
        syllables = tuple([ways[0] for ways in self.spellings])
        if any(map(is_han, self.units)):  # beside characters a short word stands for itself
            pairs_of = zip(self.units, syllables, strict=True)
            initials = tuple([s if s == unit and len(s) <= 4 else s[0] for unit, s in pairs_of])
        else:
            initials = tuple([syllable[0] for syllable in syllables])
        found = [Spoken(syllables, initials)]
        if max(map(len, self.spellings), default=1) == 1:
            return found
        for at, ways in enumerate(self.spellings):
            for way in ways[1:] if len(found) < _MOST_VARIANTS else ():
                said = (*syllables[:at], way, *syllables[at + 1 :])
                found.append(Spoken(said, (*initials[:at], way[0], *initials[at + 1 :])))
        return found


def name_of(text: str, *, person: bool = False, known: Mapping[str, str] = _NONE) -> Name:
    """Take a name apart; one among ``known`` (as ``written`` gives it) is not spelt again."""
    folded = plain(text)
    if only_han(folded):  # nearly every name is
        if folded in known:
            return read_name(folded, known[folded])
        return _han_name(folded, person=person)
    found = _units_of(folded)
    joined = "".join(found)
    text = folded if joined == folded else spaced(found)  # nothing but units: no blanks
    if text in known:
        return read_name(text, known[text])
    core = len(found) if person else _core(found, joined)
    own = iter(spelt(found[:core], person=person))
    proper = 0 if person else after_place("".join(found[:core]))
    return Name(found, _spellings(found, core, own), core, proper, text)


def _han_name(text: str, *, person: bool) -> Name:
    core = len(text) if person else _core(text, text)
    own = text[:core]
    legal = [_LEGAL_WAYS.get(unit) or (unit,) for unit in text[core:]]
    spellings = (*spelt_han(own, person=person), *legal)
    return Name(tuple(text), spellings, core, 0 if person else after_place(own), text)


def read_name(text: str, known: str) -> Name:
    """Return the name of which ``text`` is the text and ``known`` was written."""
    cut, _, spelling = known.partition(" ")
    core, proper = map(int, cut.split("."))
    own = [tuple(ways.split("/")) for ways in spelling.split()]
    if len(own) == core and only_han(text):
        legal = [_LEGAL_WAYS.get(unit) or (unit,) for unit in text[core:]]
        return Name(tuple(text), (*own, *legal), core, proper, text)
    found = tuple(units(text)) or tuple(filter(None, (text,)))
    return Name(found, _spellings(found, core, iter(own)), core, proper, text)


def written(name: Name) -> str:
    """Return what is known of a name beside its text: where it is cut, and how it is spelt."""
    own = zip(name.units[: name.core], name.spellings, strict=False)
    cut = f"{name.core}.{name.proper}"
    return " ".join([cut, *["/".join(ways) for unit, ways in own if is_han(unit)]])


def _spellings(found: tuple[str, ...], core: int, own: Iterator[Spelling]) -> tuple[Spelling, ...]:
    return tuple(
        [
            (unit,)
            if not is_han(unit)
            else next(own, (unit,))
            if at < core
            else (_LEGAL_SPELT.get(unit, unit),)
            for at, unit in enumerate(found)
        ]
    )


def name_units(text: str) -> tuple[str, ...]:
    """Return the units of a name; one of nothing but marks is a unit by itself."""
    return _units_of(plain(text))


def _units_of(folded: str) -> tuple[str, ...]:
    found = units(folded)
    return tuple(found) if found else tuple(filter(None, (_BLANKS.sub("", folded),)))


def own_units(text: str) -> tuple[str, ...]:
    """Return the units of a firm's name without its legal form."""
    found = name_units(text)
    return found[: _core(found, "".join(found))]


def is_legal(text: str) -> bool:
    """True for what stands in legal forms, and so in nearly every firm's name."""
    return any(text in form for form in _LEGAL_HAN)


def exact_keys(name: Name, variants: Sequence[Spoken] = ()) -> set[str]:
    """Return what opens the name as a whole: itself, its own part, its spellings and initials."""
    proper = name.proper
    keys = {name.joined, name.own, name.own[proper:]}
    for said in variants or name.variants():
        for parts in said:
            keys.add("".join(parts[: name.core]))
            if proper:
                keys.add("".join(parts[proper : name.core]))
    return {key[:_LONGEST_KEY] for key in keys if key}


def tokens(name: Name, variants: Sequence[Spoken] = ()) -> set[str]:
    """Return what the name is found by when a part of it is typed."""
    found = pair_tokens(name.text)
    for said in variants or name.variants():
        for parts in said:
            whole = "".join(parts)
            starts = accumulate(map(len, parts[: name.core - 1]), initial=0)
            found.update([whole[start : start + LONGEST] for start in starts])
    return found - {""}  # a name of nothing has no words


def pair_tokens(text: str) -> set[str]:
    """Return pairs of characters and words only: enough for departments and titles."""
    found: set[str] = set()
    for run in runs(text):
        if is_han(run[0]):
            found.update(pairs(run))
        else:
            found.add(run[:LONGEST])
    return found


def spaced(parts: Sequence[str]) -> str:
    """Return units as one text, blanks only between words."""
    text = "".join(parts)
    if only_han(text):
        return text
    text = ""
    for part in parts:
        text += " " + part if text and not is_han(part) and not is_han(text[-1]) else part
    return text


def code(text: str) -> str:
    """Return a number or foreign key as it is compared: letters and digits alone."""
    return "".join(units(plain(text)))[:_LONGEST_KEY]


_EXTENSION = re.compile(r"ext|x|转|#|分机|;|,|/")


def digits(text: str) -> str:
    """Return the digits of a telephone number, without what is dialled after it."""
    return re.sub(r"\D", "", _EXTENSION.split(plain(text))[0])[:_LONGEST_KEY]


def _core(found: Sequence[str], joined: str) -> int:
    """Return how many units are no legal form; ``joined`` are the units as one text."""
    core, end = len(found), len(joined)
    while core > 1:
        if joined.endswith(_LEGAL_HAN, 0, end):  # each Han character is a unit
            legal = next(form for form in _LEGAL_HAN if joined.endswith(form, 0, end))
            if end - len(legal) < _SHORTEST:
                break
            core, end = core - len(legal), end - len(legal)
        elif _LEGAL_WORD.match(found[core - 1]):
            core, end = core - 1, end - len(found[core - 1])
        else:
            break
    return core
