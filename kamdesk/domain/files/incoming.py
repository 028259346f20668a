"""Reading files that are to be kept, whatever was dropped: whole, or refused in plain words."""

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.domain.files.model import LARGEST, MIB, Incoming

MOST_AT_ONCE = 100
TOGETHER = 4 * LARGEST
"""Bytes that are read at once."""


def read_incoming(paths: Sequence[Path]) -> list[Incoming]:
    """Return the files at ``paths``. Raises ``RuleBroken`` or ``StorageTrouble`` naming one."""
    if len(paths) > MOST_AT_ONCE:
        raise RuleBroken(
            Text(
                "These are {n} files. Add at most {most} at once.", n=len(paths), most=MOST_AT_ONCE
            )
        )
    found: list[Incoming] = []
    for path in paths:
        found.append(Incoming(name=path.name, data=_content(path)))
        if sum(len(one.data) for one in found) > TOGETHER:
            raise RuleBroken(
                Text(
                    "Together these files have more than {most} MB. Add them in several goes.",
                    most=TOGETHER // MIB,
                )
            )
    return found


def _content(path: Path) -> bytes:
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    try:
        if path.is_symlink():
            raise OSError(errno.ELOOP, "a link")
        with os.fdopen(os.open(path, flags), "rb") as file:
            found = os.fstat(file.fileno())
            if stat.S_ISDIR(found.st_mode):
                raise OSError(errno.EISDIR, "a folder")
            if not stat.S_ISREG(found.st_mode):
                raise OSError(errno.ENXIO, "no file")
            _refuse_large(path, found.st_size)
            data = file.read(LARGEST + 1)
    except OSError as trouble:
        raise _refusal(path, trouble) from None
    _refuse_large(path, len(data))
    return data


def _refuse_large(path: Path, size: int) -> None:
    if size > LARGEST:
        raise RuleBroken(
            Text(
                "“{file}” has {n} MB; a file kept here has at most {most}. Leave it where it is,"
                " and write in a note where that is.",
                file=path.name,
                n=-(-size // MIB),
                most=LARGEST // MIB,
            )
        )


def _refusal(path: Path, trouble: OSError) -> RuleBroken | StorageTrouble:
    name, code = path.name, trouble.errno
    if code == errno.EISDIR or path.is_dir():
        return RuleBroken(
            Text("“{file}” is a folder. Add the files in it, or a zip of it.", file=name)
        )
    if code == errno.ELOOP:
        return RuleBroken(
            Text("“{file}” only points to another file. Add that file itself.", file=name)
        )
    if code == errno.ENOENT:
        return RuleBroken(Text("“{file}” is not there any more.", file=name))
    if code in (errno.EACCES, errno.EPERM, errno.EBUSY, errno.EAGAIN):
        return RuleBroken(
            Text(
                "“{file}” may not be read now: it is locked, or not yours. Close the program that"
                " has it open, or copy it first.",
                file=name,
            )
        )
    if code == errno.ENXIO:
        return RuleBroken(Text("“{file}” is no file that can be kept.", file=name))
    return StorageTrouble(Text("“{file}” cannot be read from its disk.", file=name))
