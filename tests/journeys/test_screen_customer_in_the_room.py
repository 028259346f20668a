"""The customer in the room, in a real window: no title names them, nothing changes, and back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.commands import CHEAP
from support.screen import NEEDS_SCREEN, SECRET, Screen

from kamdesk.core.clock import SystemClock
from kamdesk.storage.creating import create
from kamdesk.storage.keys import KeyRing, Nowhere
from kamdesk.workspace import open_workspace

WALK, BACK = 10, 6
"""Keys and texts: F9 and through the view; back to the desk, with one wrong passphrase."""

pytestmark = NEEDS_SCREEN


@pytest.fixture
def workspace(tmp_path: Path, screen: Screen) -> Path:
    """Two customers."""
    folder, keys = tmp_path / "work", KeyRing(Nowhere())
    create(folder, SECRET, keys=keys, cost=CHEAP)
    clock = SystemClock(screen.environment["TZ"])
    desk = open_workspace(folder, passphrase=lambda: SECRET, keys=keys, clock=clock)
    desk.team.i_am(desk.team.new("Lin Xiaotong"))
    for name in ("Lanchuan", "Qingluan"):
        account = replace(desk.accounts.new(name), note="floor price 88")
        desk.accounts.add(account)
        desk.people.add(desk.people.new("Chen Lixin", account.id), title="General manager")
    desk.close()
    return folder


def all_of_it(screen: Screen, workspace: Path) -> list[Any]:
    """Return what the command line says of everything."""
    return [screen.ask(workspace, what) for what in ("accounts", "people", "visits", "promises")]


def test_f9_a_walk_and_the_passphrase(screen: Screen, workspace: Path) -> None:
    before = all_of_it(screen, workspace)
    running = screen.unlock(workspace)
    screen.key("alt+2")
    screen.shows("Customers – KamDesk")
    screen.key("Return")
    screen.shows("Lanchuan – KamDesk")
    screen.actions = 0
    screen.key("F9")
    for key, title in (
        ("alt+1", "Organisation – KamDesk"),
        ("alt+2", "Contacts – KamDesk"),
        ("alt+3", "Joint plan – KamDesk"),
    ):
        screen.key(key)
        screen.shows(title)
        assert screen.titles() == [title]
    screen.key("n", "ctrl+z", "alt+Left", "alt+Left", "alt+Left", "l")  # the desk's keys are dead
    screen.still()
    assert not {"Lanchuan", "Qingluan", "Today"} & set(" ".join(screen.titles()).split())
    assert screen.actions <= WALK
    screen.actions = 0
    screen.key("F9")
    screen.type("four quiet rivers")
    screen.key("Return")
    screen.still()
    assert "Lanchuan – KamDesk" not in screen.titles()
    screen.key("ctrl+a")
    screen.type(SECRET)
    screen.key("Return")
    screen.shows("Lanchuan – KamDesk")
    assert screen.titles() == ["Lanchuan – KamDesk"]
    assert screen.actions <= BACK
    screen.close(running)
    assert all_of_it(screen, workspace) == before
