"""The team from the shell: join it by an invitation, exchange with it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kamdesk.cli import pick, secret
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import not_together
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage import team

if TYPE_CHECKING:
    from kamdesk.sync.desk import Round
    from kamdesk.sync.joining import Host
    from kamdesk.sync.wire.invitation import Invitation
    from kamdesk.sync.wire.routes import Enrolled
    from kamdesk.workspace import Workspace


@command(Text("Join a team by the invitation its administrator gave you."))
@click.argument("invitation", metavar="INVITE|FOLDER")
@option(
    "--share",
    "shared",
    multiple=True,
    metavar="ACCOUNT",
    said=Text("A customer the team shall have; no customer leaves here otherwise."),
)
@option("--share-mine", is_flag=True, said=Text("Let the team have the customers I own."))
@option("--share-all", is_flag=True, said=Text("Let the team have all customers, later ones too."))
@option(
    "--authority",
    metavar="FILE.pem",
    said=Text("The certificate of your company's own authority, where it vouches for the hub."),
)
@option("--look", is_flag=True, said=Text("Only say who it is: nothing is sent."))
def join(
    session: Session,
    invitation: str,
    shared: tuple[str, ...],
    share_mine: bool,
    share_all: bool,
    authority: str | None,
    look: bool,
) -> None:
    """Look who the hub is, say it, and join."""
    from kamdesk.sync import joining
    from kamdesk.sync.wire.invitation import unpack

    if share_all and (shared or share_mine):
        raise not_together("--share-all", "--share" if shared else "--share-mine")
    folder = session.path(invitation)
    if os.path.isdir(folder):  # False, too, for a code that is too long for a path
        from kamdesk.cli.by_folder import join_folder

        with session.reading() if look else session.writing() as desk:
            some = None if share_all else _offered(desk, shared, mine=share_mine)
            join_folder(session, desk, folder, some, look=look)
        return
    asked = unpack(invitation)
    vouches = joining.read_authority(session.path(authority)) if authority else ""
    with session.reading() if look else session.writing(signing_in=True) as desk:
        if not look:
            joining.see_free(desk.storage, asked.url)
        accounts = None if share_all else _offered(desk, shared, mine=share_mine)
        host = seen(session, asked, vouches)
        told = {"hub": host.name, "url": host.url, "fingerprint": host.fingerprint}
        if look:
            session.give({**told, "joined": False})
            return
        enrolled, n = let_in(session, desk, asked, host, accounts)
    session.give(
        {**told, "joined": True, "device": enrolled.dev, "user": enrolled.user, "shared": n}
    )


def seen(session: Session, asked: "Invitation", vouches: str = "") -> "Host":
    """Look who answers at an invitation's address, and say it."""
    from kamdesk.sync import joining
    from kamdesk.sync.wire.invitation import grouped

    host = joining.look(asked, vouches)
    session.tell(Text("{hub} at {url}, fingerprint {signs}", hub=host.name, url=host.url,
                      signs=grouped(host.fingerprint)))  # fmt: skip
    return host


def let_in(
    session: Session,
    desk: "Workspace",
    asked: "Invitation",
    host: "Host",
    accounts: "list[Id] | None",
) -> "tuple[Enrolled, int]":
    """Use an invitation up and join; return who one is there, and how many customers are shared."""
    from kamdesk.sync import joining, tokens

    enrolled = joining.ask_in(asked, host, desk.team.me)
    workspace = desk.opened.workspace_id if desk.opened else ""
    kept = tokens.keep(secret.keyring(), workspace, enrolled.token)
    joining.settle_in(desk.storage, host, enrolled, token=kept, accounts=accounts)
    n = len(desk.accounts.ask.everything()) if accounts is None else len(accounts)
    session.tell(
        Text(
            "Joined as {user}; {n} customer is shared. kamdesk sync exchanges.",
            "Joined as {user}; {n} customers are shared. kamdesk sync exchanges.",
            n=n,
            user=enrolled.user,
        )
    )
    return enrolled, n


@command(Text("Exchange with the team: send what waits, take what came."))
@option(
    "--with",
    "place",
    metavar="URL|FOLDER",
    said=Text("The hub's address, or the folder shared with a keeper; the team's hub otherwise."),
)
@option(
    "--share",
    "shared",
    multiple=True,
    metavar="ACCOUNT",
    said=Text("Let the team have this customer, too, from now on."),
)
def sync(session: Session, place: str | None, shared: tuple[str, ...]) -> None:
    """Exchange once."""
    with session.writing(signing_in=True) as desk:
        if shared:
            _share(desk, shared)
        if place is not None and "://" not in place:
            _by_folder(session, desk, session.path(place))
            return
        done = _by_hub(desk, place)
        given = {
            "pushed": done.pushed,
            "pulled": done.pulled,
            "conflicts": done.conflicts,
            "quarantined": done.quarantined,
            "parked": done.parked,
        }
    session.give(given)
    session.tell(Text("Sent {pushed}, received {pulled}.", pushed=done.pushed, pulled=done.pulled))
    for n, said in (
        (done.conflicts, Text("{n} field waits for you: kamdesk conflicts.",
                              "{n} fields wait for you: kamdesk conflicts.", n=done.conflicts)),
        (done.quarantined, Text("The hub refused {n} change: kamdesk quarantine.",
                                "The hub refused {n} changes: kamdesk quarantine.",
                                n=done.quarantined)),
        (done.parked, Text("{n} change needs a newer KamDesk.",
                           "{n} changes need a newer KamDesk.", n=done.parked)),
    ):  # fmt: skip
        if n:
            session.tell(said)


def _share(desk: "Workspace", names: tuple[str, ...]) -> None:
    from kamdesk.storage.exchange import offer

    if not desk.storage.number("dev"):
        raise _in_no_team()
    offer(desk.storage, _offered(desk, names, mine=False))


def _in_no_team() -> RuleBroken:
    return RuleBroken(
        Text("This workspace is in no team. Join one with kamdesk join INVITE."), field="with"
    )


def _another(hub: str, asked: str) -> RuleBroken:
    return RuleBroken(
        Text("This workspace exchanges with {hub} only, not with {url}.", hub=hub, url=asked),
        field="with",
    )


def _offered(desk: "Workspace", names: tuple[str, ...], *, mine: bool) -> list[Id]:
    wanted: dict[Id, None] = {pick.account(desk, name): None for name in names}
    if mine:
        me = desk.team.me
        wanted |= {one.id: None for one in desk.accounts.ask.everything() if one.owner == me}
    return list(wanted)


def _by_hub(desk: "Workspace", url: str | None) -> "Round":
    from kamdesk.sync import joining
    from kamdesk.sync.desk import Direct
    from kamdesk.sync.folder import pairing
    from kamdesk.sync.rounds import HubRounds
    from kamdesk.sync.wire.invitation import hub_url

    if pairing.by_folder(desk.storage):
        raise RuleBroken(
            Text("This workspace exchanges by a folder: kamdesk sync --with FOLDER."), field="with"
        )
    known = joining.known(desk.storage)
    if known is None:
        raise _in_no_team()
    if url is not None and hub_url(url) != known.url:
        raise _another(known.url, url)
    found: list[Round] = []
    workspace = desk.opened.workspace_id if desk.opened else ""
    rounds = HubRounds(Direct(desk.storage), secret.keyring(), workspace, done=found.append)
    try:
        rounds.round(0)
    finally:
        rounds.close()
    return found[0]


def _by_folder(session: Session, desk: "Workspace", folder: Path) -> None:
    from kamdesk.cli.by_folder import exchanged
    from kamdesk.sync import joining
    from kamdesk.sync.told import told

    known = joining.known(desk.storage)
    if known is not None and team.is_hub(known.url):
        raise _another(known.url, str(folder))
    done = exchanged(desk, folder)
    stands = told(desk.storage)
    session.give(
        {
            "pushed": done.pushed,
            "pulled": done.pulled,
            "conflicts": stands.conflicts,
            "quarantined": stands.quarantined,
            "parked": stands.parked,
            "waits": done.waits,
            "joined": list(done.joined),
        }
    )
    for laptop in done.joined:
        session.tell(Text("{laptop} is in.", laptop=laptop))
    session.tell(Text("Sent {pushed}, received {pulled}.", pushed=done.pushed, pulled=done.pulled))
    if done.waits:
        session.tell(Text("The rest comes once the other laptop has been by."))
