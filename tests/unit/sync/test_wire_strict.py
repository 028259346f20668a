"""The wire is read strictly: whatever bytes come, they are a message or ``Garbled``."""

import gzip
import json
import zlib
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.wire_op import WireOp
from kamdesk.core.wording import say
from kamdesk.sync.wire import reasons
from kamdesk.sync.wire.bodies import SMALL, pack, packing, unpack
from kamdesk.sync.wire.messages import (
    LARGEST_BODY,
    Answer,
    Clock,
    Done,
    Exchange,
    Expect,
    Mark,
    Pull,
    Push,
    Rejected,
    Scope,
    Settled,
    SnapshotAsk,
    SnapshotPage,
    read,
    read_answer,
    said,
)
from kamdesk.sync.wire.ops import pulled, pushes
from kamdesk.sync.wire.strict import LARGEST, LONGEST, Garbled, read_cells, say_cells, vetted
from kamdesk.sync.wire.versions import read_exchange

MOMENTS = st.integers(0, 253_000_000_000_000)
numbers = st.integers(0, LARGEST)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80)
names = words.filter(bool)
ids = st.binary(min_size=16, max_size=16)
plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-LARGEST, LARGEST),
    st.floats(allow_nan=False, allow_infinity=False),
    texts,
    st.binary(),
)
values = st.one_of(plain, st.lists(plain | st.tuples(plain), max_size=3).map(tuple))
ops = st.builds(
    WireOp,
    dev=st.just(7),
    dseq=numbers,
    wall=MOMENTS,
    ctx=numbers,
    txn=st.integers(0, 2),
    scope=st.just((None, "house")) | st.tuples(ids, st.sampled_from(["internal", "partner"])),
    kind=words,
    record=ids,
    verb=st.integers(0, 9),
    cells=st.dictionaries(names, values, max_size=3),
    by=st.none(),
    seq=st.none(),
)


def exchange(sent: list[WireOp]) -> Exchange:
    scopes, lines = pushes(sent)
    whole = {"epoch": 1, "dev": 7, "start": 1, "chain": "", "marks": [Mark(1, 2)], "access": 0}
    return Exchange(proto=2, scopes=scopes, ops=lines, **whole)  # type: ignore[arg-type]


def answered(ask: Exchange) -> list[Pull]:
    """What a hub would say of these ops to another desk."""
    return [
        Pull(n, 7, op.dseq, op.wall, op.ctx, op.txn, op.scope, op.kind, op.record, op.verb, *rest)
        for n, op in enumerate(ask.ops, 1)
        for rest in [(op.cells, op.name)]
    ]


@given(st.lists(ops, max_size=4))
def test_what_one_desk_says_another_hears(sent: list[WireOp]) -> None:
    named = [op._replace(name=f"Action {op.txn}") for op in sent]
    heard = read_exchange(unpack(*pack(said(exchange(named)), "zstd")))
    came = pulled(heard.scopes, answered(heard))
    assert came == [op._replace(seq=n) for n, op in enumerate(named, 1)]


def test_the_name_of_an_action_is_said_once() -> None:
    first = WireOp(7, 1, 3, 4, 5, (None, "house"), "tag", b"\1" * 16, 1, {}, "Add")
    _, lines = pushes([first, first._replace(dseq=2), first._replace(dseq=3, txn=6)])
    assert [line.name for line in lines] == ["Add", "", "Add"]
    by = b"\2" * 16
    page = answered(exchange([first, first._replace(dseq=2)]))
    authored = [
        Pull(*[getattr(page[0], f) for f in Pull.__struct_fields__[:-1]], by.hex()),
        page[1],
    ]
    assert [(op.name, op.by) for op in pulled([Scope(None, "house")], authored)] == [
        ("Add", by),
        ("Add", by),
    ]


@pytest.mark.parametrize("change", [{"scope": 1}, {"wall": 2**62}, {"cells": b'{"a":[[]}'}])
def test_a_page_with_one_odd_op_is_refused_whole(change: dict[str, Any]) -> None:
    numbers = dict.fromkeys(["seq", "dev", "dseq", "wall", "ctx", "txn", "scope", "verb"], 0)
    good = {**numbers, "kind": "tag", "record": "0" * 32, "cells": b"{}"}
    odd = Pull(**{**good, **change})  # type: ignore[arg-type]
    with pytest.raises(Garbled):
        pulled([Scope(None, "house")], [odd])


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_garble(body: bytes) -> None:
    for kind in (Exchange, SnapshotAsk, SnapshotPage, Settled):
        with pytest.raises(Garbled):
            read(body, kind)
    for reader in (read_answer, read_exchange):
        with pytest.raises(Garbled):
            reader(body)
    for encoding in ("gzip", "zstd", "br"):
        with pytest.raises(Garbled):
            read(unpack(body, encoding), Exchange)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda part: (
        st.lists(part, max_size=4) | st.dictionaries(st.text(max_size=3), part, max_size=4)
    ),
    max_leaves=12,
)


@given(json_values)
def test_no_json_does_anything_but_garble(value: Any) -> None:
    body = json.dumps(value).encode()
    with pytest.raises(Garbled):
        read_answer(body)
    with pytest.raises(Garbled):
        read_exchange(body)
    try:
        cells = read_cells(body)
    except Garbled:
        return
    assert read_cells(say_cells(cells)) == cells


@given(st.data())
def test_a_message_with_some_bytes_changed_is_read_or_garbled(data: st.DataObject) -> None:
    op = WireOp(7, 1, 3, 4, 5, (None, "house"), "tag", b"\1" * 16, 1, {"a": "x", "b": (b"\0", 1.5)})
    body = bytearray(said(exchange([op])))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=3))
    try:
        heard = read_exchange(bytes(body))
        pulled(heard.scopes, answered(heard))
    except Garbled:
        pass


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":1,"a":1}',
        b'[{"x":{"b":"","b":""}}]',
        b'{"a":1,"\\u0061":1}',
        b"[" * 17 + b"]" * 17,
        b'{"a":' * 17 + b"1" + b"}" * 17,
        b"[" * 200_000,
        b"[NaN]",
        b"[-Infinity]",
        b'["\xff"]',
        b'"' + b'\\"' * 200_000,
        b"",
    ],
)
def test_no_honest_program_says_this(body: bytes) -> None:
    with pytest.raises(Garbled):
        vetted(body)


def test_what_is_in_a_text_does_not_nest() -> None:
    vetted(b"[" * 16 + b'"[[[[\\"{{{{"' + b"]" * 16)
    vetted(b"[" + b"[],{}," * 50_000 + b"[]]")


@pytest.mark.parametrize(
    "cells",
    [
        b"[]",
        b'{"":1}',
        b'{"a":"\\u0000"}',
        b'{"\\u0000":1}',
        b'{"a":["\\u0000"]}',
        b'{"a":"\\ud800"}',
        b'{"a":"\\udc00x"}',
        b'{"a":"\xff"}',
        b'{"a":1e999}',
        b'{"a":9223372036854775808}',
        b'{"a":-9223372036854775809}',
        b'{"a":[9223372036854775808]}',
        b'{"a":{"b":"?"}}',
        b'{"a":{"c":1}}',
        b'{"a":[{"c":1}]}',
        b'{"a":' + b"[" * 17 + b"]" * 17 + b"}",
        json.dumps({"a": "x" * (LONGEST + 1)}).encode(),
        json.dumps({"a": ["x" * (LONGEST + 1)]}).encode(),
        json.dumps({str(n): n for n in range(1001)}).encode(),
        json.dumps({str(n): "x" * LONGEST for n in range(11)}).encode(),
    ],
)
def test_values_no_table_can_hold_are_refused(cells: bytes) -> None:
    with pytest.raises(Garbled):
        read_cells(cells)


def test_the_longest_text_and_a_written_escape_are_taken() -> None:
    assert read_cells(json.dumps({"a": "张" * LONGEST}).encode()) == {"a": "张" * LONGEST}
    assert read_cells(b'{"a":"\\\\u0000"}') == {"a": "\\u0000"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), (float("nan"),), object(), {1: 2}])
def test_no_value_goes_out_that_would_not_come_in(value: object) -> None:
    with pytest.raises(Garbled):
        say_cells({"a": value})


def test_a_nul_in_a_word_of_the_message_is_garbled() -> None:
    op = Push(1, 1, 0, 1, 0, "ta\0g", "0" * 32, 1, b"{}")  # type: ignore[arg-type]
    whole = {"epoch": 1, "dev": 7, "start": 1, "chain": "", "marks": [], "access": 0}
    body = said(Exchange(proto=2, scopes=[], ops=[op], **whole))  # type: ignore[arg-type]
    with pytest.raises(Garbled, match="NUL"):
        read(body, Exchange)


@pytest.mark.parametrize(
    "answer",
    [
        Expect(settled=Settled(last=3)),
        Clock(settled=Settled(last=0, rejected=[Rejected(2, "no_right")]), now=5),
        Done(settled=Settled(last=1), epoch=1, head=9, now=3, mark=Mark(9, 2), more=True),
    ],
)
def test_answers_come_as_they_went(answer: Answer) -> None:
    assert read_answer(said(answer)) == answer


@given(st.binary(max_size=5000), st.sampled_from(["gzip", "zstd", None]))
def test_bodies_come_as_they_went(body: bytes, encoding: str | None) -> None:
    packed, name = pack(body, encoding)
    assert unpack(packed, name) == body
    assert (name is None) == (encoding is None or len(body) <= SMALL)


def zstd_of(body: bytes, *, sized: bool = True) -> bytes:
    return zstandard.ZstdCompressor(write_content_size=sized).compress(body)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(bytes(LARGEST_BODY + 1)), "gzip"),
        (zstd_of(bytes(LARGEST_BODY + 1)), "zstd"),
        (zstd_of(bytes(LARGEST_BODY + 1), sized=False), "zstd"),
        (bytes(LARGEST_BODY + 1), None),
        (gzip.compress(b"[]")[:-1], "gzip"),
        (gzip.compress(b"[]") + gzip.compress(b"[]"), "gzip"),
        (gzip.compress(b"[]") + b"x", "gzip"),
        (zlib.compress(b"[]"), "gzip"),
        (zstd_of(b"[]" * 99)[:-1], "zstd"),
        (zstd_of(b"[]") + b"x", "zstd"),
        (zstd_of(b"[]") + zstd_of(b"[]"), "zstd"),
        (b"[]", "deflate"),
    ],
    ids=lambda value: "body" if isinstance(value, bytes) else str(value),  # gzip writes the time
)
def test_bombs_and_broken_streams_are_garbled(body: bytes, encoding: str | None) -> None:
    with pytest.raises(Garbled):
        unpack(body, encoding)


@pytest.mark.parametrize(
    ("offered", "best"),
    [
        ("zstd, gzip", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("zstd;q=0, gzip", "gzip"),
        ("identity", None),
        ("", None),
        (None, None),
    ],
)
def test_the_best_packing_both_offer(offered: str | None, best: str | None) -> None:
    assert packing(offered) == best


def test_every_reason_says_what_to_do() -> None:
    for text in reasons.REASONS.values():
        assert say(text, "en").endswith(".")
    assert "odd_word" in say(reasons.why("odd_word"), "en")
