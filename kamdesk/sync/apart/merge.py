"""Three-way merge of long text by line, then by sentence; the same sentence is left to the user."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, NamedTuple

_CLOSING: Final = r"[”’」』）)\]\"']*[^\S\n]*"
_END: Final = re.compile(
    rf"[。！？；…]+{_CLOSING}"  # Chinese ends stand by themselves
    rf"|[.!?]+{_CLOSING}(?:(?<=\s)|(?=\n|$))"  # Latin ones before a blank, not in 3.5
    r"|\n"
)


def merge(base: str, mine: str, theirs: str) -> str | None:
    """Return what two texts written apart from ``base`` amount to, or None for a conflict.

    Lines and sentences that only one side changed are taken from there, a change both made is made
    once, lines both added at one place are both kept. Where both changed the same sentence
    differently the user needs to see both texts. Neither side has precedence: ``mine`` and
    ``theirs`` exchanged give the same.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    merged = _lines(base.split("\n"), mine.split("\n"), theirs.split("\n"))
    if merged is None:
        return None
    text = "\n".join(merged)
    most = Counter(sentences(base)) | Counter(sentences(mine)) | Counter(sentences(theirs))
    if Counter(sentences(text)) - most:
        return None  # both moved the same sentence, to different places
    return text


def together(base: str, mine: str, theirs: str) -> str:
    """Return one text of two written apart, to start from where they cannot be merged.

    Where both changed the same sentence both stand, one behind the other: nothing is lost.
    """
    merged = merge(base, mine, theirs)
    if merged is not None:
        return merged
    found = _threefold(_pieces(base), _pieces(mine), _pieces(theirs), together=_one_behind_other)
    return "".join(found or ())


def _one_behind_other(was: list[str], left: list[str], right: list[str]) -> list[str]:
    had = {piece.strip() for piece in left}
    more = [piece for piece in right if piece.strip() not in had]
    if left and more:
        last = left[-1].rstrip()
        if last[-1:].isalnum():
            left = [*left[:-1], last + "\n"]
        elif more[0].isascii() and not left[-1].endswith("\n"):
            left = [*left[:-1], last + " "]
    return [*left, *more]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text without outer blanks, in order."""
    return [found for piece in _pieces(text) if (found := piece.strip())]


def _pieces(text: str) -> list[str]:
    """Cut a text behind each sentence; the pieces together are the text."""
    cuts = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if start < end]


def _lines(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    def together(was: list[str], left: list[str], right: list[str]) -> list[str] | None:
        if not was and not any(line.strip() for line in set(left) & set(right)):
            return [line for added in sorted((left, right)) for line in added]
        if not (was and left and right):
            return None
        parts = [_pieces("\n".join(lines)) for lines in (was, left, right)]
        merged = _threefold(*parts, together=lambda *_: None)
        return None if merged is None else "".join(merged).split("\n")

    return _threefold(base, mine, theirs, together=together)


class _Place(NamedTuple):
    """A stretch of the base that at least one side changed, and what each side has there."""

    start: int
    end: int
    left: list[str]
    right: list[str]


def _threefold(
    base: Sequence[str],
    mine: Sequence[str],
    theirs: Sequence[str],
    *,
    together: Callable[[list[str], list[str], list[str]], list[str] | None],
) -> list[str] | None:
    """Merge sequences; ``together`` is asked where both sides changed the same place."""
    found: list[str] = []
    at = 0
    for start, end, left, right in _places(base, mine, theirs):
        found += base[at:start]
        at = end
        was = list(base[start:end])
        if left == right or right == was:
            found += left
        elif left == was:
            found += right
        else:
            both = together(was, left, right)
            if both is None:
                return None
            found += both
    return [*found, *base[at:]]


def _places(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[_Place]:
    """Yield the changed stretches in order; changes that overlap, or add at one point, are one."""
    changes = sorted(
        (start, end, side, list(new[first:last]))
        for side, new in enumerate((mine, theirs))
        for kind, start, end, first, last in SequenceMatcher(
            None, base, new, autojunk=False
        ).get_opcodes()
        if kind != "equal"
    )
    while changes:
        start, end, *_ = changes[0]
        met = 1
        while met < len(changes) and _touch(start, end, *changes[met][:2]):
            end = max(end, changes[met][1])
            met += 1
        sides: list[list[str]] = []
        for side in (0, 1):
            text: list[str] = []
            at = start
            for first, last, whose, new in changes[:met]:
                if whose == side:
                    text += [*base[at:first], *new]
                    at = last
            sides.append([*text, *base[at:end]])
        yield _Place(start, end, *sides)
        del changes[:met]


def _touch(start: int, end: int, first: int, last: int) -> bool:
    """True when the change [first, last) concerns the same place as [start, end)."""
    return first < end or (start, end) == (first, last)
