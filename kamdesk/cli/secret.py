"""The key of a workspace on the command line: keyring, else KAMDESK_PASSPHRASE, else asked."""

import os
import sys
from collections.abc import Callable
from typing import Final

import click

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.storage.keys import KeyMissing, system_ring

VARIABLE: Final = "KAMDESK_PASSPHRASE"
NEW_VARIABLE: Final = "KAMDESK_NEW_PASSPHRASE"
DEMO: Final = "demo-territory"
"""The passphrase of a demo territory when the variable names no other."""

Say = Callable[[Text], str]
keyring: Final = system_ring
"""Where a command looks for the key first."""


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
    return given_passphrase() or _typed_twice(say, Text("Passphrase for the new workspace"))


def chosen_anew(say: Say) -> str:
    """Return the passphrase that is to follow the present one; raises as ``chosen``."""
    given = os.environ.get(NEW_VARIABLE, "")
    return given or _typed_twice(say, Text("New passphrase"), NEW_VARIABLE)


def _typed_twice(say: Say, question: Text, variable: str = VARIABLE) -> str:
    first = _typed(say, question, variable)
    if first != _typed(say, Text("Once more"), variable):
        raise RuleBroken(Text("The two passphrases differ."), field="passphrase")
    return first


def _typed(say: Say, question: Text, variable: str = VARIABLE) -> str:
    if not sys.stdin.isatty():
        raise KeyMissing(
            Text(
                "The workspace is locked and nobody can be asked for its passphrase here: set"
                " {variable}, or run this in a terminal.",
                variable=variable,
            )
        )
    answer: str = click.prompt(
        say(question), hide_input=True, default="", show_default=False, err=True
    )
    return answer
