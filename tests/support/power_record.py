"""Reads what the shim recorded: every change done in a folder, in order."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_HEAD = struct.Struct("=c3xIqqQ")
WRITE, TRUNCATE, ALLOCATE, SYNC = "w", "t", "a", "s"
CREATE, RENAME, LINK, REMOVE, FOLDER, MARK = "c", "r", "l", "u", "d", "m"


class Event(NamedTuple):
    """One change: what, of which path, where in the file, and its data (or the other path).

    ``changed`` is the time the file then bears, in nanoseconds.
    """

    what: str
    path: str
    at: int
    data: bytes
    changed: int = 0


def read_record(path: Path) -> list[Event]:
    """Return what was recorded in a file."""
    return list(_events(path.read_bytes()))


def _events(raw: bytes) -> Iterator[Event]:
    at = 0
    while at < len(raw):
        what, named, where, changed, length = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        name, data = raw[at : at + named], raw[at + named : at + named + length]
        at += named + length
        yield Event(what.decode(), name.decode(), where, data, changed)
