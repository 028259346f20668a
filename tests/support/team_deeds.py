"""Short words for what people do at a team's desks: see a card, change it from what they saw."""

from dataclasses import replace
from typing import Any, NamedTuple

from support.desks import KEY
from support.raw_pages import in_clear
from support.team import Team
from support.team_desk import TeamDesk
from support.team_ledger import Sights, sights_of

from kamdesk.domain.accounts.model import Account
from kamdesk.domain.people.model import Person
from kamdesk.storage.change import Seen
from kamdesk.sync.apart.conflicts import conflicts

WORD = "zqgeheimnis"
"""A word nobody else uses."""


class Form(NamedTuple):
    """A record as it stood in a form, and where the log stood then."""

    record: Any
    seen: Seen
    sights: Sights


def account(desk: TeamDesk, name: str = "甲") -> Account:
    """Return the account of this name as a desk has it."""
    return next(one for one in desk.workspace.accounts.ask.everything() if one.name == name)


def accounts(desk: TeamDesk) -> set[str]:
    """Return the names of all accounts a desk has."""
    return {one.name for one in desk.workspace.accounts.ask.everything()}


def person(desk: TeamDesk, at: str = "甲") -> Person:
    """Return the first person of an account."""
    people = desk.workspace.people.ask.everybody()
    return next(one for one in people if one.account == account(desk, at).id)


def look(desk: TeamDesk, record: Any = None) -> Form:
    """Open a form on a record, the account 甲 when left out."""
    record = record or account(desk)
    return Form(record, desk.storage.position(), sights_of(desk, record.id))


def save(team: Team, desk: TeamDesk, form: Form | None = None, **fields: Any) -> None:
    """Save what was changed in a form, in one opened just now when left out."""
    form = form or look(desk)
    team.true.at = replace(team.true.at, ms=team.true.at.ms + 1)  # nobody saves twice at once
    workspace = desk.workspace
    service = workspace.accounts if isinstance(form.record, Account) else workspace.people
    with team.ledger.noting(desk, form.sights):
        changed = replace(form.record, **fields)
        service.change(changed, base=form.record, seen=form.seen)  # type: ignore[attr-defined]


def tag(team: Team, desk: TeamDesk, word: str, name: str = "甲") -> None:
    """Put a tag on an account."""
    with team.ledger.noting(desk):
        desk.workspace.accounts.tag(account(desk, name).id, add=(word,))


def in_review(desk: TeamDesk) -> dict[str, set[Any]]:
    """Return by cell which values wait in review at a desk."""
    return {
        conflict.cell: {side.value for side in conflict.sides}
        for conflict in conflicts(desk.storage)
    }


def whole(desk: TeamDesk) -> list[tuple[Any, ...]]:
    """Return all a file holds but what it remembers of the exchange itself."""
    ask = desk.storage.reader.ask
    tables = ask(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE '%search%' ORDER BY name"
    ).column()
    rows = [(table, *row) for table in tables for row in ask(f"SELECT * FROM {table}")]
    return [row for row in rows if row[:2] not in (("state", "trouble"), ("state", "last_try"))]


def on_disk(desk: TeamDesk, word: str = WORD) -> bool:
    """True when a word lies anywhere in a desk's decrypted pages, free ones too."""
    return word.encode() in in_clear(desk.file, KEY)
