"""The command kamdesk: its groups of commands, and how every run ends: with 0, 1, 2 or 130."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

import click

from kamdesk import __version__, assets
from kamdesk.cli import usage
from kamdesk.cli.session import Session, session_of
from kamdesk.cli.spoken import Group, option, standing
from kamdesk.cli.values import not_together
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text

DONE: Final = 0
REFUSED: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130

COMMANDS: Final = {
    "init": ("workspaces", "init"),
    "demo": ("workspaces", "demo"),
    "import": ("exchange", "take_in"),
    "export": ("exchange", "give_out"),
    "accounts": ("lists", "accounts"),
    "people": ("lists", "people"),
    "visits": ("lists", "visits"),
    "promises": ("promises", "promises"),
    "promise": ("promises", "promise"),
    "due": ("due", "group"),
    "week": ("week", "week"),
    "opportunities": ("opportunities", "opportunities"),
    "opportunity": ("opportunities", "opportunity"),
    "show": ("show", "show"),
    "chain": ("chart", "group"),
    "playbook": ("playbook", "playbook"),
    "visit": ("visit_steps", "visit"),
    "calendar": ("calendar", "calendar"),
    "phase": ("phase", "phase"),
    "tasks": ("tasks", "tasks"),
    "pattern": ("pattern", "pattern"),
    "place": ("place", "place"),
    "absence": ("absence", "absence"),
    "holidays": ("holidays", "holidays"),
    "search": ("search", "search"),
    "brief": ("papers", "brief"),
    "paper": ("paper", "paper"),
    "merge": ("moving", "merge"),
    "person": ("moving", "person"),
    "history": ("history", "history"),
    "undo": ("history", "undo"),
    "join": ("team", "join"),
    "sync": ("team", "sync"),
    "leave": ("leaving", "leave"),
    "keep": ("by_folder", "keep"),
    "conflicts": ("conflicts", "group"),
    "quarantine": ("quarantine", "group"),
    "check": ("check", "check"),
    "key": ("key", "key"),
    "backup": ("backup", "backup"),
    "restore": ("restore", "restore"),
    "hub": ("hub", "group"),
}
"""The commands, each in the module that is imported when it is called, in the order of a day."""


class Program(Group):
    """The whole command line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        found: click.Command = getattr(import_module(f"kamdesk.cli.{module}"), name)
        return found

    def main(  # type: ignore[override]  # ends the program, whatever else click would allow
        self, args: Sequence[str] | None = None, **more: Any
    ) -> NoReturn:
        """Run one command line and leave with its status."""
        session = more.get("obj") or Session()
        sys.exit(run(sys.argv[1:] if args is None else args, session))


@click.group(
    "kamdesk",
    cls=Program,
    invoke_without_command=True,
    said=Text(
        "The desk of a key-account manager. Without a command it opens the window; every command"
        " does its work without one."
    ),
)
@standing
@option("--demo", "demo_territory", is_flag=True, said=Text("Open the demo territory."))
@option("--version", "version", is_flag=True, said=Text("Say the version."))
@click.pass_context
def program(ctx: click.Context, demo_territory: bool, version: bool) -> None:
    """Open the window, or go on to a command."""
    if version:
        click.echo(f"KamDesk {__version__}")
        ctx.exit()
    if ctx.invoked_subcommand is not None:
        if demo_territory:
            raise not_together("--demo", ctx.invoked_subcommand)
        return
    from kamdesk.cli import starting

    session = session_of(ctx)
    ctx.exit(starting.open_demo(session) if demo_territory else starting.open_own(session))


def run(arguments: Sequence[str], session: Session) -> int:
    """Run one command line; return its status. Says one line for whatever goes wrong."""
    assets.install_words()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _run(arguments, session)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever read has read enough
        _silence(sys.stdout)
        return DONE
    except (KeyboardInterrupt, click.Abort) as stop:
        if isinstance(stop.__cause__ or stop.__context__, EOFError):
            session.warn(Text("Nothing was entered."))
            return REFUSED
        return INTERRUPTED
    except OSError as trouble:
        session.warn(Text("The system refused: {why}.", why=trouble.strerror or "?"))
        _silence(sys.stdout)
        return REFUSED


def _run(arguments: Sequence[str], session: Session) -> int:
    ctx = None
    try:
        with program.make_context("kamdesk", list(arguments), obj=session) as ctx:
            program.invoke(ctx)
        return DONE
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        session.warn(usage.said(error))
        session.warn(usage.hint(error))
        return WRONG_USAGE
    except Refusal as refusal:
        return _refused(refusal, session)
    except (OSError, KeyboardInterrupt, EOFError, click.Abort):
        raise
    except Exception as error:  # a bug of ours: a note for whoever mends it
        from kamdesk.logs import crash_note

        doing = ctx.invoked_subcommand if ctx else None
        note = crash_note(error, doing=f"command {doing}" if doing else "start")
        session.warn(
            Text(
                "Something is wrong in KamDesk itself ({kind}). {note}",
                kind=type(error).__name__,
                note=Text("A report without your data: {path}", path=str(note))
                if note
                else Text("No report could be written."),
            )
        )
        return REFUSED


def _refused(refusal: Refusal, session: Session) -> int:
    from kamdesk.cli.pick import Ambiguous

    if isinstance(refusal, Ambiguous):
        refusal.list_candidates(session)
    session.warn(refusal.said)
    return REFUSED


def _silence(stream: Any) -> None:
    """Let nothing more be written there, so that the interpreter ends without a word."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return
