"""How well a record fits what was typed: whole before beginning before middle, own before legal."""

from typing import NamedTuple

from kamdesk.search.fields import Group, Use
from kamdesk.search.hits import How
from kamdesk.search.keys import Name, Spoken, name_units
from kamdesk.search.name_rows import Line, read_lines
from kamdesk.search.typed import Typed
from kamdesk.search.words import is_han

PER_WEIGHT = 0.6
_LESS_OF = {"o": 0.3, "f": 0.6, "x": 0.4, "e": 0.4, "w": 0.4}
_EXACT = 0.5
_OF_PROPER = {True: 0.4, False: 1.05}
"""The whole of a firm's name proper, or its beginning."""
SURELY_FIRST = -10.0
BEGINS = 1.5
"""A grade below this: what was typed is a name or number, or one begins so."""


class Grade(NamedTuple):
    """How well one line fits: below a half it is the whole of it, and lower is better."""

    value: float
    how: How
    line: Line
    shown: str


class Ranked(NamedTuple):
    """A record with its score: the lower, the further up."""

    score: float
    length: int
    n: int
    record: bytes
    grade: Grade


def ranked(
    typed: Typed, group: Group, n: int, record: bytes, weight: int, lines: str
) -> Ranked | None:
    """Return how well a record of the index fits, None when it does not."""
    grade = _graded(typed, group, read_lines(lines))
    if grade is None:
        return None
    value = grade.value
    whole = value < _EXACT
    score = value + SURELY_FIRST - weight / 100 if whole else value - PER_WEIGHT * weight
    return Ranked(score, len(grade.line.text), n, record, grade)


def _graded(typed: Typed, group: Group, lines: list[Line]) -> Grade | None:
    uses = group.uses
    best: Grade | None = None
    of_terms: list[Grade | None] = [None] * len(typed.terms)
    for line in lines:
        use, less = uses[line.tag], _LESS_OF.get(line.tag, 0.0)
        said = line.name.variants() if line.name and typed.letters else []
        whole = _whole(typed, use, line, said)
        if whole:
            best = _better(best, whole._replace(value=whole.value + less))
        elif line.name or use is Use.ROLE:
            for at, term in enumerate(typed.terms):
                found = _of_name(term, line, line.name, said) if line.name else _of_role(term, line)
                if found:
                    of_terms[at] = _better(of_terms[at], found._replace(value=found.value + less))
    if best and best.value < BEGINS:
        return best
    terms = [grade for grade in of_terms if grade]
    if terms and len(terms) == len(typed.terms):
        first = min(terms, key=lambda grade: grade.value)
        value = sum(grade.value for grade in terms) / len(terms)
        best = _better(best, first._replace(value=value + 0.2 * (len(terms) > 1)))
    return best


def _better(one: Grade | None, other: Grade) -> Grade:
    return other if one is None or other.value < one.value else one


def _whole(typed: Typed, use: Use, line: Line, variants: list[Spoken]) -> Grade | None:
    """Grade a line that is, or begins with, all that was typed."""
    if use is Use.CODE:
        if not line.text.startswith(typed.code):
            return None
        return Grade(0.0 if line.text == typed.code else BEGINS, How.NUMBER, line, line.text)
    if use is Use.PHONE:
        if not typed.tail or not (line.text.endswith(typed.tail) or typed.tail.endswith(line.text)):
            return None
        return Grade(0.4 if len(typed.tail) > 6 else 2.5, How.PHONE, line, line.text)
    if line.name is None or not typed.whole:
        return None
    return _whole_name(typed.whole, line, line.name, variants)


def _whole_name(whole: str, line: Line, name: Name, variants: list[Spoken]) -> Grade | None:
    own, proper = name.own, name.proper
    if whole in (own, name.joined):
        return Grade(0.0, How.NAME, line, "")
    found: Grade | None = None
    if proper and own.startswith(whole, proper):
        found = Grade(_OF_PROPER[len(own) - proper == len(whole)], How.NAME, line, "")
    if name.joined.startswith(whole):
        found = _better(found, Grade(1.0, How.NAME, line, ""))
    for said in variants:
        for add, how, parts in (
            (0.1, How.SPELLING, said.syllables),
            (0.2, How.INITIALS, said.initials),
        ):
            text = "".join(parts[: name.core])
            value: float | None = None
            if text == whole:
                value = add
            elif "".join(parts).startswith(whole):
                value = 1 + add
            elif proper and "".join(parts[proper:]).startswith(whole):
                value = _OF_PROPER["".join(parts[proper : name.core]) == whole] + add / 10
            if value is not None:
                found = _better(found, Grade(value, how, line, _shown(how, parts, name.core)))
    return found


def _of_name(term: str, line: Line, name: Name, variants: list[Spoken]) -> Grade | None:
    """Grade a name by one term that stands somewhere in it."""
    proper = name.proper
    if is_han(term):
        at = name.joined.find(term)
        return Grade(_by_place(at, proper, len(name.own)), How.NAME, line, "") if at >= 0 else None
    for at, unit in enumerate(name.units):
        if unit.startswith(term):
            return Grade(_by_place(at, proper, name.core), How.NAME, line, "")
    for said in variants:
        for add, how, parts in (
            (0.1, How.SPELLING, said.syllables),
            (0.3, How.INITIALS, said.initials),
        ):
            text = "".join(parts)
            start = 0
            for at in range(name.core):
                if text.startswith(term, start):
                    value = _by_place(at, proper, name.core) + add
                    return Grade(value, how, line, _shown(how, parts, name.core))
                start += len(parts[at])
    return None


def _by_place(at: int, proper: int, end: int) -> float:
    """Grade by where a term begins: the name, the name proper, its middle, its legal form."""
    if at == 0:
        return 1.0
    return 1.05 if at == proper else 2.0 if at < end else 4.0


def _shown(how: How, parts: tuple[str, ...], core: int) -> str:
    return (" " if how is How.SPELLING else "").join(parts[:core])


def _of_role(term: str, line: Line) -> Grade | None:
    """Grade a post, a department or the firm somebody works at."""
    if is_han(term):
        at = line.text.replace(" ", "").find(term)
        return Grade(3.0 if at == 0 else 3.3, How.ROLE, line, "") if at >= 0 else None
    for at, unit in enumerate(name_units(line.text)):
        if unit.startswith(term):
            return Grade(3.0 if at == 0 else 3.3, How.ROLE, line, "")
    return None
