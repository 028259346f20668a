"""Ops as JSON: what goes out comes in the same, and nothing else is taken for an op."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.wire_op import WireOp
from kamdesk.sync.ops_as_text import as_text, from_text
from kamdesk.sync.wire.ops import LATEST
from kamdesk.sync.wire.strict import LARGEST, Garbled

numbers = st.integers(0, LARGEST)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
ids = st.binary(min_size=16, max_size=16)
plain = st.one_of(
    st.none(),
    st.integers(-LARGEST, LARGEST),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    texts,
    st.binary(),
)
values = st.one_of(plain, st.lists(plain, max_size=3).map(tuple))
ops = st.builds(
    WireOp,
    dev=numbers,
    dseq=numbers,
    wall=st.integers(0, LATEST),
    ctx=numbers,
    txn=numbers,
    scope=st.tuples(st.none() | ids, st.sampled_from(["house", "internal", "partner"])),
    kind=texts,
    record=ids,
    verb=numbers,
    cells=st.dictionaries(texts, values, max_size=3),
    name=st.just("Test"),
    by=st.none(),
    seq=st.none() | numbers,
)
A = WireOp(1, 2, 3, 4, 5, (None, "house"), "person", b"\1" * 16, 1, {"name": ("张", b"\0")})


@given(st.lists(ops, max_size=4))
def test_what_goes_out_comes_in_the_same(sent: list[WireOp]) -> None:
    assert from_text(as_text(sent)) == sent


def test_the_name_of_an_action_is_said_once() -> None:
    sent = [A._replace(name="Add", by=b"\2" * 16, dseq=n) for n in (1, 2)]
    text = as_text([*sent, A._replace(txn=6, name="Undo")])
    assert text.count("Add") == 1
    assert [(op.name, op.by) for op in from_text(text)] == [
        ("Add", b"\2" * 16),
        ("Add", b"\2" * 16),
        ("Undo", None),
    ]


def garbled(place: int, value: object) -> str:
    lines = json.loads(as_text([A]))
    lines[0][place] = value
    return json.dumps(lines)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "null",
        '"text"',
        "[1]",
        "[[]]",
        "<html>Please sign in</html>",
        "[" * 100_000,
        garbled(1, -1),
        garbled(1, True),
        garbled(2, 1.5),
        garbled(2, 2**63),
        garbled(3, "1"),
        garbled(6, "zz"),
        garbled(6, "00"),
        garbled(7, None),
        garbled(8, "a\0b"),
        garbled(9, None),
        garbled(11, []),
        garbled(11, {"name": {}}),
        garbled(11, {"name": {"b": "§"}}),
        garbled(11, {"name": {"b": 1}}),
        garbled(11, {"name": {"c": "YQ=="}}),
        garbled(11, {"name": 2**63}),
        garbled(11, {"name": "\ud800"}),
        garbled(11, {"name": float("nan")}),
        garbled(12, 1),
        garbled(13, "me"),
    ],
)
def test_nothing_else_is_taken_for_an_op(text: str) -> None:
    with pytest.raises(Garbled):
        from_text(text)
