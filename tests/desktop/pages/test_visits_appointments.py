"""Appointments of other calendars stand grey behind the visits: seen, said, never moved here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, AppointmentId, CalendarId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.pages import Route
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.today.time_scale import Gap
from kamdesk.desktop.visits.appointments import _free_from, stretches
from kamdesk.domain.appointments.model import Appointment, Calendar, stored_time
from kamdesk.domain.appointments.store import APPOINTMENT, CALENDAR, Occurrence
from kamdesk.workspace import Workspace

from .conftest import Here

CALENDAR_ID, ONE = CalendarId(Id(bytes(16))), AppointmentId(Id(bytes(16)))
TUESDAY = date(2026, 3, 17)
STANDING: tuple[tuple[str, Instant | Day, int, bool], ...] = (
    ("Board", Instant.at(TUESDAY, 9), 90, True),
    ("Dentist", Instant.at(TUESDAY, 16), 30, False),
    ("Fair", date(2026, 3, 19), 2 * 1440, True),
    ("Night train", Instant.at(date(2026, 3, 20), 22), 600, True),
)


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        calendar = Calendar(id=CalendarId(desk.storage.new_id()), name="Own")
        with desk.storage.change(Text("Plant")) as change:
            change.put(CALENDAR, calendar)
            for title, start, minutes, busy in STANDING:
                one = Appointment(
                    id=AppointmentId(desk.storage.new_id()), calendar=calendar.id, uid=title,
                    title=title, minutes=minutes, busy=busy,
                    all_day=not isinstance(start, Instant),
                )  # fmt: skip
                change.put(APPOINTMENT, one)
                change.link(APPOINTMENT, one.id, "times", stored_time(start))

    return more


def test_a_week_shows_what_stands_in_it_on_each_day_it_touches(here: Here) -> None:
    page = here.go(Route("visits", None, f"week:{TUESDAY}"))
    taken = page.timetable.hours.diary.taken
    assert [(one.day, one.begins, one.ends, one.words) for one in taken] == [
        (1, 540, 630, "Board 9:00"),
        (1, 960, 990, "Dentist 16:00"),
        (3, 0, 1440, "Fair · all day"),
        (4, 0, 1440, "Fair · all day"),
        (4, 1320, 1440, "Night train 22:00"),
        (5, 0, 480, "Night train 22:00"),
    ]


def test_it_is_painted_grey_below_the_visits_and_said_to_who_cannot_see_it(here: Here) -> None:
    page = here.go(Route("visits", None, f"day:{TUESDAY}"))
    hours = page.timetable.hours
    hours.setFocus()
    picture = hours.grab().toImage()
    box = hours.scale.box(0, 540, 630)
    at = box.bottomRight()
    assert picture.pixelColor(at.x() - 12, at.y() - 8) == theme.now().colour("hover")
    free = hours.scale.box(0, 960, 990).bottomRight()
    assert picture.pixelColor(free.x() - 12, free.y() - 8) != theme.now().colour("hover")
    hours.slot = hours.slot._replace(minute=8 * 60 + 30)
    here.qtbot.keyClick(hours, Qt.Key.Key_Down)
    assert hours.accessibleDescription().endswith("9:00, Board 9:00")
    here.qtbot.keyClick(hours, Qt.Key.Key_Up)
    assert hours.accessibleDescription().endswith("8:30, nothing planned")


def test_a_forgotten_calendar_leaves_the_week_at_once(here: Here) -> None:
    page = here.go(Route("visits", None, f"week:{TUESDAY}"))
    (line,) = here.desk().appointments.ask.calendars(now=Instant.at(TUESDAY, 0))
    page.do(lambda desk: desk.appointments.forget(line.calendar))
    here.qtbot.waitUntil(lambda: page.timetable.hours.diary.taken == ())


def test_words_stand_where_no_visit_covers_them() -> None:
    one = Occurrence(Instant.at(TUESDAY, 9), 180, "Board", "", False, True, CALENDAR_ID, ONE)
    (board,) = stretches([one], TUESDAY, 1)
    assert _free_from(board, []) == 540
    assert _free_from(board, [(0, 540, 600), (1, 600, 700)]) == 600
    assert _free_from(board, [(0, 550, 600), (0, 610, 720)]) == 720
    assert _free_from(board, [(0, 600, 660)]) == 540


def _away_on(day: Day, desk: Workspace) -> ChangeSet:
    return desk.working_days.add(replace(desk.working_days.new(day), words="Fair"))


def test_a_visit_over_an_appointment_is_marked_wherever_it_is_shown(here: Here) -> None:
    page = here.go(Route("visits", None, f"week:{TUESDAY}"))
    board = Instant.at(TUESDAY, 9, 30)
    page.do(lambda desk: desk.visits.plan(desk.visits.new(here.account.id, board)))
    here.answered()
    (block,) = page.timetable.hours.blocks.values()
    assert block.sign == ("triangle-alert", Tone.OCHRE)
    assert block.accessibleName().endswith("Clashes with Board · 9:00–10:30")
    visit = here.go(Route("visit", block.line.id))
    assert visit._clash.text() == "Clashes with Board · 9:00–10:30"
    visit.do(partial(_away_on, TUESDAY))
    here.qtbot.waitUntil(lambda: visit._clash.text().endswith(" · you are away: Fair"))
    form = here.go(Route("visits", None, f"day:{date(2026, 3, 19)}"))
    form.begin_new_at(Instant.at(date(2026, 3, 19), 11))
    words = form.form.form.rows["time"]._help
    here.qtbot.waitUntil(lambda: words.text().endswith("Clashes with Fair · all day"))
    form.form.when.setText("2026-05-01 10:00")
    here.qtbot.waitUntil(lambda: words.text().endswith("a public holiday: Labour Day"))


def test_the_agenda_of_a_day_stands_around_them(here: Here) -> None:
    page = here.go(Route("today", None, str(TUESDAY)))
    view = page.agenda
    assert [one.words for one in view._taken] == ["Board 9:00", "Dentist 16:00"]
    assert "Board 9:00" in view.accessibleDescription()
    page.do(partial(_visits_at, here.account.id, (8, 12)))
    here.qtbot.waitUntil(lambda: len(view.blocks) == 2)
    assert view._gaps == [Gap(630, 720)]  # from the board's end to the second visit


def _visits_at(account: AccountId, hours: tuple[int, ...], desk: Workspace) -> ChangeSet:
    with desk.storage.change(Text("Plant")) as change:
        for hour in hours:
            desk.visits.put_new(change, desk.visits.new(account, Instant.at(TUESDAY, hour)))
    return change.touched
