"""The territories that are measured on: one made for the run, or the large one given."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kamdesk.storage.keys import KeyRing
from kamdesk.workspace import Workspace, open_workspace

PASSPHRASE = "demo-territory"
DAY = "2026-03-12"


class NoRing:
    """A keyring that holds nothing: the passphrase opens."""

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        return None

    def delete_password(self, service: str, username: str) -> None:
        return None


def made(place: Path, *, accounts: int = 80) -> Path:
    """Make a territory with the command, as everybody does; return where."""
    surroundings = os.environ | {
        "KAMDESK_PASSPHRASE": PASSPHRASE,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    order = ["demo", str(place), "--day", DAY, "--accounts", str(accounts)]
    subprocess.run(
        [sys.executable, "-m", "kamdesk", *order],
        env=surroundings,
        check=True,
        capture_output=True,
    )
    return place


def opened(place: Path) -> Workspace:
    """Open a territory by its passphrase."""
    return open_workspace(place, passphrase=lambda: PASSPHRASE, keys=KeyRing(NoRing()))


def key_of(place: Path) -> tuple[str, str]:
    """Return key and salt of a territory."""
    desk = opened(place)
    assert desk.opened is not None
    found = desk.opened.key, desk.opened.salt
    desk.close()
    return found


@contextmanager
def copied(place: Path) -> Iterator[Path]:
    """Give a copy of a territory that may be written to."""
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        copy = Path(folder, "copy")
        shutil.copytree(place, copy, ignore=shutil.ignore_patterns("lock", "backups"))
        yield copy
