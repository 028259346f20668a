"""Desks of this version and of the one before at one hub; a foreign version is told so, and why."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from support import wire_before as before
from support.hub_made import Made, made

from kamdesk.core.clock import SystemClock
from kamdesk.core.wire_op import WireOp
from kamdesk.hub import devices, schema
from kamdesk.hub.hub import Hub
from kamdesk.sync.wire.chains import START
from kamdesk.sync.wire.messages import (
    PROTO,
    Done,
    Exchange,
    Mark,
    SnapshotAsk,
    Upgrade,
    read,
    read_answer,
    said,
)
from kamdesk.sync.wire.ops import pulled, pushes
from kamdesk.sync.wire.versions import read_exchange, said_in

ACCOUNT, RECORD, OTHER = "0198" * 8, "0199" * 8, "019a" * 8
WALL = 1_700_000_000_000


class Line:
    """A hub and two devices at it, reached by bytes as over the network."""

    def __init__(self, url: str) -> None:
        self.team: Made = made(url, [ACCOUNT])
        self.hub = Hub(schema.engine_for(url), SystemClock())

    def say(self, seat: tuple[int, str], body: bytes) -> bytes:
        ask = read_exchange(body)
        return said_in(self.hub.exchange(self._known(seat), ask), ask.proto)

    def snapshot(self, seat: tuple[int, str], body: bytes) -> bytes:
        ask = read(body, SnapshotAsk)
        return said_in(self.hub.snapshot(self._known(seat), ask), ask.proto)

    def _known(self, seat: tuple[int, str]) -> devices.Device:
        with self.hub.engine.connect() as connection:
            device = devices.known(connection, seat[1])
        assert device is not None
        return device


@pytest.fixture
def line(hub_url: str) -> Iterator[Line]:
    found = Line(hub_url)
    yield found
    found.hub.engine.dispose()


def now(dev: int, **more: Any) -> Exchange:
    plain = {"epoch": 1, "start": 1, "chain": START, "marks": [Mark(0, 0)], "access": 0}
    return Exchange(proto=PROTO, dev=dev, **{**plain, **more})  # type: ignore[arg-type]


def test_what_a_desk_of_the_version_before_writes_one_of_this_reads(line: Line) -> None:
    old, new = line.team.writer, line.team.reader
    op = before.op(1, RECORD, {"name": "岑岳"}, wall=WALL)
    body = before.ask(dev=old[0], ops=[op], scopes=[[ACCOUNT, "internal"]])
    told = before.answer(line.say(old, body))
    assert told["settled"] == {"last": 1, "rejected": []}
    again = before.answer(line.say(old, body))
    assert again["settled"] == {"last": 1, "rejected": []}
    rights = read_answer(line.say(new, said(now(new[0]))))
    assert isinstance(rights, Done)
    assert rights.access is not None
    done = read_answer(line.say(new, said(now(new[0], access=rights.access.at))))
    assert isinstance(done, Done)
    assert [op.cells for op in pulled(done.scopes, done.ops)] == [{"name": "岑岳"}]
    assert done.checks


def test_what_a_desk_of_this_version_writes_one_of_the_version_before_reads(line: Line) -> None:
    old, new = line.team.writer, line.team.reader
    account, record, other = (bytes.fromhex(one) for one in (ACCOUNT, RECORD, OTHER))
    ops = [
        WireOp(new[0], 1, WALL, 0, 1, (account, "internal"), "account", record, 1, {"name": "a"}),
        WireOp(new[0], 2, WALL, 0, 1, (account, "internal"), "of_later", other, 1, {"new": 1}),
    ]
    scopes, lines = pushes(ops)
    told = read_answer(line.say(new, said(now(new[0], scopes=scopes, ops=lines))))
    assert told.settled.last == 2
    assert told.settled.rejected == []
    rights = before.answer(line.say(old, before.ask(dev=old[0], ops=[], scopes=[])))
    body = before.ask(dev=old[0], ops=[], scopes=[], access=rights["access"]["at"])
    heard = before.answer(line.say(old, body))
    assert [op[7] for op in heard["ops"]] == ["account", "of_later"]
    page = before.snapshot_page(line.snapshot(old, before.snapshot_ask([[ACCOUNT, "internal"]])))
    assert [op[7] for op in page["ops"]] == ["account", "of_later"]


@pytest.mark.parametrize("proto", [PROTO + 1, PROTO + 5])
def test_a_foreign_version_is_asked_to_upgrade_and_nothing_of_it_is_taken(
    line: Line, proto: int
) -> None:
    old = line.team.writer
    op = before.op(1, RECORD, {"name": "x"}, wall=WALL)
    body = before.ask(dev=old[0], ops=[op], scopes=[[ACCOUNT, "internal"]])
    line.say(old, body)
    foreign = {**json.loads(body), "proto": proto, "start": 2, "news": {"packed": True}}
    told = read_answer(line.say(old, json.dumps(foreign).encode()))
    assert isinstance(told, Upgrade)
    assert (told.proto, told.settled.last) == (PROTO, 1)
