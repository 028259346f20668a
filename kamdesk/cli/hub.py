"""``kamdesk hub``: make the team's hub and serve it; what else an administrator does beside it."""

import os
import socket
from dataclasses import replace
from typing import Any

import click

from kamdesk.cli import hub_room
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import Count
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text

_ELSEWHERE = {
    "user": "hub_people",
    "team": "hub_people",
    "invite": "hub_devices",
    "devices": "hub_devices",
    "revoke-device": "hub_devices",
    "grant": "hub_access",
    "revoke": "hub_access",
    "handover": "hub_access",
    "grants": "hub_access",
    "audit": "hub_told",
    "stats": "hub_told",
    "export": "hub_copies",
    "backup": "hub_copies",
    "restored": "hub_copies",
    "sweep": "hub_copies",
}


class _Hub(Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return its commands in the order of an administrator's first day."""
        return ["init", "serve", *_ELSEWHERE]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command."""
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        from importlib import import_module

        room = import_module(f"kamdesk.cli.{_ELSEWHERE[cmd_name]}")
        found: click.Command = getattr(room, cmd_name.replace("-", "_"))
        return found


group = _Hub("hub", said=Text("The team's hub: make it, serve it, say who may see what."))


@command(Text("Make a hub in a folder; on SQLite unless a database is named."),
         name="init", under=group)  # fmt: skip
@hub_room.which
@option("--name", default="", said=Text("What the team calls the hub; this machine's name else."))
@option("--url", default="", metavar="https://HOST:PORT", said=Text("Where computers find it."))
@option("--listen", default="", metavar="ADDRESS:PORT", said=Text("Where this machine listens."))
@option(
    "--database",
    default="",
    metavar="URL",
    said=Text("A server instead of SQLite: postgresql+psycopg://user:password@host/name."),
)
@option(
    "--behind-proxy",
    is_flag=True,
    said=Text("A proxy in front speaks TLS; without it the hub does, by its own certificate."),
)
@option("--admin", default="", metavar="LOGIN", said=Text("The first user, who is invited too."))
def init(
    session: Session,
    folder: str | None,
    name: str,
    url: str,
    listen: str,
    database: str,
    behind_proxy: bool,
    admin: str,
) -> None:
    """Make a hub."""
    where = hub_room.folder_of(session, folder)
    from kamdesk.hub import people, place
    from kamdesk.hub.opening import found, opened, see_vacant, turned
    from kamdesk.sync.wire.invitation import grouped, hub_url

    host = socket.gethostname().lower()
    where_found = hub_url(url or f"https://{host}:{place.PORT}")
    settings = place.Settings(
        name=place.named(name or host),
        url=where_found,
        listen=listen or place.usual_listen(where_found, behind_proxy=behind_proxy),
        database=database,
        tls=not behind_proxy,
        own=not behind_proxy,
    )
    elsewhere = os.environ.get(place.IN_PLACE) or database
    if elsewhere:
        see_vacant(elsewhere)  # before anything is made
    made = place.make(where, settings)
    invited: dict[str, object] | None = None
    with opened(made, session.clock) as hub:
        found(hub, made)
        session.tell(Text("{hub} is made in {folder}.", hub=settings.name, folder=str(where)))
        session.tell(Text("Computers find it at {url}.", url=settings.url))
        if made.fingerprint:
            seal = grouped(made.fingerprint)
            session.tell(Text("Its fingerprint: {fingerprint}", fingerprint=seal))
        if admin:
            with turned(hub, hub_room.actor()) as turn:
                people.add_user(turn, admin, admin, "admin")
                given = hub_room.invitation(turn, made, admin)
            invited = hub_room.hand_out(session, admin, given)
    session.tell(Text("Next: kamdesk hub serve"))
    session.give(
        {
            "folder": str(where),
            "name": settings.name,
            "url": settings.url,
            "listen": settings.listen,
            "fingerprint": made.fingerprint,
            "invitation": invited,
        }
    )


@command(Text("Serve the hub until it is told to end."), name="serve", under=group)
@hub_room.which
@option(
    "--workers",
    type=Count(1, 64),
    default=1,
    said=Text("Processes that share the work; more than one needs a database server."),
)
@option(
    "--proxies",
    default="127.0.0.1,::1",
    metavar="ADDRESSES",
    said=Text("Which proxies may say whom a request is from."),
)
@option("--files-gb", type=Count(0, 1_000_000), said=Text("How much room the team's files have."))
@option("--files-each-gb", type=Count(0, 1_000_000), said=Text("How much those of one member."))
@option("--a-day-mb", type=Count(0, 1_000_000), said=Text("What one computer may bring a day."))
@option(
    "--spare-gb",
    type=Count(0, 1_000_000),
    said=Text("On SQLite: room on the disk below which the hub takes nothing more."),
)
def serve(
    session: Session, folder: str | None, workers: int, proxies: str, **bounds: int | None
) -> None:
    """Serve the hub."""
    found = hub_room.place_of(session, folder)
    told: dict[str, Any] = {name: value for name, value in bounds.items() if value is not None}
    place = replace(found, settings=replace(found.settings, **told))
    if workers > 1 and place.database.startswith("sqlite"):
        raise RuleBroken(
            Text("On SQLite one process serves; more of them need a database server."),
            field="workers",
        )
    from kamdesk.hub.online.serving import serve as begin

    said = Text(
        "{hub} listens on {listen}; computers find it at {url}. Ctrl+C ends it.",
        hub=place.settings.name,
        listen=place.settings.listen,
        url=place.settings.url,
    )
    begin(place, workers=workers, proxies=proxies, bound=lambda: session.tell(said))
