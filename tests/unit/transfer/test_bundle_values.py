"""Values of cells as a bundle writes and takes them, without any disk."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.privacy import Privacy
from kamdesk.storage.carrying import StoredAction, StoredOp, StoredRecord
from kamdesk.storage.catalogue import Cell, Kind, Merge
from kamdesk.storage.fold import Verb
from kamdesk.storage.ops import Scope
from kamdesk.transfer.bundle.form import Unfit, belongs, kind_of, limits_for
from kamdesk.transfer.bundle.log_lines import action_line, op_line, take_action, take_op
from kamdesk.transfer.bundle.record_lines import RESERVED, record_line, take_record
from kamdesk.transfer.bundle.values import KindForm, loose, moment, tight
from kamdesk.transfer.limits import LIMITS, MIB
from kamdesk.workspace import KINDS

OFFER = Kind(
    "offer",
    table="offers",
    scope_of="account",
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("title", privacy=Privacy.BUSINESS),
        Cell("price", columns=("minor", "currency"), privacy=Privacy.MONEY),
        Cell("chance", privacy=Privacy.OPINION),
        Cell("digest", privacy=Privacy.INTERNAL),
        Cell("tags", privacy=Privacy.INTERNAL, merge=Merge.LINKS),
        Cell("people", privacy=Privacy.INTERNAL, merge=Merge.LINKS),
    ),
)
TYPES = {
    "offers": {
        "account": "BLOB",
        "title": "TEXT",
        "minor": "INTEGER",
        "currency": "TEXT",
        "chance": "REAL",
        "digest": "BLOB",
    },
    "offers_tags": {"eid": "BLOB", "target": "TEXT"},
    "offers_people": {"eid": "BLOB", "target": "BLOB"},
}
FORM = KindForm(OFFER, TYPES)
FORMS = {"offer": FORM}
ONE, TWO = b"\x01" * 16, b"\x02" * 16
INSTANT = "2026-03-12T06:00:00.000Z Asia/Shanghai"


def test_a_record_is_readable_and_comes_back() -> None:
    record = StoredRecord(
        ONE,
        True,
        {
            "account": TWO,
            "title": "报价",
            "price": (12345, "CNY"),
            "chance": 0.5,
            "digest": b"\x00",
        },
        {"tags": ["甲", "乙"], "people": [ONE, TWO]},
        ["title"],
    )
    line = record_line(FORM, record)
    assert line == {
        "id": "01" * 16,
        "gone": True,
        "contested": ["title"],
        "account": "02" * 16,
        "title": "报价",
        "price": {"minor": 12345, "currency": "CNY"},
        "chance": 0.5,
        "digest": "00",
        "tags": ["甲", "乙"],
        "people": ["01" * 16, "02" * 16],
    }
    taken, strangers = take_record(FORM, line)
    assert strangers == []
    assert taken == record._replace(
        contested=[], links={"tags": sorted(["甲", "乙"]), "people": [ONE, TWO]}
    )


def test_what_says_nothing_is_left_out() -> None:
    record = StoredRecord(ONE, False, {"title": None, "price": (None, None)}, {}, [])
    assert record_line(FORM, record) == {"id": "01" * 16}


@pytest.mark.parametrize(
    "cells",
    [
        {"title": None, "price": (None, None), "chance": None},
        {"title": "", "price": (None, "CNY")},
        {"price": None},
        {"title": "a", "account": ONE, "chance": 3},
    ],
)
def test_an_op_keeps_what_it_was(cells: dict[str, Any]) -> None:
    op = StoredOp(
        7, 2, 0, None, 0, 1_773_295_200_123, Scope(ONE, "internal"), "offer", TWO, 1, cells, None
    )
    assert take_op(FORMS, op_line(FORMS, op)) == op


def test_an_op_of_a_team_keeps_its_numbers_and_sets_their_order() -> None:
    cells = {"tags": ("乙", "甲"), "people": (TWO, ONE)}
    op = StoredOp(7, 2, 3, 9, 4, 0, Scope(None, "house"), "offer", TWO, int(Verb.LINK), cells, 11)
    line = op_line(FORMS, op)
    assert (line["verb"], line["dev"], line["seq"]) == ("link", 3, 11)
    assert line["cells"] == {"tags": ["乙", "甲"], "people": ["02" * 16, "01" * 16]}
    assert take_op(FORMS, line) == op


def test_what_is_unknown_here_is_carried_as_it_is() -> None:
    cells = {"new": (1, b"\xff", ("a", None, True), 1.5)}
    op = StoredOp(1, 1, 0, None, 0, 0, Scope(None, "local"), "future", ONE, 99, cells, None)
    line = op_line(FORMS, op)
    assert line["cells"] == {"new": [1, {"hex": "ff"}, ["a", None, True], 1.5]}
    assert take_op(FORMS, line) == op


plain = st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.binary(max_size=9)
loosely = st.recursive(plain, lambda inner: st.lists(inner, max_size=3).map(tuple))


@given(loosely)
def test_any_unknown_value_comes_back(value: Any) -> None:
    assert tight(loose(value)) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("title", 1), ("title", True), ("title", ["a"]), ("title", {"hex": "00"}),
        ("title", "a\0"), ("title", "x" * 100_001), ("account", "zz"), ("account", "01" * 15),
        ("account", "01" * 17), ("account", 1), ("chance", "1"), ("chance", True),
        ("chance", 2**63), ("chance", float("inf")), ("price", []), ("price", {"minor": "1"}),
        ("price", {"minor": 1.5}), ("price", {"other": 1}), ("digest", ""), ("digest", "00" * 65),
        ("tags", "a"), ("tags", ["a", "a"]), ("tags", [None]), ("tags", [1]), ("people", ["a"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_its_cell_is_refused(cell: str, value: Any) -> None:
    with pytest.raises(Unfit, match=f"“{cell}”"):
        FORM.take(OFFER.by_name[cell], value)


def test_blanks_around_a_text_stay_and_controls_go() -> None:
    title = OFFER.by_name["title"]
    for kept in (" a ", "a\n", "\u3000甲", "e\u0301"):
        assert FORM.take(title, kept) == kept
    assert FORM.take(title, "a\x1bb\r\n") == "ab"


def test_an_action_comes_back_with_its_name() -> None:
    action = StoredAction(3, "Undo: {name}", None, '{"name": "改"}', INSTANT, ONE, 1, 2, 2, None)
    line = action_line(action)
    assert line["values"] == {"name": "改"}
    assert line["ops"] == [1, 2]
    assert take_action(line) == action


@pytest.mark.parametrize("name", ["{x.__class__}", "{x!r}", "{x:>9}", "{gone}", "{", "", None, 7])
def test_a_name_that_cannot_be_said_is_a_change(name: Any) -> None:
    line = {"action": 1, "name": name, "values": {"x": "a"}, "at": INSTANT}
    assert take_action(line).name == "Change"


@pytest.mark.parametrize(
    "at",
    ["", None, 7, "2026-03-12", "2026-03-12T06:00:00", "2026-13-12T06:00:00.000Z", "Z",
     "2026-03-12T06:00:00.000Z Nowhere/Land", "1969-01-01T00:00:00.000Z", "9" * 400 + "Z"],
)  # fmt: skip
def test_what_is_no_moment_is_refused(at: Any) -> None:
    with pytest.raises(Unfit):
        moment(at)


def test_no_cell_is_called_like_what_stands_beside_cells() -> None:
    assert not {cell.name for kind in KINDS for cell in kind.cells} & RESERVED


def test_every_kind_has_a_part() -> None:
    for kind in KINDS:
        assert kind_of(f"records/{kind.name}.jsonl") == kind.name


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "/", "records", "records/.jsonl", "records/A.jsonl", "records/a.jsonl/",
     "records//a.jsonl", "./bundle.json", "bundle.json ", "files/../a", "files/" + "g" * 64,
     "files/" + "a" * 65, "records/a.jsonl\n", "records\\a.jsonl", "con", "history.jsonl\0"],
)  # fmt: skip
def test_strange_names_do_not_belong(name: str) -> None:
    assert not belongs(name)


def test_what_belongs() -> None:
    for name in ("bundle.json", "history.jsonl", "files/" + "a" * 64, "records/", "README.txt"):
        assert belongs(name)


def test_time_grows_with_size_and_memory_does_not() -> None:
    small, large = limits_for(0), limits_for(100 * MIB)
    assert small.cpu == LIMITS.cpu
    assert large.cpu == 220
    assert small.memory == large.memory == LIMITS.memory
    assert small.ratio == large.ratio == 100


def test_a_word_of_a_newer_program_is_kept_and_a_sentence_in_its_place_is_not() -> None:
    kind = next(kind for kind in KINDS if kind.name == "visit")
    cell = next(cell for cell in kind.cells if cell.name == "state")
    form = KindForm(kind, {"visits": dict.fromkeys(kind.columns, "TEXT")})
    assert form.take(cell, "postponed") == "postponed"
    for value in ("Not a word", "", "x" * 41):
        with pytest.raises(Unfit, match="means nothing here"):
            form.take(cell, value)
