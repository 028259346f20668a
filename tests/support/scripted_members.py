"""Two members of a team at a hub in memory, and what tests of the engine do with them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from support.desks import untruths
from support.invented import a_person, an_account, tables_of
from support.schedules import DERIVED
from support.scripted_hub import Member, MemoryHub, both, settle

Pair = tuple[Member, Member]


def a_pair(folder: Path, hub: MemoryHub) -> Iterator[Pair]:
    """Two members of a team that share one customer with one person."""
    one = Member(folder / "1", hub, 1, name="林晓彤")
    other = Member(folder / "2", hub, 2)
    account = an_account(one.workspace)
    a_person(one.workspace, account)
    one.round()
    hub.grant(2, *both(account.id))
    settle(one, other)
    yield one, other
    for member in (one, other):
        assert untruths(member.workspace) == []
        member.workspace.close()


def same(*members: Member) -> None:
    tables = [tables_of(member.workspace, derived=DERIVED) for member in members]
    assert all(table == tables[0] for table in tables)


def edit(member: Member, **fields: object) -> None:
    now = member.workspace.people.ask.everybody()[0]
    seen = member.storage.position()
    member.workspace.people.change(replace(now, **fields), base=now, seen=seen)
