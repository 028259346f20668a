"""A decision chain in a real window: a report added, judged, tied, one undone; and a kill."""

import signal
from pathlib import Path

import pytest
from support.commands import CHEAP
from support.screen import NEEDS_SCREEN, SECRET, Screen

from kamdesk.core.clock import SystemClock
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.standing import What
from kamdesk.storage.creating import create
from kamdesk.storage.keys import KeyRing, Nowhere
from kamdesk.workspace import open_workspace

ACTIONS = 28
"""Keys and texts from today to somebody added, judged and tied, and one step taken back."""
CUSTOMER = "Lanchuan Bearings"

pytestmark = NEEDS_SCREEN


@pytest.fixture
def workspace(tmp_path: Path, screen: Screen) -> Path:
    """A customer whose map has one person, the decider."""
    folder, clock = tmp_path / "work", SystemClock(screen.environment["TZ"])
    create(folder, SECRET, keys=KeyRing(Nowhere()), cost=CHEAP)
    desk = open_workspace(folder, passphrase=lambda: SECRET, keys=KeyRing(Nowhere()), clock=clock)
    desk.team.i_am(desk.team.new("Lin Xiaotong"))
    account = desk.accounts.new(CUSTOMER)
    desk.accounts.add(account)
    chain = desk.chain.open_map(account.id)
    chen = desk.people.new("Chen Lixin", account.id)
    desk.people.add(chen, title="General manager")
    desk.chain.seat(chain, chen.id, label=chen.name)
    decides = desk.chain.reading(chain, chen.id, What.ROLES, Role.DECIDER.value, on=clock.today())
    desk.chain.judge(decides)
    desk.close()
    return folder


def test_a_report_is_added_judged_and_tied_and_a_kill_keeps_what_was_saved(
    screen: Screen, workspace: Path
) -> None:
    running = screen.unlock(workspace)
    screen.actions = 0
    screen.key("ctrl+k")
    screen.type("lanchuan")
    screen.still()
    screen.key("Return")
    screen.shows(f"{CUSTOMER} – KamDesk")
    screen.key("m")
    screen.shows("Decision chain – KamDesk")
    screen.key("Down", "n")
    screen.type("Zhou Yun")
    screen.key("Tab")
    screen.type("Maintenance lead")
    screen.changes("Return")
    screen.key("Escape", "Down", "s", "2")
    screen.type("asked for the offer on 9 March")
    screen.changes("Return")
    screen.key("t", "Up", "Return", "i", "3")
    screen.type("speaks first in the review")
    screen.changes("Return")
    screen.key("i")
    screen.changes("4")
    screen.changes("ctrl+z")  # only the influence goes
    assert screen.actions <= ACTIONS
    screen.close(running)
    chain = screen.ask(workspace, "chain", CUSTOMER)
    people = {one["name"]: one for one in chain["people"]}
    chen, zhou = people["Chen Lixin"], people["Zhou Yun"]
    assert (zhou["post"], zhou["reports_to"]) == ("Maintenance lead", chen["id"])
    assert (zhou["stance"], zhou["influence"]) == (2, None)
    (tie,) = chain["ties"]
    assert (tie["source"], tie["target"], tie["strength"]) == (zhou["id"], chen["id"], 3)
    assert tie["note"] == "speaks first in the review"

    running = screen.unlock(workspace)
    screen.key("ctrl+k")
    screen.type("lanchuan")
    screen.still()
    screen.key("Return")
    screen.shows(f"{CUSTOMER} – KamDesk")
    screen.key("m")
    screen.shows("Decision chain – KamDesk")
    screen.key("Down", "n")
    screen.type("Xu Hang")
    screen.changes("Return")
    screen.type("Gao Mi")
    running.send_signal(signal.SIGKILL)
    running.wait(10)
    saved = screen.ask(workspace, "chain", CUSTOMER)
    boss = {one["name"]: one["reports_to"] for one in saved["people"]}
    assert boss == {"Chen Lixin": None, "Zhou Yun": chen["id"], "Xu Hang": chen["id"]}
    assert saved["ties"] == chain["ties"]
