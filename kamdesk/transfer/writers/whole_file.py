"""A file that appears whole or not at all: private, beside its target, then renamed."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.storage.layout import is_own_file


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """Open a private file that becomes ``target`` when the block ends well.

    Raises ``RuleBroken`` for a folder that is missing, a folder in the target's place or a file
    of a workspace there, ``StorageTrouble`` when the disk is full or refuses.
    """
    if target.is_dir():
        raise RuleBroken(Text("“{file}” is a folder. Choose another name.", file=str(target)))
    if is_own_file(target):
        raise RuleBroken(
            Text("“{file}” is part of a workspace. Choose another name.", file=str(target))
        )
    beside = target.with_name(f".{target.name[:80]}.{secrets.token_hex(6)}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    try:
        handle = os.open(beside, flags, 0o600)
    except (OSError, ValueError) as trouble:
        raise _refusal(trouble, target) from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except BaseException as trouble:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        if isinstance(trouble, OSError):
            raise _refusal(trouble, target) from None
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system knows how."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refusal(trouble: Exception, target: Path) -> RuleBroken | StorageTrouble:
    code = trouble.errno if isinstance(trouble, OSError) else None
    if code in (errno.ENOENT, errno.ENOTDIR):
        return RuleBroken(Text("There is no folder “{folder}”.", folder=str(target.parent)))
    if code in (errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY):
        return RuleBroken(Text("“{file}” is a folder. Choose another name.", file=str(target)))
    if code in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageTrouble(Text("The disk is full: “{file}” was not written.", file=str(target)))
    if code in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StorageTrouble(Text("You may not write into “{folder}”.", folder=str(target.parent)))
    if code == errno.ENAMETOOLONG:
        return RuleBroken(Text("This file name is too long."))
    return StorageTrouble(Text("“{file}” cannot be written.", file=str(target)))
