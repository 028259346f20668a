"""Scenes before the desk is open: first run, unlock, damage."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtWidgets import QWidget

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop.application import Application
from kamdesk.desktop.opening.hub_steps import OutOfTeamStep, SignInStep
from kamdesk.desktop.opening.steps import (
    DamagedStep,
    Doorway,
    RefusedStep,
    RescuedStep,
    UnlockStep,
)
from kamdesk.desktop.program import Program
from kamdesk.desktop.scenes.staging import (
    Territories,
)
from kamdesk.desktop.shots import SMALL, Scene, settle
from kamdesk.sync.lease import LeaseOver
from kamdesk.sync.leaving import Removed
from kamdesk.sync.post import Cause, HubTrouble

if TYPE_CHECKING:
    from kamdesk.desktop.first_run.flow import FirstRun

_CODE: Final = "KD4F-92QX-7M3P-ZT6H-8WVA-1C5R"


def _before(make: Callable[[], QWidget]) -> Callable[[Application], QWidget]:
    def shown(_app: Application) -> QWidget:
        window = make()
        window.show()
        return window

    return shown


def _first_run(show: "Callable[[FirstRun], object]") -> Callable[[Application], QWidget]:
    def make(app: Application) -> QWidget:
        program = Program(app, Path("~/KamDesk"))
        program.doors.show_first_run()
        settle()
        flow = cast("FirstRun", program.shown)
        flow.destroyed.connect(program.end)
        show(flow)
        return flow

    return make


def _refuse(flow: "FirstRun") -> None:
    flow.show_key(True)
    flow.step.went_on.emit()


def _unlock() -> QWidget:
    step = UnlockStep(Path("~/KamDesk"))
    wrong = Text("That passphrase does not open this workspace.")
    step.refuse(RuleBroken(wrong, field="passphrase"))
    return Doorway(step)


def _in_use() -> QWidget:
    said = StorageTrouble(Text("KamDesk is open; close it or do this in the window."))
    return Doorway(RefusedStep(said, Path("~/KamDesk"), in_use=True))


def _locked() -> QWidget:
    return Doorway(UnlockStep(Path("~/KamDesk"), locked=True, demo=True))


def _damaged() -> QWidget:
    return Doorway(DamagedStep(Path("~/KamDesk"), "11 Mar 8:02"))


def _rescued() -> QWidget:
    return Doorway(RescuedStep(Path("~/KamDesk-rescued"), saved=4812, partly=3, lost=2))


def _sign_in() -> QWidget:
    step = SignInStep(LeaseOver("Huabei Drives", 30), Path("~/KamDesk"))
    unknown = Text(
        "The hub does not know this computer. Nothing was changed; ask your administrator for a new"
        " invitation."
    )
    step.refuse(HubTrouble(Cause.SHUT_OUT, unknown))
    return Doorway(step)


def _out_of_team() -> QWidget:
    gone = Removed(hub="Huabei Drives", customers=67, kept=3, shut_out=True, at=0)
    return Doorway(OutOfTeamStep(gone))


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    return (
        Scene("first-language", _first_run(lambda flow: flow.show_language()), (SMALL,)),
        Scene("first-place", _first_run(lambda flow: flow.show_place()), (SMALL,)),
        Scene("first-key", _first_run(_refuse), (SMALL,), (1,), (100, 150)),
        Scene("first-code", _first_run(lambda flow: flow.show_code(_CODE)), (SMALL,)),
        Scene("first-ready", _first_run(lambda flow: flow.show_ready()), (SMALL,)),
        Scene("unlock", _before(_unlock), (SMALL,)),
        Scene("locked", _before(_locked), (SMALL,)),
        Scene("damaged", _before(_damaged), (SMALL,)),
        Scene("rescued", _before(_rescued), (SMALL,)),
        Scene("sign-in", _before(_sign_in), (SMALL,)),
        Scene("out-of-team", _before(_out_of_team), (SMALL,)),
        Scene("in-use", _before(_in_use), (SMALL,)),
    )
