"""Calendars: a file is looked at, taken, brought up to date, renamed, forgotten; ours go out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from kamdesk.desktop import files
from kamdesk.desktop.calendars.absences import AbsenceStep
from kamdesk.desktop.pages import Route
from kamdesk.desktop.unfinished import route_of

from .conftest import Here

CTRL = Qt.KeyboardModifier.ControlModifier
EVENT = "BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{uid}\nDTSTART:{day}\nDURATION:PT1H\n{more}END:VEVENT\n"


def _file(folder: Path, *uids: str, day: str = "20260313T010000Z", more: str = "") -> Path:
    path = folder / "own.ics"
    body = "".join(EVENT.format(uid=uid, day=day, more=more) for uid in uids)
    path.write_text(f"BEGIN:VCALENDAR\nX-WR-CALNAME:Work\n{body}END:VCALENDAR\n")
    return path


@pytest.fixture
def choosing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    """Let the system's dialogs answer with this file."""

    def answer(path: Path | None) -> None:
        monkeypatch.setattr(files, "ask_for_file", lambda *_: path)
        monkeypatch.setattr(files, "ask_where_to", lambda *_: path)

    return answer


def _words(page: Any) -> str:
    from kamdesk.desktop.widgets.labels import PlainLabel

    return "\n".join(label.text() for label in page.step.findChildren(PlainLabel))


def _taken(here: Here, choosing: Callable[[Path | None], None], path: Path) -> Any:
    page = here.go(Route("calendars"))
    choosing(path)
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_O, CTRL)
    here.answered()
    here.qtbot.keyClick(page.step, Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: bool(page.list.lines))
    here.answered()
    return page


def test_an_empty_list_teaches_and_a_file_is_seen_before_it_is_taken(
    here: Here, choosing: Callable[[Path | None], None], tmp_path: Path
) -> None:
    page = here.go(Route("calendars"))
    assert not page.next.isVisible()
    choosing(_file(tmp_path, "Board", "Review"))
    here.qtbot.keyClick(page, Qt.Key.Key_O, CTRL)
    here.answered()
    assert "2 new appointments" in _words(page)
    assert page.list.lines == []
    here.qtbot.keyClick(page.step, Qt.Key.Key_Return, CTRL)
    assert here.told() == "“Work” is in."
    here.answered()
    (row,) = page.list.lines
    assert (row.calendar.name, row.appointments, row.ahead) == ("Work", 2, 2)
    assert [line.one.title for line in page.next.lines] == ["Board", "Review"]
    assert page.next.shown("When", 0) == "9:00 – 10:00"
    assert not page.panel.isVisible()


def test_the_same_file_brings_nothing_and_the_next_one_says_what_goes(
    here: Here, choosing: Callable[[Path | None], None], tmp_path: Path
) -> None:
    page = _taken(here, choosing, _file(tmp_path, "Board", "Review"))
    page.list.choose(page.list.lines[0].id)
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_R)
    here.answered()
    assert "There is nothing to take in" in _words(page)
    assert page.step.do is None
    _file(tmp_path, "Review", "Lunch")
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_R)
    here.answered()
    words = _words(page)
    assert "1 new appointment\n" in words
    assert "1 appointment is no longer in it and goes" in words
    here.qtbot.keyClick(page.step, Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: {r.one.title for r in page.next.lines} == {"Review", "Lunch"})


def test_a_refused_file_is_told_in_plain_words_and_odd_ones_are_listed(
    here: Here, choosing: Callable[[Path | None], None], tmp_path: Path
) -> None:
    page = here.go(Route("calendars"))
    path = tmp_path / "list.ics"
    path.write_text("name,phone\n")
    page.look(path)
    assert here.told() == "“list.ics” cannot be imported: It is no calendar file."
    assert page.step is None
    here.window.notices.clear()
    odd = _file(tmp_path, "Board")
    odd.write_text(odd.read_text().replace("END:VCAL", "BEGIN:VEVENT\nEND:VEVENT\nEND:VCAL"))
    page.look(odd)
    here.answered()
    assert "1 appointment cannot be taken:" in _words(page)
    assert "number 2: It does not say when it begins." in _words(page)


def test_a_calendar_is_renamed_by_keys_and_what_was_typed_is_kept(
    here: Here, choosing: Callable[[Path | None], None], tmp_path: Path
) -> None:
    page = _taken(here, choosing, _file(tmp_path, "Board"))
    page.list.choose(page.list.lines[0].id)
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_E)
    page.step.name.setText(" ")
    here.qtbot.keyClick(page.step.name, Qt.Key.Key_Return)
    here.answered()
    assert page.step.form.rows["name"].refusal == "Give the calendar a name."
    page.step.name.setText("")
    here.qtbot.keyClicks(page.step.name, "Office")
    place = page.step.draft.place
    here.qtbot.keyClick(page.step, Qt.Key.Key_Escape)
    here.answered()
    assert route_of(place) == Route("calendars")
    page.resume(place)
    assert page.step.name.text() == "Work"
    here.answered()
    assert page.step.name.text() == "Office"
    here.qtbot.keyClick(page.step.name, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: page.list.lines[0].calendar.name == "Office")


def test_a_forgotten_calendar_comes_back_by_undo(
    here: Here, choosing: Callable[[Path | None], None], tmp_path: Path
) -> None:
    page = _taken(here, choosing, _file(tmp_path, "Board"))
    page.list.choose(page.list.lines[0].id)
    here.window.notices.clear()
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_Delete)
    assert here.told() == "Forgotten: Work"
    here.qtbot.waitUntil(lambda: page.list.lines == [])
    here.answered()
    here.qtbot.keyClick(page, Qt.Key.Key_Z, CTRL)
    here.qtbot.waitUntil(lambda: len(page.list.lines) == 1)


def test_a_file_dropped_on_the_page_is_looked_at(here: Here, tmp_path: Path) -> None:
    page = here.go(Route("calendars"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(_file(tmp_path, "Board")))])
    drop = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    page.dropEvent(drop)
    here.qtbot.waitUntil(lambda: page.step is not None)
    assert "1 new appointment" in _words(page)


def test_visits_and_promises_go_out_into_a_file(
    here: Here, choosing: Callable[[Path | None], None], tmp_path: Path
) -> None:
    page = here.go(Route("calendars"))
    out = tmp_path / "out.ics"
    choosing(out)
    here.qtbot.keyClick(page, Qt.Key.Key_E, CTRL)
    assert "are in out.ics." in here.told() or "is in out.ics." in here.told()
    raw = out.read_text("utf-8")
    assert "BEGIN:VEVENT" in raw
    assert "澜川" in raw


def test_whole_days_and_free_time_are_named(
    here: Here, choosing: Callable[[Path | None], None], tmp_path: Path
) -> None:
    path = _file(tmp_path, "Fair", day="20260316", more="TRANSP:TRANSPARENT\n")
    path.write_text(path.read_text().replace("DURATION:PT1H", "DURATION:P3D"))
    page = _taken(here, choosing, path)
    (row,) = page.next.lines
    assert row.one.start.day == date(2026, 3, 16)
    assert page.next.shown("When", 0) == "all day until 18 Mar · shown as free"


def test_days_away_stand_beside_the_calendars_and_are_said_by_a_key(here: Here) -> None:
    page = here.go(Route("calendars"))
    assert page.aside.isVisible()
    here.qtbot.keyClick(page, Qt.Key.Key_A)
    assert isinstance(page.step, AbsenceStep)
    assert not page.aside.isVisible()
    here.qtbot.keyClicks(page.step.words, "Training")
    place = page.step.draft.place
    here.qtbot.keyClick(page.step, Qt.Key.Key_Escape)
    here.answered()
    assert page.aside.isVisible()
    here.go(Route("today"))
    page = here.go(route_of(place))
    page.resume(place)
    here.answered()
    assert page.step.words.text() == "Training"
    here.qtbot.keyClick(page.step, Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: bool(page.absences.seen.absences))
    assert page.absences.seen.absences[0].words == "Training"
