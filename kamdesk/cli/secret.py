"""The key of a workspace on the command line: keyring, else KAMDESK_PASSPHRASE, else asked."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.storage.keys import KeyMissing, KeyRing

VARIABLE: Final = "KAMDESK_PASSPHRASE"
DEMO: Final = "demo-territory"
"""The passphrase of a demo territory when the variable names no other."""

Say = Callable[[Text], str]


class NoKeyring:
    """Stands for the system's keyring where there can be none; costs no import."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return None: nothing is kept."""
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep nothing."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget nothing."""


def keyring(given: Mapping[str, str] = os.environ) -> KeyRing:
    """Return the system's keyring; on Linux all of them need a session bus."""
    if sys.platform == "linux" and not _has_bus(given):
        return KeyRing(NoKeyring())
    return KeyRing()


def given_passphrase() -> str:
    """Return what the variable says; empty when it is not set."""
    return os.environ.get(VARIABLE, "")


def asked(say: Say) -> str:
    """Return the passphrase or recovery code: the variable's, else typed without echo.

    Raises ``KeyMissing`` where nobody can be asked.
    """
    return given_passphrase() or _typed(say, Text("Passphrase or recovery code"))


def chosen(say: Say) -> str:
    """Return the passphrase for a new workspace: the variable's, else typed twice.

    Raises ``RuleBroken`` when the two differ, ``KeyMissing`` where nobody can be asked.
    """
    if given_passphrase():
        return given_passphrase()
    first = _typed(say, Text("Passphrase for the new workspace"))
    if first != _typed(say, Text("Once more")):
        raise RuleBroken(Text("The two passphrases differ."), field="passphrase")
    return first


def _typed(say: Say, question: Text) -> str:
    if not sys.stdin.isatty():
        raise KeyMissing(
            Text(
                "The workspace is locked and nobody can be asked for its passphrase here: set"
                " {variable}, or run this in a terminal.",
                variable=VARIABLE,
            )
        )
    answer: str = click.prompt(
        say(question), hide_input=True, default="", show_default=False, err=True
    )
    return answer


def _has_bus(given: Mapping[str, str]) -> bool:
    if given.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    folder = given.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    return Path(folder, "bus").exists()
