"""Makes a new workspace that holds an invented territory; stopped half way, nothing stays."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Protocol, TypeVar

from kamdesk.core.clock import Clock, Day
from kamdesk.core.ids import Ids
from kamdesk.demo.material import Language
from kamdesk.demo.territory import HasStorage, demo_clock, demo_ids, fill
from kamdesk.storage import key_file, lock
from kamdesk.storage.creating import create
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.layout import DATABASE

ACCOUNTS: Final = 80
SEED: Final = 1


class Desk(HasStorage, Protocol):
    """A workspace, as far as it is needed here."""

    def close(self) -> None:
        """Close it."""
        ...


AnyDesk = TypeVar("AnyDesk", bound=Desk)


@contextmanager
def new_territory(
    folder: Path,
    passphrase: str,
    *,
    keys: KeyRing,
    open_desk: Callable[[Clock, Ids], AnyDesk],
    day: Day,
    language: Language,
    accounts: int = ACCOUNTS,
    seed: int = SEED,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[AnyDesk]:
    """Give the filled workspace made in ``folder``; it is closed afterwards.

    ``open_desk`` opens it on the clock and ids given. Raises ``StorageTrouble`` where a workspace
    is already.
    """
    create(folder, passphrase, keys=keys)
    clock = demo_clock(day)
    try:
        desk = open_desk(clock, demo_ids(clock, seed))
        try:
            fill(desk, accounts=accounts, seed=seed, day=day, language=language, progress=progress)
            yield desk
        finally:
            desk.close()
    except BaseException:
        for path in folder.iterdir():
            if path.name.startswith(DATABASE) or path.name in (key_file.NAME, lock.NAME):
                with suppress(OSError):
                    path.unlink()
        raise
