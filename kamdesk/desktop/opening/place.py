"""Where a workspace lies: asked before all else."""

import os
import sys
from pathlib import Path
from typing import Final

DEMO_PASSPHRASE: Final = "demo-territory"  # noqa: S105  (known to everybody: nothing in it is real)
DATABASE: Final = "kamdesk.db"
"""As ``storage.layout`` calls it, which is imported only once the window is painted."""
_LONGEST_SOCKET: Final = 100
"""A socket's path has 104 bytes on some systems."""


def has_workspace(folder: Path) -> bool:
    """Return whether a workspace, or the rest of one, lies in a folder."""
    return any((folder / name).exists() for name in (DATABASE, "key.json"))


def socket_of(workspace: Path, config: Path) -> str:
    """Return the socket for a workspace: a path, on Windows a name; empty where none can be.

    It lies in the user's runtime folder where the system has one, else in ``config``.
    """
    import hashlib

    told = hashlib.sha256(os.fsencode(workspace.resolve())).hexdigest()[:16]
    if sys.platform == "win32":
        return f"kamdesk-{hashlib.sha256(os.fsencode(config)).hexdigest()[:16]}-{told}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(runtime) / "kamdesk" if runtime and Path(runtime).is_dir() else config
    path = str(folder / f"window-{told}")
    return path if len(os.fsencode(path)) <= _LONGEST_SOCKET else ""


def may_be_open(socket: str) -> bool:
    """Return whether somebody may listen there: not worth a network library if nobody can."""
    return bool(socket) and (sys.platform == "win32" or Path(socket).is_socket())
