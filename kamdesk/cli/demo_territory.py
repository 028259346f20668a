"""The demo territory: made in a folder, opened again by the passphrase everybody knows."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.cli import secret
from kamdesk.core.clock import Day
from kamdesk.core.wording import Text

if TYPE_CHECKING:
    from kamdesk.cli.session import Session

ACCOUNTS = 80
SEED = 1


class Made(NamedTuple):
    """What the territory holds."""

    accounts: int
    people: int
    visits: int
    day: Day
    seed: int
    language: str


def passphrase() -> str:
    """Return the passphrase of a demo territory: the variable's, else the one everybody knows."""
    return secret.given_passphrase() or secret.DEMO


def passphrase_words() -> Text:
    """Return where the passphrase comes from."""
    if secret.given_passphrase():
        return Text("Its passphrase is the one in {variable}.", variable=secret.VARIABLE)
    return Text("Its passphrase is: {passphrase}", passphrase=secret.DEMO)


def make(
    folder: Path, session: "Session", *, accounts: int, seed: int, day: Day, language: str
) -> Made:
    """Make the territory in a new workspace. Raises ``StorageTrouble`` where one is already."""
    from importlib import import_module

    desk = import_module("kamdesk.demo.territory").create(
        folder,
        passphrase(),
        keys=secret.keyring(),
        accounts=accounts,
        seed=seed,
        day=day,
        language=language,
    )
    try:
        return Made(
            desk.accounts.ask.count(),
            len(desk.people.ask.lines()),
            len(desk.visits.ask.lines(limit=10_000_000)),
            day,
            seed,
            language,
        )
    finally:
        desk.close()
