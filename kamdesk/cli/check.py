"""Check: is the workspace whole, and does every table say what its log says."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kamdesk.cli import counts as in_words
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import not_together
from kamdesk.core.wording import Text
from kamdesk.storage.lock import Held
from kamdesk.storage.soundness import Damaged, damaged

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


@command(Text("Check that the workspace is whole and says what its history says."))
@option("--rebuild", is_flag=True, said=Text("Make search and roll-ups anew first."))
@option(
    "--salvage",
    metavar="NEWDIR",
    said=Text("Save what can be read of a damaged workspace into a new folder."),
)
@click.pass_context
def check(ctx: click.Context, session: Session, rebuild: bool, salvage: str | None) -> None:
    """Print what is wrong, or that nothing is; leaves with 1 when something is."""
    if salvage:
        if rebuild:
            raise not_together("--rebuild", "--salvage")
        from kamdesk.cli.salvaging import salvage_into

        salvage_into(session, salvage)
        return
    try:
        ctx.exit(_check(session, rebuild=rebuild))
    except Damaged as damage:
        backup = str(damage.backup) if damage.backup else None
        session.give({"ok": False, "damaged": True, "newest_good_backup": backup})
        raise


def _check(session: Session, *, rebuild: bool) -> int:
    from kamdesk.cli import standing

    with _opened(session, must_write=rebuild) as (desk, alone):
        pages_checked = _see_pages(desk, alone=alone)
        if rebuild:
            _rebuild(desk)
        found, stale = _differences(desk)
        stands = standing.of(desk)
        found += stands.findings
        counts = _counts(desk)
        lost = len(desk.files.ask.wanted())
    session.give(
        {
            "ok": not (found or stale),
            "findings": found + stale,
            "checked_pages": pages_checked,
            "contents_not_here": lost,
            **counts,
            **stands.data,
        }
    )
    if rebuild:
        session.tell(Text("Search and roll-ups were made anew."))
    if not pages_checked:
        session.tell(
            Text("KamDesk is open beside this: the pages' seals were not checked this time.")
        )
    for line in (*found, *stale):
        session.tell(f"  {line}")
    _conclude(session, found, stale, counts)
    if lost:
        session.warn(
            Text(
                "What was in {n} kept file is not here. Bring it back from a backup.",
                "What was in {n} kept files is not here. Bring it back from a backup.",
                n=lost,
            )
        )
    for text in stands.told:
        session.tell(text)
    return 1 if found or stale else 0


def _see_pages(desk: "Workspace", *, alone: bool) -> bool:
    """Read every page; return whether the seals were looked at too. Raises ``Damaged``."""
    from kamdesk.storage.soundness import log_left

    if desk.opened is None:
        raise LookupError("only a workspace in a folder is checked")
    if alone and not desk.storage.readonly:
        desk.storage.reader.ask("PRAGMA wal_checkpoint(TRUNCATE)")
    desk.soundness.look()
    return alone and not log_left(desk.soundness.path)


def _rebuild(desk: "Workspace") -> None:
    with desk.storage.transaction():
        for follower in desk.storage.followers:
            follower.rebuild(desk.storage.connection)


def _differences(desk: "Workspace") -> tuple[list[str], list[str]]:
    """Return where tables and log differ, and where derived tables are out of date."""
    from kamdesk.storage.database import DatabaseError
    from kamdesk.storage.replay import differences

    storage = desk.storage
    try:
        found = differences(storage)
        stale = [line for f in storage.followers for line in f.findings(storage.connection)]
    except DatabaseError as error:
        raise damaged(desk.soundness.path.parent) from error
    return found, stale


def _counts(desk: "Workspace") -> dict[str, Any]:
    return {
        "accounts": desk.accounts.ask.count(),
        "people": desk.people.ask.count(),
        "actions": int(desk.storage.reader.ask("SELECT count(*) FROM actions").value() or 0),
    }


def _conclude(session: Session, found: list[str], stale: list[str], counts: dict[str, Any]) -> None:
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
                "The workspace is whole: {accounts}, {people}, {actions}; every value is the one"
                " its history gives.",
                accounts=in_words.customers(counts["accounts"]),
                people=in_words.people(counts["people"]),
                actions=in_words.actions(counts["actions"]),
            )
        )


@contextmanager
def _opened(session: Session, *, must_write: bool) -> "Iterator[tuple[Workspace, bool]]":
    """Open the workspace alone if possible, else beside the open window; say which.

    On a disk that may not be written nobody else writes either.
    """
    if not must_write and not os.access(session.folder, os.W_OK):
        with session.reading() as desk:
            yield desk, True
        return
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
