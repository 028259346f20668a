"""An erased person is gone: from rows, log, search, actions, drafts, free pages, old backups."""

import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.desks import KEY, MORNING, SALT, a_desk, untruths
from support.invented import a_visit, an_account
from support.planted import NAME, Planted, plant
from support.raw_pages import in_clear

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.people.model import Person
from kamdesk.domain.people.store import PERSON
from kamdesk.domain.visits.model import Attendee, Side
from kamdesk.figures import type as letters
from kamdesk.search.index import SearchIndex
from kamdesk.storage import erased_list, taking_out
from kamdesk.storage.catalogue import LIFE
from kamdesk.storage.database import connect
from kamdesk.storage.drafts import Drafts
from kamdesk.storage.erasing import bring_level, erase, reapply_erasures, sweep
from kamdesk.storage.layout import ASIDE, BACKUPS, DATABASE, ERASED
from kamdesk.storage.past import left_of_erased
from kamdesk.storage.replay import differences, rebuild
from kamdesk.storage.storage import SWEEP
from kamdesk.workspace import Workspace

STAMP = "%Y%m%d-%H%M%S-%f"


Full = tuple[Workspace, Account, Person, Planted]


@pytest.fixture
def full(desk: Workspace) -> Full:
    """A desk with two people; one of them stands everywhere, in words of its own."""
    return filled(desk)


def filled(desk: Workspace) -> Full:
    account = an_account(desk)
    other = desk.people.new("Orla Finch", account.id)
    desk.people.add(other, title="Buyer")
    person = desk.people.new(NAME, account.id)
    desk.people.add(person, title="Works manager")
    planted = plant(desk, Id(person.id), Id(account.id))
    drafts = Drafts(desk.storage)
    drafts.keep("person.note", {"note": f"call {NAME} back"})
    drafts.keep(f"person:{person.id.hex()}:ground", {"source": planted.word("person.draft")})
    drafts.keep("account:plan", {"topic": "zqsomebodyelse"})
    desk.list_mappings.keep("f00d", f'kind = "people"\n[columns]\n"Back to {NAME}" = "phone"\n')
    assert untruths(desk) == []
    return desk, account, person, planted


def gone(desk: Workspace, person: Person, **more: bool) -> None:
    erase(desk.storage, PERSON, Id(person.id), **more)
    sweep(desk.storage, desk.folder)


def everything(desk: Workspace, folder: Path) -> bytes:
    desk.storage.reader.ask("PRAGMA wal_checkpoint(TRUNCATE)")
    return in_clear(folder / "kamdesk.db", KEY)


def test_no_word_about_an_erased_person_is_left_in_the_file(full: Full, tmp_path: Path) -> None:
    desk, _, person, planted = full
    before = planted.left_in(everything(desk, tmp_path))
    assert len(before) > 0.95 * len(planted.words)  # a word may lie half on one page
    gone(desk, person, texts=True)
    kept = planted.left_in(everything(desk, tmp_path))
    assert about_them(kept) == []
    assert "name" not in kept
    assert [draft.place for draft in Drafts(desk.storage).every()] == ["account:plan"]
    assert untruths(desk) == []
    assert left_of_erased(desk.storage) == []


KEEPS = {"promise", "visit", "body", "reading"}
"""Kinds whose record may be another's, with the person named in it: the name goes, the rest stays.

A reading is about its subject; who told it is only named.
"""


def about_them(kept: list[str]) -> list[str]:
    """Return the places found that are about the person; of an attendee the side stays."""
    kinds = {where: where.split(".")[0] for where in kept if not where.startswith("attendee.side")}
    return [where for where, kind in kinds.items() if kind not in KEEPS]


def test_what_is_another_s_loses_the_name_and_nothing_else(full: Full) -> None:
    desk, _, person, planted = full
    gone(desk, person)
    ask = desk.storage.reader.ask
    for kind, record in planted.records:
        row = ask(f"SELECT * FROM {kind.table} WHERE id = ?", record).first()
        if row is None:
            assert kind.name not in KEEPS - {"reading"}
            continue
        assert Id(person.id) not in tuple(row)
        assert kind.name in KEEPS | {"attendee"}
    assert ask("SELECT count(*) FROM bodies_members").value() == 0
    assert [one.name for one in desk.people.ask.everybody()] == ["Orla Finch"]


@pytest.mark.parametrize("left_out", ["search", "log", "actions"])
def test_the_scan_finds_what_an_erasure_forgets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left_out: str
) -> None:
    """The positive control: without one of its steps the words are found again."""
    desk, _, person, planted = filled(a_desk(tmp_path))
    if left_out == "search":
        monkeypatch.setattr(SearchIndex, "forget", lambda *_: None)
    elif left_out == "log":
        monkeypatch.setattr(taking_out, "_blank", lambda *_: None)
    else:
        monkeypatch.setattr("kamdesk.storage.mentions.blank_unsaved", lambda *_: None)
    gone(desk, person)
    kept = planted.left_in(everything(desk, tmp_path))
    assert about_them(kept)
    assert (differences(desk.storage) != []) is (left_out == "log")
    desk.close()


def test_erasing_cannot_be_undone_and_older_actions_leave_the_person_alone(full: Full) -> None:
    desk, account, person, _ = full
    desk.accounts.change(replace(account, city="Wuxi"), base=account, seen=desk.storage.position())
    gone(desk, person)
    step = desk.undo.next_undo()
    assert step
    assert step.name == Text("Change customer")
    desk.undo.undo()
    left = 0
    while desk.undo.next_undo():
        touched = desk.undo.undo()
        left += sum(cell == LIFE for _, _, cell in touched.left)
    assert left >= 20
    while desk.undo.next_redo():
        desk.undo.redo()
    assert desk.people.ask.find(person.id) is None
    assert desk.accounts.ask.get(account.id).city == "Wuxi"


def test_no_road_brings_an_erased_person_back(full: Full) -> None:
    desk, account, person, _ = full
    visit = a_visit(desk, account)
    history = desk.history.of("person", Id(person.id))
    gone(desk, person)
    assert desk.history.of("person", Id(person.id)) == []
    with pytest.raises(LookupError):
        desk.history.restore("person", Id(person.id), "note", history[0].lid, seen=0)
    stale = desk.storage.position()
    for late in (
        lambda: desk.people.change(replace(person, note="x"), base=person, seen=stale),
        lambda: desk.people.add(person),
        lambda: desk.people.drop(person.id),
        lambda: desk.visits.seat(Attendee.at(visit, Id(person.id), Side.THEIRS)),
        lambda: desk.visits.change(replace(visit, host=person.id), base=visit, seen=stale),
        lambda: desk.people.put_need(desk.people.need(person, "again")),
        lambda: erase(desk.storage, PERSON, Id(person.id)),
    ):
        with pytest.raises(RuleBroken, match="erased"):
            late()
    rebuild(desk.storage)
    assert desk.people.ask.find(person.id) is None


def test_a_visit_keeps_its_count_of_people(desk: Workspace) -> None:
    account = an_account(desk)
    people = [desk.people.new(name, account.id) for name in ("Ada Moss", "Ben Rook")]
    for person in people:
        desk.people.add(person)
    visit = a_visit(desk, account)
    desk.visits.seat(
        *(Attendee.at(visit, Id(one.id), Side.THEIRS, point="ask her") for one in people)
    )
    gone(desk, people[0])
    seats = desk.visits.ask.attendees(visit.id)
    assert [(seat.who, seat.point) for seat in seats] == [(None, ""), (people[1].id, "ask her")]
    assert left_of_erased(desk.storage) == []
    with desk.storage.transaction():
        desk.storage.connection.execute("UPDATE attendees SET point = 'x' WHERE who IS NULL")
    assert len(left_of_erased(desk.storage)) == 1  # the control
    rebuild(desk.storage)
    assert [line.id for line in desk.visits.ask.of_person(people[1].id)] == [visit.id]
    desk.visits.unseat(seats[0])
    assert len(desk.visits.ask.attendees(visit.id)) == 1


def test_a_name_in_a_note_stays_unless_it_is_to_be_blanked(desk: Workspace) -> None:
    account = an_account(desk)
    person, namesake = (desk.people.new("Li Min", account.id) for _ in range(2))
    desk.people.add(person)
    desk.people.add(namesake)
    visit = a_visit(desk, account)
    said = replace(visit, said="Li Min doubts it; Li Mingzhu does not. 请Li Min回电")
    desk.visits.change(said, base=visit, seen=desk.storage.position())
    desk.visits.change(
        replace(said, said=said.said + "。"), base=said, seen=desk.storage.position()
    )
    result = erase(desk.storage, PERSON, Id(person.id), texts=True)
    assert result.texts == 1
    after = desk.visits.ask.get(visit.id).said
    assert after == "[erased] doubts it; Li Mingzhu does not. 请[erased]回电。"
    lines = [line for line in desk.history.of("visit", Id(visit.id)) if line.cell == "said"]
    assert lines
    assert not any("Li Min " in str((line.before, line.after)) for line in lines)
    assert [one.id for one in desk.people.ask.everybody()] == [namesake.id]
    assert desk.people.ask.everybody()[0].name == "Li Min"


def test_the_shadow_list_survives_an_older_database(full: Full, tmp_path: Path) -> None:
    desk, _, person, planted = full
    old = tmp_path / "old"
    old.mkdir()
    desk.storage.reader.ask("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = (tmp_path / "kamdesk.db").read_bytes()
    gone(desk, person, texts=True)
    shadow = (tmp_path / ERASED).read_text()
    assert shadow.splitlines() == sorted(shadow.splitlines())
    assert f"{person.id.hex()} person 2026-03-12+texts" in shadow
    assert planted.left_in(shadow.encode()) == []

    again = a_desk(old, name="")
    again.close()
    (old / "kamdesk.db").write_bytes(copy)
    (old / ERASED).write_text(f"{person.id.hex()} person 2026-03-12+texts\nnonsense\n")
    with pytest.raises(StorageTrouble, match="erased after this copy"):
        bring_level(reopened(old, readonly=True).storage, old)
    restored = reopened(old)
    assert restored.people.ask.find(person.id)
    bring_level(restored.storage, old)
    assert restored.people.ask.find(person.id) is None
    assert untruths(restored) == []
    assert set(erased_list.in_folder(old)) == set(erased_list.in_folder(tmp_path))
    left = planted.left_in(everything(restored, old))
    assert not [where for where in left if where.startswith(("person", "name"))]
    restored.close()


def reopened(folder: Path, *, readonly: bool = False) -> Workspace:
    connection = connect(folder / "kamdesk.db", KEY, SALT, readonly=readonly)
    return Workspace(connection, folder=folder, clock=StoppedClock(MORNING), readonly=readonly)


def test_a_lost_shadow_list_is_made_anew_and_a_sweep_is_finished(
    full: Full, tmp_path: Path
) -> None:
    desk, _, person, _ = full
    erase(desk.storage, PERSON, Id(person.id))  # and the machine stops here
    assert not (tmp_path / ERASED).exists()
    assert desk.storage.number(SWEEP) == 1
    bring_level(desk.storage, tmp_path)
    assert desk.storage.number(SWEEP) == 0
    assert person.id in erased_list.in_folder(tmp_path)
    assert reapply_erasures(desk.storage, tmp_path) == 0


def test_backups_past_their_age_go_with_an_erasure(full: Full, tmp_path: Path) -> None:
    desk, _, person, _ = full
    days = {0: True, 34: True, 36: False, 400: False}
    (tmp_path / BACKUPS).mkdir()
    names = {}
    for back in days:
        made = Instant.at(date(2026, 3, 12), 8, zone="UTC").plus(days=-back).local
        names[back] = tmp_path / BACKUPS / f"{made:{STAMP}}-daily.db"
        names[back].write_bytes(b"x")
        names[back].with_name(f"{names[back].stem}.key.json").write_bytes(b"x")
    bring_level(desk.storage, tmp_path)
    assert all(path.exists() for path in names.values())  # nobody was erased
    gone(desk, person)
    assert {back: path.exists() for back, path in names.items()} == days
    assert len(list((tmp_path / BACKUPS).iterdir())) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="pipes by name, links")
@pytest.mark.parametrize("what", ["pipe", "link"])
def test_no_pipe_nor_link_is_taken_for_the_list(full: Full, tmp_path: Path, what: str) -> None:
    desk, *_ = full
    (tmp_path / "mine").write_text("mine")
    if what == "pipe":
        os.mkfifo(tmp_path / ERASED)
    else:
        (tmp_path / ERASED).symlink_to("mine")
    with pytest.raises(StorageTrouble, match="erased cannot be read"):
        bring_level(desk.storage, tmp_path)


def test_the_newest_good_backup_stays_whatever_the_clock_says(full: Full, tmp_path: Path) -> None:
    desk, _, person, _ = full
    (tmp_path / BACKUPS).mkdir()
    paths = [tmp_path / BACKUPS / f"{day}-080000-000000-daily.db" for day in (20250101, 20250102)]
    for path in paths:
        path.write_bytes(bytes(4096))
    gone(desk, person)
    assert [path.exists() for path in paths] == [False, True]
    younger = tmp_path / BACKUPS / "20260312-000000-000000-daily.db"
    younger.write_bytes(bytes(4096))
    bring_level(desk.storage, tmp_path)
    assert list((tmp_path / BACKUPS).iterdir()) == [younger]


@pytest.mark.parametrize("younger", [True, False])
def test_what_a_restore_put_aside_goes_with_an_erasure_where_a_younger_backup_is(
    full: Full, tmp_path: Path, younger: bool
) -> None:
    desk, _, person, _ = full
    laid = {back: tmp_path / f"{ASIDE}{back}" for back in (34, 36)}
    for back, aside in laid.items():
        aside.mkdir()
        (aside / DATABASE).write_bytes(b"x")
        at = Instant.at(date(2026, 3, 12), 8, zone="UTC").plus(days=-back).ms / 1000
        os.utime(aside / DATABASE, (at, at))
    if younger:
        (tmp_path / BACKUPS).mkdir()
        (tmp_path / BACKUPS / "20260312-000000-000000-daily.db").write_bytes(bytes(4096))
    gone(desk, person)
    assert [aside.exists() for aside in laid.values()] == [True, not younger]


def test_a_sweep_waits_for_whoever_reads_and_is_finished_later(full: Full, tmp_path: Path) -> None:
    desk, _, person, planted = full
    beside = connect(tmp_path / "kamdesk.db", KEY, SALT, readonly=True)
    beside.execute("BEGIN")
    assert beside.execute("SELECT count(*) FROM people").fetchone()[0] == 2
    desk.storage.connection.execute("PRAGMA busy_timeout = 50")
    done = desk.rights.erase(person.id)
    assert not done.swept
    assert desk.storage.number(SWEEP) == 1
    beside.close()
    bring_level(desk.storage, tmp_path)
    assert desk.storage.number(SWEEP) == 0
    assert about_them(planted.left_in(everything(desk, tmp_path))) == []


def test_the_running_program_forgets_the_words_too(full: Full) -> None:
    desk, _, person, _ = full
    letters.lines(f"a line about {NAME}", 8.0, 100.0)
    assert letters.lines.cache_info().currsize
    assert desk.rights.erase(person.id).swept
    assert letters.lines.cache_info().currsize == 0


def test_without_zeroing_deleted_bytes_only_the_sweep_helps(tmp_path: Path) -> None:
    """The positive control of the scan of free pages."""
    desk = a_desk(tmp_path)
    desk.storage.connection.execute("PRAGMA secure_delete = OFF").fetchall()
    _, _, person, planted = filled(desk)
    erase(desk.storage, PERSON, Id(person.id))
    assert about_them(planted.left_in(everything(desk, tmp_path)))
    sweep(desk.storage, tmp_path)
    assert about_them(planted.left_in(everything(desk, tmp_path))) == []
    desk.close()
