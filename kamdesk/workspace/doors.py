"""Workspaces made, opened, restored and salvaged: how a folder becomes an open workspace."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk.core.clock import Clock, SystemClock
from kamdesk.core.ids import ColleagueId, Id, Ids
from kamdesk.workspace.services import Workspace, catalogue, followers

if TYPE_CHECKING:
    from kamdesk.storage.database import Connection
    from kamdesk.storage.keys import KeyRing
    from kamdesk.storage.restoring import Restored
    from kamdesk.storage.salvaged import Salvaged


def create_workspace(
    folder: Path,
    passphrase: str,
    *,
    me: str,
    keys: "KeyRing | None" = None,
    clock: Clock | None = None,
) -> tuple[Workspace, str]:
    """Make a workspace whose user is ``me``; return it opened, and its recovery code.

    Raises ``RuleBroken`` for a short passphrase or no name, ``StorageTrouble`` for the folder.
    """
    from kamdesk.domain.team.model import Colleague
    from kamdesk.storage.creating import create
    from kamdesk.storage.keys import KeyRing

    Colleague(id=ColleagueId(Id(bytes(16))), name=me).checked()
    ring = keys or KeyRing()
    created = create(folder, passphrase, keys=ring)
    desk = open_workspace(folder, passphrase=lambda: passphrase, keys=ring, clock=clock)
    desk.team.i_am(desk.team.new(me))
    desk.storage.start_undo_here()
    return desk, created.recovery_code


def open_workspace(
    folder: Path,
    *,
    passphrase: Callable[[], str] | None = None,
    readonly: bool = False,
    keys: "KeyRing | None" = None,
    clock: Clock | None = None,
    ids: Ids | None = None,
    signing_in: bool = False,
) -> Workspace:
    """Open the workspace in ``folder``. Raises ``StorageTrouble``: wrong key, damage, in use.

    ``signing_in``: only to exchange with its hub, though the lease has run out (``LeaseOver``).
    """
    from kamdesk.storage.erasing import bring_level
    from kamdesk.storage.keys import KeyRing
    from kamdesk.storage.opening import open_file

    opened = open_file(folder, keys=keys or KeyRing(), passphrase=passphrase, readonly=readonly)
    desk = Workspace(
        opened.connection,
        folder=opened.folder,
        clock=clock,
        ids=ids,
        readonly=readonly,
        opened=opened,
    )
    try:
        bring_level(desk.storage, opened.folder)
        if desk.storage.number("dev") and not signing_in:
            from kamdesk.sync.lease import see

            see(desk.storage)
    except BaseException:
        desk.close()
        raise
    return desk


def restore_workspace(
    file: Path,
    folder: Path,
    *,
    passphrase: Callable[[], str] | None = None,
    keys: "KeyRing | None" = None,
    clock: Clock | None = None,
) -> "Restored":
    """Bring back the backup ``file`` as the workspace in ``folder``; raises ``StorageTrouble``."""
    from kamdesk.storage.erasing import reapply_erasures
    from kamdesk.storage.keys import KeyRing
    from kamdesk.storage.restoring import restore

    def erase_again(connection: "Connection", listed_in: Path) -> None:
        reapply_erasures(Workspace(connection, clock=clock).storage, listed_in)

    ring = keys or KeyRing()
    return restore(file, folder, keys=ring, passphrase=passphrase, erase_again=erase_again)


def salvage_workspace(
    folder: Path,
    target: Path,
    *,
    passphrase: Callable[[], str] | None = None,
    keys: "KeyRing | None" = None,
    clock: Clock | None = None,
) -> "Salvaged":
    """Save what can be read of a damaged workspace into a new one; raises ``StorageTrouble``."""
    from kamdesk.storage.keys import KeyRing
    from kamdesk.storage.salvage import salvage

    return salvage(
        folder,
        target,
        keys=keys or KeyRing(),
        passphrase=passphrase,
        catalogue=catalogue(),
        followers=followers(),
        clock=clock or SystemClock(),
    )
