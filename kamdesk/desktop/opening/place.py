"""Where a workspace lies: asked before all else."""

from pathlib import Path
from typing import Final

DEMO_PASSPHRASE: Final = "demo-territory"  # noqa: S105  (known to everybody: nothing in it is real)
DATABASE: Final = "kamdesk.db"
"""As ``storage.layout`` calls it, which is imported only once the window is painted."""


def has_workspace(folder: Path) -> bool:
    """Return whether a workspace, or the rest of one, lies in a folder."""
    return any((folder / name).exists() for name in (DATABASE, "key.json"))
