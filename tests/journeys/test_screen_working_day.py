"""A working day in a real window: prepare, brief, write up, a promise kept, taken back, kept."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from support.commands import CHEAP
from support.screen import NEEDS_SCREEN, SECRET, Screen

from kamdesk.core.clock import Instant, SystemClock
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.storage.creating import create
from kamdesk.storage.keys import KeyRing, Nowhere
from kamdesk.workspace import open_workspace

ACTIONS = 23
"""Keys and texts from today to the promise kept, taken back and kept again."""

pytestmark = NEEDS_SCREEN


@pytest.fixture
def workspace(tmp_path: Path, screen: Screen) -> Path:
    """A customer with a visit of yesterday to write up, one of today, and a promise overdue."""
    folder, clock = tmp_path / "work", SystemClock(screen.environment["TZ"])
    create(folder, SECRET, keys=KeyRing(Nowhere()), cost=CHEAP)
    desk = open_workspace(folder, passphrase=lambda: SECRET, keys=KeyRing(Nowhere()), clock=clock)
    desk.team.i_am(desk.team.new("Lin Xiaotong"))
    account = replace(desk.accounts.new("Lanchuan Precision Bearings"), short_name="Lanchuan")
    desk.accounts.add(account)
    chen = desk.people.new("Chen Lixin", account.id)
    desk.people.add(chen, title="General manager")
    today = clock.today()
    for day, hour, topic in ((today - timedelta(days=1), 15, "Tour"), (today, 14, "ROI review")):
        start = Instant.at(day, hour, zone=clock.zone)
        visit = replace(desk.visits.new(account.id, start), topic=topic)
        desk.visits.plan(visit, Attendee.at(visit, chen.id, Side.THEIRS))
    promise = desk.promises.new(account.id, PromiseSide.OURS, "bilingual model")
    desk.promises.make(replace(promise, due=today - timedelta(days=2)))
    desk.close()
    return folder


def test_from_the_morning_to_a_promise_kept(screen: Screen, workspace: Path) -> None:
    running = screen.unlock(workspace)
    screen.actions = 0
    screen.key("Return")  # the next visit has the focus
    screen.shows("ROI review – KamDesk")
    screen.key("1", "e")  # the first question proposed; then the objective
    screen.type("Chen names who leads")
    screen.key("ctrl+Return", "b")
    screen.shows("Visit brief – KamDesk")
    screen.key("alt+1")
    screen.shows("Today – KamDesk")
    screen.key("l")
    screen.shows("Log a visit – KamDesk")
    screen.key("Return")  # the latest visit that waits
    screen.shows("Debrief · Lanchuan – KamDesk")
    screen.key("Return")  # who was there: as expected
    screen.type("y they showed line two")
    screen.key("Return", "alt+7")
    screen.type("review next Wed")
    screen.key("ctrl+Return")
    screen.shows("Today – KamDesk")
    screen.key("j", "j", "j", "j")  # the promises stand last
    screen.changes("space")
    screen.changes("ctrl+z")
    screen.key("j")
    screen.changes("space")
    assert screen.actions <= ACTIONS
    screen.close(running)
    visits = {one["topic"]: one for one in screen.ask(workspace, "visits")}
    assert visits["ROI review"]["objective"] == "Chen names who leads"
    assert (visits["Tour"]["state"], visits["Tour"]["next_step"]) == ("closed", "review")
    (promise,) = screen.ask(workspace, "promises", "--state", "all")
    assert (promise["words"], promise["state"]) == ("bilingual model", "kept")
    said = " ".join(map(str, screen.ask(workspace, "history", promise["id"])))
    assert said.count("kept") >= 2, said  # once taken back, once for good
