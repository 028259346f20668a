"""What the first run does: the few functions it is given."""

from pathlib import Path
from typing import Protocol


class FirstRunVerbs(Protocol):
    """Called in the background; each may raise a ``Refusal``, shown at the field it names.

    Fields: ``folder``, ``name``, ``passphrase``.
    """

    def usual_folder(self) -> Path:
        """Return where a new workspace goes unless the user says otherwise."""
        ...

    def create(self, folder: Path, passphrase: str, name: str) -> str:
        """Make a workspace whose user is called ``name``; returns its recovery code."""
        ...

    def open(self, folder: Path, passphrase: str) -> None:
        """See that this passphrase opens the workspace in ``folder``."""
        ...
