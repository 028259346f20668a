"""A calendar is imported as one action, brought up to date by the next, and never in part."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.invented import an_account
from support.tables import living

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import say
from kamdesk.domain.visits.model import Firmness
from kamdesk.dossier import week_plan
from kamdesk.transfer.calendar.exports import export_visits
from kamdesk.transfer.calendar.imports import CalendarImports, Shown, window
from kamdesk.workspace import Workspace

REVIEW = "UID:r\nSUMMARY:Review\nDTSTART;TZID=Asia/Shanghai:20260312T140000\nDURATION:PT1H"
SERIES = "UID:s\nSUMMARY:Jour fixe\nDTSTART:20260302T010000Z\nRRULE:FREQ=WEEKLY;COUNT=4"


def _written(path: Path, *events: str, name: str = "Work") -> Path:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    path.write_text(f"BEGIN:VCALENDAR\nX-WR-CALNAME:{name}\n{body}END:VCALENDAR\n")
    return path


def _whole(desk: Workspace) -> tuple[object, ...]:
    ask = desk.storage.reader.ask
    return living(desk), *(
        ask(f"SELECT count(*), max(rowid) FROM {table}").one()[:] for table in ("op", "actions")
    )


def _titles(desk: Workspace) -> list[tuple[str, str]]:
    first = Instant.at(date(2026, 2, 1), 0)
    found = desk.appointments.ask.between(first, first.plus(days=90))
    return [(one.title, f"{one.start.day:%m-%d}") for one in found]


@pytest.fixture
def imports(desk: Workspace) -> CalendarImports:
    return desk.calendar_files


def test_the_window_is_two_years_from_the_month_before() -> None:
    assert window(date(2026, 3, 31)) == (date(2026, 2, 1), date(2028, 2, 1))
    assert window(date(2026, 1, 1)) == (date(2025, 12, 1), date(2027, 12, 1))


def test_a_calendar_comes_in_as_one_action_and_goes_by_undo(
    desk: Workspace, imports: CalendarImports, tmp_path: Path
) -> None:
    shown = imports.look(_written(tmp_path / "mine.ics", REVIEW, SERIES))
    assert _titles(desk) == []
    assert (len(shown.new), shown.same, shown.calendar.name) == (2, 0, "Work")
    touched = imports.take(shown)
    assert {kind for kind, _ in touched.records} == {"calendar", "appointment"}
    assert _titles(desk) == [
        ("Jour fixe", "03-02"),
        ("Jour fixe", "03-09"),
        ("Review", "03-12"),
        ("Jour fixe", "03-16"),
        ("Jour fixe", "03-23"),
    ]
    (line,) = desk.appointments.ask.calendars(now=desk.clock.now())
    assert (line.calendar.file, line.calendar.until) == ("mine.ics", window(desk.clock.today())[1])
    desk.undo.undo()
    assert _titles(desk) == []


def test_the_same_file_twice_changes_nothing(
    desk: Workspace, imports: CalendarImports, tmp_path: Path
) -> None:
    file = _written(tmp_path / "mine.ics", REVIEW, SERIES)
    imports.take(imports.look(file))
    before = _whole(desk)
    again = imports.look(file)
    assert (again.same, again.changes_nothing) == (2, True)
    assert not imports.take(again).records
    assert _whole(desk) == before


def test_the_next_state_replaces_adds_and_takes_away_and_undo_brings_all_back(
    desk: Workspace, imports: CalendarImports, tmp_path: Path
) -> None:
    imports.take(imports.look(_written(tmp_path / "mine.ics", REVIEW, SERIES)))
    before = _titles(desk)
    moved = REVIEW.replace("20260312", "20260313").replace("UID:r", "UID:r\nSEQUENCE:1")
    new = "UID:n\nSUMMARY:Lunch\nDTSTART:20260305T040000Z"
    shown = imports.look(_written(tmp_path / "mine.ics", moved, new))
    assert (len(shown.new), len(shown.changed), len(shown.gone)) == (1, 1, 1)
    imports.take(shown)
    assert _titles(desk) == [("Lunch", "03-05"), ("Review", "03-13")]
    desk.undo.undo()
    assert _titles(desk) == before


def test_an_older_state_of_an_appointment_does_not_replace_it(
    desk: Workspace, imports: CalendarImports, tmp_path: Path
) -> None:
    imports.take(imports.look(_written(tmp_path / "a.ics", REVIEW + "\nSEQUENCE:5")))
    shown = imports.look(_written(tmp_path / "a.ics", REVIEW.replace("0312", "0311")))
    assert (shown.older, shown.changes_nothing) == (1, True)


def test_a_calendar_is_known_by_its_name_whatever_the_file_is_called(
    desk: Workspace, imports: CalendarImports, tmp_path: Path
) -> None:
    imports.take(imports.look(_written(tmp_path / "a.ics", REVIEW)))
    renamed = _written(tmp_path / "b.ics", REVIEW, SERIES)
    assert imports.look(renamed).base is not None
    other = imports.look(renamed, name="Private")
    assert (other.base, other.calendar.name) == (None, "Private")
    imports.take(other)
    assert len(desk.appointments.ask.calendars(now=desk.clock.now())) == 2


def test_a_calendar_that_has_become_empty_is_emptied(
    desk: Workspace, imports: CalendarImports, tmp_path: Path
) -> None:
    imports.take(imports.look(_written(tmp_path / "a.ics", REVIEW)))
    imports.take(imports.look(_written(tmp_path / "a.ics")))
    assert _titles(desk) == []
    assert len(desk.appointments.ask.calendars(now=desk.clock.now())) == 1


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ((), "“a.ics” cannot be imported: It holds no appointments."),
        (
            ("UID:x\nSUMMARY:?", "UID:y"),
            "None of its 2 appointments can be taken. The first: It does not say when it begins.",
        ),
        (
            ("UID:x\nDTSTART:20010101T000000Z",),
            "Its 1 appointment does not lie between 2026-02-01 and 2028-02-01.",
        ),
    ],
)
def test_what_brings_nothing_is_refused_in_plain_words(
    imports: CalendarImports, tmp_path: Path, events: tuple[str, ...], said: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        imports.look(_written(tmp_path / "a.ics", *events))
    assert said in broken.value.said.plain


def test_what_stops_the_backup_before_stops_the_import(desk: Workspace, tmp_path: Path) -> None:
    def fail() -> None:
        raise RuleBroken(Text("No room."))

    from kamdesk.core.wording import Text

    imports = CalendarImports(desk.storage, before=fail)
    shown: Shown = imports.look(_written(tmp_path / "a.ics", REVIEW))
    with pytest.raises(RuleBroken, match="No room"):
        imports.take(shown)
    assert _titles(desk) == []


def test_visits_given_out_from_here_do_not_come_back_as_appointments(
    desk: Workspace, imports: CalendarImports, tmp_path: Path
) -> None:
    account = an_account(desk)
    start = Instant.at(date(2026, 3, 12), 10)
    visit = replace(desk.visits.new(account.id, start), firmness=Firmness.LOOSE)
    desk.visits.plan(visit)
    ours = tmp_path / "ours.ics"
    export_visits(desk.storage, ours, [visit.id], say=lambda text: say(text, "en"))
    with pytest.raises(RuleBroken, match="All it holds was given out from here"):
        imports.look(ours)
    week_plan.put_back(desk.storage, visit.id, seen=desk.storage.position())
    begins = "DTSTART:20260312T020000Z\nDURATION:PT1H"
    mine, foreign = (f"UID:visit-{one}@kamdesk\n{begins}" for one in (visit.id.hex(), "ab" * 16))
    shown = imports.look(_written(tmp_path / "back.ics", mine, foreign, REVIEW))
    assert [one.new.uid for one in shown.new] == [f"visit-{'ab' * 16}@kamdesk", "r"]
    (remark,) = shown.remarks
    assert say(remark, "en").startswith("1 of them is a visit given out from here")
