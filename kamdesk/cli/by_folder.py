"""The team without a hub, from the shell: keep the log, invite a laptop, join and exchange."""

import os
from contextlib import closing
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
from kamdesk.sync.desk import Direct
from kamdesk.workspace import folder_exchange
from kamdesk.workspace.folder_exchange import Place

if TYPE_CHECKING:
    from kamdesk.hub.keeping.boxes import Box
    from kamdesk.sync.folder.rounds import ByFolder
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
        if desk.team.me is None:
            raise RuleBroken(Text("Say who you are first: kamdesk init asks your name."))
        place = session.path(folder)
        invited = folder_exchange.invited(*_at(desk), place, colleague or "")
        until = Instant(invited.until, desk.clock.now().zone)
    session.give({"phrase": invited.phrase, "until": until.local.isoformat(), "folder": str(place)})
    session.tell(Text("Code phrase: {phrase}", phrase=invited.phrase))
    session.tell(
        Text(
            "On the other laptop: kamdesk join FOLDER, and type the phrase. It holds once, for one"
            " day. Then exchange on both by turns: kamdesk sync --with FOLDER."
        )
    )


def exchanged(desk: "Workspace", folder: Path) -> "ByFolder":
    """Do one round by folder, on whichever side this workspace stands."""
    return folder_exchange.exchanged(*_at(desk), folder)


def join_folder(
    session: Session, desk: "Workspace", folder: Path, accounts: list[Id] | None, *, look: bool
) -> None:
    """Look who invites by a folder, say it, and accept."""
    from kamdesk.sync.folder import pairing

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
    with closing(folder_exchange.keeper_of(*_at(desk))) as keeper:
        if ended is not None:
            keeper.end(ended)
        boxes = keeper.boxes.all()
    zone = desk.clock.now().zone
    session.give(
        [
            {
                "id": one.box.hex()[:8],
                "laptop": one.whom,
                "state": one.state.value,
                "seen": Instant(one.seen, zone).local.isoformat() if one.seen else None,
            }
            for one in boxes
        ]
    )
    columns: tuple[Column[Box], ...] = (
        Column(Text("Id"), lambda one: one.box.hex()[:8]),
        Column(Text("Laptop"), lambda one: one.whom),
        Column(Text("State"), lambda one: _STATES[one.state.value]),
        Column(Text("Last here"), lambda one: _minute(one.seen, zone)),
    )
    session.list(columns, boxes, Text("No laptop was invited yet: kamdesk keep FOLDER."))


_STATES: Final = {
    "open": Text("waits for the phrase"),
    "paired": Text("exchanges"),
    "expired": Text("the phrase is too old"),
}


def _at(desk: "Workspace") -> tuple[Place, Direct]:
    """Return a workspace as a round by folder takes it, within this command."""
    return folder_exchange.place_of(desk, secret.keyring()), Direct(desk.storage)


def _minute(ms: int, zone: str) -> str:
    """Return a moment as a list shows it: the day and the minute where the user is."""
    return f"{Instant(ms, zone).local:%Y-%m-%d %H:%M}" if ms else "–"
