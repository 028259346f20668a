"""Days as one says them in a line: 下周三, 月底, 3月18日, next Wed, in 2 weeks, 18.3., ISO."""

from datetime import date
from typing import Final, NamedTuple

from kamdesk.core.clock import YEARS, Day
from kamdesk.core.text.day_phrases import AFTER, BEFORE, DEMANDS, PHRASES, Strength

_REACH: Final = 1_000
"""Characters of a text that are looked through: a longer one is prose, not a line."""
_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９／．－＋", "0123456789/.-+")


class SaidDay(NamedTuple):
    """A day found in a text, and from where to where it stands, with words such as “by” and 前.

    ``past`` is true for a day that lies before the one it was said on.
    """

    day: Day
    start: int
    end: int
    past: bool = False


def find_day(text: str, today: Day) -> SaidDay | None:
    """Return the day a line sets, seen from ``today``; None when it names none.

    Of several the one that is set as a term (“by Friday”, 周五前) counts, then the plainest, then
    the last. A day without a year is the next such day. A day that is past is returned only when
    there is no other: whoever wants a day to come leaves it as text.
    """
    found = _found(text, today)
    if not found:
        return None
    return _with_the_same(max(found)[1], [day for _, day in found], text)


def read_whole_day(text: str, today: Day) -> Day | None:
    """Return the day to come that is all a text says; None when it says anything else."""
    said = find_day(text, today)
    if said is None or said.past or text[: said.start].strip() or text[said.end :].strip():
        return None
    return said.day


def _with_the_same(chosen: SaidDay, every: list[SaidDay], text: str) -> SaidDay:
    """Return a day grown over what says the same beside it: 3月18日 周三."""
    for other in every:
        between = text[min(chosen.end, other.end) : max(chosen.start, other.start)]
        if other.day == chosen.day and not between.strip(" ,，(（"):
            start, end = min(chosen.start, other.start), max(chosen.end, other.end)
            chosen = chosen._replace(start=start, end=end)
    return chosen


_Rank = tuple[bool, bool, int, bool, int]


def _found(text: str, today: Day) -> list[tuple[_Rank, SaidDay]]:
    looked = text[:_REACH].translate(_HALF_WIDTH)
    taken: list[tuple[int, int]] = []
    found: list[tuple[_Rank, SaidDay]] = []
    for phrase in PHRASES:
        for match in phrase.pattern.finditer(looked):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            try:
                day = phrase.read(match, today)
            except (ValueError, OverflowError):
                continue
            if day is None or day.year not in YEARS:
                continue
            ranked = _ranked(looked, start, end, day, phrase.strength, today)
            if ranked is not None:
                taken.append((start, end))
                found.append(ranked)
    return found


def _ranked(
    text: str, start: int, end: int, day: Day, strength: Strength, today: date
) -> tuple[_Rank, SaidDay] | None:
    """Return a day with its lead words, and how well it stands as the line's term.

    None for a weak one in the midst of words: 12月停机记录 is a record, no term.
    """
    before, after = BEFORE.search(text[:start]), AFTER.match(text, end)
    lead = before.group().strip().casefold() if before else ""
    first = before.start() if before else start
    last = after.end() if after else end
    set_as_term = lead in DEMANDS or after is not None
    at_edge = not text[:first].strip() or not text[last:].strip()
    apart = not text[:first][-1:].strip() and not text[last:][:1].strip(" ,，。;；@)）")
    if strength is Strength.WEAK and not set_as_term and not (at_edge and apart):
        return None
    past = day < today
    rank = (not past, set_as_term, strength.value, at_edge, start)
    return rank, SaidDay(day, first, last, past)
