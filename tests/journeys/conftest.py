"""Journeys through the window: without a screen by a hand on the program, or on a virtual one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desktop.conftest import application
from pytestqt.qtbot import QtBot
from support.commands import CHEAP
from support.desks import MORNING, untruths
from support.hand import Hand
from support.screen import SECRET, Screen, a_screen, mid_morning

from kamdesk.core.clock import StoppedClock
from kamdesk.desktop.application import Application
from kamdesk.desktop.opening.key_in_hand import keyring
from kamdesk.desktop.program import Program
from kamdesk.storage.creating import create
from kamdesk.workspace import Workspace, open_workspace

__all__ = ["application"]


@pytest.fixture
def clock() -> StoppedClock:
    """The clock of the program: a Thursday, ten past eight."""
    return StoppedClock(MORNING)


@pytest.fixture
def fill() -> Callable[[Workspace], object] | None:
    """What lies in the workspace; None: there is none yet."""
    return None


@pytest.fixture
def hand(
    application: Application,
    qtbot: QtBot,
    tmp_path: Path,
    clock: StoppedClock,
    fill: Callable[[Workspace], object] | None,
) -> Iterator[Hand]:
    """A hand on the program, begun and shown; ended and its workspace checked at the end."""
    keys = keyring({"XDG_RUNTIME_DIR": str(tmp_path)})
    folder = tmp_path / "work"
    if fill is not None:
        create(folder, SECRET, keys=keys, cost=CHEAP)
        desk = open_workspace(folder, keys=keys, clock=clock)
        desk.team.i_am(desk.team.new("林晓彤"))
        fill(desk)
        desk.close()
    program = Program(
        application, folder, SECRET if fill else "", clock=clock, demo=tmp_path / "demo"
    )
    program.keys = keys
    crashes: list[object] = []
    program.bugs.crashed_behind = lambda *told: crashes.append(told)  # type: ignore[method-assign]
    program.begin()
    made = Hand(program, qtbot)
    made.until(lambda: program.shown is not None and program.shown.isActiveWindow())
    if fill is not None:
        made.at("today")
        made.until(lambda: "lock" in {one.id for one in program.application.window.actions_here})
    yield made
    for window in (*application.windows, program.shown):
        if window is not None:
            window.close()
    program.end()
    application.window = None
    assert crashes == []
    checked = open_workspace(folder, passphrase=lambda: SECRET, keys=keyring({}), clock=clock)
    assert untruths(checked) == []
    checked.close()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """A virtual screen, on which it is mid-morning."""
    with a_screen(tmp_path, TZ=mid_morning()) as made:
        yield made
