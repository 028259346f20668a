"""A page of the log is vetted, and taken in by steps that part neither an action nor a record."""

from itertools import pairwise

import pytest

from kamdesk.core.wire_op import WireOp
from kamdesk.storage.team import thinned
from kamdesk.sync.steps.pulling import STEP, by_record, page, steps
from kamdesk.sync.wire.messages import Done, Mark, Pull, Scope, Settled
from kamdesk.sync.wire.ops import pushes
from kamdesk.sync.wire.strict import Garbled


def _op(n: int, *, txn: int = 1, record: int = 1) -> WireOp:
    return WireOp(
        2, n, 0, 0, txn, (None, "house"), "person", record.to_bytes(16, "big"), 1, {"a": n}, seq=n
    )


def _done(*ops: WireOp, mark: int = 9, head: int = 9, own: tuple[int, int] | None = None) -> Done:
    scopes, lines = pushes(ops)
    pulls = [
        Pull(op.seq or 0, op.dev, line.dseq, line.wall, line.ctx, line.txn, line.scope,
             line.kind, line.record, line.verb, line.cells, line.name)
        for op, line in zip(ops, lines, strict=True)
    ]  # fmt: skip
    return Done(
        settled=Settled(last=0),
        epoch=1,
        head=head,
        now=0,
        mark=Mark(mark, 0),
        more=False,
        scopes=scopes or [Scope(None, "house")],
        ops=pulls,
        own=[own] if own else [],
    )


def test_a_true_page_is_taken_in_the_order_of_the_log() -> None:
    ops = page(_done(_op(4), _op(7)), cursor=3)
    assert [(op.seq, dict(op.cells)) for op in ops] == [(4, {"a": 4}), (7, {"a": 7})]
    assert page(_done(), cursor=9) == []


@pytest.mark.parametrize(
    ("answer", "cursor"),
    [
        (_done(mark=2), 3),
        (_done(mark=9, head=8), 3),
        (_done(_op(3)), 3),
        (_done(_op(10)), 3),
        (_done(_op(5), _op(4)), 3),
        (_done(_op(5), _op(5)), 3),
        (_done(own=(1, 10)), 3),
    ],
    ids=["back", "beyond the head", "before", "beyond", "out of order", "twice", "own beyond"],
)
def test_a_page_no_hub_says_is_refused(answer: Done, cursor: int) -> None:
    with pytest.raises(Garbled):
        page(answer, cursor)


def test_a_step_parts_no_action() -> None:
    ops = [_op(n, txn=1 + n // 300) for n in range(1, 2000)]
    every = list(steps(ops))
    assert [op for step in every for op in step] == ops
    assert all(STEP <= len(step) < STEP + 300 for step in every[:-1])
    for one, after in pairwise(every):
        assert not after or one[-1].txn != after[0].txn
    assert list(steps([])) == [[]]


def test_a_step_of_a_snapshot_parts_no_record() -> None:
    ops = [_op(n, record=1 + n // 7) for n in range(1, 2000)]
    every = list(by_record(ops))
    assert [op for step in every for op in step] == ops
    for one, after in pairwise(every):
        assert not after or one[-1].record != after[0].record


def test_of_old_marks_the_first_and_last_of_each_stretch_stay() -> None:
    seqs = list(range(100, 0, -1))
    kept = sorted(set(seqs) - set(thinned(seqs)), reverse=True)
    assert kept[:6] == [100, 99, 98, 97, 96, 93]
    assert kept[-1] == 1
    assert len(kept) < 16
