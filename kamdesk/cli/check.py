"""Check: is the workspace whole, and does every table say what its log says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.core.wording import Text
from kamdesk.storage.lock import Held

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


@command(Text("Check that the workspace is whole and says what its history says."))
@option("--rebuild", is_flag=True, said=Text("Make search and roll-ups anew first."))
@click.pass_context
def check(ctx: click.Context, session: Session, rebuild: bool) -> None:
    """Print what is wrong, or that nothing is; leaves with 1 when something is."""
    from kamdesk.storage.replay import differences

    found: list[str] = []
    stale: list[str] = []
    said: list[Text] = []
    with _opened(session, must_write=rebuild) as (desk, alone):
        storage = desk.storage
        if rebuild:
            with storage.transaction():
                for follower in storage.followers:
                    follower.rebuild(storage.connection)
            said.append(Text("Search and roll-ups were made anew."))
        ask = storage.reader.ask
        if alone:
            ask("PRAGMA wal_checkpoint(TRUNCATE)")
            found += [str(row[0]) for row in ask("PRAGMA cipher_integrity_check")]
        else:
            said.append(
                Text("KamDesk is open beside this: the pages' seals were not checked this time.")
            )
        found += [line for row in ask("PRAGMA quick_check") if (line := str(row[0])) != "ok"]
        found += differences(storage)
        for follower in storage.followers:
            stale += follower.findings(storage.connection)
        accounts, people = desk.accounts.ask.count(), len(desk.people.ask.lines())
        actions = int(ask("SELECT count(*) FROM actions").value() or 0)
    session.give(
        {
            "ok": not (found or stale),
            "findings": found + stale,
            "checked_pages": alone,
            "accounts": accounts,
            "people": people,
            "actions": actions,
        }
    )
    for text in said:
        session.tell(text)
    for line in (*found, *stale):
        session.tell(f"  {line}")
    if found:
        session.warn(
            Text(
                "{n} thing is wrong with this workspace. Nothing was changed; restore a backup.",
                "{n} things are wrong with this workspace. Nothing was changed; restore a backup.",
                n=len(found),
            )
        )
    elif stale:
        session.warn(
            Text("Search or roll-ups are out of date: “kamdesk check --rebuild” makes them anew.")
        )
    else:
        session.tell(
            Text(
                "The workspace is whole: {accounts} customers, {people} people, {actions} actions;"
                " every value is the one its history gives.",
                accounts=accounts,
                people=people,
                actions=actions,
            )
        )
    ctx.exit(1 if found or stale else 0)


@contextmanager
def _opened(session: Session, *, must_write: bool) -> "Iterator[tuple[Workspace, bool]]":
    """Open the workspace alone if possible, else beside the open window; say which."""
    try:
        writing = session.writing()
        desk = writing.__enter__()
    except Held:
        if must_write:
            raise
        with session.reading() as desk:
            yield desk, False
        return
    try:
        yield desk, True
    finally:
        writing.__exit__(None, None, None)
