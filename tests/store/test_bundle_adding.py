"""A bundle into a workspace that holds something already: added as one action, nothing lost."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.carried import digest, exported, lines, mended, put_lines, read_here, whole
from support.desks import a_desk, untruths
from support.invented import a_person, a_visit, an_account
from support.two_desks import Desk, Hub

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.people.store import PERSON
from kamdesk.storage.erasing import erase
from kamdesk.storage.exchange import unsent
from kamdesk.transfer.bundle.service import Bundles
from kamdesk.transfer.report import ImportReport
from kamdesk.workspace import Workspace


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Workspace]:
    """A colleague's workspace, with a customer of their own."""
    folder = tmp_path / "other"
    folder.mkdir()
    desk = a_desk(folder, name="周宁")
    an_account(desk, "西南电网")
    yield desk
    assert untruths(desk) == []
    desk.close()


@pytest.fixture
def bundle(desk: Workspace, tmp_path: Path) -> Path:
    """What the first desk holds: a customer with tags, two people, a visit."""
    account = an_account(desk)
    desk.accounts.tag(account.id, add=("重点",))
    a_person(desk, account)
    a_person(desk, account, "李敏")
    a_visit(desk, account)
    return exported(desk, tmp_path / "ours.zip")


def the_account(desk: Workspace, name: str = "华东重工") -> Account:
    (found,) = [one for one in desk.accounts.ask.everything() if one.name == name]
    return found


def said(report: ImportReport) -> list[str]:
    return [remark.plain for remark in report.remarks]


def test_records_not_here_are_added_as_one_action(
    desk: Workspace, other: Workspace, bundle: Path
) -> None:
    report = other.bundles.take(bundle)
    assert (report.rows, report.new, report.same, report.conflicts) == (5, 5, 0, 0)
    theirs, ours = whole(other), whole(desk)
    for table in ("accounts", "accounts_tags", "people", "visits", "colleagues"):
        assert set(ours[table]) <= set(theirs[table]), table
    step = other.undo.next_undo()
    assert step is not None
    assert step.name.plain == "Import bundle ours.zip"


def test_a_note_that_stays_on_a_computer_stays_on_the_one_it_comes_to(
    desk: Workspace, other: Workspace, tmp_path: Path
) -> None:
    account = an_account(desk)
    visit = a_visit(desk, account)
    kept, plain = (desk.visits.new_fact(visit, words) for words in ("只留本机", "人人可读"))
    desk.visits.note(replace(kept, here=True), plain)
    other.bundles.take(exported(desk, tmp_path / "ours.zip"))
    marks = {fact.words: fact.here for fact in other.visits.ask.facts(account.id)}
    assert marks == {"只留本机": True, "人人可读": False}
    sql = "SELECT audience FROM op JOIN scopes ON n = scope WHERE eid = ?"
    assert other.storage.reader.ask(sql, kept.id).column() == ["local"]
    assert other.storage.reader.ask(sql, plain.id).column() == ["internal"]


def test_undo_takes_all_of_it_back(other: Workspace, bundle: Path) -> None:
    before = [row for row in whole(other)["accounts"] if not row[1]]
    other.bundles.take(bundle)
    other.undo.undo()
    assert [row for row in whole(other)["accounts"] if not row[1]] == before
    assert [row for row in whole(other)["people"] if not row[1]] == []
    other.undo.redo()
    assert len([row for row in whole(other)["people"] if not row[1]]) == 2


def test_the_same_bundle_twice_changes_nothing_more(other: Workspace, bundle: Path) -> None:
    other.bundles.take(bundle)
    held = digest(other)
    report = other.bundles.take(bundle)
    assert (report.new, report.same, report.rows) == (0, 5, 5)
    assert digest(other) == held


def test_into_the_very_workspace_it_came_from(desk: Workspace, bundle: Path) -> None:
    held = digest(desk)
    assert desk.bundles.take(bundle).same == 5
    assert digest(desk) == held


def test_what_differs_is_listed_and_left(desk: Workspace, other: Workspace, bundle: Path) -> None:
    other.bundles.take(bundle)
    account = the_account(other)
    other.accounts.change(
        replace(account, city="上海", note="我们的"), base=account, seen=other.storage.position()
    )
    other.accounts.tag(account.id, add=("试点",))
    held = digest(other)
    look, took = other.bundles.look(bundle), other.bundles.take(bundle)
    assert look == took
    assert (took.conflicts, took.same, took.updated) == (1, 4, 0)
    (line,) = took.in_conflict
    assert line.row == 1
    assert line.reason.plain == "records/account.jsonl: “华东重工” differs in place, note, tags"
    assert digest(other) == held


def test_theirs_takes_what_the_bundle_says(desk: Workspace, other: Workspace, bundle: Path) -> None:
    other.bundles.take(bundle)
    account = the_account(other)
    other.accounts.change(
        replace(account, city="上海"), base=account, seen=other.storage.position()
    )
    other.accounts.tag(account.id, add=("试点",), remove=("重点",))
    assert other.bundles.look(bundle, theirs=True).updated == 1
    assert other.bundles.take(bundle, theirs=True).updated == 1
    assert the_account(other) == the_account(desk)
    assert other.accounts.ask.tags(account.id) == desk.accounts.ask.tags(account.id)
    other.undo.undo()
    assert the_account(other).city == "上海"
    assert [str(tag) for tag in other.accounts.ask.tags(account.id)] == ["试点"]


def test_deleted_here_stays_deleted(other: Workspace, bundle: Path) -> None:
    other.bundles.take(bundle)
    person = next(one for one in other.people.ask.everybody() if one.name == "李敏")
    other.people.drop(person.id)
    report = other.bundles.take(bundle, theirs=True)
    assert report.new == report.updated == 0
    assert "1 record was deleted here and stays so." in said(report)
    assert person.id not in {one.id for one in other.people.ask.everybody()}


def test_deleted_there_is_not_taken_and_deletes_only_when_asked(
    desk: Workspace, other: Workspace, bundle: Path, tmp_path: Path
) -> None:
    other.bundles.take(bundle)
    person = next(one for one in desk.people.ask.everybody() if one.name == "李敏")
    desk.people.drop(person.id)
    desk.people.drop(a_person(desk, the_account(desk), "赵六").id)
    later = exported(desk, tmp_path / "later.zip")
    report = other.bundles.take(later)
    assert "1 record is deleted in the bundle and was not taken." in said(report)
    assert report.conflicts == 1
    assert report.in_conflict[0].reason.plain.endswith("“李敏” is deleted in the bundle, not here")
    assert person.id in {one.id for one in other.people.ask.everybody()}
    other.bundles.take(later, theirs=True)
    assert person.id not in {one.id for one in other.people.ask.everybody()}


def test_erased_here_stays_erased_with_all_that_was_about_them(
    desk: Workspace, other: Workspace, bundle: Path
) -> None:
    other.bundles.take(bundle)
    person = next(one for one in other.people.ask.everybody() if one.name == "李敏")
    erase(other.storage, PERSON, person.id)
    held = digest(other)
    report = other.bundles.take(bundle, theirs=True)
    assert "1 record belongs to somebody who was erased here and was not taken." in said(report)
    assert report.new == 0
    assert digest(other) == held
    assert "李敏" not in repr(whole(other))


def test_erased_there_is_told(desk: Workspace, other: Workspace, tmp_path: Path) -> None:
    person = a_person(desk, an_account(desk))
    erase(desk.storage, PERSON, person.id)
    report = other.bundles.take(exported(desk, tmp_path / "erased.zip"))
    assert "People were erased where it comes from. Erase them here too if they are here." in said(
        report
    )


def test_what_is_unknown_here_is_told_by_part(
    other: Workspace, bundle: Path, tmp_path: Path
) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        parts["records/offer.jsonl"] = b'{"id":"' + b"0a" * 16 + b'"}\n'
        every = lines(parts, "records/person.jsonl")
        put_lines(parts, "records/person.jsonl", [{**line, "shoe_size": 42} for line in every])

    report = other.bundles.take(mended(bundle, tmp_path / "newer.zip", mend))
    assert report.new == 5
    assert said(report) == [
        "records/offer.jsonl is unknown to this KamDesk and was not taken (1 time).",
        "records/person.jsonl: shoe_size is unknown to this KamDesk and was not taken (2 times).",
    ]


def test_a_record_twice_is_refused(other: Workspace, bundle: Path, tmp_path: Path) -> None:
    def mend(parts: dict[str, bytes]) -> None:
        parts["records/person.jsonl"] += parts["records/person.jsonl"]

    held = digest(other)
    with pytest.raises(RuleBroken, match=r"records/person\.jsonl, line 3: this record comes twice"):
        other.bundles.take(mended(bundle, tmp_path / "twice.zip", mend))
    assert digest(other) == held


def test_at_a_joined_desk_they_are_new_changes_of_its_own(tmp_path: Path, bundle: Path) -> None:
    joined = Desk(tmp_path / "joined", Hub(), 3, name="陈浩")
    an_account(joined.workspace, "西南电网")
    joined.exchange()
    assert unsent(joined.workspace.storage) == []
    joined.workspace.bundles.take(bundle)
    going = unsent(joined.workspace.storage)
    assert {op.dev for op in going} == {3}
    assert {op.kind for op in going} == {"account", "person", "visit", "colleague"}
    assert untruths(joined.workspace) == []
    joined.workspace.close()


def test_what_must_be_done_before_is_done_before(other: Workspace, bundle: Path) -> None:
    def refuse() -> None:
        raise RuleBroken(Text("No room for the backup."))

    held = digest(other)
    with pytest.raises(RuleBroken, match="No room"):
        Bundles(other.storage, before=refuse).take(bundle)
    assert digest(other) == held
