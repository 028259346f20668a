"""Customers as their list shows them: one lean line each, all of them in one answer."""

from collections.abc import Mapping
from sys import intern
from typing import Any, Final, NamedTuple

from kamdesk.core.ids import AccountId
from kamdesk.core.stored import read_word
from kamdesk.domain.accounts.model import AccountClass, Organisation
from kamdesk.storage.database import Reader

Own = Mapping[bytes, str]
"""Values of own fields, by field."""
_NONE: Final[Own] = {}


class CustomerLine(NamedTuple):
    """A customer in the list; what is not known is empty or None.

    ``owner`` and ``group`` are names; ``last_visit`` and ``next_visit`` stored moments; ``overdue``
    counts open promises of both sides past their day.
    """

    id: AccountId
    name: str
    short_name: str
    number: str
    class_by_hand: AccountClass | None
    organisation: Organisation | None
    industry: str
    province: str
    city: str
    phone: str
    owner: str
    group_parent: AccountId | None
    group: str
    last_visit: str
    next_visit: str
    tags: tuple[str, ...]
    overdue: int
    own: Own


_LINES: Final = """
SELECT a.id, a.name, a.short_name, a.number, a.class_by_hand, a.organisation, a.industry,
       a.province, a.city, a.phone, a.owner, a.group_parent, s.last_visit, s.next_visit
FROM accounts a LEFT JOIN account_standing s ON s.id = a.id
WHERE NOT a.gone ORDER BY +a.name, a.id"""
_TAGS: Final = "SELECT eid, target FROM accounts_tags ORDER BY eid, target"
_OWNERS: Final = "SELECT id, name FROM colleagues"


def customer_lines(
    reader: Reader, *, overdue: Mapping[bytes, int], own: Mapping[bytes, Own]
) -> list[CustomerLine]:
    """Return all customers by name.

    ``overdue`` and ``own`` are what other rooms know of them, by account.
    """
    ask = reader.ask
    owners = {row[0]: row[1] or "" for row in ask(_OWNERS)}
    tags: dict[bytes, tuple[str, ...]] = {}
    for account, tag in ask(_TAGS):
        tags[account] = (*tags.get(account, ()), intern(tag))
    rows = ask(_LINES)
    called: dict[Any, str] = {row[0]: row[2] or row[1] or "" for row in rows}
    classes = {word: read_word(AccountClass, word, None) for word in {row[4] for row in rows}}
    kinds = {word: read_word(Organisation, word, None) for word in {row[5] for row in rows}}
    return [
        CustomerLine(
            row[0],
            row[1] or "",
            row[2] or "",
            row[3] or "",
            classes[row[4]],
            kinds[row[5]],
            intern(row[6] or ""),  # few words in many lines: each is held once
            intern(row[7] or ""),
            intern(row[8] or ""),
            row[9] or "",
            owners.get(row[10], ""),
            row[11],
            called.get(row[11], ""),
            row[12] or "",
            row[13] or "",
            tags.get(row[0], ()),
            overdue.get(row[0], 0),
            own.get(row[0], _NONE),
        )
        for row in rows
    ]
