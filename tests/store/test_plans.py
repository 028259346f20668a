"""No question on a road people go often reads a whole table where an index serves."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from support.asked import scans, statements
from support.desks import a_desk

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.ids import AccountId, AppointmentId, CalendarId
from kamdesk.core.wording import Text
from kamdesk.demo.territory import demo_clock, demo_ids, fill
from kamdesk.desktop.account.reading import read_account
from kamdesk.desktop.debrief.reading import read_debrief, to_write_up
from kamdesk.desktop.due.block import read_contact
from kamdesk.desktop.due.steps import Whom
from kamdesk.desktop.past.reading import read_history
from kamdesk.desktop.visit.reading import read_visit
from kamdesk.domain.appointments.model import Appointment, Calendar, stored_time
from kamdesk.domain.appointments.store import APPOINTMENT, CALENDAR
from kamdesk.domain.people.posts import POST
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.domain.visits.store import LogFilter
from kamdesk.dossier.cover_matrix import read_matrix
from kamdesk.dossier.day import read_day
from kamdesk.dossier.day_moves import read_moves
from kamdesk.dossier.debrief import Answers, Item, Newcomer, Seated, Turn
from kamdesk.dossier.debrief_report import Report, write_report
from kamdesk.dossier.due import due_list, no_duty_because, read_due
from kamdesk.dossier.lifecycle import read_lifecycle, tasks_of_owner
from kamdesk.dossier.patterns import lay_out, stop_lines, stops_of_weeks
from kamdesk.dossier.promise_ledger import Which, read_ledger
from kamdesk.dossier.too_soon import one_too_many
from kamdesk.dossier.wanting import wanting
from kamdesk.dossier.week import read_week
from kamdesk.papers.brief.gather import of_account, of_visit
from kamdesk.papers.month.gather import month_of
from kamdesk.workspace import Workspace

DAY = date(2026, 3, 12)
MONDAY = date(2026, 3, 16)
SMALL: Final = {
    "colleagues", "erased", "words", "state", "contested", "drafts", "mappings", "year_lists",
    "calendars",
}  # fmt: skip
"""Tables that stay small however large the territory is."""
MEANT: Final = {
    ("list of customers", "accounts"): "the list shows every customer",
    ("list of people", "people"): "the list shows everybody",
    ("newest visits", "visits by visits_start"): "in order of the index, stopped by LIMIT",
    ("log of visits", "visits by visits_start"): "in order of the index, stopped by LIMIT",
    ("log of visits", "visits by visits_dropped"): "an index of nothing but dropped visits",
    ("ledger of promises", "promises by promises_settled"): "in order of the index, stopped by"
    " LIMIT",
    ("ledger of promises", "promises by promises_open"): "counted up to a bound",
    ("moves of today", "packs"): "packs of rules are a handful",
    ("executive plans", "access_plans"): "somebody drives eight of them at once",
    ("due of everybody", "accounts"): "the list looks at every customer",
    ("due of everybody", "readings by readings_rank"): "an index of roles and levels alone",
    ("due of everybody", "agreements"): "it looks at what was agreed with any of them",
    ("due of everybody", "pauses"): "it looks at what is paused anywhere",
    ("week to be planned", "learnt_legs by sqlite_autoindex_learnt_legs_1"): "all of them, a few",
    ("month on paper", "learnt_legs by sqlite_autoindex_learnt_legs_1"): "all of them, a few",
    ("week to be planned", "accounts"): "to know whether there is one, stopped by LIMIT 1",
    ("page of today", "accounts"): "to know whether there is one, stopped by LIMIT 1",
}


@pytest.fixture(scope="module")
def town() -> Iterator[Workspace]:
    """Twelve accounts, one of them rich; what a test writes stays."""
    with tempfile.TemporaryDirectory() as folder:
        clock = demo_clock(DAY)
        desk = a_desk(Path(folder), name="", clock=clock, ids=demo_ids(clock, 1))
        fill(desk, accounts=12, day=DAY)
        yield desk
        desk.close()


def rich(desk: Workspace) -> AccountId:
    """Return the account with a full chain and forty visits."""
    return desk.accounts.ask.by_number("KA-0001")[0]


def save_visit(desk: Workspace) -> None:
    """Plan a visit with three of theirs."""
    account = rich(desk)
    visit = replace(desk.visits.new(account, desk.clock.now().plus(days=2)), topic="试点", ask="定")
    theirs = desk.people.ask.of_account(account)[:3]
    desk.visits.plan(visit, *(Attendee.at(visit, who.id, Side.THEIRS) for who in theirs))


def write_up(desk: Workspace) -> None:
    """Change the words of the newest visit of the rich account."""
    before = desk.visits.ask.whole(rich(desk))[0]
    after = replace(before, said=before.said + "补充一句。")
    desk.visits.change(after, base=before, seen=desk.storage.position())


def rename_person(desk: Workspace) -> None:
    """Give somebody another name."""
    before = desk.people.ask.of_account(rich(desk))[0]
    after = replace(before, name=before.name + "明")
    desk.people.change(after, base=before, seen=desk.storage.position())


def rename_post(desk: Workspace) -> None:
    """Give a post that is held another title."""
    before = desk.people.ask.posts(rich(desk))[0]
    with desk.storage.change(Text("Rename a post")) as change:
        change.put(POST, replace(before, title=before.title + "（代）"), base=before)


def brief_of_visit(desk: Workspace) -> object:
    """Gather the next visit's brief."""
    now = desk.clock.now()
    coming = desk.visits.ask.between(now, now.plus(days=14))[0]
    return of_visit(desk.storage.reader, coming.id, now=now, me=desk.team.me, language="zh")


def pattern_laid_out(desk: Workspace) -> None:
    """Make a pattern of the busiest weeks and lay it out."""
    pattern, me = desk.patterns.new("一圈", weeks=2), desk.team.me
    stops = stops_of_weeks(desk.storage, pattern.id, DAY, 2, me)
    desk.patterns.make(pattern, stops)
    lay_out(desk.storage, pattern, DAY, 2, me)
    stop_lines(desk.storage, pattern.id)


def a_calendar(desk: Workspace) -> None:
    """Plant a calendar of another program, many appointments of many times."""
    calendar = Calendar(id=CalendarId(desk.storage.new_id()), name="Office")
    with desk.storage.change(Text("Plant")) as change:
        change.put(CALENDAR, calendar)
        for n in range(150):
            new = AppointmentId(desk.storage.new_id())
            change.put(APPOINTMENT, Appointment(id=new, calendar=calendar.id, uid=f"{n}"))
            start = Instant.at(DAY, n % 24)
            times = (stored_time(start.plus(days=7 * week)) for week in range(20))
            change.link(APPOINTMENT, new, "times", *times)


def write_debrief(desk: Workspace) -> None:
    """Close a visit with a newcomer, promises of both sides, a fact and a stance."""
    (who, *_), visit = desk.people.ask.of_account(rich(desk)), desk.visits.new(rich(desk))
    told = Answers(
        newcomers=(Newcomer(key="+1", name="王强", title="经理"),),
        seated=(Seated(who="+1", name="王强"), Seated(who=who.id.hex(), name=who.name)),
        ours=(Item(words="报价"),),
        theirs=(Item(words="名单", who="+1"),),
        learnt=(Item(words="换了 ERP", who=who.id.hex()),),
        turns=(Turn(who=who.id.hex(), name=who.name, after=1),),
        next_step="演示",
    )
    write_report(desk.storage, Report(visit=visit, planned=False, answers=told))


ROADS: Final[dict[str, Callable[[Workspace], object]]] = {
    "page of a customer": lambda desk: read_account(desk, rich(desk)),
    "numbers in the rail": lambda desk: [
        wanting(desk.storage.reader, now=desk.clock.now(), me=me) for me in (None, desk.team.me)
    ],
    "history of a customer": lambda desk: read_history(desk, rich(desk)),
    "brief of a visit": brief_of_visit,
    "debrief of a visit": lambda desk: read_debrief(
        desk, desk.visits.ask.of_account(rich(desk), limit=1)[0].id, unplanned=False
    ),
    "visits to write up": lambda desk: [to_write_up(desk, None), to_write_up(desk, rich(desk))],
    "debrief written": write_debrief,
    "brief of a customer": lambda desk: of_account(
        desk.storage.reader, rich(desk), now=desk.clock.now(), me=desk.team.me, language="zh"
    ),
    "list of customers": lambda desk: desk.accounts.ask.lines(),
    "one customer again": lambda desk: desk.accounts.ask.line(rich(desk)),
    "list of people": lambda desk: desk.people.ask.lines(),
    "people of a customer": lambda desk: desk.people.ask.lines(rich(desk)),
    "newest visits": lambda desk: desk.visits.ask.lines(),
    "visits of two weeks": lambda desk: desk.visits.ask.between(
        desk.clock.now(), desk.clock.now().plus(days=14)
    ),
    "page of a visit": lambda desk: read_visit(desk, desk.visits.ask.whole(rich(desk))[0].id, "en"),
    "time of a new visit": lambda desk: desk.visits.ask.around(desk.clock.now(), 60),
    "ledger of promises": lambda desk: [
        read_ledger(desk.storage.reader, today=DAY, of=of, which=which, rates=True)
        for of in (None, desk.team.me)
        for which in Which
    ],
    "moves of today": lambda desk: read_moves(desk.storage, now=desk.clock.now(), me=desk.team.me),
    "contact with a customer": lambda desk: read_contact(desk, Whom(rich(desk), None, "")),
    "one visit too many": lambda desk: one_too_many(
        desk.storage.reader, rich(desk), DAY, today=DAY
    ),
    "calendar of a week": lambda desk: desk.visits.ask.days(DAY, 7, zone="UTC", most=30),
    "log of visits": lambda desk: [
        desk.visits.ask.log(which, now=desk.clock.now(), before=last)
        for which in LogFilter
        for last in (None, desk.visits.ask.lines(limit=1)[0])
    ],
    "page of today": lambda desk: read_day(
        desk.storage.reader, None, now=desk.clock.now(), me=desk.team.me
    ),
    "week to be planned": lambda desk: read_week(
        desk.storage.reader, MONDAY, me=desk.team.me, now=desk.clock.now()
    ),
    "month on paper": lambda desk: month_of(
        desk.storage.reader, DAY, me=desk.team.me, now=desk.clock.now()
    ),
    "due of mine": lambda desk: read_due(
        desk.storage.reader, today=DAY, me=desk.team.me, touches=True
    ),
    "due of everybody": lambda desk: due_list(desk.storage.reader, today=DAY),
    "due of a customer": lambda desk: [
        due_list(desk.storage.reader, today=DAY, account=rich(desk)),
        no_duty_because(desk.storage.reader, rich(desk), today=DAY),
    ],
    "due of a person": lambda desk: due_list(
        desk.storage.reader, today=DAY, person=desk.people.ask.of_account(rich(desk))[0].id
    ),
    "visits of a person": lambda desk: desk.visits.ask.of_person(
        desk.people.ask.of_account(rich(desk))[0].id
    ),
    "phase and tasks of a customer": lambda desk: read_lifecycle(desk.storage, rich(desk)),
    "calendars and what stands in a week": lambda desk: [
        a_calendar(desk),
        desk.appointments.ask.calendars(now=desk.clock.now()),
        desk.appointments.ask.between(desk.clock.now(), desk.clock.now().plus(days=7)),
    ],
    "tasks of mine": lambda desk: tasks_of_owner(desk.storage, desk.team.me),
    "a pattern made and laid out": pattern_laid_out,
    "matrix of a customer": lambda desk: read_matrix(
        desk.storage.reader, rich(desk), at=desk.clock.now()
    ),
    "executive plans": lambda desk: desk.access_plans.ask.lines(),
    "promises due": lambda desk: desk.promises.ask.due(by=DAY, of=None),
    "names as typed": lambda desk: [
        desk.search.names(text) for text in ("轴承", "zhang", "wx", "KA-00", "1390", "精密公司")
    ],
    "notes as typed": lambda desk: [desk.search.notes(text) for text in ("预算", "quarter")],
    "save a visit": save_visit,
    "write a visit up": write_up,
    "rename a person": rename_person,
    "rename a post": rename_post,
    "undo": lambda desk: desk.undo.undo(),
    "redo": lambda desk: desk.undo.redo(),
    "delete a customer": lambda desk: desk.accounts.drop(rich(desk)),
    "undelete a customer": lambda desk: desk.undo.undo(),
}


def read_whole(desk: Workspace, road: str) -> dict[str, str]:
    """Return the tables a road reads whole though it need not, each with a statement."""
    said = statements(desk, lambda: ROADS[road](desk))
    assert said
    return {
        table: statement
        for statement in dict.fromkeys(said)
        for table in scans(desk, statement)
        if table not in SMALL and (road, table) not in MEANT
    }


@pytest.mark.parametrize("road", ROADS)
def test_no_road_reads_a_table_whole(town: Workspace, road: str) -> None:
    assert read_whole(town, road) == {}


def test_what_is_meant_happens(town: Workspace) -> None:
    for road, table in MEANT:
        said = statements(town, lambda road=road: ROADS[road](town))
        assert any(table in scans(town, statement) for statement in said), (road, table)


def test_who_is_kept_too_long_is_asked_without_reading_the_log_whole(town: Workspace) -> None:
    later = Workspace(town.storage.connection, clock=StoppedClock(Instant.at(date(2030, 1, 1), 8)))
    said = statements(town, lambda: later.rights.review())
    assert len(later.rights.review()) > 20  # whoever is due: one statement a column, not a person
    assert len(said) < 30
    assert not any("op" in scans(town, statement) for statement in said)


def test_whose_visits_a_day_has_is_told_by_the_index(town: Workspace) -> None:
    """Else each of a whole house's visits is fetched to see that it is not ours."""
    held = town.storage.reader.ask("PRAGMA index_info(visits_start)")
    assert {row["name"] for row in held} == {"start", "id", "account", "state"}
    said = statements(town, lambda: ROADS["week to be planned"](town))
    days = [one for one in said if "FROM visits v LEFT JOIN accounts" in one and "sites" in one]
    plans = [town.storage.reader.ask(f"EXPLAIN QUERY PLAN {one}") for one in days]
    assert any("INDEX visits_start" in row["detail"] for plan in plans for row in plan)


@pytest.mark.parametrize(
    ("index", "road", "table"),
    [
        ("visits_account", "page of a customer", "visits by visits_start"),
        ("attendees_visit", "brief of a visit", "attendees"),
        ("holdings_post", "rename a post", "holdings"),
        ("promises_open", "ledger of promises", "promises by promises_account"),
        ("op_record", "history of a customer", "op"),
        ("search_docs_record", "write a visit up", "search_docs"),
    ],
)
def test_a_missing_index_is_noticed(town: Workspace, index: str, road: str, table: str) -> None:
    execute = town.storage.connection.execute
    (made,) = execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()
    execute(f"DROP INDEX {index}")
    try:
        assert table in read_whole(town, road)
    finally:
        execute(made)
