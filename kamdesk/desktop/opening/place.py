"""Where a workspace lies, and whether the system could hold its key: asked before all else."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

DEMO_PASSPHRASE: Final = "demo-territory"  # noqa: S105  (known to everybody: nothing in it is real)
DATABASE: Final = "kamdesk.db"
"""As ``storage.opening`` calls it, which is imported only once the window is painted."""


def has_workspace(folder: Path) -> bool:
    """Return whether a workspace, or the rest of one, lies in a folder."""
    return any((folder / name).exists() for name in (DATABASE, "key.json"))


def has_bus(given: Mapping[str, str] = os.environ) -> bool:
    """Return whether the session's message bus, by which Linux's keyrings talk, is there."""
    if sys.platform != "linux" or given.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    folder = given.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    return Path(folder, "bus").exists()
