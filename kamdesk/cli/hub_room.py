"""What the commands of the hub have in common: which hub, who does it, and how it is opened."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kamdesk.cli.session import Session
from kamdesk.cli.spoken import option
from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.settings import data_folder

if TYPE_CHECKING:
    from kamdesk.hub.place import Place
    from kamdesk.hub.roster import User
    from kamdesk.hub.turn import Turn
    from kamdesk.sync.wire.invitation import Invitation

FOLDER: Final = "KAMDESK_HUB"
"""Names the hub's folder in the environment."""
_NEEDS: Final = ("sqlalchemy", "starlette", "uvicorn")

alone = option(
    "--link", "bare", is_flag=True, said=Text("Print the invitation's link and nothing else.")
)
which = option(
    "--hub",
    "folder",
    metavar="DIR",
    said=Text("The hub's folder; KAMDESK_HUB, or the usual one, when left out."),
)


def folder_of(session: Session, folder: str | None) -> Path:
    """Return the folder of the hub meant. Raises ``StorageTrouble`` without the hub's packages."""
    if not all(map(find_spec, _NEEDS)):
        raise StorageTrouble(
            Text("The hub's parts are not installed. Install KamDesk as kamdesk[hub].")
        )
    named = folder or os.environ.get(FOLDER)
    return session.path(named) if named else data_folder() / "hub"


def place_of(session: Session, folder: str | None) -> "Place":
    """Return the hub meant. Raises ``RuleBroken`` where there is none."""
    where = folder_of(session, folder)
    from kamdesk.hub.place import find

    return find(where)


@contextmanager
def turn_at(session: Session, folder: str | None) -> "Iterator[Turn]":
    """Give a transaction at the hub meant, done when it ends."""
    place = place_of(session, folder)
    from kamdesk.hub.opening import opened, turned

    with opened(place, session.clock) as hub, turned(hub, actor()) as turn:
        yield turn


def actor() -> str:
    """Return whom the audit names: the account of this machine at which the command was typed."""
    try:
        return "console " + one_line(getpass.getuser(), longest=60)
    except (OSError, KeyError, RuleBroken):  # a container without a name for its user
        return "console"


def user_of(turn: "Turn", login: str) -> "User":
    """Return a user by login. Raises ``RuleBroken`` for none."""
    from kamdesk.hub.roster import user_called

    found = user_called(turn, login)
    if found is None:
        raise RuleBroken(Text("There is no user “{name}”.", name=login), field="user")
    return found


def holder_of(turn: "Turn", words: str) -> str:
    """Return a user's id or a team's name. Raises ``RuleBroken`` for neither."""
    from kamdesk.hub.roster import is_team

    return words if is_team(turn, words) else user_of(turn, words).id


def invitation(turn: "Turn", place: "Place", login: str) -> "Invitation":
    """Make an invitation for one device of a user."""
    from kamdesk.hub import invites
    from kamdesk.sync.wire.invitation import Invitation

    return Invitation(
        url=place.settings.url,
        secret=invites.make(turn, login),
        hub=place.settings.name,
        fingerprint=place.fingerprint,
    )


def hand_out(
    session: Session, name: str, made: "Invitation", *, bare: bool = False
) -> dict[str, object]:
    """Show an invitation, ``bare``: its link and no word beside it; return it as data."""
    from kamdesk.hub.invites import MINUTES
    from kamdesk.sync.wire.invitation import code, link

    if bare and not session.as_json:
        click.echo(link(made))  # as it is: what is told is wrapped
        return {}
    session.tell(Text("For {name}, for one computer, within {n} minutes:", name=name, n=MINUTES))
    session.tell(link(made))
    session.tell(Text("The same as a code: {code}", code=code(made)))
    return {"link": link(made), "code": code(made), "minutes": MINUTES}


def moment(micros: int | None) -> Instant | None:
    """Return a time the hub keeps, None for never."""
    return Instant(micros // 1000) if micros else None


def shown(session: Session, micros: int | None) -> str:
    """Return a time the hub keeps as a list shows it, in this machine's zone."""
    at = moment(micros)
    if at is None:
        return "—"
    local = Instant(at.ms, session.clock.now().zone).local
    return f"{local:%Y-%m-%d %H:%M}"
