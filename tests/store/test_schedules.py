"""Whatever happens at the desks in whatever order: the same in the end, nothing lost in silence."""

from pathlib import Path
from typing import Any

import pytest
from support.schedules import play

from kamdesk.core.heads import Op
from kamdesk.storage import fold


@pytest.mark.parametrize("seed", range(200))
def test_any_schedule_ends_the_same_on_all_desks(tmp_path: Path, seed: int) -> None:
    play(tmp_path, seed, devices=3 if seed % 5 == 0 else 2)


def test_a_wrong_rule_of_heads_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: the last writer by the clock wins, and the schedules say so."""

    def by_the_clock(ops: list[Op[Any]]) -> list[Op[Any]]:
        return [max(ops, key=lambda op: (op.wall, op.dev, op.order))]

    monkeypatch.setattr(fold, "heads", by_the_clock)
    caught = 0
    for seed in range(8):
        folder = tmp_path / str(seed)
        folder.mkdir()
        try:
            play(folder, seed)
        except AssertionError:
            caught += 1
    assert caught >= 3
