"""By what customers are filtered: the fields, what may be asked of each, and the asking."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from kamdesk.core.clock import Day, Instant, read_day
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.listing import CustomerLine
from kamdesk.domain.accounts.model import CLASS_WORDS, ORGANISATION_WORDS
from kamdesk.domain.filters.model import Condition, Test
from kamdesk.domain.own_fields.model import NO, YES, OwnField, Sort, number_of

Keep = Callable[[CustomerLine], bool]
"""True for a customer that stays."""


class Takes(StrEnum):
    """What sort of value a field of a filter has."""

    WORDS = "words"
    CHOICE = "choice"
    MANY = "many"
    DAY = "day"
    NUMBER = "number"


TESTS: Final[Mapping[Takes, tuple[Test, ...]]] = {
    Takes.WORDS: (Test.HOLDS, Test.IS, Test.IS_NOT, Test.KNOWN, Test.UNKNOWN),
    Takes.CHOICE: (Test.IS, Test.IS_NOT, Test.KNOWN, Test.UNKNOWN),
    Takes.MANY: (Test.IS, Test.IS_NOT, Test.KNOWN, Test.UNKNOWN),
    Takes.DAY: (Test.NOT_FOR, Test.WITHIN, Test.KNOWN, Test.UNKNOWN),
    Takes.NUMBER: (Test.AT_LEAST, Test.AT_MOST, Test.KNOWN, Test.UNKNOWN),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class FilterField:
    """A field one can filter by. ``of`` returns its value: text, words, day or number, or None."""

    key: str
    title: Text | str
    takes: Takes
    of: Callable[[CustomerLine], Any]
    choices: tuple[tuple[str, Text | str], ...] = ()


def filter_fields(lines: Sequence[CustomerLine], own: Iterable[OwnField]) -> list[FilterField]:
    """Return what the customers there are can be filtered by, in the order it is offered."""

    def among(of: Callable[[CustomerLine], Iterable[str]]) -> Iterable[tuple[str, Text | str]]:
        return (
            (word, word) for word in sorted({word for line in lines for word in of(line)} - {""})
        )

    tags = among(lambda line: line.tags)
    owners = among(lambda line: (line.owner,))
    industries = among(lambda line: (line.industry,))
    cities = among(lambda line: (line.city,))
    groups = among(lambda line: (line.group,))
    return [
        _one("class", Text("Class"), Takes.CHOICE, lambda a: a.class_by_hand, CLASS_WORDS.items()),
        _one("owner", Text("Owner"), Takes.CHOICE, lambda a: a.owner, owners),
        _one("tags", Text("Tag"), Takes.MANY, lambda a: a.tags, tags),
        _one("last_visit", Text("Last visit"), Takes.DAY, lambda a: day_of(a.last_visit)),
        _one("next_visit", Text("Next visit"), Takes.DAY, lambda a: day_of(a.next_visit)),
        _one("overdue", Text("Promises overdue"), Takes.NUMBER, lambda a: a.overdue),
        _one("industry", Text("Industry"), Takes.CHOICE, lambda a: a.industry, industries),
        _one("city", Text("City"), Takes.CHOICE, lambda a: a.city, cities),
        _one(
            "organisation",
            Text("Organisation"),
            Takes.CHOICE,
            lambda a: a.organisation,
            ORGANISATION_WORDS.items(),
        ),
        _one("group", Text("Group"), Takes.CHOICE, lambda a: a.group, groups),
        _one("name", Text("Name"), Takes.WORDS, lambda a: f"{a.name} {a.short_name}".strip()),
        _one("number", Text("Number"), Takes.WORDS, lambda a: a.number),
        _one("phone", Text("Phone"), Takes.WORDS, lambda a: a.phone),
        *map(_of_own, own),
    ]


def predicate(
    conditions: Iterable[Condition], fields: Iterable[FilterField], today: Day
) -> Keep | None:
    """Return what keeps the customers that meet all conditions; None where there is none to meet.

    A condition on a field that is not there any more is left out.
    """
    known = {field.key: field for field in fields}
    asked = [_asking(known[one.field], one, today) for one in conditions if one.field in known]
    if not asked:
        return None
    if len(asked) == 1:
        return asked[0]
    return lambda line: all(ask(line) for ask in asked)


def day_of(stored: str) -> date | None:
    """Return the day of a stored moment; None for none."""
    moment = Instant.read(stored)
    return moment.day if moment else None


def _asking(field: FilterField, condition: Condition, today: Day) -> Keep:
    of, test, value = field.of, condition.test, condition.value
    if test is Test.KNOWN:
        return lambda line: of(line) not in _NOTHING
    if test is Test.UNKNOWN:
        return lambda line: of(line) in _NOTHING
    if test in (Test.IS, Test.IS_NOT):
        meant = test is Test.IS
        if field.takes is Takes.MANY:
            return lambda line: (value in of(line)) is meant
        wanted = value.casefold()
        return lambda line: ((of(line) or "").casefold() == wanted) is meant
    if test is Test.HOLDS:
        words = value.casefold().split()
        return lambda line: all(word in (of(line) or "").casefold() for word in words)
    if test in (Test.AT_LEAST, Test.AT_MOST):
        return _compared(of, value, up=test is Test.AT_LEAST)
    days = int(value) if value.isdecimal() else 0
    if test is Test.WITHIN:
        return lambda line: (day := of(line)) is not None and abs((day - today).days) <= days
    return lambda line: (day := of(line)) is None or (today - day).days > days


_NOTHING: Final = (None, "", ())


def _compared(of: Callable[[CustomerLine], Any], value: str, *, up: bool) -> Keep:
    bound = number_of(value)
    if bound is None:
        return lambda _: False
    if up:
        return lambda line: (held := of(line)) is not None and held >= bound
    return lambda line: (held := of(line)) is not None and held <= bound


def _one(
    key: str,
    title: Text,
    takes: Takes,
    of: Callable[[CustomerLine], Any],
    choices: Iterable[tuple[str, Text | str]] = (),
) -> FilterField:
    return FilterField(key=key, title=title, takes=takes, of=of, choices=tuple(choices))


def _of_own(field: OwnField) -> FilterField:
    key, read = field.id, _READ.get(field.sort)
    choices: tuple[tuple[str, Text | str], ...] = ()
    if field.sort is Sort.YES_NO:
        choices = ((YES, field.said(YES)), (NO, field.said(NO)))
    elif field.sort is Sort.CHOICE:
        choices = tuple((word, word) for word in field.choices)

    def of(line: CustomerLine) -> Any:
        stored = line.own.get(key)
        return stored if read is None or stored is None else read(stored)

    return FilterField(
        key=f"own:{key.hex()}", title=field.name, takes=_TAKEN[field.sort], of=of, choices=choices
    )


_READ: Final[Mapping[Sort, Callable[[str], Any]]] = {Sort.NUMBER: number_of, Sort.DAY: read_day}
_TAKEN: Final = {
    Sort.TEXT: Takes.WORDS,
    Sort.NUMBER: Takes.NUMBER,
    Sort.DAY: Takes.DAY,
    Sort.CHOICE: Takes.CHOICE,
    Sort.YES_NO: Takes.CHOICE,
}
