"""A disk that loses power: what was synced stays, of the rest any part may be there or not.

The rules of the game are those a file system may play by:

* What a file held at its last sync is kept. Of each write, cut or stretch since then all, nothing
  or some sectors of 512 bytes may have arrived, in any order.
* What happened to a folder's names is kept once that folder was synced; of what came later some
  first part arrived, since file systems keep a journal of names. A name may be there and what was
  written to its file not: a rename does not sync the file.
"""

import os
import posixpath
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

from support.power_record import (
    ALLOCATE,
    CREATE,
    FOLDER,
    LINK,
    MARK,
    REMOVE,
    RENAME,
    SYNC,
    TRUNCATE,
    WRITE,
    Event,
)

SECTOR: Final = 512
Names = dict[str, "File | None"]
"""What stands under a path: a file, or None for a folder."""


class File:
    """What a file holds for certain, and what was done to it since its last sync."""

    def __init__(self, kept: bytes = b"", changed: int = 0) -> None:
        self.kept = bytearray(kept)
        self.changed = changed
        self.since: list[Event] = []

    def sync(self) -> None:
        """Keep all that was done."""
        for event in self.since:
            _do(self.kept, event)
        self.since.clear()

    def left(self, chance: Random, luck: float) -> bytes:
        """Return what is there after the cut; each thing not synced arrived with ``luck``."""
        found = bytearray(self.kept)
        for event in self.since:
            if luck in (0, 1):
                if luck:
                    _do(found, event)
            elif chance.random() < luck:
                _do(found, event)
            elif event.what == WRITE and chance.random() < 0.5:
                _do_in_part(found, event, chance)
        return bytes(found)


class Disk:
    """The files of a folder tree, as told by a record of what was done to them."""

    def __init__(self, top: Path, *, syncs_files: bool = True) -> None:
        """Without ``syncs_files`` only folders are synced: the control of what waits for files."""
        self._syncs_files = syncs_files
        self._top = str(top)
        self._names: Names = {self._top: None}
        for path in sorted(top.rglob("*")):
            self._names[str(path)] = _as_it_lies(path)
        self._kept: Names = dict(self._names)
        self._since: list[tuple[set[str], str, Callable[[Names], None]]] = []

    def meet(self, event: Event) -> None:
        """Let an event happen; a file that has no name any more is of no interest."""
        if event.what == SYNC and self._names.get(event.path, self) is None:
            self._sync_folder(event.path)
        elif event.what in (WRITE, TRUNCATE, ALLOCATE, SYNC):
            file = self._names.get(event.path)
            if file is not None and event.what != SYNC:
                file.since.append(event)
                file.changed = event.changed
            elif file is not None and self._syncs_files:
                file.sync()
        elif event.what != MARK:
            self._name(event)

    def come_back(self, chance: Random) -> None:
        """Lay down under ``top`` the files that are there when power comes back."""
        luck = chance.choice((0.0, 0.5, 0.5, 0.9, 1.0))
        names = dict(self._kept)
        come = {0.0: 0, 1.0: len(self._since)}.get(luck, chance.randint(0, len(self._since)))
        for *_, happen in self._since[:come]:
            happen(names)
        shutil.rmtree(self._top, ignore_errors=True)
        for path, file in sorted(names.items()):
            if file is None and os.path.isdir(posixpath.dirname(path)):
                os.mkdir(path, 0o700)
            elif file is not None and os.path.isdir(posixpath.dirname(path)):
                Path(path).write_bytes(file.left(chance, luck))
                os.chmod(path, 0o600)
                os.utime(path, ns=(file.changed, file.changed))

    def _name(self, event: Event) -> None:
        other = event.data.decode()
        parents = {posixpath.dirname(path) for path in (event.path, other) if path}
        happen = _happening(event, other, self._names)
        happen(self._names)
        self._since.append((parents, event.path if event.what == FOLDER else "", happen))

    def _sync_folder(self, path: str) -> None:
        both: set[str] = set()
        for parents, _, _ in self._since:
            if path in parents and len(parents) > 1:
                both |= parents  # a file renamed into another folder never loses both names
        later = []
        for since in self._since:
            parents, made, happen = since
            if path in parents or made in both:
                happen(self._kept)
            else:
                later.append(since)
        self._since = later


def _as_it_lies(path: Path) -> File | None:
    return None if path.is_dir() else File(path.read_bytes(), path.stat().st_mtime_ns)


def _happening(event: Event, other: str, names: Names) -> Callable[[Names], None]:
    """Return what an event does to names, with the files it means now."""
    if event.what in (CREATE, FOLDER):
        made = File(changed=event.changed) if event.what == CREATE else None
        return lambda there: there.__setitem__(event.path, made)
    if event.what == REMOVE:
        return lambda there: there.pop(event.path, None) and None
    if event.what == LINK:
        same = names[event.path]
        return lambda there: there.__setitem__(other, same)
    if event.what == RENAME:
        moved = {p: f for p, f in names.items() if p == event.path or _within(p, event.path)}
        return lambda there: _rename(there, event.path, other, moved)
    raise ValueError(f"this disk does not know what {event.what!r} does")


def _rename(there: Names, source: str, target: str, moved: Names) -> None:
    for path, file in moved.items():
        if path == source or path in there:
            there.pop(path, None)
            there[target + path.removeprefix(source)] = file


def _within(path: str, folder: str) -> bool:
    return path.startswith(folder + "/")


def _do(held: bytearray, event: Event) -> None:
    end = event.at + len(event.data)
    if event.what == TRUNCATE:
        del held[end:]
    if len(held) < end:
        held.extend(bytes(end - len(held)))
    if event.what == WRITE:
        held[event.at : end] = event.data


def _do_in_part(held: bytearray, event: Event, chance: Random) -> None:
    """Write some sectors of a write: some first ones, or any."""
    first = chance.random() < 0.5
    stop = event.at + len(event.data)
    sectors = range(event.at - event.at % SECTOR, stop, SECTOR)
    come = chance.randrange(len(sectors) + 1)
    for number, start in enumerate(sectors):
        if number < come if first else chance.random() < 0.5:
            begin, end = max(start, event.at), min(start + SECTOR, stop)
            part = event.data[begin - event.at : end - event.at]
            _do(held, Event(WRITE, event.path, begin, part))
