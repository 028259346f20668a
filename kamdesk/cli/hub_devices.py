"""``kamdesk hub invite``, ``devices``, ``revoke-device``: which computers may speak to the hub."""

import click

from kamdesk.cli import hub_room
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import Count
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text


@command(Text("Invite one more computer of a user: for ten minutes, for one use."), name="invite")
@click.argument("login", metavar="LOGIN")
@hub_room.which
@hub_room.alone
def invite(session: Session, folder: str | None, login: str, bare: bool) -> None:
    """Invite a computer."""
    place = hub_room.place_of(session, folder)
    with hub_room.turn_at(session, folder) as turn:
        found = hub_room.user_of(turn, login)
        given = hub_room.invitation(turn, place, login)
    session.give(hub_room.hand_out(session, found.name, given, bare=bare))


@command(Text("List the computers that may, or might once, speak to the hub."), name="devices")
@hub_room.which
@option("--user", "login", default="", metavar="LOGIN", said=Text("Only those of one user."))
def devices(session: Session, folder: str | None, login: str) -> None:
    """List devices."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub.devices import devices as every

        user = hub_room.user_of(turn, login).id if login else None
        found = every(turn.connection, turn.tenant, user)
    session.give(
        [
            {
                "id": one.device,
                "login": one.login,
                "name": one.name,
                "made": hub_room.moment(one.made),
                "seen": hub_room.moment(one.seen),
                "revoked": hub_room.moment(one.revoked),
            }
            for one in found
        ]
    )
    session.list(
        (
            Column(Text("Number"), lambda one: str(one.device), right=True, whole=True),
            Column(Text("Login"), lambda one: one.login),
            Column(Text("Computer"), lambda one: one.name),
            Column(Text("Seen"), lambda one: hub_room.shown(session, one.seen), whole=True),
            Column(Text("Revoked"), lambda one: hub_room.shown(session, one.revoked), whole=True),
        ),
        found,
        Text("No computer has joined yet. Invite one: kamdesk hub invite LOGIN"),
    )


@command(Text("Shut a lost or stolen computer out, from its very next request on."),
         name="revoke-device")  # fmt: skip
@click.argument("number", type=Count(1, 2**31 - 1), metavar="NUMBER")
@hub_room.which
def revoke_device(session: Session, folder: str | None, number: int) -> None:
    """Shut a computer out."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub.devices import revoke

        if not revoke(turn, number):
            raise RuleBroken(
                Text("There is no computer {number}, or it is shut out already.", number=number)
            )
    session.give({"id": number})
    session.tell(
        Text(
            "Computer {number} is shut out. At its next contact it takes what came by the hub off"
            " its disk.",
            number=str(number),
        )
    )
