"""A week planned in a real window: proposed, changed by hand, a kill, accepted, taken back."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.commands import CHEAP
from support.screen import NEEDS_SCREEN, SECRET, Screen, until
from support.week_day import HOME, a_customer, at_home

from kamdesk.core.clock import Day, Instant, SystemClock
from kamdesk.core.spot import Spot
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.calendar import week_of
from kamdesk.domain.working_days.store import working_calendar
from kamdesk.storage.creating import create
from kamdesk.storage.keys import KeyRing, Nowhere
from kamdesk.workspace import Workspace, open_workspace

ACTIONS = 14
"""Keys from a week as it stands to one proposed, pinned, moved, put back and tried."""
NEAR = ("Lanchuan", "Ruiping", "Beiping", "Yunxiu", "Xihe", "Hengting")
FAR = "Dongtai"

pytestmark = NEEDS_SCREEN


def opened(folder: Path, screen: Screen, *, readonly: bool = False) -> Workspace:
    """Return the workspace as the window on this screen has it; one may read while it is open."""
    return open_workspace(
        folder,
        readonly=readonly,
        passphrase=lambda: SECRET,
        keys=KeyRing(Nowhere()),
        clock=SystemClock(screen.environment["TZ"]),
    )


@pytest.fixture
def workspace(tmp_path: Path, screen: Screen) -> Path:
    """Six core customers around home, all due; one far away, worth little, with a promise open."""
    folder = tmp_path / "work"
    create(folder, SECRET, keys=KeyRing(Nowhere()), cost=CHEAP)
    desk = opened(folder, screen)
    desk.team.i_am(desk.team.new("Lin Xiaotong"))
    at_home(desk)
    for n, name in enumerate(NEAR):
        spot = Spot(HOME.lat + 0.05 * (n % 3), HOME.lon + 0.06 * n)
        a_customer(desk, name, spot=spot, seen_days_ago=60)
    away = Spot(HOME.lat + 1.4, HOME.lon)
    far = a_customer(desk, FAR, of=AccountClass.TO_IMPROVE, spot=away, seen_days_ago=160)
    desk.promises.make(desk.promises.new(far.id, PromiseSide.OURS, "bilingual model"))
    desk.close()
    return folder


@contextmanager
def peeked(folder: Path, screen: Screen) -> Iterator[Workspace]:
    """Let one read what is saved while the window is open."""
    desk = opened(folder, screen, readonly=True)
    try:
        yield desk
    finally:
        desk.close()


def whole_week(folder: Path, screen: Screen) -> tuple[Day, int]:
    """Return the Monday of the first week to come that has no holiday, and how often ] leads there.

    The week page begins with this week, from Friday on with the next.
    """
    with peeked(folder, screen) as desk:
        today, calendar = desk.clock.today(), working_calendar(desk.storage.reader)
    begins = week_of(today) + timedelta(days=7 if today.weekday() >= 4 else 0)
    for n in range(1, 9):
        monday = begins + timedelta(days=7 * n)
        if all(calendar.works(monday + timedelta(days=day)) for day in range(5)):
            return monday, n
    raise AssertionError("no week without a holiday")


def kept(folder: Path, screen: Screen) -> dict[str, Any]:
    """Return the week under work as it is kept; empty: there is none."""
    with peeked(folder, screen) as desk:
        drafts = desk.drafts.every()
    return json.loads(drafts[0].content["week"]) if drafts else {}


def planned(folder: Path, screen: Screen, monday: Day) -> dict[str, tuple[str, str, str]]:
    """Return by customer the day, the time and how firmly a visit of the week stands."""
    data = screen.ask(folder, "week", monday.isoformat())
    return {
        one["account"]: (day["date"], one["start"], one["stands"])
        for day in data["days"]
        for one in day["visits"]
        if one["what"] == "visit"
    }


def standing(desk: Workspace, monday: Day) -> list[date]:
    """Return the days of the visits of a week."""
    zone = desk.clock.now().zone
    first, last = (Instant.at(monday + timedelta(days=n), 0, zone=zone) for n in (0, 7))
    return [line.start.day for line in desk.visits.ask.between(first, last)]


def trade_fair(first: Day, *, days: int) -> str:
    """Return a calendar file that takes all the working hours of some days."""
    events = "".join(
        f"BEGIN:VEVENT\nUID:{n}@fair\nSUMMARY:Trade fair\n"
        f"DTSTART:{first + timedelta(days=n):%Y%m%d}T080000\n"
        f"DTEND:{first + timedelta(days=n):%Y%m%d}T190000\nEND:VEVENT\n"
        for n in range(days)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//fair//EN\n{events}END:VCALENDAR\n"


def test_a_week_is_proposed_and_changed_survives_a_kill_is_accepted_and_taken_back(
    screen: Screen, workspace: Path
) -> None:
    monday, turns = whole_week(workspace, screen)
    running = screen.unlock(workspace)
    screen.key("ctrl+shift+w")
    screen.shows("Week plan – KamDesk")
    screen.changes(*["bracketright"] * turns)
    screen.actions = 0
    screen.begins("p")
    screen.key("j", "space")  # the first one is pinned: that ends the search
    screen.key("j", "Down")  # the second one comes half an hour later, and is held there
    screen.key("j", "Delete")  # the third one is put back
    screen.key("j", "Tab", "Down")
    screen.changes("t")  # the one far away
    screen.key("Return")
    assert screen.actions <= ACTIONS
    until(lambda: len(kept(workspace, screen).get("pins", ())) == 3, "the draft")
    running.send_signal(signal.SIGKILL)
    running.wait(10)
    week = kept(workspace, screen)
    (back,) = week["out"]

    running = screen.unlock(workspace)
    screen.changes("ctrl+j")  # it is offered by itself
    screen.shows("Week plan – KamDesk")
    screen.changes("ctrl+Return")
    with peeked(workspace, screen) as desk:
        names = {line.id.hex(): line.name for line in desk.accounts.ask.lines()}
        assert desk.drafts.every() == []
        assert len(standing(desk, monday)) == len(NEAR)
    screen.changes("ctrl+z")
    with peeked(workspace, screen) as desk:
        assert standing(desk, monday) == []
    screen.changes("ctrl+shift+z")
    screen.close(running)
    visits = planned(workspace, screen, monday)
    assert visits == {
        names[key]: (
            day,
            f"{begins // 60:02d}:{begins % 60:02d}",
            "pinned" if key in week["pins"] else "loose",
        )
        for day, row in week["wanted"].items()
        for key, begins in row
    }
    assert set(visits) == {*NEAR, FAR} - {names[back]}


def test_who_is_paused_and_what_another_calendar_holds_keep_out_of_the_next_proposal(
    screen: Screen, workspace: Path, tmp_path: Path
) -> None:
    monday, turns = whole_week(workspace, screen)
    calendar = tmp_path / "mine.ics"
    calendar.write_text(trade_fair(monday, days=3))
    running = screen.unlock(workspace)
    screen.key("ctrl+shift+u")
    screen.shows("Contacts due – KamDesk")
    screen.key("z")
    screen.type(f"{monday + timedelta(days=60)}")
    screen.key("Tab")
    screen.type("quiet period of a tender")
    screen.changes("ctrl+Return")
    screen.key("ctrl+shift+m")
    screen.shows("Promises – KamDesk")
    screen.changes("v")
    screen.key("ctrl+k")
    screen.type("calendars")
    screen.still()
    screen.key("Return")
    screen.shows("Calendars – KamDesk")
    screen.key("ctrl+o")
    screen.still()
    screen.type(str(calendar))
    screen.key("Return")
    screen.still()
    screen.changes("ctrl+Return")
    screen.key("ctrl+shift+w")
    screen.shows("Week plan – KamDesk")
    screen.changes(*["bracketright"] * turns)
    screen.changes("p")
    screen.changes("ctrl+Return")
    screen.close(running)
    visits = planned(workspace, screen, monday)
    (promise,) = screen.ask(workspace, "promises", "--state", "all")
    assert promise["state"] == "kept"
    with peeked(workspace, screen) as desk:
        lines = desk.accounts.ask.lines()
        ((name, pause),) = [
            (line.name, one) for line in lines for one in desk.cadence.ask.pauses(line.id)
        ]
    assert (name in NEAR, pause.because) == (True, "quiet period of a tender")
    assert set(visits) == set(NEAR) - {name}
    assert {day for day, _, _ in visits.values()} <= {
        f"{monday + timedelta(days=n)}" for n in (3, 4)
    }
