"""The team without a hub, from the shell: keep the log, invite a laptop, join and exchange."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kamdesk.cli import secret
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import not_together
from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text

if TYPE_CHECKING:
    from kamdesk.hub.boxes import Box
    from kamdesk.hub.keeper import Keeper
    from kamdesk.sync.by_folder import ByFolder
    from kamdesk.workspace import Workspace

PHRASE: Final = "KAMDESK_PHRASE"
"""The variable that may hold the code phrase where nobody can type it."""


@command(Text("Keep the log for other laptops: invite one by a shared folder, or list them."))
@click.argument("folder", metavar="[FOLDER]", required=False)
@option(
    "--colleague",
    metavar="NAME",
    said=Text("Invite this colleague; your own second laptop otherwise."),
)
@option("--end", "ended", metavar="LAPTOP", said=Text("Take a laptop's access away."))
def keep(session: Session, folder: str | None, colleague: str | None, ended: str | None) -> None:
    """Invite, list, or end."""
    if ended and (folder or colleague):
        raise not_together("--end", "FOLDER" if folder else "--colleague")
    with session.writing() as desk:
        if folder is None:
            _list(session, desk, ended)
            return
        place = session.path(folder)
        keeper = begun(desk)
        try:
            own = colleague is None
            user = keeper.myself() if colleague is None else keeper.colleague(colleague)
            me = desk.team.ask.find(desk.team.me) if desk.team.me else None
            called = me.name if me else "KamDesk"
            invited = keeper.boxes.invite(place, user, colleague or called, called, own=own)
        except OSError as error:
            raise _unreadable(place) from error
        finally:
            keeper.close()
        until = Instant(invited.until, desk.clock.now().zone)
    session.give({"phrase": invited.phrase, "until": str(until), "folder": str(place)})
    session.tell(Text("Code phrase: {phrase}", phrase=invited.phrase))
    session.tell(
        Text(
            "On the other laptop: kamdesk join FOLDER, and type the phrase. It holds once, for one"
            " day. Then exchange on both by turns: kamdesk sync --with FOLDER."
        )
    )


def begun(desk: "Workspace") -> "Keeper":
    """Return the keeper of a workspace, which begins to keep the log if it did not.

    Close it. Raises ``RuleBroken`` for a workspace that belongs to another team.
    """
    from kamdesk.storage import keeper_file
    from kamdesk.sync import joining, pairing

    if not keeper_file.keeps(desk.storage):
        joining.see_free(desk.storage, pairing.KEEPER)
    keeper = _opened(desk)
    try:
        if not desk.storage.log.own:
            me = desk.team.me
            found = desk.team.ask.find(me) if me else None
            if found is None:
                raise RuleBroken(Text("Say who you are first: kamdesk init asks your name."))
            pairing.settle_keeper(desk.storage, keeper.begin(found.id, found.name), None)
    except BaseException:
        keeper.close()
        raise
    return keeper


def exchanged(desk: "Workspace", folder: Path) -> "ByFolder":
    """Do one round by folder, on whichever side this workspace stands."""
    from kamdesk.storage import keeper_file
    from kamdesk.sync import leaving
    from kamdesk.sync.by_folder import desk_round, keeper_round
    from kamdesk.sync.engine import Direct
    from kamdesk.sync.post import Cause, HubTrouble

    if not keeper_file.keeps(desk.storage):
        try:
            return desk_round(Direct(desk.storage), folder)
        except HubTrouble as trouble:
            if trouble.cause is Cause.REVOKED:
                workspace = desk.opened.workspace_id if desk.opened else ""
                leaving.shut_out(Direct(desk.storage), secret.keyring(), workspace)
            raise
    from kamdesk.hub.letters_served import serve

    keeper = _opened(desk)
    try:
        return keeper_round(Direct(desk.storage), keeper, lambda: serve(keeper, folder))
    except OSError as error:
        raise _unreadable(folder) from error
    finally:
        keeper.close()


def join_folder(
    session: Session, desk: "Workspace", folder: Path, accounts: list[Id] | None, *, look: bool
) -> None:
    """Look who invites by a folder, say it, and accept."""
    from kamdesk.sync import pairing

    phrase = os.environ.get(PHRASE) or click.prompt(session.say(Text("Code phrase")), err=True)
    found = pairing.look(folder, phrase, desk.clock.now().ms)
    session.tell(Text("{keeper} invites {whom}.", keeper=found.keeper, whom=found.whom))
    if not look:
        pairing.accept(desk.storage, folder, found, accounts=accounts)
        session.tell(
            Text(
                "Accepted. Exchange on the other laptop now, then here: kamdesk sync --with FOLDER."
            )
        )
    session.give({"keeper": found.keeper, "own": found.own, "joined": False, "accepted": not look})


def _list(session: Session, desk: "Workspace", ended: str | None) -> None:
    from kamdesk.storage import keeper_file

    if not keeper_file.keeps(desk.storage):
        raise RuleBroken(Text("This computer keeps no log. Invite a laptop: kamdesk keep FOLDER."))
    keeper = _opened(desk)
    try:
        if ended is not None:
            keeper.end(ended)
        boxes = keeper.boxes.all()
    finally:
        keeper.close()
    zone = desk.clock.now().zone
    session.give(
        [
            {
                "id": one.box.hex()[:8],
                "laptop": one.whom,
                "state": one.state.value,
                "seen": str(Instant(one.seen, zone)) if one.seen else None,
            }
            for one in boxes
        ]
    )
    columns: tuple[Column[Box], ...] = (
        Column(Text("Id"), lambda one: one.box.hex()[:8]),
        Column(Text("Laptop"), lambda one: one.whom),
        Column(Text("State"), lambda one: one.state.value),
        Column(Text("Last here"), lambda one: str(Instant(one.seen, zone)) if one.seen else "–"),
    )
    session.list(columns, boxes, Text("No laptop was invited yet: kamdesk keep FOLDER."))


def _opened(desk: "Workspace") -> "Keeper":
    from kamdesk.storage import keeper_file

    try:
        from kamdesk.hub.keeper import Keeper
    except ImportError as error:
        raise RuleBroken(
            Text("To keep the log for others install the hub too: pip install 'kamdesk[hub]'.")
        ) from error
    connect = keeper_file.connector(desk.storage, desk.folder or Path())
    return Keeper(connect, keeper_file.DRIVER, desk.clock)


def _unreadable(folder: Path) -> RuleBroken:
    return RuleBroken(
        Text(
            "The folder {folder} cannot be read or written. Plug the stick in, or start the program"
            " that keeps the folder in step.",
            folder=str(folder),
        ),
        field="folder",
    )
