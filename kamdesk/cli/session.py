"""What one command knows: which workspace, which language, how it speaks, how it opens the desk."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kamdesk.cli import places, secret
from kamdesk.cli.printing import Column, harmless_json, paragraphs, table, terminal_width
from kamdesk.cli.shapes import plain
from kamdesk.core.clock import Clock, SystemClock
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text, say
from kamdesk.settings import LANGUAGE, MachineSettings, config_folder

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

Line = TypeVar("Line")
OpenWindow = Callable[[Path, str], int]
"""Opens the window on a workspace (the usual first run when there is none); returns the status."""


def no_window(_workspace: Path, _passphrase: str) -> int:
    """Stand for the window where there is none: in tests of the command line."""
    return 0


@dataclass
class Session:
    """One run of the program from the command line."""

    clock: Clock = field(default_factory=SystemClock)
    open_window: OpenWindow = no_window
    workspace: str | None = None
    as_json: bool = False
    chosen_language: str | None = None

    @cached_property
    def chosen(self) -> MachineSettings:
        """The settings of this machine."""
        return MachineSettings(config_folder())

    @property
    def language(self) -> str:
        """In which language this command speaks."""
        if self.chosen_language:
            return self.chosen_language
        wanted = self.chosen.get(LANGUAGE)
        return language_of_system() if wanted == "system" else wanted

    @property
    def folder(self) -> Path:
        """The workspace's folder."""
        if self.workspace is not None:
            return self.path(self.workspace)
        return places.usual_workspace(self.chosen)

    def path(self, words: str) -> Path:
        """Return the path somebody typed. Raises ``RuleBroken`` for one no system has."""
        if not words or "\0" in words:
            raise RuleBroken(Text("That is no path: “{path}”.", path=words))
        try:
            return Path(words).expanduser()
        except RuntimeError:  # ~nobody
            return Path(words)

    def say(self, text: Text | str) -> str:
        """Return a text in the language of this command."""
        return say(text, self.language)

    @contextmanager
    def reading(self) -> "Iterator[Workspace]":
        """Open the workspace for reading, also beside the open window."""
        with self._opened(readonly=True) as desk:
            yield desk

    @contextmanager
    def writing(self, *, signing_in: bool = False) -> "Iterator[Workspace]":
        """Open the workspace for writing. Raises ``Held`` while somebody else does.

        ``signing_in``: to exchange with its hub, also where the lease has run out.
        """
        with self._opened(readonly=False, signing_in=signing_in) as desk:
            yield desk

    def tell(self, text: Text | str = "") -> None:
        """Print a text for people: nothing when data were asked for."""
        if not self.as_json:
            for line in paragraphs(self.say(text)) or [""]:
                click.echo(line)

    def warn(self, text: Text | str) -> None:
        """Print one line beside the data."""
        click.echo(" ".join(paragraphs(self.say(text))), err=True)

    def give(self, data: Any) -> None:
        """Print data as JSON, when JSON was asked for."""
        if self.as_json:
            unicode = (getattr(sys.stdout, "encoding", "") or "").lower().startswith("utf")
            shaped = plain(data, self.language)
            click.echo(harmless_json(json.dumps(shaped, ensure_ascii=not unicode, indent=1)))

    def list(self, columns: Sequence[Column[Line]], lines: Sequence[Line], none: Text) -> None:
        """Print a list for people, or say that there is nothing."""
        if not lines:
            self.tell(none)
        elif not self.as_json:
            most = terminal_width()
            for line in table(columns, lines, language=self.language, most=most):
                click.echo(line)

    @contextmanager
    def _opened(self, *, readonly: bool, signing_in: bool = False) -> "Iterator[Workspace]":
        from kamdesk.workspace import open_workspace

        desk = open_workspace(
            self.folder,
            passphrase=lambda: secret.asked(self.say),
            readonly=readonly,
            keys=secret.keyring(),
            clock=self.clock,
            signing_in=signing_in,
        )
        try:
            yield desk
        finally:
            desk.close()


def session_of(ctx: click.Context | None) -> Session:
    """Return the session of a command being read or run."""
    return ctx.ensure_object(Session) if ctx else Session()


def language_of_system() -> str:
    """Return ``zh`` where the system speaks Chinese, else ``en``."""
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if not named and sys.platform in ("win32", "darwin"):
        import locale

        named = locale.getlocale()[0] or ""
    return "zh" if named.casefold().startswith(("zh", "chinese")) else "en"
