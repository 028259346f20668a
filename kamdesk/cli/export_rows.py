"""Customers and people as rows of a plain table, in the columns an import understands."""

from collections.abc import Iterator
from decimal import Decimal

from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import (
    CLASS_WORDS,
    ORGANISATION_WORDS,
    AccountClass,
    Organisation,
)
from kamdesk.domain.people.model import BASIS_WORDS, Basis
from kamdesk.storage.database import Reader
from kamdesk.transfer.fields import FIELDS, ImportKind
from kamdesk.transfer.known import Known
from kamdesk.transfer.known_here import known_here
from kamdesk.transfer.writers.plain_table import Value

_LEFT_OUT = ("source_key", "account_key")
_TITLES = {"account": Text("Account name")}
"""Where a title alone would not be understood by an import."""


def headings(kind: ImportKind) -> list[Text]:
    """Return the titles of the columns."""
    return [
        _TITLES.get(name, one.title) for name, one in FIELDS[kind].items() if name not in _LEFT_OUT
    ]


def rows(reader: Reader, kind: ImportKind, account: str | None = None) -> Iterator[list[Value]]:
    """Yield all customers or people (of one customer), as they were added."""
    names = [name for name in FIELDS[kind] if name not in _LEFT_OUT]
    known = known_here(reader, kind, hidden=False)
    for place in range(len(known)):
        one = known[place]
        of = one.name if kind is ImportKind.ACCOUNTS else one.text("account")
        if account is None or of == account:
            yield [_value(one, name) for name in names]


def people(reader: Reader, account: str | None = None) -> Iterator[Known]:
    """Yield all people who may be shown (of one customer), for address cards."""
    known = known_here(reader, ImportKind.PEOPLE, hidden=False)
    for place in range(len(known)):
        if account is None or known[place].text("account") == account:
            yield known[place]


def _value(one: Known, name: str) -> Value:
    value = one.name if name == "name" else one.values.get(name)
    if isinstance(value, Organisation):
        return ORGANISATION_WORDS[value]
    if isinstance(value, AccountClass):
        return CLASS_WORDS[value]
    if isinstance(value, Basis):
        return BASIS_WORDS[value]
    if name == "annual_revenue" and isinstance(value, int):
        return Money(value, one.text("currency") or "CNY").major
    if value is None or value == "" or value is False:
        return None
    if isinstance(value, str | int | Decimal | tuple):
        return value
    raise TypeError(f"no column for {type(value).__name__}")
