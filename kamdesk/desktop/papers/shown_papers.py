"""Papers and files opened in the system's viewers: private copies in the workspace's folder."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text

_FOLDER = "shown"


def put_shown(workspace: Path, data: bytes, ending: str = ".pdf") -> Path:
    """Write a paper for a viewer; it goes when KamDesk locks or ends. Raises ``StorageTrouble``.

    ``ending`` says what it is: a few plain letters after a dot.
    """
    folder = workspace / _FOLDER
    path = folder / f"{secrets.token_hex(8)}{ending}"  # no customer's name in recent files
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink():
            raise NotADirectoryError(folder)
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(data)
    except OSError as trouble:
        raise StorageTrouble(
            Text("The disk is full, or the folder may not be written.")
        ) from trouble
    return path


def clear_shown(workspace: Path) -> None:
    """Remove what was written for viewers, now or by a run that was cut off.

    What a viewer holds open (Windows) stays until the next try: at the end, or on the next start.
    """
    folder = workspace / _FOLDER
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in folder.iterdir():
        with suppress(OSError):
            path.unlink()
    with suppress(OSError):
        folder.rmdir()
