"""The demo territory: made in a folder, opened again by the passphrase everybody knows."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import click

from kamdesk.cli import secret
from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.storage import key_file
from kamdesk.storage.layout import DATABASE

if TYPE_CHECKING:
    from kamdesk.demo.material import Language
    from kamdesk.workspace import Workspace


class Made(NamedTuple):
    """What a territory holds."""

    accounts: int
    people: int
    visits: int
    day: Day
    seed: int
    language: str


def is_there(folder: Path) -> bool:
    """Return whether a workspace is in the folder already."""
    return (folder / DATABASE).exists()


def passphrase_of(folder: Path) -> str:
    """Return the passphrase of a territory: the variable's if it fits, else the known one."""
    given = secret.given_passphrase()
    if not given or not is_there(folder):
        return given or secret.DEMO
    return given if key_file.read(folder).key_under(given, "passphrase") else secret.DEMO


def passphrase_words(passphrase: str) -> Text:
    """Return how a territory is opened: the passphrase itself only if everybody knows it."""
    if passphrase != secret.DEMO:
        return Text("Its passphrase is the one in {variable}.", variable=secret.VARIABLE)
    return Text("Its passphrase is: {passphrase}", passphrase=secret.DEMO)


def make(folder: Path, *, accounts: int, seed: int, day: Day, language: str) -> Made:
    """Make a territory in a new workspace; stopped half way, nothing of it stays.

    Raises ``StorageTrouble`` where a workspace is already.
    """
    from kamdesk.demo.making import new_territory
    from kamdesk.workspace import open_workspace

    passphrase, keys = secret.given_passphrase() or secret.DEMO, secret.keyring()
    with new_territory(
        folder,
        passphrase,
        keys=keys,
        open_desk=lambda clock, ids: open_workspace(
            folder, passphrase=lambda: passphrase, keys=keys, clock=clock, ids=ids
        ),
        day=day,
        language=cast("Language", language),
        accounts=accounts,
        seed=seed,
        progress=_progress if sys.stderr.isatty() else None,
    ) as desk:
        return _made(desk, day, seed, language)


def _made(desk: "Workspace", day: Day, seed: int, language: str) -> Made:
    ask = desk.storage.reader.ask
    return Made(
        desk.accounts.ask.count(),
        ask("SELECT count(*) FROM people WHERE NOT gone").value(),
        ask("SELECT count(*) FROM visits WHERE NOT gone").value(),
        day,
        seed,
        language,
    )


def _progress(done: int, every: int) -> None:
    click.echo(f"\r{100 * done // every} %", err=True, nl=done == every)
