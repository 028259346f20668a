"""A desk of a simulated team: a real encrypted file, a clock of its own, an engine, an unsafe life.

It may be killed between two steps of an exchange, copied, and set back to an older copy.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeVar

from support.desks import KEY, MORNING, SALT, _blank
from support.in_process import InProcess, Line

from kamdesk.core.clock import Clock, Day, Instant, StoppedClock
from kamdesk.core.ids import Ids
from kamdesk.storage.database import connect
from kamdesk.storage.storage import Storage
from kamdesk.workspace import Workspace

if TYPE_CHECKING:
    from kamdesk.sync.desk import Round

T = TypeVar("T")
TO_1970 = 86_400_000 - MORNING.ms
"""How far ahead a clock is whose battery is empty: it begins anew on the second day of 1970."""


class Killed(BaseException):
    """The process of this desk ended here; nothing that it held in memory is left."""


@dataclass
class SkewedClock:
    """The true time, and how many milliseconds this clock is ahead of it."""

    true: StoppedClock
    ahead: int = 0

    def now(self) -> Instant:
        """Return what this clock shows."""
        return Instant(self.true.at.ms + self.ahead, self.true.at.zone)

    def today(self) -> Day:
        """Return the day it shows."""
        return self.now().day


class TeamDesk:
    """A workspace at ``folder`` of a user, empty or a copy; its post goes over ``line``."""

    def __init__(
        self,
        folder: Path,
        clock: SkewedClock,
        chance: Random,
        user: str,
        copy: bytes | None = None,
    ) -> None:
        folder.mkdir(parents=True)
        self.folder, self.clock, self.chance, self.user = folder, clock, chance, user
        self.line = Line()
        self.post: InProcess | None = None
        self.steps_left: int | None = None
        self.file = folder / "kamdesk.db"
        self.file.write_bytes(copy or _blank())
        self.workspace = self._opened()

    @property
    def storage(self) -> Storage:
        """The opened file."""
        return self.workspace.storage

    def _opened(self) -> Workspace:
        connection = connect(self.file, KEY, SALT)
        connection.execute("PRAGMA synchronous = OFF")
        clock: Clock = self.clock
        ids = Ids(clock, self.chance.getrandbits)
        return Workspace(connection, folder=self.folder, clock=clock, ids=ids)

    def do(self, step: Callable[[Storage], T]) -> T:
        """Do a step of an exchange, unless the process ends before or right after it."""
        if self.steps_left is not None:
            self.steps_left -= 1
            if self.steps_left < 0:
                after = self.chance.random() < 0.5
                if after:
                    step(self.storage)
                raise Killed
        return step(self.storage)

    def round(self) -> "Round":
        """Exchange once, by an engine that knows nothing but the file."""
        from kamdesk.sync.engine import Engine

        assert self.post is not None
        return Engine(self, self.post).round()

    def killed_round(self, steps: int) -> None:
        """Exchange, be killed after so many steps if there are as many, and start anew."""
        self.steps_left = steps
        try:
            self.round()
        except Killed:
            self.restart()
        finally:
            self.steps_left = None

    def restart(self) -> None:
        """Close the file and open it again: what was in memory is gone."""
        self.workspace.close()
        self.open_again()

    def open_again(self) -> None:
        """Open the file that is closed."""
        self.workspace = self._opened()

    def copied(self) -> bytes:
        """Return the whole file as it is."""
        self.storage.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return self.file.read_bytes()

    def set_back(self, copy: bytes) -> None:
        """Put an older copy in the place of the file, as who restores a whole disk does."""
        self.workspace.close()
        self._replace(copy)
        self.workspace = self._opened()

    def clone(self, folder: Path, clock: SkewedClock, chance: Random) -> "TeamDesk":
        """Return a second desk on a copy of this disk, with the same token."""
        other = TeamDesk(folder, clock, chance, self.user, self.copied())
        if self.post is not None:
            post = self.post
            other.post = InProcess(post.hub, post.device, other.line, revoked=post.revoked)
        return other

    def close(self) -> None:
        """Close the file."""
        self.workspace.close()

    def _replace(self, copy: bytes) -> None:
        for beside in ("-wal", "-shm"):
            self.file.with_name(self.file.name + beside).unlink(missing_ok=True)
        self.file.write_bytes(copy)
