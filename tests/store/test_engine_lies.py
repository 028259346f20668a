"""A hub that lies in good JSON: the round ends, nothing typed is lost, and the truth mends it."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from support.desks import MORNING
from support.invented import a_person, an_account
from support.schedules import untruths
from support.scripted_hub import HOUSE, Member, MemoryHub, both, settle

from kamdesk.core.clock import StoppedClock
from kamdesk.core.wire_op import Verb
from kamdesk.domain.files.model import Incoming
from kamdesk.domain.filters.model import Condition, Test
from kamdesk.storage.drafts import Drafts
from kamdesk.sync.engine import Engine
from kamdesk.sync.post import HubTrouble
from kamdesk.sync.wire.messages import (
    Access,
    Answer,
    Check,
    Clock,
    Done,
    Elsewhere,
    Expect,
    Forked,
    Mark,
    Pull,
    Raw,
    Rejected,
    Scope,
    Settled,
    SnapshotAsk,
    SnapshotPage,
    Upgrade,
)

LARGE = 2**62
PATIENCE = 120
"""Questions of one round after which it counts as endless."""
FILTER, NOTE, DRAFT, UNSENT = "only here", "of both", "half a sentence", "not sent yet"
Lie = Callable[[Answer], Answer]


class Endless(BaseException):
    """The desk asks for ever."""


@pytest.fixture
def member(tmp_path: Path) -> Iterator[Member]:
    """A member with words of each sort: local, exchanged, a draft's, and one not sent yet."""
    hub = MemoryHub(StoppedClock(MORNING.plus(minutes=60)))
    member = Member(tmp_path / "1", hub, 1, name="林晓彤")
    workspace = member.workspace
    person = a_person(workspace, an_account(workspace))
    workspace.filters.keep(
        FILTER, "accounts", (Condition(field="text", test=Test.HOLDS, value="x"),)
    )
    member.round()
    other = Member(tmp_path / "2", hub, 2)
    hub.grant(2, *both(workspace.accounts.ask.everything()[0].id))
    settle(other)
    change(other, "of a colleague's")
    settle(other, member)
    other.workspace.close()
    Drafts(member.storage).keep("person:x:edit", {"note": DRAFT})
    change(member, NOTE)
    member.round()
    change(member, "said twice")
    change(member, UNSENT)
    assert person.id == workspace.people.ask.everybody()[0].id
    yield member
    assert untruths(workspace) == []
    workspace.close()


def change(member: Member, note: str) -> None:
    from dataclasses import replace as other

    person = member.workspace.people.ask.everybody()[0]
    member.workspace.people.change(
        other(person, note=note), base=person, seen=member.storage.position()
    )


def words(member: Member) -> str:
    """Return all that can still be read in the file: rows, drafts, the log, the quarantine."""
    ask, said = member.storage.reader.ask, []
    for table, column in (("people", "note"), ("saved_filters", "name"), ("drafts", "content")):
        said += ask(f"SELECT {column} FROM {table}").column()
    said += ask("SELECT op FROM quarantine").column()
    said += [str(op.cells) for _, _, ops in member.storage.log.records() for op in ops]
    return "\n".join(map(str, said))


def lied_to(member: Member, lie: Lie) -> int:
    """Let a member exchange with a hub that lies; return how often it asked."""
    asked = count(1)

    def patience() -> None:
        if next(asked) > PATIENCE:
            raise Endless

    line = member.line
    line.before, line.twist = patience, lie
    try:
        member.round()
    except HubTrouble:
        pass
    finally:
        line.twist, line.before = (lambda answer: answer), (lambda: None)
    return next(asked) - 1


def done(**changes: Any) -> Lie:
    """Return a lie that changes each page."""

    def lie(answer: Answer) -> Answer:
        if not isinstance(answer, Done):
            return answer
        return replace(answer, **{k: v(answer) if callable(v) else v for k, v in changes.items()})

    return lie


def settled(last: int, *refused: int) -> Settled:
    return Settled(last=last, rejected=[Rejected(n, "no_right") for n in refused])


def lost(*scopes: Scope) -> Lie:
    access = Access(at=99, lost=list(range(len(scopes))))
    return done(scopes=list(scopes), ops=[], own=[], checks=[], access=access)


def an_op(**changes: Any) -> Lie:
    """Return a lie that puts an op into each page."""
    said = {
        "seq": 0, "dev": 9, "dseq": 1, "wall": 1_773_000_000_000, "ctx": 0, "txn": 1, "scope": 0,
        "kind": "colleague", "record": "1" * 32, "verb": int(Verb.SET), "cells": Raw(b"{}"),
    }  # fmt: skip
    scope = changes.pop("of", HOUSE)

    def lie(answer: Answer) -> Answer:
        if not isinstance(answer, Done):
            return answer
        place = answer.mark.seq + 1
        op = Pull(**{**said, "seq": place, **changes})
        mark = Mark(place, 5)
        return replace(
            answer, scopes=[scope], ops=[op], own=[], checks=[], mark=mark, head=LARGE, access=None
        )

    return lie


def onward(**changes: Any) -> Lie:
    """Return a lie whose mark goes on and on."""
    places = count(LARGE)
    return done(
        head=2**63 - 1,
        mark=lambda _: Mark(next(places), 1),
        ops=[],
        scopes=[],
        checks=[],
        **changes,
    )


def flapping() -> Lie:
    turn, scopes = count(), [HOUSE]

    def access(_: Done) -> Access:
        return Access(at=next(turn), gained=[0], writes=[0])

    return done(scopes=scopes, ops=[], own=[], checks=[], access=access)


def instead(make: Callable[[Answer], Answer]) -> Lie:
    return make


ACCOUNTS_OWN = Scope("a" * 32, "private")
LIES: dict[str, Lie] = {
    "it has more than there is": done(settled=settled(LARGE)),
    "it has one more": done(settled=lambda a: settled(a.settled.last + 1)),
    "it has nothing": done(settled=settled(0)),
    "it has less than it took": done(settled=lambda a: settled(a.settled.last - 1)),
    "it refuses everything": done(settled=lambda a: settled(a.settled.last, *range(1, 99))),
    "two places are one": done(own=lambda a: [(1, a.mark.seq), (2, a.mark.seq)]),
    "places go back": done(own=lambda a: [(2, a.mark.seq - 1), (1, a.mark.seq)]),
    "a place of long ago": done(own=[(1, 1)]),
    "a place for what was never written": onward(own=lambda a: [(LARGE, LARGE)], more=False),
    "another place each time": onward(own=lambda a: [], more=False),
    "the mark goes back": done(mark=Mark(1, 1)),
    "the mark is the beginning": done(mark=Mark(0, 0)),
    "the mark is the end of all": done(mark=Mark(2**63 - 1, 1), head=2**63 - 1),
    "more for ever": done(more=True),
    "more for ever, ever further": onward(more=True, own=[]),
    "nothing settled, ever further": onward(settled=settled(0), more=False, own=[]),
    "this device's own kinds are lost": lost(Scope(None, "local")),
    "what is private is lost": lost(ACCOUNTS_OWN),
    "the house is lost": lost(HOUSE),
    "a scope nobody named is lost": done(scopes=[], ops=[], access=Access(at=9, lost=[7])),
    "a scope nobody named is gained": done(scopes=[], ops=[], access=Access(at=9, gained=[7])),
    "a check of no scope": done(scopes=[], ops=[], checks=[Check(7, 1, "a")]),
    "checks of what is local": done(
        scopes=[Scope(None, "local")], ops=[], own=[], checks=[Check(0, 1, "a")]
    ),
    "rights come and go": flapping(),
    "checks always differ": done(
        scopes=[HOUSE], ops=[], own=[], checks=[Check(0, LARGE, "f" * 32)]
    ),
    "an op of no device": an_op(dev=0),
    "an op of this device": an_op(dev=1, dseq=2, cells=Raw(b'{"name":"forged"}')),
    "an op of this device it never wrote": an_op(dev=1, dseq=LARGE),
    "an op of what is local": an_op(of=Scope(None, "local")),
    "an op of a kind that is each desk's own": an_op(kind="saved_filter", verb=int(Verb.DELETE)),
    "an op of a place passed": an_op(seq=1),
    "the year 9999": an_op(wall=LARGE),
    "the clock stands at the beginning": instead(lambda a: Clock(settled=settled(0), now=0)),
    "the clock stands at the end": instead(lambda a: Clock(settled=a.settled, now=LARGE)),
    "another log": instead(lambda a: Elsewhere(settled=a.settled, epoch=7, start=None)),
    "another log, from the beginning": instead(
        lambda a: Elsewhere(settled=settled(0), epoch=LARGE, start=0)
    ),
    "another log, from far ahead": instead(
        lambda a: Elsewhere(settled=settled(LARGE), epoch=3, start=LARGE)
    ),
    "numbers are missing": instead(lambda a: Expect(settled=settled(0))),
    "numbers are missing far ahead": instead(lambda a: Expect(settled=settled(LARGE))),
    "somebody writes under this number": instead(lambda a: Forked(settled=a.settled)),
    "too old": instead(lambda a: Upgrade(settled=settled(LARGE, *range(1, 99)), proto=3)),
    "the epoch changes each time": done(epoch=lambda a: a.epoch + 1),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_ends_and_takes_nothing(name: str, member: Member) -> None:
    assert lied_to(member, LIES[name]) <= PATIENCE / 2
    assert member.storage.reader.ask("SELECT name FROM saved_filters").column() == [FILTER]
    for word in (FILTER, NOTE, DRAFT, UNSENT):
        assert word in words(member), f"“{word}” is lost"
    member.hub.clock.move(minutes=1)
    member.anew()
    for _ in range(4):
        member.round()
    for word in (FILTER, DRAFT):
        assert word in words(member), f"“{word}” is lost when the truth comes"
    at_hub = str([op.cells for op in member.hub.ops()])
    kept = "\n".join(member.storage.reader.ask("SELECT op FROM quarantine").column())
    assert UNSENT in at_hub + kept, "what was not sent is neither at the hub nor in quarantine"


def test_an_account_that_is_lost_leaves_what_was_not_sent(member: Member) -> None:
    """The hub may take an account away; what it then does not take in is kept to be read."""
    account = member.workspace.accounts.ask.everything()[0]
    access = Access(at=99, lost=[0, 1])
    scopes = [*both(account.id)]

    def lie(answer: Answer) -> Answer:
        if not isinstance(answer, Done):
            return answer
        refused = settled(answer.settled.last, *range(1, 99))
        taken = {"ops": [], "own": [], "checks": []}
        return replace(answer, settled=refused, scopes=scopes, access=access, **taken)

    assert lied_to(member, lie) < PATIENCE
    assert not member.workspace.accounts.ask.everything()
    assert UNSENT in words(member)
    assert FILTER in words(member)


Page = Callable[[SnapshotAsk, SnapshotPage, int], SnapshotPage]
PAGES: dict[str, Page] = {
    "the same page": lambda ask, page, n: replace(page, after="x"),
    "pages of nothing": lambda ask, page, n: replace(page, after=str(n), ops=[]),
    "pages said before": lambda ask, page, n: replace(page, after=str(n)),
    "another beginning each time": lambda ask, page, n: replace(
        page, after=str(n), at=Mark(LARGE + n, n)
    ),
    "what is local": lambda ask, page, n: replace(
        page, scopes=[Scope(None, "local") for _ in page.scopes]
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_snapshot_that_never_ends_is_given_up(name: str, member: Member, tmp_path: Path) -> None:
    hub, asked = member.hub, count(1)
    late = Member(tmp_path / "3", hub, 3)
    account = member.workspace.accounts.ask.everything()[0]
    hub.grant(3, *both(account.id))
    true = late.line.snapshot

    def lie(ask: SnapshotAsk) -> SnapshotPage:
        n = next(asked)
        if n > PATIENCE:
            raise Endless
        return PAGES[name](ask, true(replace(ask, after="", at=0)), n)

    late.line.snapshot = lie  # type: ignore[method-assign]
    with pytest.raises(HubTrouble):
        late.round()
    late.line.snapshot = true  # type: ignore[method-assign]
    late.storage.connection.execute("UPDATE snapshots_under_way SET after = '', at = 0")
    late.anew()
    settle(member, late)
    assert [one.name for one in late.workspace.accounts.ask.everything()] == [account.name]
    assert untruths(late.workspace) == []
    late.workspace.close()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_number_that_somebody_has_is_not_taken(
    number: int, member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """0 is no device, 1 is its own, under 2 a colleague writes."""
    monkeypatch.setattr(member.line, "renumber", lambda dev: number)
    assert lied_to(member, lambda a: Forked(settled=a.settled)) == 1
    assert member.storage.log.own == 1
    member.round()
    assert UNSENT in str([op.cells for op in member.hub.ops()])


def test_a_file_that_goes_to_and_fro_is_given_up(
    member: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, asked = member.workspace.accounts.ask.everything()[0], count(1)
    data = bytes(range(256)) * 9_000
    member.workspace.files.keep(account.id, given=[Incoming(name="offer.pdf", data=data)])

    def to_and_fro(_digest: str, _size: int, offset: int, _part: bytes) -> int:
        if next(asked) > PATIENCE:
            raise Endless
        return 0 if offset else 5

    monkeypatch.setattr(member.line, "lacking", lambda hashes: hashes)
    monkeypatch.setattr(member.line, "put_part", to_and_fro)
    with pytest.raises(HubTrouble):
        member.round()
    assert UNSENT in str([op.cells for op in member.hub.ops()]), "what stands before it has left"


def test_the_truth_does_change_the_file(member: Member) -> None:
    """The control: what the lies are built on settles, places and moves on."""
    before = member.storage.position()
    assert lied_to(member, lambda answer: answer) >= 1
    assert member.storage.position() > before
    assert isinstance(member.engine, Engine)
    assert UNSENT in str([op.cells for op in member.hub.ops()])
