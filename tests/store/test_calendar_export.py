"""Visits and promises in a calendar file: what other programs read, and what they never read."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.invented import a_person, an_account

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text, say
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import Attendee, Firmness, Side, VisitKind, VisitState
from kamdesk.dossier import week_plan
from kamdesk.dossier.calendar_entries import Changed, VisitEntry
from kamdesk.transfer.calendar.exports import export_calendar, export_visits
from kamdesk.transfer.calendar.reader import read_calendar
from kamdesk.transfer.calendar.writer import write_calendar
from kamdesk.workspace import Workspace

AT = Instant.at(date(2026, 3, 12), 14)
SECRET = "objective ask red line said fallback note"


def _english(text: Text) -> str:
    return say(text, "en")


def _visit(desk: Workspace, account: AccountId, **given: object):  # type: ignore[no-untyped-def]
    visit = replace(
        desk.visits.new(account, AT), topic="Technical exchange", objective=SECRET, ask=SECRET,
        fallback=SECRET, red_line=SECRET, said=SECRET, questions=SECRET, **given,
    )  # fmt: skip
    desk.visits.plan(visit)
    return visit


def _written(desk: Workspace, path: Path, **wishes: object) -> list[icalendar.Component]:
    export_calendar(desk.storage, path, say=_english, **wishes)  # type: ignore[arg-type]
    return list(icalendar.Calendar.from_ical(path.read_bytes()).subcomponents)


def test_a_visit_says_who_where_when_and_nothing_of_what_we_think(
    desk: Workspace, tmp_path: Path
) -> None:
    account = an_account(desk, "华东轴承有限公司", short_name="华东轴承")
    person = a_person(desk, account, "王建国")
    visit = replace(
        desk.visits.new(account.id, AT), topic="技术交流", objective=SECRET, place="A; 栋, 3F"
    )
    desk.visits.plan(visit, Attendee.at(visit, person.id, Side.THEIRS, point=SECRET))
    (event,) = _written(desk, tmp_path / "out.ics")
    assert event["SUMMARY"] == "华东轴承 技术交流"
    assert event["LOCATION"] == "A; 栋, 3F"
    assert event.start == AT.local
    assert event.end == AT.local + timedelta(minutes=visit.minutes)
    assert event["ATTENDEE"].params["CN"] == "王建国"
    assert event["ATTENDEE"] == "invalid:nomail"
    assert event["STATUS"] == "CONFIRMED"
    raw = (tmp_path / "out.ics").read_text("utf-8")
    assert all(word not in raw for word in SECRET.split())


def test_later_states_replace_earlier_ones(desk: Workspace, tmp_path: Path) -> None:
    account = an_account(desk)
    visit = _visit(desk, account.id)
    (before,) = _written(desk, tmp_path / "1.ics")
    desk.clock.move(minutes=5)  # type: ignore[attr-defined]
    desk.visits.move(visit.id, AT.plus(days=1), seen=desk.storage.position())
    (after,) = _written(desk, tmp_path / "2.ics")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt
    desk.visits.drop(visit.id, seen=desk.storage.position())
    (dropped,) = _written(desk, tmp_path / "3.ics")
    assert (dropped["UID"], dropped["STATUS"]) == (before["UID"], "CANCELLED")
    assert dropped["SEQUENCE"] > after["SEQUENCE"]


def test_what_is_deleted_and_lies_ahead_is_cancelled_and_no_longer_named(
    desk: Workspace, tmp_path: Path
) -> None:
    account = an_account(desk, "Firm")
    person = a_person(desk, account, "Ann")
    visit = replace(desk.visits.new(account.id, AT.plus(days=3)), firmness=Firmness.LOOSE)
    past = replace(desk.visits.new(account.id, AT.plus(days=-20)), firmness=Firmness.LOOSE)
    desk.visits.plan(visit, Attendee.at(visit, person.id, Side.THEIRS))
    desk.visits.plan(past)
    before = {one["UID"]: one for one in _written(desk, tmp_path / "1.ics")}
    for one in (visit, past):
        week_plan.put_back(desk.storage, one.id, seen=desk.storage.position())
    (gone,) = _written(desk, tmp_path / "2.ics", promises=False)
    assert str(gone["STATUS"]) == "CANCELLED"
    assert gone["SEQUENCE"] > before[gone["UID"]]["SEQUENCE"]
    assert "ATTENDEE" not in gone
    desk.undo.undo()
    assert len(_written(desk, tmp_path / "3.ics")) == 2


def test_visits_named_by_their_ids_are_written_whoever_they_concern(
    desk: Workspace, tmp_path: Path
) -> None:
    account = an_account(desk, "Firm")
    one, other = (_visit(desk, account.id) for _ in range(2))
    undated = replace(desk.visits.new(account.id), topic="Some day")
    desk.visits.plan(undated)
    path = tmp_path / "some.ics"
    assert export_visits(desk.storage, path, [one.id, undated.id], say=_english) == 1
    (event,) = icalendar.Calendar.from_ical(path.read_bytes()).subcomponents
    assert one.id.hex() in event["UID"]
    assert other.id.hex() not in event["UID"]
    with pytest.raises(RuleBroken, match="nothing to write"):
        export_visits(desk.storage, path, [undated.id], say=_english)


def test_what_is_not_agreed_yet_is_tentative_and_kinds_are_named(
    desk: Workspace, tmp_path: Path
) -> None:
    account = an_account(desk, "Firm")
    visit = replace(desk.visits.new(account.id, AT), firmness=Firmness.LOOSE, kind=VisitKind.CALL)
    desk.visits.plan(visit)
    (event,) = _written(desk, tmp_path / "out.ics")
    assert (event["SUMMARY"], event["STATUS"]) == ("Firm call", "TENTATIVE")


def test_promises_are_things_to_do(desk: Workspace, tmp_path: Path) -> None:
    account = an_account(desk, "Firm")
    today = desk.clock.today()
    ours = replace(desk.promises.new(account.id, PromiseSide.OURS, "Send the offer"), due=today,
                   note=SECRET)  # fmt: skip
    theirs = desk.promises.new(account.id, PromiseSide.THEIRS, "Name a buyer")
    kept = replace(desk.promises.new(account.id, PromiseSide.OURS, "Call"), due=today)
    for promise in (ours, theirs, kept):
        desk.promises.make(promise)
    desk.promises.settle(kept.id, PromiseState.KEPT, seen=desk.storage.position())
    todos = {str(one["SUMMARY"]): one for one in _written(desk, tmp_path / "out.ics")}
    assert {name: str(one["STATUS"]) for name, one in todos.items()} == {
        "Firm Send the offer": "NEEDS-ACTION",
        "Firm they promised: Name a buyer": "NEEDS-ACTION",
        "Firm Call": "COMPLETED",
    }
    assert todos["Firm Send the offer"]["DUE"].dt == today
    assert "DUE" not in todos["Firm they promised: Name a buyer"]
    assert SECRET not in (tmp_path / "out.ics").read_text()


def test_only_what_is_asked_for_is_written(desk: Workspace, tmp_path: Path) -> None:
    one, other = an_account(desk, "One"), an_account(desk, "Other")
    for account in (one, other):
        _visit(desk, account.id)
        desk.promises.make(desk.promises.new(account.id, PromiseSide.OURS, "Call"))
    far = date(2027, 1, 1)

    def names(**wishes: object) -> list[str]:
        return sorted(str(c["SUMMARY"]) for c in _written(desk, tmp_path / "out.ics", **wishes))

    assert len(names()) == 4
    assert names(account=one.id) == ["One Call", "One Technical exchange"]
    assert names(account=one.id, promises=False) == ["One Technical exchange"]
    assert names(visits=False, last=far) == ["One Call", "Other Call"]
    assert names(promises=False, first=AT.day, last=AT.day, account=one.id)
    with pytest.raises(RuleBroken, match="nothing to write from 2027-01-01 to 2027-01-02"):
        names(promises=False, first=far, last=far + timedelta(days=1))
    with pytest.raises(RuleBroken, match="lies before the first"):
        names(first=far, last=AT.day)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120
)
ENTRIES = st.builds(
    VisitEntry,
    id=st.binary(min_size=16, max_size=16),
    account=WORDS,
    start=st.datetimes(min_value=AT.local.replace(tzinfo=None, year=2026, month=2, day=2),
                       max_value=AT.local.replace(tzinfo=None, year=2028, month=1, day=1)).map(
        lambda when: Instant.at(when.date(), when.hour, when.minute)
    ),
    minutes=st.integers(1, 7 * 1440),
    kind=st.sampled_from(VisitKind),
    topic=WORDS,
    state=st.sampled_from([VisitState.PLANNED, VisitState.CLOSED]),
    firmness=st.sampled_from(Firmness),
    places=st.lists(WORDS.filter(bool), max_size=2).map(tuple),
    people=st.lists(WORDS, max_size=3).map(tuple),
    changed=st.builds(Changed, st.integers(0, 99), st.just(AT)),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=4, unique_by=lambda one: one.id))
def test_what_is_written_is_read_by_others_and_by_us(
    tmp_path_factory: pytest.TempPathFactory, entries: list[VisitEntry]
) -> None:
    path = tmp_path_factory.mktemp("calendar") / "out.ics"
    assert write_calendar(path, entries, [], say=_english) == len(entries)
    raw = path.read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(raw).events
    with path.open("rb") as file:
        found = read_calendar(
            file, home="Asia/Shanghai", first=date(2026, 2, 1), last=date(2028, 2, 1)
        )
    ours = {entry.uid: entry for entry in found.entries}
    assert len(events) == len(ours) == len(entries)
    for entry, event in zip(entries, events, strict=True):
        mine = ours[str(event["UID"])]
        assert mine.title == one_line(str(event["SUMMARY"]))[:300].strip()
        if entry.topic:
            assert str(event["SUMMARY"]) == " ".join(filter(None, (entry.account, entry.topic)))
        assert mine.minutes == entry.minutes == (event.end - event.start).total_seconds() // 60
        (time,) = mine.times
        assert Instant.read(time).ms == entry.start.ms == round(event.start.timestamp() * 1000)
        assert mine.sequence == entry.changed.times == event["SEQUENCE"]
