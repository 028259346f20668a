"""Snapshots: what stands, all of a record on one page; cut anywhere; the past behind it."""

import random
from collections import defaultdict

import pytest
from sqlalchemy import select
from support.hub_asking import Asker, account, cells_of, joined, record, tenant_of

from kamdesk.core.wire_op import Verb
from kamdesk.hub import grants
from kamdesk.hub.hub import Hub
from kamdesk.hub.schema import SCOPE
from kamdesk.sync.wire.checks import Checksum, of_record
from kamdesk.sync.wire.messages import Pull, Scope, SnapshotPage
from kamdesk.sync.wire.standing import Placed, standing

SCOPES = [Scope(account(n), audience) for n in (1, 2) for audience in ("internal", "partner")]


@pytest.fixture
def tenant(hub: Hub) -> int:
    return tenant_of(hub)


@pytest.fixture
def anna(hub: Hub, tenant: int) -> Asker:
    return joined(hub, tenant, "anna")


def checksums(ops: list[Pull]) -> dict[int, Checksum]:
    """Return the checksum of each scope, reckoned from ops alone."""
    of: dict[tuple[int, str, str], list[Placed]] = defaultdict(list)
    for op in ops:
        placed = Placed(op.seq, op.dev, op.ctx, op.verb, cells_of(op))
        of[op.scope, op.kind, op.record].append(placed)
    sums: dict[int, Checksum] = defaultdict(Checksum)
    for (scope, kind, one), placed_ops in of.items():
        sums[scope] = sums[scope].plus(of_record(kind, one, standing(placed_ops)))
    return sums


def kept_up(hub: Hub, tenant: int) -> dict[Scope, tuple[int, str]]:
    """Return what the hub kept up of the checksum of each scope, as it would tell a desk."""
    asked = select(SCOPE.c.account, SCOPE.c.audience, SCOPE.c.cells, SCOPE.c.sum)
    with hub.engine.connect() as connection:
        rows = connection.execute(asked.where(SCOPE.c.tenant == tenant, SCOPE.c.account != ""))
        return {Scope(account, audience): (n, word) for account, audience, n, word in rows}


def wild(hub: Hub, tenant: int, anna: Asker, seed: int) -> Asker:
    """Let two devices write at random, as they had seen it or not; return the second."""
    chance = random.Random(seed)
    bea = joined(hub, tenant, f"bea{seed}")
    for scope in SCOPES:
        anna.write(scope, 0, {"name": "begun"})
    anna.settle()
    with hub.turn(tenant) as turn:
        for n in (1, 2):
            grants.grant(turn, bea.device.user, account(n))
    bea.settle()
    for _ in range(60):
        writer = chance.choice([anna, bea])
        place = chance.randrange(2)
        n, cell = chance.randrange(4) + 10 * place, chance.choice(["name", "said", "amount"])
        verb = chance.choice([Verb.SET] * 5 + [Verb.DELETE, Verb.RESTORE, Verb.LINK, Verb.UNLINK])
        targets = [{"b": "AAAA" * k + "AA=="} for k in chance.sample(range(4), 2)] + ["plain"]
        cells = {cell: chance.random()} if verb == Verb.SET else {"met": targets}
        if verb in (Verb.DELETE, Verb.RESTORE):
            cells = {}
        writer.write(SCOPES[2 * place + chance.randrange(2)], n, cells, verb=verb)
        if chance.random() < 0.4:
            assert writer.exchange().settled.rejected == []
    if seed % 2:
        anna.write(SCOPES[0], 1, {}, verb=Verb.ERASE)
        bea.exchange()
        anna.exchange()
        bea.write(SCOPES[1], 1, {"said": "late"})
    anna.exchange()
    bea.exchange()
    return bea


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_up_is_what_the_whole_log_amounts_to(
    hub: Hub, tenant: int, anna: Asker, seed: int
) -> None:
    bea = wild(hub, tenant, anna, seed)
    last = bea.snapshot(SCOPES, limit=5000)
    kept = kept_up(hub, tenant)
    log = bea.snapshot(SCOPES, past=True)
    if seed % 2:  # what was erased stands nowhere, whichever scope its ERASE is in
        erased = {op.record for op in log.ops if op.verb == Verb.ERASE}
        log.ops[:] = [op if op.record not in erased else Pull(*_erased(op)) for op in log.ops]
    sums = checksums(log.ops)
    assert kept == {log.scopes[n]: (one.cells, one.word) for n, one in sums.items()}
    if not seed % 2:
        stands = checksums(last.ops)
        assert {last.scopes[n]: one for n, one in stands.items()} == {
            log.scopes[n]: one for n, one in sums.items()
        }


def _erased(op: Pull) -> list[object]:
    values = [getattr(op, name) for name in op.__struct_fields__]
    values[op.__struct_fields__.index("verb")] = int(Verb.ERASE)
    return values


def records_of(page: SnapshotPage) -> list[tuple[str | None, str]]:
    """Return the records of a page with their accounts, in its order."""
    return list(dict.fromkeys((page.scopes[op.scope].account, op.record) for op in page.ops))


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_pages_hold_whole_records_and_lose_none(
    hub: Hub, tenant: int, anna: Asker, limit: int
) -> None:
    bea = wild(hub, tenant, anna, 2)
    whole = bea.snapshot(SCOPES, limit=5000)
    assert whole.after == ""
    order: list[tuple[str | None, str]] = []
    after, at, ops = "", 0, []
    while after or not at:
        page = bea.snapshot(SCOPES, limit=limit, after=after, at=at)
        order += records_of(page)
        ops += page.ops
        after, at = page.after, page.at.seq
    assert [op.seq for op in ops] == [op.seq for op in whole.ops]
    assert order == records_of(whole), "a record on one page"


def test_writers_meanwhile_come_again_in_the_log(hub: Hub, tenant: int, anna: Asker) -> None:
    for n in range(9):
        anna.write(SCOPES[0], n, {"said": "old", "name": str(n)})
    anna.settle()
    first = anna.snapshot(SCOPES[:1], limit=3)
    anna.write(SCOPES[0], 0, {"said": "new"})
    anna.write(SCOPES[0], 8, {"said": "new"})
    anna.write(SCOPES[0], 9, {"said": "new"})
    anna.exchange()
    rest, after = [], first.after
    while after:
        page = anna.snapshot(SCOPES[:1], limit=3, after=after, at=first.at.seq)
        assert page.at == first.at
        rest += page.ops
        after = page.after
    anna.mark = first.at
    log = anna.exchange().own
    assert {op.record for op in first.ops + rest} >= {record(n) for n in range(9)}
    assert len(log) == 3
    assert {seq for _, seq in log} >= {op.seq for op in rest if op.seq > first.at.seq}


def test_the_past_is_whole_up_to_the_snapshot(anna: Asker) -> None:
    for n in range(5):
        anna.write(SCOPES[0], 1, {"said": str(n)})
    anna.settle()
    stands = anna.snapshot(SCOPES[:1])
    assert [cells_of(op) for op in stands.ops] == [{"said": "4"}]
    past = anna.pages(SCOPES[:1], limit=2, past=True)
    assert [cells_of(op) for op in past] == [{"said": str(n)} for n in range(5)]


def test_of_a_record_in_two_scopes_each_cell_comes_once(anna: Asker) -> None:
    anna.write(SCOPES[0], 1, {"said": "one", "day": "old"})
    anna.write(SCOPES[0], 1, {"day": "new"})
    anna.write(SCOPES[1], 1, {"name": "card"})
    anna.settle()
    page = anna.snapshot(SCOPES[:2], limit=1)
    assert [cells_of(op) for op in page.ops] == [{"said": "one"}, {"day": "new"}, {"name": "card"}]
    assert page.after == f"{account(1)}:{record(1)}"
    end = anna.snapshot(SCOPES[:2], limit=1, after=page.after, at=page.at.seq)
    assert (end.ops, end.after) == ([], "")
