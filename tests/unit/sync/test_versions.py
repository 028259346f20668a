"""Versions of the wire beside each other: this one, a frozen one before it, and foreign ones."""

import json
from typing import Any

import pytest
from msgspec import Raw
from support import wire_before as before

from kamdesk.https import Reply
from kamdesk.sync.online import Online
from kamdesk.sync.wire.bodies import unpack
from kamdesk.sync.wire.messages import (
    PROTO,
    Access,
    Check,
    Clock,
    Done,
    Elsewhere,
    Exchange,
    Expect,
    Forked,
    Mark,
    Pull,
    Push,
    Rejected,
    Scope,
    Settled,
    SnapshotAsk,
    SnapshotPage,
    Upgrade,
    read,
    read_answer,
    said,
)
from kamdesk.sync.wire.strict import Garbled, read_cells
from kamdesk.sync.wire.versions import SPOKEN, read_exchange, said_in

RECORD = "0198" * 8
SETTLED = Settled(last=3, rejected=[Rejected(2, "no_right")])
SCOPES = [Scope(RECORD, "internal")]
PULL = Pull(7, 2, 1, 5, 0, 1, 0, "account", RECORD, 1, Raw(b'{"name":"x"}'), "Add", RECORD)
PUSH = Push(1, 5, 0, 1, 0, "account", RECORD, 1, Raw(b'{"name":"x"}'), "Add")
DONE = Done(
    settled=SETTLED,
    epoch=1,
    head=9,
    now=5,
    mark=Mark(9, 4),
    more=False,
    scopes=SCOPES,
    ops=[PULL],
    own=[(1, 8)],
    access=Access(at=9, gained=[0]),
    checks=[Check(0, 4, "ab")],
)
ANSWERS = [
    DONE,
    Expect(settled=SETTLED),
    Forked(settled=SETTLED),
    Clock(settled=SETTLED, now=5),
    Upgrade(settled=SETTLED, proto=PROTO),
    Elsewhere(settled=SETTLED, epoch=2, start=None),
]
ASK = Exchange(
    proto=PROTO,
    epoch=1,
    dev=7,
    start=1,
    chain="",
    marks=[Mark(0, 0)],
    access=0,
    scopes=SCOPES,
    ops=[PUSH],
    wait=30,
)


def test_this_hub_hears_a_desk_of_the_version_before() -> None:
    line = before.op(1, RECORD, {"name": "x"}, wall=5)
    heard = read_exchange(before.ask(dev=7, ops=[line], scopes=[[RECORD, "internal"]]))
    assert (heard.proto, heard.wait, heard.dev) == (1, 0, 7)
    (op,) = heard.ops
    assert (op.dseq, op.wall, op.record, op.name) == (1, 5, RECORD, "Change")
    assert read_cells(op.cells) == {"name": "x"}
    asked = read(before.snapshot_ask([[RECORD, "internal"]], "a", 3), SnapshotAsk)
    assert (asked.after, asked.at, asked.scopes) == ("a", 3, SCOPES)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
def test_a_desk_of_the_version_before_hears_every_answer(answer: Any) -> None:
    heard = before.answer(said_in(answer, 1))
    assert heard["settled"] == {"last": 3, "rejected": [[2, "no_right"]]}
    if isinstance(answer, Done):
        assert heard["ops"][0][:4] == [7, 2, 1, 5]
        assert heard["own"] == [[1, 8]]


def test_a_desk_of_the_version_before_hears_a_snapshot() -> None:
    page = SnapshotPage(at=Mark(9, 4), after="", scopes=SCOPES, ops=[PULL])
    assert before.snapshot_page(said_in(page, 1))["at"] == [9, 4]


def test_control_said_in_this_version_the_one_before_does_not_hear_it() -> None:
    with pytest.raises(before.Unheard):
        before.answer(said(DONE))


@pytest.mark.parametrize("proto", [0, PROTO + 1, PROTO + 7, 1_000_000])
def test_a_foreign_version_is_heard_so_far_that_it_can_be_answered(proto: int) -> None:
    foreign = {**json.loads(said(ASK)), "proto": proto, "ops": {"packed": "anew"}, "later": 1}
    if proto == 0:
        with pytest.raises(Garbled):
            read_exchange(json.dumps(foreign).encode())
        return
    heard = read_exchange(json.dumps(foreign).encode())
    assert heard.proto == proto not in SPOKEN
    assert (heard.dev, heard.start, heard.ops) == (7, 1, [])


def test_a_foreign_version_is_read_strictly_too() -> None:
    with pytest.raises(Garbled):
        read_exchange(b'{"proto":9,"later":1,"later":2}')


class HubBefore:
    """A line to a hub of the version before; what it was sent is kept."""

    def __init__(self, proto: int = 1) -> None:
        self.sent: list[dict[str, Any]] = []
        self.proto = proto

    def ask(self, method: str, path: str, *, body: bytes, headers: dict[str, str]) -> Reply:
        body = unpack(body, headers.get("content-encoding"))
        self.sent.append(json.loads(body))
        if self.proto == 1:
            answer = before.hub(body)
        else:
            answer = said(Upgrade(settled=Settled(last=0), proto=self.proto))
        return Reply(
            status=200, kind="application/json", body=answer, packed="", accepts="", after=None
        )


def test_a_desk_goes_on_with_a_hub_of_the_version_before() -> None:
    hub = HubBefore()
    post = Online(hub)  # type: ignore[arg-type]
    answer = post.exchange(ASK)
    assert isinstance(answer, Done)
    assert answer.settled.last == 1
    assert [sent["proto"] for sent in hub.sent] == [2, 1]
    post.exchange(ASK)
    assert [sent["proto"] for sent in hub.sent] == [2, 1, 1]
    assert "wait" not in hub.sent[-1]


@pytest.mark.parametrize("proto", [PROTO - 2, PROTO + 2])
def test_a_desk_and_a_hub_without_a_version_in_common_part_in_peace(proto: int) -> None:
    hub = HubBefore(proto)
    post = Online(hub)  # type: ignore[arg-type]
    assert isinstance(post.exchange(ASK), Upgrade)
    assert len(hub.sent) == 1


def test_after_the_hub_is_updated_the_desk_speaks_this_version_again() -> None:
    hub = HubBefore()
    post = Online(hub)  # type: ignore[arg-type]
    post.exchange(ASK)
    hub.proto = PROTO + 1  # speaks this version, no longer the one before
    post.exchange(ASK)
    assert [sent["proto"] for sent in hub.sent] == [2, 1, 1, 2]


def test_an_answer_of_the_version_before_reads_as_it_is() -> None:
    answer = read_answer(before.hub(said_in(ASK, 1)))
    assert isinstance(answer, Done)
    assert answer.mark == Mark(1, 0)
