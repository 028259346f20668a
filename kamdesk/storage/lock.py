"""One writing process for a workspace: whoever holds the file ``lock``, until it closes or dies."""

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text

NAME: Final = "lock"
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_GUARDED = 1 << 20
"""The byte locked on Windows, far behind the process number so that others can read that."""

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        os.lseek(file, _GUARDED, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Held(StorageTrouble):
    """Another process has the workspace open for writing."""


class Lock:
    """The right to write to the workspace in a folder; the file itself stays when it is given back.

    Raises ``Held`` when another holds it, ``StorageTrouble`` when the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / NAME
        self._file: int | None = None
        try:
            self._file = os.open(path, _FLAGS, 0o600)
            if not stat.S_ISREG(os.fstat(self._file).st_mode):
                raise OSError(errno.EINVAL, "no ordinary file")
            _take(self._file)
        except OSError as error:
            taken = self._file is not None and error.errno in _TAKEN
            self.release()
            if taken:
                raise Held(Text("KamDesk is open; close it or do this in the window.")) from error
            raise StorageTrouble(
                Text(
                    "The lock file {path} cannot be used: the folder is read-only, or something"
                    " else stands in its place.",
                    path=str(path),
                )
            ) from error
        with suppress(OSError):  # the number is for people; a full disk may still be read
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Give the right back; harmless when it was given back before."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)


def holder(folder: Path) -> int | None:
    """Return the number of the process that holds or last held the lock, None when nobody did."""
    try:
        file = os.open(folder / NAME, _READING)
        try:
            return int(os.read(file, 20))
        finally:
            os.close(file)
    except (OSError, ValueError):
        return None
