"""Folders that are their owner's alone, from the first one that had to be made."""

from pathlib import Path


def private_folder(folder: Path) -> None:
    """Make ``folder``, and every folder above it that is missing, for its owner's eyes only.

    Those that are there already are left as they are. Raises ``OSError``.
    """
    if not folder.is_dir():
        if folder.parent != folder:
            private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
