"""``kamdesk hub user`` and ``hub team``: who belongs to the team, and in which role."""

import click

from kamdesk.cli import hub_room
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import OneOf
from kamdesk.core.wording import Text

_ROLE = OneOf("admin", "member", "partner")


@click.group("user", cls=Group, said=Text("Users of the hub: list, add, role, close."))
def user() -> None:
    """Users of the hub."""


@command(Text("List users."), name="list", under=user)
@hub_room.which
def list_users(session: Session, folder: str | None) -> None:
    """List users."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub.roster import users

        found = users(turn)
    session.give(
        [
            {
                "id": one.id,
                "login": one.login,
                "name": one.name,
                "role": one.role,
                "made": hub_room.moment(one.made),
                "closed": hub_room.moment(one.closed),
            }
            for one in found
        ]
    )
    session.list(
        (
            Column(Text("Login"), lambda one: one.login, whole=True),
            Column(Text("Name"), lambda one: one.name),
            Column(Text("Role"), lambda one: ROLES[one.role]),
            Column(Text("Added"), lambda one: hub_room.shown(session, one.made), whole=True),
            Column(Text("Closed"), lambda one: hub_room.shown(session, one.closed), whole=True),
        ),
        found,
        Text("Nobody yet. Add somebody: kamdesk hub user add LOGIN"),
    )


@command(Text("Add a user and invite their first computer."), name="add", under=user)
@click.argument("login", metavar="LOGIN")
@hub_room.which
@option("--name", default="", said=Text("Their name; the login when left out."))
@option(
    "--role",
    type=_ROLE,
    default="member",
    said=Text("admin and member are staff; a partner reads only what is given to partners."),
)
@hub_room.alone
def add_user(
    session: Session, folder: str | None, login: str, name: str, role: str, bare: bool
) -> None:
    """Add a user."""
    place = hub_room.place_of(session, folder)
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub import people

        made = people.add_user(turn, login, name or login, role)
        given = hub_room.invitation(turn, place, made.login)
    if not bare:
        session.tell(Text("Added: {name} ({role})", name=made.name, role=ROLES[made.role]))
    invited = hub_room.hand_out(session, made.name, given, bare=bare)
    session.give({"id": made.id, "login": made.login, "role": made.role, "invitation": invited})


@command(Text("Give a user another role."), name="role", under=user)
@click.argument("login", metavar="LOGIN")
@click.argument("role", metavar="ROLE", type=_ROLE)
@hub_room.which
def set_role(session: Session, folder: str | None, login: str, role: str) -> None:
    """Give a user another role."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub import people

        found = hub_room.user_of(turn, login)
        people.set_role(turn, found.id, role)
    session.give({"login": found.login, "role": role})
    session.tell(Text("{name} is {role} now.", name=found.name, role=ROLES[role]))


@command(Text("Shut a user out for good, with all computers; what they wrote stays."),
         name="close", under=user)  # fmt: skip
@click.argument("login", metavar="LOGIN")
@hub_room.which
def close_user(session: Session, folder: str | None, login: str) -> None:
    """Shut a user out."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub import people

        found = hub_room.user_of(turn, login)
        people.close_user(turn, found.id)
    session.give({"login": found.login})
    session.tell(
        Text(
            "{name} is shut out. Their computers take what came by the hub off their disks at the"
            " next contact.",
            name=found.name,
        )
    )


@click.group("team", cls=Group, said=Text("Teams: list, add, let in, take out."))
def team() -> None:
    """Teams."""


@command(Text("List teams with their members."), name="list", under=team)
@hub_room.which
def list_teams(session: Session, folder: str | None) -> None:
    """List teams."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub.roster import teams, users

        logins = {one.id: one.login for one in users(turn)}
        found = [
            {
                "team": one.name,
                "members": [logins.get(id, id) for id in one.members],
                "managers": [logins.get(id, id) for id in one.managers],
            }
            for one in teams(turn)
        ]
    session.give(found)
    session.list(
        (
            Column(Text("Team"), lambda one: str(one["team"])),
            Column(Text("Members"), lambda one: ", ".join(one["members"])),
            Column(Text("Managers"), lambda one: ", ".join(one["managers"])),
        ),
        found,
        Text("No team yet. Make one: kamdesk hub team add NAME"),
    )


@command(Text("Make a team."), name="add", under=team)
@click.argument("name", metavar="TEAM")
@hub_room.which
@option("--with", "members", multiple=True, metavar="LOGIN", said=Text("Who is in it."))
@option(
    "--led-by",
    "managers",
    multiple=True,
    metavar="LOGIN",
    said=Text("Who leads it and sees what its members see."),
)
def add_team(
    session: Session,
    folder: str | None,
    name: str,
    members: tuple[str, ...],
    managers: tuple[str, ...],
) -> None:
    """Make a team."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub import people

        people.add_team(turn, name)
        for login in dict.fromkeys((*members, *managers)):
            user = hub_room.user_of(turn, login)
            people.add_member(turn, name, user.id, manager=login in managers)
    session.give({"team": name, "members": [*members], "managers": [*managers]})
    session.tell(Text("The team {name} is made.", name=name))


@command(Text("Let a user into a team."), name="join", under=team)
@click.argument("name", metavar="TEAM")
@click.argument("login", metavar="LOGIN")
@hub_room.which
@option("--manager", is_flag=True, said=Text("They lead it and see what its members see."))
def join(session: Session, folder: str | None, name: str, login: str, manager: bool) -> None:
    """Let a user into a team."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub import people

        found = hub_room.user_of(turn, login)
        people.add_member(turn, name, found.id, manager=manager)
    session.give({"team": name, "login": found.login, "manager": manager})
    session.tell(Text("{name} is in the team {team}.", name=found.name, team=name))


@command(Text("Take a user out of a team."), name="leave", under=team)
@click.argument("name", metavar="TEAM")
@click.argument("login", metavar="LOGIN")
@hub_room.which
def leave(session: Session, folder: str | None, name: str, login: str) -> None:
    """Take a user out of a team."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub import people

        found = hub_room.user_of(turn, login)
        people.remove_member(turn, name, found.id)
    session.give({"team": name, "login": found.login})
    session.tell(Text("{name} is no longer in the team {team}.", name=found.name, team=name))


ROLES = {"admin": Text("administrator"), "member": Text("member"), "partner": Text("partner")}
