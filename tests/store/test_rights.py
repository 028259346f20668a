"""A person's file is whole, by the catalogue; each column says whether it can name somebody."""

import ast
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.customers import lanchuan
from support.invented import a_person, an_account
from support.planted import FIRST_NAME, NAME, naming, plant

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id
from kamdesk.domain.people.model import Basis
from kamdesk.domain.people.store import PERSON
from kamdesk.dossier import person_file
from kamdesk.dossier.person_words import KINDS as TITLES
from kamdesk.dossier.person_words import Dossier
from kamdesk.dossier.retention import months_between
from kamdesk.storage.catalogue import Kind, Merge
from kamdesk.workspace import KINDS, Workspace

NO_PERSON = {
    "account", "group_parent", "map", "opportunity", "post", "reports_to", "site", "visit", "body",
    "owner", "colleague", "team", "digest", "merged_into", "boss", "in_group", "plan", "calendar",
    "pattern", "record", "times",
}  # fmt: skip
"""Columns and sets with ids of what is no person of theirs: firms, posts, maps, our colleagues."""
NOT_ABOUT_PEOPLE = {
    "account", "site", "post", "reporting", "opportunity", "map", "group", "colleague", "own_field",
    "saved_filter", "habits", "learnt_leg", "pack", "pack_choice", "calendar", "appointment",
    "task", "year_list", "absence", "pattern", "pattern_stop",
}  # fmt: skip
"""Kinds that describe no person: firms, their places, posts as such, maps, our side, fields."""

NAMED_ONLY = {"promise", "visit", "body", "reading"}
"""Kinds whose record may be another's and only name the person: what it said before stays there."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_id_says_whether_it_can_be_a_person_s(desk: Workspace, kind: Kind) -> None:
    columns = desk.storage.reader.ask(f"PRAGMA table_info({kind.table})")
    ids = {row["name"] for row in columns if row["type"] == "BLOB"} - {"id"}
    ids |= {cell.name for cell in kind.cells if cell.merge is Merge.LINKS and cell.name != "tags"}
    declared = {
        cell.name if cell.merge is Merge.LINKS else column
        for cell in kind.cells
        for column in (*cell.about, *cell.names)
    }
    assert ids - declared <= NO_PERSON
    assert declared <= ids


def test_every_kind_is_in_the_dossier_or_about_nobody() -> None:
    concerned = {kind.name for kind in KINDS if any(naming(kind))} | {"person"}
    assert concerned | NOT_ABOUT_PEOPLE == {kind.name for kind in KINDS}
    assert concerned & NOT_ABOUT_PEOPLE == set()
    assert concerned == set(TITLES)


ASK_EVERYBODY = {
    "cli/demo_territory.py": "counts invented people",
    "domain/people/store.py": "by id, and who is hidden",
    "dossier/person_file.py": "the person's own file",
    "dossier/retention.py": "whom the file keeps too long, the hidden too",
    "dossier/references.py": "at which customer somebody stands",
    "dossier/standing.py": "roll-ups that nobody reads by themselves",
    "search/fields.py": "the rule for what is about people",
    "search/gathering.py": "which rows of the index to weigh anew",
    "search/index.py": "which people a renamed firm concerns",
    "search/spoken_names.py": "spellings of names that are in the index",
}
"""Modules that ask for people without the rule of who is shown, and why they may."""


def test_whoever_lists_people_asks_only_for_those_who_are_shown() -> None:
    package = Path(__file__).resolve().parents[2] / "kamdesk"
    asking = set()
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                sql = node.value
                if re.search(r"\b(FROM|JOIN) people\b", sql) and "shown" not in sql:
                    asking.add(path.relative_to(package).as_posix())
    assert asking <= ASK_EVERYBODY.keys()


def test_all_that_stands_anywhere_about_a_person_is_in_their_file(desk: Workspace) -> None:
    account = an_account(desk)
    person = a_person(desk, account, NAME)
    planted = plant(desk, Id(person.id), Id(account.id))
    file = desk.rights.file(person.id)
    data = json.dumps(Dossier(file, "en").data(), ensure_ascii=False)
    wanted = {
        word: where
        for word, where in planted.words.items()
        if " now " in where or where.split(".")[0] not in NAMED_ONLY
    }
    assert [where for word, where in wanted.items() if word not in data] == []
    assert FIRST_NAME in data
    text = Dossier(file, "zh").text()
    assert [where for word, where in wanted.items() if word not in text] == []


def test_a_kind_left_out_would_be_missed(desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: what the catalogue does not ask for is not in the file."""
    account = an_account(desk)
    person = a_person(desk, account, NAME)
    planted = plant(desk, Id(person.id), Id(account.id))
    whole = person_file.concerning
    monkeypatch.setattr(
        person_file,
        "concerning",
        lambda *args: [one for one in whole(*args) if one.kind.name != "fact"],
    )
    text = Dossier(desk.rights.file(person.id), "en").text()
    assert [where for word, where in planted.words.items() if word not in text and "fact" in where]


def test_the_same_human_elsewhere_is_in_the_file_and_others_are_their_posts(
    desk: Workspace,
) -> None:
    customer = lanchuan(desk)
    before = an_account(desk, "旧东家有限公司")
    former = replace(desk.people.new("陈立新", before.id), note="此前任厂长")
    desk.people.add(former)
    now = desk.people.ask.get(customer.people["陈立新"])
    desk.people.change(replace(now, same_as=former.id), base=now, seen=desk.storage.position())
    file = desk.rights.file(now.id)
    assert file.same == (former.id,)
    text = Dossier(file, "zh").text()
    assert "此前任厂长" in text
    assert "沈建国" not in text
    assert "总工程师" in text
    assert desk.rights.file(former.id).same == (now.id,)
    look = desk.rights.look(former.id)
    assert look.elsewhere == (now.id,)
    assert dict(look.about) == {"person": 1}
    assert dict(look.naming) == {"person": 1}


def test_visits_whose_notes_somebody_must_read_are_named(desk: Workspace) -> None:
    customer = lanchuan(desk)
    look = desk.rights.look(customer.people["沈建国"])
    assert [(one.record, one.day) for one in look.visits] == [
        (customer.last_visit, date(2026, 2, 18))
    ]
    assert desk.rights.look(customer.people["王镕"]).visits == ()


def test_the_ground_is_stated_and_undone(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    desk.people.state_basis(
        person.id, Basis.PUBLIC, source="annual report", collected_on=date(2025, 1, 2)
    )
    desk.people.state_basis(person.id, Basis.INTEREST, told_on=date(2025, 2, 3))
    now = desk.people.ask.get(person.id)
    assert (now.basis, now.source) == (Basis.INTEREST, "annual report")
    assert (now.collected_on, now.told_on) == (date(2025, 1, 2), date(2025, 2, 3))
    desk.undo.undo()
    assert desk.people.ask.get(person.id).basis is Basis.PUBLIC


def test_a_restriction_needs_a_reason(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    with pytest.raises(RuleBroken, match="why"):
        desk.people.restrict(person.id, "  ")
    desk.people.restrict(person.id, "contests the note")
    assert desk.people.ask.everybody() == []
    assert desk.people.ask.get(person.id).restricted_because == "contests the note"
    assert desk.search.names("张伟").people == []
    desk.undo.undo()
    assert [one.id for one in desk.people.ask.everybody()] == [person.id]
    assert len(desk.search.names("张伟").people) == 1


def test_an_unknown_ground_of_a_newer_program_is_read_as_none(desk: Workspace) -> None:
    person = a_person(desk, an_account(desk))
    with desk.storage.change(desk.undo.next_undo().name) as change:  # type: ignore[union-attr]
        change.write(PERSON, Id(person.id), {"basis": "treaty"})
    assert desk.people.ask.get(person.id).basis is None


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2024, 3, 12), date(2026, 3, 12), 24),
        (date(2024, 3, 13), date(2026, 3, 12), 23),
        (date(2026, 3, 31), date(2026, 4, 30), 0),
    ],
)
def test_months_are_whole(first: date, last: date, months: int) -> None:
    assert months_between(first, last) == months


def test_the_ground_comes_with_an_import(desk: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "姓名,公司,保留依据,信息来源,收集日期,告知日期,保留至\n"
        "王芳,澜川轴承,本人同意,展会名片,2025-06-01,2025年6月2日,2027/06/01\n",
        "utf-8",
    )
    desk.accounts.add(desk.accounts.new("澜川轴承"))
    desk.imports.take(desk.imports.look(path))
    (person,) = desk.people.ask.everybody()
    assert (person.basis, person.source) == (Basis.CONSENT, "展会名片")
    assert (person.collected_on, person.told_on) == (date(2025, 6, 1), date(2025, 6, 2))
    assert person.keep_until == date(2027, 6, 1)
    again = tmp_path / "again.csv"
    again.write_text("姓名,公司,保留至\n王芳,澜川轴承,2028-01-01\n", "utf-8")
    desk.imports.take(desk.imports.look(again))
    (person,) = desk.people.ask.everybody()
    assert (person.keep_until, person.basis) == (date(2028, 1, 1), Basis.CONSENT)


def test_an_import_takes_nobody_in_twice_who_must_not_be_shown(
    desk: Workspace, tmp_path: Path
) -> None:
    account = an_account(desk)
    person = a_person(desk, account, "王芳")
    desk.people.restrict(person.id, "wants no contact")
    path = tmp_path / "people.csv"
    path.write_text(f"姓名,公司,职务\n王芳,{account.name},厂长\n", "utf-8")
    shown = desk.imports.look(path)
    desk.imports.take(shown)
    assert "left alone" in str(shown.report.as_json("en")["in_conflict"])
    assert desk.people.ask.held_by(person.id) == []
    assert desk.people.ask.everybody() == []
    assert len(desk.people.ask.everybody(hidden=True)) == 1
