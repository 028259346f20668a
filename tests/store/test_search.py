"""Search over a whole workspace: what follows a change, and what typing brings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.desks import untruths

from kamdesk.core.clock import Instant
from kamdesk.core.privacy import Mode, Privacy
from kamdesk.core.text.clean import clean
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Account, AccountClass
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.domain.people.model import Channel, Person
from kamdesk.domain.people.store import PERSON, WAY
from kamdesk.domain.visits.model import Attendee, Fact, Side, Visit, VisitState
from kamdesk.search.fields import PLACES, prose_kinds
from kamdesk.search.hits import Hit, How
from kamdesk.search.index import SearchIndex
from kamdesk.search.keys import exact_keys, name_of
from kamdesk.search.words import plain, runs
from kamdesk.storage.catalogue import Catalogue, Cell, Kind
from kamdesk.workspace import Workspace, catalogue

SPRING = date(2026, 3, 1)


def an_account(desk: Workspace, name: str, **cells: Any) -> Account:
    account = replace(desk.accounts.new(name), **cells)
    desk.accounts.add(account)
    return account


def a_person(desk: Workspace, name: str, at: Account, *, title: str = "", **cells: Any) -> Person:
    person = replace(desk.people.new(name, at.id), **cells)
    desk.people.add(person, title=title)
    return person


def a_visit(desk: Workspace, at: Account, *, day: date = SPRING, **cells: Any) -> Visit:
    visit = replace(desk.visits.new(at.id, Instant.at(day, 9)), **cells)
    desk.visits.plan(visit)
    return visit


@contextmanager
def traced(desk: Workspace) -> Iterator[list[str]]:
    """Collect the statements put to the file, without those SQLite puts to itself."""
    asked: list[str] = []
    desk.storage.connection.set_trace_callback(
        lambda sql: None if sql.startswith("--") else asked.append(sql)
    )
    try:
        yield asked
    finally:
        desk.storage.connection.set_trace_callback(None)


def accounts(desk: Workspace, text: str) -> list[str]:
    return [hit.title for hit in desk.search.names(text).accounts]


def people(desk: Workspace, text: str) -> list[str]:
    return [hit.title for hit in desk.search.names(text).people]


def notes(desk: Workspace, text: str) -> list[tuple[str, str]]:
    return [(hit.where, hit.matched) for hit in desk.search.notes(text)]


@pytest.fixture
def town(desk: Workspace) -> Workspace:
    """A desk with a few invented firms and people, and some that are called nearly alike."""
    peak = an_account(
        desk,
        "云州高峰酒业股份有限公司",
        short_name="云州高峰",
        stock_code="699519",
        number="KA-0173",
        credit_code="91520000214411239X",
        class_by_hand=AccountClass.CORE,
        phone="0851-2238 6002；0851-2238 6003",
    )
    an_account(desk, "云州轮胎股份有限公司")
    an_account(desk, "高峰镇酱香酒厂")
    wind = an_account(desk, "汇微技术有限公司", short_name="汇微")
    an_account(desk, "重庆长岸汽车股份有限公司", short_name="长岸汽车")
    an_account(desk, "Simons Energy AG", other_names=("西蒙能源", "Simons Power"))
    an_account(desk, "TCX科技集团股份有限公司")
    an_account(desk, "乐清电器有限公司")
    an_account(desk, "O'Brien & Söhne GmbH")
    a_person(desk, "胡卫", wind, title="采购总监", department="采购部")
    a_person(desk, "贺薇", peak, form_of_address="贺总")
    a_person(desk, "单立人", peak)
    a_person(desk, "万俟朗", peak)
    a_person(desk, "张三", wind)
    a_person(desk, "朱升", peak)
    a_person(desk, "Anna Müller", wind, title="Head of Purchasing")
    return desk


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("yzgf", "云州高峰酒业股份有限公司"),
        ("gaofeng", "云州高峰酒业股份有限公司"),
        ("yunzhougaofeng", "云州高峰酒业股份有限公司"),
        ("yun zhou gao feng", "云州高峰酒业股份有限公司"),
        ("高峰", "云州高峰酒业股份有限公司"),
        ("云州", "云州高峰酒业股份有限公司"),
        ("云", "云州高峰酒业股份有限公司"),
        ("峰", "云州高峰酒业股份有限公司"),
        ("酒业", "云州高峰酒业股份有限公司"),
        ("高峰 yun", "云州高峰酒业股份有限公司"),
        ("云州gf", "云州高峰酒业股份有限公司"),
        ("yzgfjy", "云州高峰酒业股份有限公司"),
        ("云洲高峰", "云州高峰酒业股份有限公司"),
        ("yunzhuogaofeng", "云州高峰酒业股份有限公司"),
        ("KA-0173", "云州高峰酒业股份有限公司"),
        ("ka01", "云州高峰酒业股份有限公司"),
        ("699519", "云州高峰酒业股份有限公司"),
        ("91520000 2144", "云州高峰酒业股份有限公司"),
        ("22386002", "云州高峰酒业股份有限公司"),
        ("云州轮胎", "云州轮胎股份有限公司"),
        ("高峰镇", "高峰镇酱香酒厂"),
        ("hw", "汇微技术有限公司"),
        ("huiwei", "汇微技术有限公司"),
        ("huiwie", "汇微技术有限公司"),
        ("huiweijishuyouxiangongsi", "汇微技术有限公司"),
        ("chongqing+ca", "重庆长岸汽车股份有限公司"),
        ("caqc", "重庆长岸汽车股份有限公司"),
        ("zhongqing", "重庆长岸汽车股份有限公司"),
        ("simons", "Simons Energy AG"),
        ("ener", "Simons Energy AG"),
        ("simnos", "Simons Energy AG"),
        ("西蒙", "Simons Energy AG"),
        ("simons power", "Simons Energy AG"),
        ("tcx", "TCX科技集团股份有限公司"),
        ("tcxkj", "TCX科技集团股份有限公司"),
        ("ＴＣＸ", "TCX科技集团股份有限公司"),
        ("yueqing", "乐清电器有限公司"),
        ("obrien", "O'Brien & Söhne GmbH"),
        ("sohne", "O'Brien & Söhne GmbH"),
    ],
)
def test_typing_brings_the_firm_meant_first(town: Workspace, typed: str, first: str) -> None:
    assert accounts(town, typed)[:1] == [first]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("zs", "张三"),
        ("zhangsan", "张三"),
        ("shanliren", "单立人"),
        ("danliren", "单立人"),
        ("slr", "单立人"),
        ("moqi", "万俟朗"),
        ("hezong", "贺薇"),
        ("贺总", "贺薇"),
        ("采购", "胡卫"),
        ("胡 采购", "胡卫"),
        ("汇微 胡", "胡卫"),
        ("muller", "Anna Müller"),
        ("müller anna", "Anna Müller"),
        ("am", "Anna Müller"),
        ("head of", "Anna Müller"),
    ],
)
def test_typing_brings_the_person_meant_first(town: Workspace, typed: str, first: str) -> None:
    assert people(town, typed)[0] == first


def test_firms_and_people_do_not_push_each_other_out(town: Workspace) -> None:
    found = town.search.names("hw", limit=1)
    assert [hit.title for hit in found.accounts] == ["汇微技术有限公司"]
    assert len(found.people) == 1
    assert {hit.kind for hit in town.search.find("hw")} == {"account", "person"}


def test_what_matched_is_said(town: Workspace) -> None:
    def first(typed: str) -> tuple[str, str, How]:
        hit = town.search.find(typed)[0]
        return hit.matched, hit.where, hit.how

    assert first("gaofeng")[2] is How.SPELLING
    assert first("yzgf") == ("yzgf", "short_name", How.INITIALS)
    assert first("yunzhougaofeng") == ("yun zhou gao feng", "short_name", How.SPELLING)
    assert first("simons power") == ("Simons Power", "other_names", How.NAME)
    assert first("ka0173") == ("KA-0173", "number", How.NUMBER)
    assert first("采购总监") == ("采购总监", "title", How.ROLE)
    assert first("云洲高峰")[2] is How.ALIKE


def test_legal_forms_bring_nobody_to_the_top(town: Workspace) -> None:
    an_account(town, "有限元科技有限公司")
    assert accounts(town, "有限")[0] == "有限元科技有限公司"
    assert accounts(town, "yxgs") == []


def test_of_two_alike_the_weightier_comes_first(desk: Workspace) -> None:
    for at in range(3):
        an_account(desk, f"安平{at}号电力有限公司")
    visited = an_account(desk, "安平水务有限公司")
    a_visit(desk, visited, state=VisitState.HELD)
    assert accounts(desk, "安平")[0] == "安平水务有限公司"
    core = an_account(desk, "安平汽车有限公司", class_by_hand=AccountClass.CORE)
    assert accounts(desk, "anping")[0] == core.name


def test_a_visit_moved_to_another_firm_weighs_there(desk: Workspace) -> None:
    first, other = an_account(desk, "安平电力"), an_account(desk, "安平水务厂")
    visit = a_visit(desk, first, state=VisitState.HELD)
    moved = replace(visit, account=other.id)
    desk.visits.change(moved, base=visit, seen=desk.storage.position())
    assert accounts(desk, "安平") == ["安平水务厂", "安平电力"]


def test_whom_one_has_met_comes_first(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力")
    for _ in range(3):
        a_person(desk, "李娜", firm)
    met = a_person(desk, "李娜", firm, department="销售部")
    visit = a_visit(desk, firm, state=VisitState.HELD)
    desk.visits.seat(Attendee.at(visit, met.id, Side.THEIRS))
    assert desk.search.names("ln").people[0].id == met.id


def test_a_telephone_is_found_by_its_end(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力")
    person = desk.people.new("李娜", firm.id)
    mobile = desk.people.way(person, Channel.MOBILE, "+86 138-0013-8000")
    mail = desk.people.way(person, Channel.EMAIL, "li.na@anping.example")
    desk.people.add(person, ways=(mobile, mail))
    for typed in ("8000", "0013 8000", "13800138000", "008613800138000", "lina@anp"):
        assert people(desk, typed) == ["李娜"], typed
    assert people(desk, "800") == []
    desk.people.drop_way(mobile.id)
    assert people(desk, "8000") == []


def test_a_foreign_key_finds_its_record(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力")
    with desk.storage.change(Text("Import")) as change:
        change.put(KNOWN_AS, KnownAs.of("crm", "001AB-77", "account", firm.id, firm.id))
        change.put(KNOWN_AS, KnownAs.of("list", "7", "account", firm.id, firm.id))
    assert accounts(desk, "001ab77") == ["安平电力"]
    assert accounts(desk, "7") == []


# What follows a change


def test_a_changed_name_is_found_anew_and_the_old_one_no_more(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力")
    a_person(desk, "李娜", firm)
    desk.accounts.change(replace(firm, name="永泰能源"), base=firm, seen=desk.storage.position())
    assert accounts(desk, "永泰") == accounts(desk, "ytny") == ["永泰能源"]
    assert accounts(desk, "安平") == accounts(desk, "apdl") == []
    assert people(desk, "永泰") == ["李娜"]


def test_a_deleted_customer_is_gone_until_it_is_restored(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力")
    a_person(desk, "李娜", firm)
    a_visit(desk, firm, objective="谈交期")
    desk.accounts.drop(firm.id)
    assert desk.search.find("安平") == []
    assert people(desk, "李娜") == []
    assert notes(desk, "交期") == []
    desk.undo.undo()
    assert accounts(desk, "安平") == ["安平电力"]
    assert people(desk, "安平 李") == ["李娜"]
    assert len(notes(desk, "交期")) == 1


def test_undo_takes_names_and_notes_back(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力", note="账期九十天")
    desk.accounts.change(
        replace(firm, name="永泰能源", note=""), base=firm, seen=desk.storage.position()
    )
    assert notes(desk, "账期") == []
    desk.undo.undo()
    assert accounts(desk, "安平") == ["安平电力"]
    assert notes(desk, "账期") == [("note", "账期九十天")]
    desk.undo.redo()
    assert accounts(desk, "安平") == []
    desk.undo.undo()
    desk.undo.undo()
    assert desk.search.find("安平") == desk.search.find("账期") == []


def test_an_import_is_indexed_with_few_statements(desk: Workspace) -> None:
    new = [
        Account(id=desk.accounts.new("").id, name=f"安平{at:04d}厂", number=f"N{at:04d}")
        for at in range(600)
    ]
    with traced(desk) as statements, desk.storage.change(Text("Import")) as change:
        change.put_all(ACCOUNT, new)
    asked = [s for s in statements if s.lstrip().startswith("SELECT") and "scopes" not in s]
    assert len(asked) < 60
    assert accounts(desk, "安平0599") == ["安平0599厂"]
    assert accounts(desk, "n0007") == ["安平0007厂"]
    assert len(desk.search.names("安平", limit=50).accounts) == 50
    assert len(desk.search.find("anping", limit=1000)) == 600


def test_a_post_taken_and_left_is_followed(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力")
    person = a_person(desk, "李娜", firm, title="采购经理")
    assert people(desk, "采购经理") == ["李娜"]
    desk.people.take_post(person, "总工程师", since=date(2026, 1, 1))
    assert people(desk, "总工") == ["李娜"]


# Notes


def test_notes_are_found_newest_first_with_what_stands_around(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力有限公司", short_name="安平电力")
    a_visit(desk, firm, day=date(2024, 5, 1), objective="确认交期")
    late = a_visit(
        desk, firm, day=date(2026, 1, 9), said="先谈价格。\n他们说交期太长，要 Budget review。"
    )
    a_visit(desk, firm, day=date(2025, 7, 3), outcome="交期缩短两周")
    hits = desk.search.notes("交期")
    assert [hit.day for hit in hits] == [date(2026, 1, 9), date(2025, 7, 3), date(2024, 5, 1)]
    first = hits[0]
    assert (first.kind, first.id, first.where, first.title) == (
        "visit",
        late.id,
        "said",
        "安平电力",
    )
    assert [first.matched[a:b] for a, b in first.marks] == ["交期"]
    assert [hit.id for hit in desk.search.notes("交期 budg")] == [late.id]
    assert [hit.id for hit in desk.search.notes("REVIEW")] == [late.id]
    assert len(desk.search.notes("期")) == 3
    assert desk.search.notes("期交") == []
    assert desk.search.notes("udget") == []


def test_a_long_note_is_shown_around_the_place(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力")
    a_visit(desk, firm, said="甲" * 5000 + "账期" + "乙" * 5000)
    hit = desk.search.notes("账期")[0]
    assert len(hit.matched) < 100
    assert hit.matched[slice(*hit.marks[0])] == "账期"
    assert hit.matched[0] == hit.matched[-1] == "…"


def test_a_moved_visit_moves_among_the_notes(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力")
    a_visit(desk, firm, day=date(2026, 1, 9), objective="交期一")
    early = a_visit(desk, firm, day=date(2025, 1, 9), objective="交期二")
    moved = Instant.at(date(2026, 6, 1), 9)
    desk.visits.move(early.id, moved, seen=desk.storage.position())
    assert [hit.matched for hit in desk.search.notes("交期")] == ["交期二", "交期一"]


def test_prose_of_every_kind_is_found(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力", note="年框合同")
    person = a_person(desk, "李娜", firm, background="曾在研究院", focus="看重售后", note="爱喝茶")
    visit = a_visit(desk, firm, next_step="寄样品", no_next_step_because="")
    desk.visits.note(
        Fact(
            id=desk.storage.new_id(), account=firm.id, words="二期扩建", day=SPRING, visit=visit.id
        )
    )
    desk.people.put_need(desk.people.need(person, "想要稳定供货"))
    for typed, kind, where, title in (
        ("年框", "account", "note", "安平电力"),
        ("研究院", "person", "background", "李娜"),
        ("售后", "person", "focus", "李娜"),
        ("喝茶", "person", "note", "李娜"),
        ("样品", "visit", "next_step", "安平电力"),
        ("扩建", "fact", "words", "安平电力"),
        ("稳定", "need", "words", "安平电力"),
    ):
        hits = [(hit.kind, hit.where, hit.title) for hit in desk.search.notes(typed)]
        assert hits == [(kind, where, title)], typed


def test_with_the_customer_in_the_room_private_notes_are_not_found(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力", note="账期太长")
    a_visit(desk, firm, topic="账期", said="账期九十天")
    room = desk.search.find("账期", mode=Mode.ROOM)
    assert [(hit.where, hit.privacy) for hit in room] == [("topic", Privacy.BUSINESS)]


def test_a_new_searched_cell_comes_by_itself() -> None:
    kind = Kind(
        "plan",
        table="plans",
        scope_of="account",
        cells=(Cell("aim", privacy=Privacy.NOTE, searched=True), Cell("x", privacy=Privacy.NOTE)),
    )
    (found,) = prose_kinds(Catalogue([kind]))["plan"][1]
    assert (found.cell.name, found.columns) == ("aim", ("aim",))


def test_every_place_has_a_word() -> None:
    cells = {part.cell.name for _, prose in prose_kinds(catalogue()).values() for part in prose}
    assert cells - set(PLACES) == set()


# Any text


HOSTILE = [
    *(
        "",
        " ",
        "\x00",
        "\ud800",
        '"',
        "'",
        "\\",
        "*",
        "-",
        "。。。",
        "()",
        "%",
        "_",
        "[",
        "/",
        "\n\t\r",
    ),
    *("NEAR(a b)", "AND", "a OR b", "NOT x", "names:x", "{names}: x", '"a" * ^', "a*b", "+86"),
    *("x" * 100_000, "茅" * 100_000, "a " * 50_000, "é" * 300, "0" * 500, "'; DROP TABLE op; --"),
    *("🎉", "🎉🎉", "\u202e", "١٢٣٤٥", "ﷺ", "İ", "ǅ"),
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_raises(town: Workspace, typed: str) -> None:
    assert isinstance(town.search.find(typed), list)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.text(), st.text(alphabet='"*()^:{}+- AND云州高峰ka0')))
def test_whatever_is_typed_brings_a_list(town: Workspace, typed: str) -> None:
    for hit in town.search.find(typed):
        assert isinstance(hit, Hit)
        assert hit.title


HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(HAN, min_size=2, max_size=10), st.booleans(), st.data())
def test_a_name_is_found_by_all_of_its_keys_and_parts(
    desk: Workspace, name: str, person: bool, data: st.DataObject
) -> None:
    if clean(name) != name or runs(plain(name)) != [name]:
        return
    record = desk.storage.new_id()
    with desk.storage.change(Text("Add")) as change:
        if person:
            change.put(PERSON, Person(id=record, name=name))
        else:
            change.put(ACCOUNT, Account(id=record, name=name))
    taken = name_of(name, person=person)
    typed = {*exact_keys(taken), "".join(taken.variants()[0].syllables)}
    typed.add("".join(taken.variants()[0].initials))
    start = data.draw(st.integers(0, len(name) - 2))
    typed.add(name[start : data.draw(st.integers(start + 2, len(name)))])
    for text in typed:
        found = desk.search.names(text)
        assert record in [hit.id for hit in (found.people if person else found.accounts)], text


# The rows of search


def rows_of(desk: Workspace) -> dict[str, list[Any]]:
    """All rows of search, without the numbers that only say in which order they came."""
    ask = desk.storage.reader.ask
    execute = desk.storage.connection.execute
    eids = {row[0]: row[1] for row in ask("SELECT n, eid FROM search_names")}
    docs = {row[0]: tuple(row)[1:] for row in ask("SELECT rid, eid, cell, digest FROM search_docs")}
    found: dict[str, list[Any]] = {
        "names": sorted(map(tuple, ask("SELECT kind, eid, weight, lines FROM search_names"))),
        "keys": sorted((row[0], row[1], eids[row[2]]) for row in ask("SELECT * FROM search_keys")),
        "docs": sorted((rid >> 32, *doc) for rid, doc in docs.items()),
    }
    for table in ("search_accounts", "search_people", "search_notes"):
        execute(f"CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, {table}, instance)")
        known: Callable[[int], object] = (
            (lambda rid: docs[rid])
            if table == "search_notes"
            else (lambda rid: (rid >> 40, eids[rid & (1 << 40) - 1]))
        )
        words = execute("SELECT term, doc, col FROM temp.v").fetchall()
        found[table] = sorted((row[0], known(row[1]), row[2] or "") for row in words)
        execute("DROP TABLE temp.v")
    return found


def test_following_and_rebuilding_come_to_the_same(town: Workspace) -> None:
    firm = an_account(town, "安平电力", note="账期")
    person = a_person(town, "李娜", firm, title="经理")
    visit = a_visit(town, firm, objective="交期", state=VisitState.HELD)
    town.visits.seat(Attendee.at(visit, person.id, Side.THEIRS))
    seen = town.storage.position()
    town.accounts.change(replace(firm, name="永泰能源", note="年框"), base=firm, seen=seen)
    town.visits.move(visit.id, Instant.at(date(2026, 2, 2), 9), seen=seen)
    town.undo.undo()
    town.accounts.drop(firm.id)
    town.undo.undo()
    town.people.drop(person.id)
    index = SearchIndex(town.storage.catalogue)
    assert index.findings(town.storage.connection) == []
    followed = rows_of(town)
    with town.storage.transaction():
        index.rebuild(town.storage.connection)
    assert rows_of(town) == followed
    assert index.findings(town.storage.connection) == []


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM search_names WHERE n = 1",
        "UPDATE search_names SET weight = 0",
        "DELETE FROM search_keys WHERE key = 'yzgf'",
        "DELETE FROM search_accounts WHERE rowid IN (SELECT max(rowid) FROM search_accounts)",
        "DELETE FROM search_docs",
        "UPDATE search_docs SET digest = 1",
        "DELETE FROM search_notes",
    ],
)
def test_damage_is_found_and_put_right(town: Workspace, damage: str) -> None:
    firm = an_account(town, "安平电力", note="账期")
    assert firm
    index, connection = SearchIndex(town.storage.catalogue), town.storage.connection
    with town.storage.transaction():
        connection.execute(damage)
    assert index.findings(connection)
    with town.storage.transaction():
        index.rebuild(connection)
    assert index.findings(connection) == []


def test_erased_words_do_not_stay_in_the_segments(desk: Workspace) -> None:
    firm = an_account(desk, "安平电力", note="绝密字样")
    desk.accounts.change(replace(firm, note=""), base=firm, seen=desk.storage.position())
    connection = desk.storage.connection
    with desk.storage.transaction():
        SearchIndex(desk.storage.catalogue).forget(connection)
    blocks = connection.execute("SELECT block FROM search_notes_data").fetchall()
    assert not any("绝密".encode() in bytes(row[0]) for row in blocks)


@pytest.mark.parametrize(
    "typed",
    ["yzgf", "高峰", "云", "gao 云州", "KA-0173", "2238 6002", "采购", "simnos", "交期", "zzzz"],
)
def test_no_question_reads_a_whole_table(town: Workspace, typed: str) -> None:
    an_account(town, "安平电力", note="交期")
    with traced(town) as asked:
        town.search.find(typed)
    assert asked
    for sql in asked:
        rows = town.storage.connection.execute("EXPLAIN QUERY PLAN " + sql)
        plan = [row[3] for row in rows]
        scans = [step for step in plan if step.startswith("SCAN")]
        assert all("VIRTUAL TABLE INDEX" in step for step in scans), (sql, plan)


def test_a_saved_visit_loads_no_pinyin(desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    firm = an_account(desk, "安平电力")
    person = a_person(desk, "李娜", firm)

    def refuse(*_: object) -> None:
        raise AssertionError("spelt again")

    monkeypatch.setattr("kamdesk.search.keys.spelt", refuse)
    visit = a_visit(desk, firm, objective="交期", state=VisitState.HELD)
    desk.visits.seat(Attendee.at(visit, person.id, Side.THEIRS))
    desk.people.reach(desk.people.way(person, Channel.MOBILE, "13800138000"))
    assert people(desk, "13800138000") == ["李娜"]


def test_a_name_in_the_index_is_not_spelt_again(town: Workspace) -> None:
    firm = an_account(town, "重庆长安汽车股份有限公司")
    person = a_person(town, "曾重", firm)
    known = town.search.spoken([firm.name, person.name, "无此公司"])
    assert set(known) == {firm.name, person.name}
    assert known[firm.name] == name_of(firm.name)
    assert known[person.name] == name_of(person.name, person=True)


def test_a_way_without_a_channel_is_found_beside_one_that_has_it(desk: Workspace) -> None:
    """Halves arrive from afar; two of one person must still be put in order."""
    person = desk.people.new("张伟", None)
    desk.people.add(person)
    with desk.storage.change(Text("Half")) as change:
        for channel in (None, "mobile"):
            way = SimpleNamespace(id=desk.storage.new_id(), account=None, person=person.id)
            way.channel, way.value, way.note = channel, "13800001234", None
            change.put(WAY, way)
    assert untruths(desk) == []
