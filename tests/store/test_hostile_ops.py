"""What a colleague's program gone mad may say in any cell: it is taken in, and holds nobody up."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from support.desks import MORNING
from support.invented import a_person, an_account, tables_of
from support.schedules import DERIVED, untruths
from support.scripted_hub import Member, MemoryHub

from kamdesk.core.clock import StoppedClock
from kamdesk.core.wire_op import Verb, WireOp
from kamdesk.storage.catalogue import HOUSE, LOCAL, Kind, Merge
from kamdesk.sync.apart.conflicts import conflicts
from kamdesk.sync.told import told
from kamdesk.workspace import KINDS

PLAIN: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63 - 1, -(2**63 - 1), 0.5, -0.0, 1e308, "", "\u202e\u2066",
    "x" * 9_000,
    "<img src=/etc/passwd>", "2026-13-45", "\ue000", b"", b"\0" * 16, b"\xff" * 16, b"x" * 5000,
    (), ((),), (None,) * 3, ("a", 1, b"\0" * 16), (((("deep",),),),), ("x",) * 999,
)  # fmt: skip


@pytest.fixture
def member(tmp_path: Path) -> Iterator[Member]:
    hub = MemoryHub(StoppedClock(MORNING.plus(minutes=60)))
    member = Member(tmp_path / "1", hub, 1, name="林晓彤")
    a_person(member.workspace, an_account(member.workspace))
    member.round()
    yield member
    assert untruths(member.workspace) == []
    member.workspace.close()


def mad(member: Member, kinds: tuple[Kind, ...]) -> Iterator[WireOp]:
    """Yield ops of a colleague with each odd value in each cell, and each verb of each kind."""
    numbers, account = count(1), member.workspace.accounts.ask.everything()[0].id
    records = count(1)
    ours = list(member.storage.reader.ask("SELECT DISTINCT kind, eid FROM op"))
    word = member.storage.dictionary.word
    theirs = {word(row["kind"]): row["eid"] for row in ours}
    for kind in kinds:
        scope = (None, "house") if kind.scope_of == HOUSE else (account, "internal")

        def op(
            verb: int,
            cells: Any,
            record: bytes | None = None,
            kind: Kind = kind,
            scope: Any = scope,
        ) -> WireOp:
            n = next(numbers)
            new = record or next(records).to_bytes(16, "big")
            return WireOp(9, n, n * 1000, 0, n, scope, kind.name, new, verb, cells, "Mad")

        for cell in kind.cells:
            for value in PLAIN:
                yield op(Verb.SET, {cell.name: value})
                yield op(Verb.SET, {cell.name: value}, theirs.get(kind.name))
                yield op(Verb.LINK, {cell.name: value})
            width = len(cell.columns)
            if width > 1:
                yield op(Verb.SET, {cell.name: tuple(PLAIN[:width])})
                yield op(Verb.SET, {cell.name: tuple(PLAIN[-width:])})
            if cell.merge is Merge.LINKS:
                yield op(Verb.LINK, {cell.name: PLAIN}, theirs.get(kind.name))
        for verb in (Verb.SET, Verb.DELETE, Verb.RESTORE, Verb.RESOLVE, Verb.ERASE, 77):
            yield op(verb, {})
            yield op(verb, {"never heard of": "x", "own:" + "0" * 32: 5})


@pytest.mark.parametrize("kind", [k for k in KINDS if k.scope_of != LOCAL], ids=lambda k: k.name)
def test_no_value_of_a_colleague_holds_the_exchange_up(kind: Kind, member: Member) -> None:
    for op in mad(member, (kind,)):
        member.hub._append(op)
    member.round()
    stood = told(member.storage)
    assert (stood.unsent, stood.quarantined, stood.reports) == (0, 0, 0)
    conflicts(member.storage)
    an_account(member.workspace, "afterwards")
    member.round()
    assert told(member.storage).unsent == 0


def forged(member: Member, n: int, scope: Any, kind: str, cells: Any, record: bytes) -> None:
    op = WireOp(9, n, 10**13, 0, n, scope, kind, record, int(Verb.SET), cells, "Mad")
    member.hub._append(op)


def test_who_writes_elsewhere_decides_nothing_here(member: Member) -> None:
    """What has no business in its scope lies in the log, counts in its checksum, and shows nowhere.

    So nobody fills in for one account, or for partners, what stands in another.
    """
    workspace = member.workspace
    person, account = workspace.people.ask.everybody()[0], person_account(member)
    house, cards = (None, HOUSE), (account, "partner")
    before = tables_of(workspace, derived=DERIVED)
    forged(member, 1, house, "person", {"note": "planted"}, person.id)
    forged(member, 2, cards, "person", {"note": "planted"}, person.id)
    forged(member, 3, cards, "account", {"note": "planted"}, account)
    forged(member, 4, (account, "internal"), "person", {"account": b"\2" * 16}, person.id)
    forged(member, 5, (account, "internal"), "account", {"name": "planted"}, b"\3" * 16)
    forged(member, 6, house, "saved_filter", {"name": "planted"}, b"\4" * 16)
    member.round()
    assert tables_of(workspace, derived=DERIVED) == before
    stood = told(member.storage)
    assert (stood.parked, stood.reports, stood.quarantined) == (0, 0, 0)
    lying = member.storage.reader.ask("SELECT count(*) FROM op WHERE verb < 0").value()
    assert lying == 6
    forged(member, 7, (account, "internal"), "person", {"note": "by right"}, person.id)
    member.round()
    assert workspace.people.ask.everybody()[0].note == "by right", "the control"


def person_account(member: Member) -> bytes:
    return member.workspace.accounts.ask.everything()[0].id
