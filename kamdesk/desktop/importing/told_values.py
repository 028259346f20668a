"""Values of a foreign row as the window says them: words for choices, days, amounts, lists."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from kamdesk.core.clock import Instant
from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.domain.accounts.model import CLASS_WORDS, ORGANISATION_WORDS
from kamdesk.domain.opportunities.model import OPPORTUNITY_STATE_WORDS
from kamdesk.domain.people.model import BASIS_WORDS
from kamdesk.domain.visits.model import KIND_WORDS, STATE_WORDS
from kamdesk.transfer.candidates import (
    Candidate,
    OpportunityCandidate,
    PersonCandidate,
    VisitCandidate,
)
from kamdesk.transfer.fields import ImportKind, title_of

_WORDS: tuple[Mapping[Any, Text], ...] = (
    CLASS_WORDS, ORGANISATION_WORDS, BASIS_WORDS, KIND_WORDS, STATE_WORDS, OPPORTUNITY_STATE_WORDS,
)  # fmt: skip
_CHOICES: Final = {choice: said for words in _WORDS for choice, said in words.items()}
_ALSO: Final = {
    "start": Text("Time"),
    "state": Text("State"),
    "organisation": Text("Kind of organisation"),
}
_LONGEST: Final = 400


def field_title(candidate: Candidate, name: str) -> Text:
    """Return what a field of a row is called."""
    return _ALSO.get(name) or title_of(kind_of(candidate), name)


def kind_of(candidate: Candidate) -> ImportKind:
    """Return what a row is."""
    if isinstance(candidate, VisitCandidate):
        return ImportKind.VISITS
    if isinstance(candidate, OpportunityCandidate):
        return ImportKind.OPPORTUNITIES
    return ImportKind.PEOPLE if isinstance(candidate, PersonCandidate) else ImportKind.ACCOUNTS


def value_told(value: object, *, name: str = "", currency: str = "") -> str:
    """Return a value in the window's language; a dash for nothing. Money is in minor units."""
    if value is None or value in ("", ()):
        return looks.DASH
    if isinstance(value, StrEnum):
        return looks.said(_CHOICES.get(value, value.value))
    if isinstance(value, Money):
        return looks.money(value)
    if isinstance(value, bool):
        return looks.said(Text("yes") if value else Text("no"))
    if isinstance(value, int):
        money = name in ("annual_revenue", "amount")
        return looks.money(Money(value, currency or "CNY")) if money else looks.number(value)
    if isinstance(value, Instant):
        return f"{value.day.isoformat()} {looks.clock(value.local)}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return looks.cut(looks.joined(*(str(part) for part in value)), _LONGEST)
    return looks.cut(str(value), _LONGEST)
