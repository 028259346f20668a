"""What the window does by a folder: keep the log, invite, accept, exchange; all on the desk."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.storage import keeper_file, team
from kamdesk.sync import joining, leaving, pairing
from kamdesk.sync.by_folder import ByFolder, desk_round, keeper_round
from kamdesk.sync.engine import Direct
from kamdesk.sync.post import Cause, HubTrouble

if TYPE_CHECKING:
    from kamdesk.hub.boxes import Invited
    from kamdesk.hub.keeper import Keeper
    from kamdesk.sync.pairing import Found
    from kamdesk.workspace import Workspace

PLACE: Final = "folder_place"
"""Where the shared folder was last, on this computer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How a workspace stands with folders.

    ``keeps`` the log itself; ``keeper``: who does, "" for nobody; ``free``: it is in no team.
    """

    keeps: bool
    keeper: str
    free: bool
    place: str


def seen(desk: "Workspace") -> Seen:
    """Return how a workspace stands with folders."""
    storage = desk.storage
    own = pairing.paired(storage)
    return Seen(
        keeps=keeper_file.keeps(storage),
        keeper=own.keeper if own else "",
        free=not storage.log.own and own is None,
        place=team.text(storage, PLACE),
    )


def invited(desk: "Workspace", folder: Path, colleague: str) -> "Invited":
    """Put an invitation into a folder: for a colleague, or for one's own second laptop ("")."""
    keeper = _begun(desk)
    try:
        user = keeper.colleague(colleague) if colleague else keeper.myself()
        me = desk.team.ask.find(desk.team.me) if desk.team.me else None
        called = me.name if me else "KamDesk"
        made = keeper.boxes.invite(folder, user, colleague or called, called, own=not colleague)
    except OSError as error:
        raise _unreadable(folder) from error
    finally:
        keeper.close()
    desk.storage.remember(PLACE, str(folder))
    return made


def looked(desk: "Workspace", folder: Path, phrase: str) -> "Found":
    """Return the invitation a phrase opens; nothing is written."""
    return pairing.look(folder, phrase, desk.clock.now().ms)


def accepted(
    desk: "Workspace", folder: Path, found: "Found", accounts: list[Id] | None
) -> ByFolder:
    """Accept an invitation and do a first round."""
    pairing.accept(desk.storage, folder, found, accounts=accounts)
    return exchanged(desk, folder)


def exchanged(desk: "Workspace", folder: Path) -> ByFolder:
    """Do one round, on whichever side this workspace stands."""
    desk.storage.remember(PLACE, str(folder))
    if not keeper_file.keeps(desk.storage):
        try:
            return desk_round(Direct(desk.storage), folder)
        except HubTrouble as trouble:
            if trouble.cause is Cause.REVOKED:
                from kamdesk.desktop.opening.key_in_hand import keyring

                workspace = desk.opened.workspace_id if desk.opened else ""
                leaving.shut_out(Direct(desk.storage), keyring(), workspace)
            raise
    from kamdesk.hub.letters_served import serve

    keeper = _opened(desk)
    try:
        return keeper_round(Direct(desk.storage), keeper, lambda: serve(keeper, folder))
    except OSError as error:
        raise _unreadable(folder) from error
    finally:
        keeper.close()


def _begun(desk: "Workspace") -> "Keeper":
    if not keeper_file.keeps(desk.storage):
        joining.see_free(desk.storage, pairing.KEEPER)
    me = desk.team.ask.find(desk.team.me) if desk.team.me else None
    if me is None:
        raise RuleBroken(Text("Say in the settings who you are first."))
    keeper = _opened(desk)
    try:
        if not desk.storage.log.own:
            pairing.settle_keeper(desk.storage, keeper.begin(me.id, me.name), None)
    except BaseException:
        keeper.close()
        raise
    return keeper


def _opened(desk: "Workspace") -> "Keeper":
    try:
        from kamdesk.hub.keeper import Keeper
    except ImportError as error:
        raise RuleBroken(
            Text("To keep the log for others install the hub too: pip install 'kamdesk[hub]'.")
        ) from error
    connect = keeper_file.connector(desk.storage, desk.folder or Path())
    return Keeper(connect, keeper_file.DRIVER, desk.clock)


def _unreadable(folder: Path) -> StorageTrouble:
    return StorageTrouble(
        Text(
            "The folder {folder} cannot be read or written. Plug the stick in, or start the program"
            " that keeps the folder in step.",
            folder=str(folder),
        )
    )
