"""The list of customers: its lines, filters, groups of companies, one change to many."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.asked import scans, statements

from kamdesk.core.clock import Instant
from kamdesk.core.errors import Cancelled, RuleBroken
from kamdesk.core.ids import AccountId, Id
from kamdesk.domain.accounts.listing import CustomerLine
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.filters.model import Condition, Test
from kamdesk.domain.own_fields.model import Of, Sort
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import VisitState
from kamdesk.dossier.bulk_change import BulkChange, Edit, edit_of_field, edit_of_tags, edit_of_text
from kamdesk.dossier.customer_filter import filter_fields, predicate
from kamdesk.dossier.customer_list import CustomerList, customer_list, group_places
from kamdesk.workspace import Workspace

TODAY = date(2026, 3, 12)


def add(desk: Workspace, name: str, *, tags: tuple[str, ...] = (), **more: object) -> AccountId:
    account = replace(desk.accounts.new(name), **more)  # type: ignore[arg-type]
    desk.accounts.add(account, tags=tags)
    return account.id


def visit(desk: Workspace, account: AccountId, day: date) -> None:
    made = replace(desk.visits.new(account, Instant.at(day, 10)), state=VisitState.HELD)
    desk.visits.plan(made)


def names(found: Iterable[CustomerLine]) -> set[str]:
    return {line.name for line in found}


@pytest.fixture
def listed(desk: Workspace) -> CustomerList:
    """Four customers of all kinds."""
    owner = desk.team.ask.everybody()[0].id
    lines_field = desk.own_fields.new("Lines", Of.ACCOUNT, Sort.NUMBER)
    desk.own_fields.add(lines_field)
    old = add(desk, "旧客户", class_by_hand=AccountClass.CORE, owner=owner, tags=("重点", "出口"))
    fresh = add(desk, "新客户", class_by_hand=AccountClass.MAINTAIN, city="无锡")
    add(desk, "never seen")
    part = add(desk, "分公司", group_parent=old)
    visit(desk, old, date(2026, 1, 5))
    visit(desk, fresh, date(2026, 3, 1))
    promise = desk.promises.new(part, PromiseSide.OURS, "报价")
    desk.promises.make(replace(promise, due=date(2026, 3, 10)))
    desk.own_fields.write(old, lines_field, "12")
    desk.own_fields.write(fresh, lines_field, "3")
    return customer_list(desk.storage)


def test_a_line_says_all_the_list_can_show(listed: CustomerList) -> None:
    by_name = {line.name: line for line in listed.lines}
    old, part = by_name["旧客户"], by_name["分公司"]
    assert old.owner == "林晓彤"
    assert old.tags == ("出口", "重点")
    assert old.last_visit.startswith("2026-01-05")
    assert list(old.own.values()) == ["12"]
    assert (part.group, part.overdue) == ("旧客户", 1)
    assert by_name["never seen"] == CustomerLine(
        by_name["never seen"].id, "never seen", "", "", None, None, *[""] * 5, None, "", "", "",
        (), 0, {},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        (("class", Test.IS, "core"), {"旧客户"}),
        (("class", Test.IS_NOT, "core"), {"新客户", "never seen", "分公司"}),
        (("class", Test.UNKNOWN, ""), {"never seen", "分公司"}),
        (("owner", Test.IS, "林晓彤"), {"旧客户"}),
        (("owner", Test.KNOWN, ""), {"旧客户"}),
        (("tags", Test.IS, "出口"), {"旧客户"}),
        (("tags", Test.UNKNOWN, ""), {"新客户", "never seen", "分公司"}),
        (("last_visit", Test.NOT_FOR, "30"), {"旧客户", "never seen", "分公司"}),
        (("last_visit", Test.WITHIN, "30"), {"新客户"}),
        (("last_visit", Test.KNOWN, ""), {"旧客户", "新客户"}),
        (("overdue", Test.AT_LEAST, "1"), {"分公司"}),
        (("overdue", Test.AT_MOST, "0"), {"旧客户", "新客户", "never seen"}),
        (("name", Test.HOLDS, "Seen NEVER"), {"never seen"}),
        (("group", Test.IS, "旧客户"), {"分公司"}),
        (("Lines", Test.AT_LEAST, "5"), {"旧客户"}),
        (("Lines", Test.AT_MOST, "5"), {"新客户"}),
        (("Lines", Test.UNKNOWN, ""), {"never seen", "分公司"}),
    ],
)
def test_a_condition_keeps_who_meets_it(
    listed: CustomerList, condition: tuple[str, Test, str], left: set[str]
) -> None:
    field, test, value = condition
    fields = filter_fields(listed.lines, listed.own)
    key = next(one.key for one in fields if field in (one.key, one.title))
    keep = predicate([Condition(field=key, test=test, value=value)], fields, TODAY)
    assert keep is not None
    assert names(filter(keep, listed.lines)) == left


def test_all_conditions_count_and_those_on_lost_fields_do_not(listed: CustomerList) -> None:
    fields = filter_fields(listed.lines, listed.own)
    known = Condition(field="last_visit", test=Test.KNOWN)
    core = Condition(field="class", test=Test.IS, value="core")
    lost = Condition(field="own:" + "0" * 32, test=Test.KNOWN)
    both = predicate([known, core, lost], fields, TODAY)
    assert both is not None
    assert names(filter(both, listed.lines)) == {"旧客户"}
    assert predicate([lost], fields, TODAY) is None


def test_a_filter_is_kept_changed_deleted_and_comes_back(desk: Workspace) -> None:
    core = Condition(field="class", test=Test.IS, value="core")
    days = Condition(field="last_visit", test=Test.NOT_FOR, value="30")
    desk.filters.keep("Core, not seen", "accounts", (core, days))
    desk.filters.keep("core, NOT seen", "accounts", (core,))
    (saved,) = desk.filters.ask.of_list("accounts")
    assert saved.conditions == (core,)
    desk.undo.undo()
    assert desk.filters.ask.of_list("accounts")[0].conditions == (core, days)
    desk.filters.drop(saved)
    assert desk.filters.ask.of_list("accounts") == []
    desk.undo.undo()
    assert len(desk.filters.ask.of_list("accounts")) == 1
    assert Condition.read("class\tof a newer program\tx") is None


@pytest.mark.parametrize(
    ("name", "condition", "field"),
    [
        ("", Condition(field="class", test=Test.KNOWN), "name"),
        ("n", Condition(field="class", test=Test.IS), "value"),
        ("n", Condition(field="last_visit", test=Test.WITHIN, value="soon"), "value"),
        ("n", None, "value"),
    ],
)
def test_a_filter_that_says_nothing_is_refused_at_its_field(
    desk: Workspace, name: str, condition: Condition | None, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        desk.filters.keep(name, "accounts", (condition,) if condition else ())
    assert refused.value.field == field


def a_line(n: int, parent: int | None) -> CustomerLine:
    one = AccountId(Id(n.to_bytes(16, "big")))
    above = None if parent is None else AccountId(Id(parent.to_bytes(16, "big")))
    return CustomerLine(
        one, f"c{n:02}", "", "", None, None, *[""] * 5, above, "", "", "", (), 0, {}
    )


@given(st.dictionaries(st.integers(1, 12), st.none() | st.integers(1, 14)))
def test_groups_of_companies_are_trees_whatever_was_written(parents: dict[int, int | None]) -> None:
    lines = [a_line(*pair) for pair in parents.items()]
    places = group_places(lines)
    assert places == group_places(lines[::-1])
    for line in lines:
        place = places.get(line.id)
        if place is not None:
            assert place.path[-1] == line.name
            assert len(set(place.path)) == len(place.path)
            assert places[place.top].depth == 0
    assert {at.top for at in places.values()} <= places.keys()


def test_a_group_shows_who_stands_below_whom() -> None:
    places = group_places([a_line(1, None), a_line(2, 1), a_line(3, 2), a_line(4, None)])
    assert [places[a_line(n, None).id].path for n in (1, 2, 3)] == [
        ("c01",),
        ("c01", "c02"),
        ("c01", "c02", "c03"),
    ]
    assert a_line(4, None).id not in places


def test_many_are_changed_as_one_action_and_taken_back(
    desk: Workspace, listed: CustomerList
) -> None:
    every = [line.id for line in listed.lines]
    edit = Edit(cell="class_by_hand", value="core")
    outlook = desk.bulk.look([*every, AccountId(Id(b"9" * 16))], edit)
    assert len(outlook.changing) == 3
    assert outlook.same == 1
    assert [refused.why.plain for refused in outlook.refused] == ["it was deleted meanwhile"]
    done = desk.bulk.make(every, edit)
    assert len(done.records) == 3
    assert {a.class_by_hand for a in desk.accounts.ask.lines()} == {AccountClass.CORE}
    step = desk.undo.next_undo()
    assert step is not None
    assert step.name.plain == "Change 3 customers"
    desk.undo.undo()
    assert customer_list(desk.storage) == listed


def test_every_edit_does_what_it_says(desk: Workspace, listed: CustomerList) -> None:
    every = [line.id for line in listed.lines]
    (field,) = listed.own
    me = desk.team.ask.everybody()[0].id
    for edit in (
        Edit(cell="owner", value=me),
        edit_of_text("industry", " 轴承  制造 "),
        edit_of_text("place", "苏州"),
        edit_of_field(field, "７", storage=desk.storage),
        edit_of_tags("a，b、c, a", remove=False),
        edit_of_tags("b", remove=True),
    ):
        desk.bulk.make(every, edit)
        assert desk.bulk.look(every, edit) == ((), 4, ())
    for line in customer_list(desk.storage).lines:
        assert (line.owner, line.industry, line.city) == ("林晓彤", "轴承 制造", "苏州")
        assert line.own == {field.id: "7"}
        assert {"a", "c"} <= set(line.tags)
        assert "b" not in line.tags
    desk.bulk.make(every, Edit(cell="industry"))
    assert {line.industry for line in customer_list(desk.storage).lines} == {""}


def test_a_group_is_not_made_to_run_in_a_circle(desk: Workspace, listed: CustomerList) -> None:
    by_name = {line.name: line.id for line in listed.lines}
    edit = Edit(cell="group_parent", value=by_name["分公司"])
    outlook = desk.bulk.look(list(by_name.values()), edit)
    assert {one.name for one in outlook.refused} == {"旧客户", "分公司"}
    assert {one.why.plain for one in outlook.refused} == {"the group would run in a circle"}
    assert set(outlook.changing) == {by_name["新客户"], by_name["never seen"]}


def test_what_is_cancelled_writes_nothing(desk: Workspace) -> None:
    every = [add(desk, f"c{n}") for n in range(450)]
    before = desk.storage.reader.ask("SELECT count(*) FROM op").value()
    told: list[int] = []

    def step(done: int, of: int) -> None:
        told.append(done)
        if done >= 200:
            raise Cancelled

    with pytest.raises(Cancelled):
        BulkChange(desk.storage).make(every, Edit(cell="industry", value="x"), step=step)
    assert told == [0, 200]
    assert desk.storage.reader.ask("SELECT count(*) FROM op").value() == before


@pytest.mark.parametrize(("typed", "remove"), [("", False), (" , ，", True), ("x" * 61, False)])
def test_tags_that_say_nothing_are_refused(typed: str, remove: bool) -> None:
    with pytest.raises(RuleBroken) as refused:
        edit_of_tags(typed, remove=remove)
    assert refused.value.field == "value"


def test_the_list_reads_overdue_promises_by_their_index(desk: Workspace) -> None:
    asked = statements(desk, lambda: customer_list(desk.storage))
    assert len(asked) == 7
    read = {table for one in asked for table in scans(desk, one)}
    assert read == {"accounts", "accounts_tags", "colleagues", "own_fields", "saved_filters"}
