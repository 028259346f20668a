"""Whatever happens at the desks in whatever order: the same in the end, nothing lost in silence."""

from pathlib import Path
from typing import Any

import pytest
from support.schedules import play

from kamdesk.core.heads import Op
from kamdesk.core.wire_op import WireOp
from kamdesk.storage import fold, heeding


@pytest.mark.parametrize("seed", range(200))
def test_any_schedule_ends_the_same_on_all_desks(tmp_path: Path, seed: int) -> None:
    play(tmp_path, seed, devices=3 if seed % 5 == 0 else 2)


def test_a_wrong_rule_of_heads_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: the last writer by the clock wins, and the schedules say so."""

    def by_the_clock(ops: list[Op[Any]]) -> list[Op[Any]]:
        return [max(ops, key=lambda op: (op.wall, op.dev, op.order))]

    monkeypatch.setattr(fold, "heads", by_the_clock)
    assert caught_in(tmp_path, range(8)) >= 3


def test_taking_in_what_was_erased_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The positive control: a desk that heeds no erasure has the erased person's words again."""

    def taken(_storage: object, op: WireOp, _erased: object) -> tuple[int, dict[str, Any], bool]:
        return op.verb, dict(op.cells), False

    monkeypatch.setattr(heeding, "swallowed", taken)
    assert caught_in(tmp_path, range(25)) >= 3


def caught_in(tmp_path: Path, seeds: range) -> int:
    """Return how many of these schedules end in an assertion."""
    caught = 0
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        try:
            play(folder, seed)
        except AssertionError:
            caught += 1
    return caught
