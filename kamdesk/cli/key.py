"""What opens the workspace, changed: its passphrase, its recovery code, its key."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kamdesk.cli import secret
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import Group, command, option
from kamdesk.cli.values import OneOf, to_write
from kamdesk.core.clock import Day
from kamdesk.core.wording import Text

if TYPE_CHECKING:
    from kamdesk.papers.voice import Language
    from kamdesk.storage.opening import Opened


@click.group(
    "key",
    cls=Group,
    said=Text("Change what opens the workspace: passphrase, recovery code, key."),
)
def key() -> None:
    """Change what opens the workspace."""


_SHEET = option(
    "-o", "--output", metavar="OUT.pdf", said=Text("Write the recovery code as a sheet to print.")
)
_LANG = option(
    "--lang",
    "language",
    type=OneOf("en", "zh", "both"),
    said=Text("The reader's language."),
)


@command(Text("Choose a new passphrase; the present one, or the recovery code, is asked."),
         name="passphrase", under=key)  # fmt: skip
def passphrase(session: Session) -> None:
    """Change the passphrase of the workspace and its backups."""
    from kamdesk.storage.rekeying import change_passphrase

    present = secret.asked(session.say)
    with closing(_opened(session, present)) as opened:
        new = secret.chosen_anew(session.say)
        left = change_passphrase(opened, secret=present, new=new)
    session.give({"left": left})
    session.tell(
        Text(
            "The new passphrase counts from now on; the one before opens only backups kept"
            " elsewhere."
        )
    )
    _name(session, left)


@command(Text("Make a new recovery code in place of the one before."),
         name="code", under=key, lang=False)  # fmt: skip
@_SHEET
@_LANG
def code(session: Session, output: str | None, language: str | None) -> None:
    """Show a new recovery code, then let it count."""
    from kamdesk.storage.rekeying import change_code, proved

    target = to_write(session, output, ".pdf") if output else None
    present = secret.asked(session.say)
    with closing(_opened(session, present)) as opened:
        proved(opened.folder, present)
        new = _shown(session, opened.workspace_id, target, language)
        left = change_code(opened, secret=present, code=new)
    session.tell(Text("It counts from now on; the one before opens only backups kept elsewhere."))
    _name(session, left)


@command(Text("Encrypt the workspace with a new key; this makes a new recovery code, too."),
         name="renew", under=key, lang=False)  # fmt: skip
@_SHEET
@_LANG
def renew(session: Session, output: str | None, language: str | None) -> None:
    """Renew the key, after a backup."""
    from kamdesk.storage.rekeying import proved, renew_key

    target = to_write(session, output, ".pdf") if output else None
    present = secret.asked(session.say)
    with closing(_opened(session, present)) as opened:
        folder = opened.folder
        proved(folder, present, by_code=False)
        new = _shown(session, opened.workspace_id, target, language)
    left = renew_key(folder, passphrase=present, code=new, keys=secret.keyring())
    session.tell(
        Text("The workspace has a new key. The new recovery code counts; the passphrase stays.")
    )
    _name(session, left)


def write_sheet(
    session: Session, target: Path, code: str, workspace_id: str, day: Day, language: str
) -> None:
    """Write the sheet with a recovery code, for its owner's eyes only, and say where it is."""
    from kamdesk.papers.recovery_sheet import recovery_sheet
    from kamdesk.transfer.writers.whole_file import whole_file

    with whole_file(target) as file:
        file.write(recovery_sheet(code, workspace_id, day, cast("Language", language)))
    session.tell(
        Text("The sheet to print is in {file}. Delete the file once it is.", file=str(target))
    )


def _opened(session: Session, present: str) -> "Opened":
    from kamdesk.storage.opening import open_file

    return open_file(session.folder, keys=secret.keyring(), passphrase=lambda: present)


def _shown(session: Session, workspace_id: str, target: Path | None, language: str | None) -> str:
    """Show a new recovery code before it counts: cut off afterwards, nobody is locked out."""
    from kamdesk.storage.key_file import new_code

    code = new_code()
    if target:
        speaks = language or session.language
        write_sheet(session, target, code, workspace_id, session.clock.today(), speaks)
    session.give({"recovery_code": code, "sheet": str(target) if target else None})
    session.tell(Text("Recovery code, to be printed and kept apart: {code}", code=code))
    return code


def _name(session: Session, left: tuple[Path, ...]) -> None:
    """Name the backups that still open by what opened them before."""
    for path in left:
        session.warn(
            Text("{file} could not be changed: it opens as it did before.", file=str(path))
        )
