"""Customers, people, opportunities as rows of a table, in columns an import understands."""

from collections.abc import Iterator
from decimal import Decimal

from kamdesk.core.clock import read_day
from kamdesk.core.money import Money
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import (
    CLASS_WORDS,
    ORGANISATION_WORDS,
    AccountClass,
    Organisation,
)
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.opportunities.model import OPPORTUNITY_STATE_WORDS
from kamdesk.domain.opportunities.store import OpportunityStore
from kamdesk.domain.own_fields.model import Of, OwnField, Sort, number_of
from kamdesk.domain.own_fields.store import OwnFieldStore
from kamdesk.domain.people.model import BASIS_WORDS, Basis
from kamdesk.storage.database import Reader
from kamdesk.transfer.fields import FIELDS, ImportKind
from kamdesk.transfer.known import Known
from kamdesk.transfer.known_here import known_here
from kamdesk.transfer.writers.plain_table import Heading, Value

_LEFT_OUT = ("source_key", "account_key")
_OWN_OF = {ImportKind.ACCOUNTS: Of.ACCOUNT, ImportKind.PEOPLE: Of.PERSON}
_TITLES = {"account": Text("Account name")}
"""Where a title alone would not be understood by an import."""


def headings(kind: ImportKind, reader: Reader | None = None) -> list[Heading]:
    """Return the titles of the columns; with the own fields ``reader`` knows, behind the others."""
    titles: list[Heading] = [
        _TITLES.get(name, one.title) for name, one in FIELDS[kind].items() if name not in _LEFT_OUT
    ]
    return [*titles, *(field.name for field in _own(kind, reader))] if reader else titles


def _own(kind: ImportKind, reader: Reader) -> list[OwnField]:
    of_kind = _OWN_OF.get(kind)
    return OwnFieldStore(reader).fields(of_kind) if of_kind else []


def rows(reader: Reader, kind: ImportKind, account: str | None = None) -> Iterator[list[Value]]:
    """Yield all customers or people (of one customer), as they were added."""
    names = [name for name in FIELDS[kind] if name not in _LEFT_OUT]
    if kind is ImportKind.OPPORTUNITIES:
        yield from _opportunities(reader, names, account)
        return
    known = known_here(reader, kind, hidden=False)
    fields = _own(kind, reader)
    own = OwnFieldStore(reader).of_all(_OWN_OF[kind]) if fields else {}
    for place in range(len(known)):
        one = known[place]
        of = one.name if kind is ImportKind.ACCOUNTS else one.text("account")
        if account is None or of == account:
            held = own.get(one.id or b"", {})
            yield [
                *(_value(one, name) for name in names),
                *(_of_own(field, held.get(field.id)) for field in fields),
            ]


def _opportunities(reader: Reader, names: list[str], account: str | None) -> Iterator[list[Value]]:
    """Yield all opportunities (of one customer), the next expected first."""
    store, accounts = OpportunityStore(reader), AccountStore(reader)
    for line in store.lines(settled=True):
        customer = accounts.find(line.account)
        name = customer.name if customer else line.account_name
        if account is not None and name != account:
            continue
        one = store.get(line.id)
        said: dict[str, Value] = {
            "account": name,
            "amount": one.amount.major if one.amount else None,
            "currency": one.currency or None,
            "deal_state": OPPORTUNITY_STATE_WORDS[one.state],
        }
        yield [said[name] if name in said else getattr(one, name) or None for name in names]


def _of_own(field: OwnField, stored: str | None) -> Value:
    if stored is None:
        return None
    if field.sort is Sort.NUMBER:
        return number_of(stored) or stored
    return (read_day(stored) or stored) if field.sort is Sort.DAY else field.said(stored)


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
