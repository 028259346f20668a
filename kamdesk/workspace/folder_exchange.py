"""The exchange of a workspace by a folder: keep the log, invite, accept, do a round.

It brings together what may not know each other: the file, the keeper's hub beside it, the folder.
The file is touched a step at a time, so it may run beside a window as well as in a command.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kamdesk.core.clock import Clock
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import ColleagueId, Id
from kamdesk.core.wording import Text
from kamdesk.domain.team.model import Colleague
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.storage import keeper_file, team
from kamdesk.storage.keys import KeyRing
from kamdesk.storage.storage import Storage
from kamdesk.sync import joining, leaving
from kamdesk.sync.desk import Desk, Progress
from kamdesk.sync.folder import pairing
from kamdesk.sync.folder.rounds import ByFolder, desk_round, keeper_round
from kamdesk.sync.post import Cause, HubTrouble

if TYPE_CHECKING:
    from kamdesk.hub.keeping.boxes import Invited
    from kamdesk.hub.keeping.keeper import Keeper
    from kamdesk.sync.folder.pairing import Found
    from kamdesk.workspace.services import Workspace

Tell = Callable[[Progress], None]
PLACE: Final = "folder_place"
"""Where the shared folder was last, on this computer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a workspace lives, its clock, and its id in the keyring."""

    home: Path
    clock: Clock
    workspace: str
    ring: KeyRing


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


def place_of(desk: "Workspace", ring: KeyRing) -> Place:
    """Return what a round must know of a workspace, whichever thread it runs on."""
    workspace = desk.opened.workspace_id if desk.opened else ""
    return Place(home=desk.folder or Path(), clock=desk.clock, workspace=workspace, ring=ring)


def invited(place: Place, steps: Desk, folder: Path, colleague: str) -> "Invited":
    """Put an invitation into a folder: for a colleague, or for one's own second laptop ("")."""
    with closing(_begun(place, steps)) as keeper:
        try:
            user = keeper.colleague(colleague) if colleague else keeper.myself()
            me = steps.do(_myself)
            called = me.name if me else "KamDesk"
            whom = colleague or called
            made = keeper.boxes.invite(folder, user, whom, called, own=not colleague)
        except OSError as error:
            raise pairing.unreadable(folder) from error
    steps.do(partial(_remember, folder=folder))
    return made


def accepted(
    place: Place,
    steps: Desk,
    folder: Path,
    found: "Found",
    accounts: list[Id] | None,
    tell: Tell | None = None,
) -> ByFolder:
    """Accept an invitation and do a first round."""
    steps.do(lambda storage: pairing.accept(storage, folder, found, accounts=accounts))
    return exchanged(place, steps, folder, tell)


def exchanged(place: Place, steps: Desk, folder: Path, tell: Tell | None = None) -> ByFolder:
    """Do one round, on whichever side this workspace stands; a step at a time at the file."""
    steps.do(partial(_remember, folder=folder))
    if not steps.do(keeper_file.keeps):
        try:
            return desk_round(steps, folder, tell)
        except HubTrouble as trouble:
            if trouble.cause is Cause.REVOKED:
                leaving.shut_out(steps, place.ring, place.workspace)
            raise
    from kamdesk.hub.keeping.answering import serve

    with closing(keeper_of(place, steps)) as keeper:
        try:
            return keeper_round(steps, keeper, lambda: serve(keeper, folder), tell)
        except OSError as error:
            raise pairing.unreadable(folder) from error


def _remember(storage: Storage, *, folder: Path) -> None:
    storage.remember(PLACE, str(folder))


def _myself(storage: Storage) -> Colleague | None:
    me = storage.remembered("me")
    return ColleagueStore(storage.reader).find(ColleagueId(Id(me))) if me else None


def _begun(place: Place, steps: Desk) -> "Keeper":
    if not steps.do(keeper_file.keeps):
        steps.do(lambda storage: joining.see_free(storage, pairing.KEEPER))
    me = steps.do(_myself)
    if me is None:
        raise RuleBroken(Text("Say in the settings who you are first."))
    keeper = keeper_of(place, steps)
    try:
        if not steps.do(lambda storage: storage.log.own):
            enrolled = keeper.begin(me.id, me.name)
            steps.do(lambda storage: pairing.settle_keeper(storage, enrolled, None))
    except BaseException:
        keeper.close()
        raise
    return keeper


def keeper_of(place: Place, steps: Desk) -> "Keeper":
    """Return the keeper beside a workspace, made at first; close it. Raises ``RuleBroken``."""
    try:
        from kamdesk.hub.keeping.keeper import Keeper
    except ImportError as error:
        raise RuleBroken(
            Text("To keep the log for others install the hub too: pip install 'kamdesk[hub]'.")
        ) from error
    connect = steps.do(lambda storage: keeper_file.connector(storage, place.home))
    return Keeper(connect, keeper_file.DRIVER, place.clock)
