"""The backups of a workspace: made and verified, listed, due, and removed when they are surplus."""

import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from kamdesk.core.clock import Clock, Instant
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.steps import Steps
from kamdesk.core.wording import Text
from kamdesk.storage import keeper_copies, key_file, lock, rotation
from kamdesk.storage.backup import refuse_existing, verified_copy
from kamdesk.storage.database import Connection, trouble
from kamdesk.storage.layout import BACKUPS, KEEPER

_STEM = r"(\d{8}-\d{6}-\d{6})-([a-z0-9_-]+)"
_NAME = re.compile(_STEM + r"\.db\Z")
_LEFT_BEHIND = re.compile(
    _STEM + r"((\.keeper)?\.db\.part(-journal|-wal|-shm)?|\.key\.json\.[0-9a-f]{8}\.new)\Z"
)
_BESIDE = re.compile(_STEM + r"\.(key\.json|keeper\.db)\Z")
_STAMP = "%Y%m%d-%H%M%S-%f"
_PAGE = 4096


class Why(StrEnum):
    """What a backup was made for, as its name says it."""

    DAILY = "daily"
    BY_HAND = "by-hand"
    MIGRATION = "before-migration"
    REKEY = "before-new-key"
    IMPORT = "before-import"


WORDS: Final = {
    Why.DAILY: Text("the day's"),
    Why.BY_HAND: Text("made by hand"),
    Why.MIGRATION: Text("before a new program's changes"),
    Why.REKEY: Text("before the key was renewed"),
    Why.IMPORT: Text("before an import"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was verified when it was made. ``at`` is in UTC, ``size`` in bytes."""

    path: Path
    at: datetime
    why: Why
    size: int

    @property
    def key_path(self) -> Path:
        """The key file that opens it; backups of older programs have none beside them."""
        return key_path_of(self.path)

    @property
    def daily(self) -> bool:
        """Whether it is a day's."""
        return self.why is Why.DAILY

    @property
    def looks_whole(self) -> bool:
        """Whether its length is that of whole pages and it begins as its key file says."""
        if self.size < _PAGE or self.size % _PAGE:
            return False
        try:
            with self.path.open("rb") as file:
                salt = file.read(16).hex()
            return not self.key_path.exists() or key_file.read_file(self.key_path).salt == salt
        except (OSError, StorageTrouble):
            return False


def key_path_of(backup: Path) -> Path:
    """Return where the key file of a backup lies."""
    return backup.with_name(backup.name.removesuffix(".db") + ".key.json")


def found(folder: Path) -> list[Backup]:
    """Return the backups of the workspace in ``folder``, newest first.

    What is stamped with a time to come was made by a wrong clock, nobody knows when, and comes
    last.
    """
    backups, now = [], datetime.now(UTC)
    with suppress(OSError):  # no folder, no backups
        if stat.S_ISDIR((folder / BACKUPS).lstat().st_mode):
            backups = [one for path in (folder / BACKUPS).iterdir() if (one := _backup(path))]
    return sorted(backups, key=lambda one: (one.at <= now, one.at), reverse=True)


def make(
    folder: Path,
    connection: Connection,
    key: str,
    salt: str,
    why: str,
    *,
    now: datetime,
    steps: Steps | None = None,
) -> Backup:
    """Make a verified backup of what ``connection`` shows, with its key file, and tidy up.

    Others may go on writing meanwhile. ``why`` is a ``Why``, or ``before-<step>``; ``now`` is in
    UTC. Raises ``StorageTrouble``; then nothing is left of it.
    """
    with _alone(folder) as place:
        path = place / f"{now:{_STAMP}}-{why}.db"
        made = _pair(folder, connection, key, salt, path, steps)
        _tidy(place, found(folder), now)
    return made


def make_at(
    folder: Path,
    connection: Connection,
    key: str,
    salt: str,
    target: Path,
    *,
    steps: Steps | None = None,
) -> Path:
    """Make a verified backup at ``target`` with its key file beside it; raises as ``make``."""
    _pair(folder, connection, key, salt, target, steps)
    return target


class Backups:
    """The backups of an opened workspace; may be used on a thread with its own connection."""

    def __init__(
        self, folder: Path, connection: Connection, key: str, salt: str, clock: Clock
    ) -> None:
        """``clock`` is the computer's own, also where an invented territory stays on its day."""
        self._folder, self._clock = folder, clock
        self._of = (folder, connection, key, salt)

    def all(self) -> list[Backup]:
        """Return the backups, newest first."""
        return found(self._folder)

    def make(self, why: Why, *, steps: Steps | None = None) -> Backup:
        """Make a verified backup and remove what is surplus. Raises ``StorageTrouble``."""
        return make(*self._of, why, now=_utc(self._clock.now()), steps=steps)

    def make_at(self, target: Path, *, steps: Steps | None = None) -> Path:
        """Make a verified backup elsewhere, with its key file; in a folder it is named by its time.

        Raises ``StorageTrouble``.
        """
        if target.is_dir():
            target = target / f"kamdesk-{_utc(self._clock.now()):{_STAMP}}.db"
        return make_at(*self._of, target, steps=steps)

    def due(self, now: Instant | None = None) -> bool:
        """Return whether today's backup is still to be made."""
        now = now or self._clock.now()
        last = self._last(now)
        return last is None or Instant(round(last.timestamp() * 1000), now.zone).day < now.day

    def before_import(self) -> Backup | None:
        """Make a backup unless one of the last 24 hours is there. Raises ``StorageTrouble``."""
        now = self._clock.now()
        last = self._last(now)
        if last is not None and _utc(now) - last <= timedelta(days=1):
            return None
        return self.make(Why.IMPORT)

    def _last(self, now: Instant) -> datetime | None:
        """Return when the newest was made; one from the future tells of a clock that was wrong."""
        return next((one.at for one in self.all() if one.at <= _utc(now) and one.looks_whole), None)


def _utc(now: Instant) -> datetime:
    return datetime.fromtimestamp(now.ms / 1000, UTC)


def _backup(path: Path) -> Backup | None:
    named = _NAME.match(path.name)
    if named is None or not stat.S_ISREG((status := path.lstat()).st_mode):
        return None
    try:
        at = datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    try:
        why = Why(named[2])
    except ValueError:
        why = Why.MIGRATION  # before-<step>
    size = status.st_size + keeper_copies.size_of(keeper_copies.beside(path))
    return Backup(path=path, at=at, why=why, size=size)


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """Give the folder of backups, private and nobody's link, while nobody else works in it."""
    place = folder / BACKUPS
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        status = place.lstat()
        if not stat.S_ISDIR(status.st_mode):
            raise StorageTrouble(
                Text(
                    "{path} is a link or no folder; KamDesk does not follow it. Put a folder in"
                    " its place.",
                    path=str(place),
                )
            )
        if os.name == "posix" and stat.S_IMODE(status.st_mode) != 0o700:
            place.chmod(0o700)
    except OSError as error:
        raise _not_made(place) from error
    try:
        held = lock.Lock(place)
    except lock.Held as error:
        raise StorageTrouble(
            Text("Another backup is being made at this moment. Wait until it is done.")
        ) from error
    try:
        yield place
    finally:
        held.release()


def _pair(
    folder: Path,
    connection: Connection,
    key: str,
    salt: str,
    path: Path,
    steps: Steps | None = None,
) -> Backup:
    """Make a copy and its key file; without the one the other is none."""
    sealed = key_file.read(folder)
    if not sealed.fits(key) or sealed.salt != salt:
        raise StorageTrouble(Text("The key was just renewed. Open the workspace anew."))
    beside = key_path_of(path)
    log = keeper_copies.beside(path)
    _see_room(connection, path, keeper_copies.size_of(folder / KEEPER))
    refuse_existing(path, beside, log)
    try:
        key_file.write_file(beside, sealed)
    except OSError as error:
        raise _not_made(path) from error
    try:
        verified_copy(connection, key, salt, path, steps=steps)
        keeper_copies.copy(connection, folder, path)
        made = _backup(path)
        return made or Backup(
            path=path, at=datetime.now(UTC), why=Why.BY_HAND, size=path.stat().st_size
        )
    except BaseException:
        _remove(beside)
        _remove(log)
        raise


def _see_room(connection: Connection, target: Path, more: int) -> None:
    """Refuse what would only fill the disk; ``more``: bytes that go beside it."""
    with trouble():
        needed = connection.execute("PRAGMA page_count").fetchone()[0] * _PAGE + more
    try:
        free = shutil.disk_usage(target.parent).free
    except OSError as error:
        raise _not_made(target) from error
    if free < needed:
        raise StorageTrouble(
            Text(
                "No backup could be made: it takes {needed} MB, and {free} MB of the disk are"
                " free. Make room and do it again.",
                needed=_megabytes(needed),
                free=_megabytes(free),
            )
        )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f}"


def _not_made(path: Path) -> StorageTrouble:
    return StorageTrouble(
        Text("No backup could be made at {path}: check disk and folder.", path=str(path))
    )


def _tidy(place: Path, backups: list[Backup], now: datetime) -> None:
    """Remove surplus backups, and what a crash left of one. Nobody else works here now."""
    whole = [one for one in backups if one.looks_whole]
    room = rotation.Room(_free(place) + sum(one.size for one in backups))
    gone = rotation.surplus(whole, now=now, room=room)
    if whole:
        gone += [one for one in backups if one not in whole and one.at < whole[0].at]
    for one in gone:
        _remove(one.path)
    for path in list(place.iterdir()):  # also key files and logs, once their backup is gone
        named = _BESIDE.match(path.name)
        alone = named and not os.path.lexists(place / f"{named[1]}-{named[2]}.db")
        if alone or _LEFT_BEHIND.match(path.name):
            _remove(path)


def _free(place: Path) -> int:
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return 0


def remove(backup: Backup) -> None:
    """Remove a backup, the key file that opens it and its log, as far as the disk lets it."""
    _remove(backup.path)
    _remove(backup.key_path)
    _remove(keeper_copies.beside(backup.path))


def _remove(path: Path) -> None:
    with suppress(OSError):  # what cannot be removed now is tried the next time
        path.unlink()
