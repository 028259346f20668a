"""The log and the crash notes: what went wrong and where, never a customer's word."""

import errno
import logging
import os
import re
import secrets
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import walk_tb
from typing import Any, Final

from kamdesk import __version__
from kamdesk.core.private import private_folder

NAME: Final = "kamdesk.log"
WITHHELD: Final = "…"
"""Stands in the log for every word that may be somebody's."""

_HERE = Path(__file__).resolve().parent
_LARGEST, _KEPT_LOGS, _KEPT_NOTES = 1_048_576, 3, 20
_ID = re.compile(r"[0-9a-f]{8,64}")
_NOTE = "crash-"


class PrivateLog(RotatingFileHandler):
    """A log file for its owner's eyes only; full, it gives way to a fresh one."""

    def __init__(self, path: Path, *, largest: int = _LARGEST) -> None:
        super().__init__(path, maxBytes=largest, backupCount=_KEPT_LOGS, encoding="utf-8")

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        for name in ("O_NOFOLLOW", "O_NONBLOCK"):  # a pipe in its place would be waited for
            flags |= getattr(os, name, 0)
        handle = os.open(self.baseFilename, flags, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(errno.EINVAL, "no ordinary file")
            if hasattr(os, "fchmod"):
                os.fchmod(handle, 0o600)
            return os.fdopen(handle, "a", encoding="utf-8")
        except BaseException:
            os.close(handle)
            raise


def log_folder() -> Path:
    """Return the folder for logs of this user on this machine."""
    from platformdirs import user_log_path

    return user_log_path("KamDesk", appauthor=False)


def start(folder: Path | None = None) -> Path | None:
    """Let warnings of the whole program and notices of our own go to a file that stays small.

    Returns the file; None when the disk does not allow one: then nothing is kept.
    """
    place = folder or log_folder()
    try:
        private_folder(place)
        handler = PrivateLog(place / NAME)
    except OSError:
        return None
    handler.addFilter(redact)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger("kamdesk").setLevel(logging.INFO)
    return place / NAME


def redact(record: logging.LogRecord) -> bool:
    """Leave in a log record what cannot be a customer's word: ids, counts, kinds of errors.

    Our own sentences stay, their values go; of other libraries only name and level remain.
    """
    ours = record.name.split(".")[0] == "kamdesk"
    values = record.args if isinstance(record.args, tuple) else (record.args,)
    kept = tuple(_kept(value) for value in values) if record.args else ()
    with suppress(TypeError, ValueError):
        record.msg = str(record.msg) % kept if ours and kept else record.msg
    record.msg = record.msg if ours and isinstance(record.msg, str) else WITHHELD
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        record.msg = "\n".join([record.msg, *redacted(error)])
    record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
    return True


def redacted(error: BaseException) -> list[str]:
    """Return an error's kind and the way it took through our own code, without its message."""
    lines: list[str] = []
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        lines.append(f"{type(found).__module__}.{type(found).__qualname__}")
        for frame, number in walk_tb(found.__traceback__):
            lines += _place(frame.f_code.co_filename, frame.f_code.co_name, number)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
        if found is not None:
            lines.append("  because of")
    return lines


def crash_report(found: Sequence[str], *, doing: str) -> str:
    """Return what anybody may read about a bug, of which ``redacted`` gave the lines.

    ``doing`` names the command or page, never what was typed.
    """
    lines = [
        f"KamDesk {__version__}, Python {sys.version.split()[0]}, {sys.platform}",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, {doing}",
        *found,
    ]
    return "\n".join(lines) + "\n"


def crash_note(error: BaseException, *, doing: str, folder: Path | None = None) -> Path | None:
    """Write a report about a bug that anybody may read; return its file, None without a disk."""
    return keep_report(crash_report(redacted(error), doing=doing), folder)


def keep_report(report: str, folder: Path | None = None) -> Path | None:
    """Write a ``crash_report`` beside the log; return its file, None without a disk."""
    place = folder or log_folder()
    now = datetime.now(UTC)
    path = place / f"{_NOTE}{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}.txt"
    try:
        private_folder(place)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(report)
    except OSError:
        return None
    with suppress(OSError):
        for old in sorted(place.glob(f"{_NOTE}*.txt"))[:-_KEPT_NOTES]:
            old.unlink()
    return path


def _kept(value: Any) -> object:
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, bytes):
        return value.hex() if len(value) == 16 else WITHHELD
    if isinstance(value, BaseException):
        return type(value).__name__
    return value if isinstance(value, str) and _ID.fullmatch(value) else WITHHELD


def _place(file: str, function: str, line: int) -> list[str]:
    path = Path(file)
    if not path.is_relative_to(_HERE):
        return []
    return [f"  {path.relative_to(_HERE.parent).as_posix()}:{line} {function}"]
