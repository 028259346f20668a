"""Two laptops and a shared folder: a keeper's workspace with its hub in it, and another's."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self, TypeVar

from support.desks import KEY, MORNING, SALT, a_desk

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.ids import AccountId, Id
from kamdesk.hub.keeping.answering import serve
from kamdesk.hub.keeping.boxes import Invited
from kamdesk.hub.keeping.keeper import Keeper
from kamdesk.storage import keeper_file
from kamdesk.storage.database import connect
from kamdesk.storage.storage import Storage
from kamdesk.sync.folder import pairing
from kamdesk.sync.folder.rounds import ByFolder, desk_round, keeper_round
from kamdesk.workspace import Workspace

T = TypeVar("T")


class Laptop:
    """A workspace that exchanges by a folder."""

    def __init__(self, folder: Path, name: str, shared: Path, *, minutes: int = 0) -> None:
        folder.mkdir()
        self.clock = StoppedClock(MORNING.plus(minutes=minutes))
        self.workspace: Workspace = a_desk(folder, name=name, clock=self.clock)
        self.folder, self.shared = folder, shared

    @classmethod
    def again(cls, folder: Path, shared: Path, at: Instant) -> Self:
        """Open a laptop that was made before."""
        made = cls.__new__(cls)
        made.folder, made.shared, made.clock = folder, shared, StoppedClock(at)
        connection = connect(folder / "kamdesk.db", KEY, SALT)
        connection.execute("PRAGMA synchronous = OFF")
        made.workspace = Workspace(connection, folder=folder, clock=made.clock)
        return made

    @property
    def storage(self) -> Storage:
        return self.workspace.storage

    def do(self, step: Callable[[Storage], T]) -> T:
        """Run a step: this is its own ``Desk``."""
        return step(self.storage)

    def account(self, name: str) -> AccountId:
        made = self.workspace.accounts.new(name)
        self.workspace.accounts.add(made)
        return made.id

    def accounts(self) -> list[str]:
        return sorted(one.name for one in self.workspace.accounts.ask.everything())

    def round(self) -> ByFolder:
        """Do a round as whoever pressed the key."""
        self.clock.move(minutes=1)
        return desk_round(self, self.shared)

    def join(self, phrase: str, accounts: Sequence[Id] | None = None) -> None:
        """Type the phrase, confirm."""
        found = pairing.look(self.shared, phrase, self.clock.now().ms)
        pairing.accept(self.storage, self.shared, found, accounts=accounts, device="Laptop")

    def close(self) -> None:
        self.workspace.close()


class KeepingLaptop(Laptop):
    """The one that keeps the log."""

    def __init__(self, folder: Path, name: str, shared: Path) -> None:
        super().__init__(folder, name, shared)
        self.open_log()
        me = self.storage.remembered("me")
        assert me is not None
        pairing.settle_keeper(self.storage, self.keeper.begin(me, name), None)

    @classmethod
    def again(cls, folder: Path, shared: Path, at: Instant) -> Self:
        made = super().again(folder, shared, at)
        made.open_log()
        return made

    def open_log(self) -> None:
        """Open the log, or begin it."""
        connect_log = keeper_file.connector(self.storage, self.folder)
        self.keeper = Keeper(connect_log, keeper_file.DRIVER, self.clock)

    def invite(self, *, own: bool = True, whom: str = "第二台") -> Invited:
        user = self.keeper.myself() if own else self.keeper.colleague(whom)
        return self.keeper.boxes.invite(self.shared, user, whom, "林晓彤", own=own)

    def round(self) -> ByFolder:
        self.clock.move(minutes=1)
        return keeper_round(self, self.keeper, lambda: serve(self.keeper, self.shared))

    def close(self) -> None:
        self.keeper.close()
        super().close()


def alternate(keeper: KeepingLaptop, other: Laptop, times: int = 4) -> None:
    """Let each do its round by turns."""
    for _ in range(times):
        other.round()
        keeper.round()
    other.round()


@cache
def _paired() -> tuple[dict[str, tuple[bytes, int]], Instant, Instant]:
    """The files of two laptops that stand level, made once, and the time on each."""
    with TemporaryDirectory() as place:
        whole = Path(place)
        shared = whole / "stick"
        shared.mkdir()
        keeper = KeepingLaptop(whole / "keeper", "林晓彤", shared)
        other = Laptop(whole / "other", "林晓彤", shared, minutes=3)
        other.join(keeper.invite().phrase)
        keeper.round()
        alternate(keeper, other)
        keeper.close()
        other.close()
        files = (path for path in whole.rglob("*") if path.is_file())
        kept = {
            path.relative_to(whole).as_posix(): (path.read_bytes(), path.stat().st_mode & 0o777)
            for path in files
        }
        return kept, keeper.clock.now(), other.clock.now()


def a_pair(folder: Path) -> tuple[KeepingLaptop, Laptop]:
    """Return a keeper and a laptop that stand level, with ``stick`` between them, in ``folder``."""
    files, keepers, others = _paired()
    for name, (content, mode) in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(mode)
    keeper = KeepingLaptop.again(folder / "keeper", folder / "stick", keepers)
    return keeper, Laptop.again(folder / "other", folder / "stick", others)
