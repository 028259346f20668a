"""Whole lives of small teams by chance: everything may go wrong, and at rest all invariants hold.

``--seeds 20000`` looks further than a usual run. (What was seen when: fault 8 in test_merging.)
"""

from collections.abc import Callable

import pytest
from support.team_mutants import Mutant
from support.team_world import DAWDLING, World

CHUNK = 20
ON_POSTGRES = 10
"""Each tenth seed is played with the hub on PostgreSQL."""
STEPS = 26
FEW = 60
"""So many seeds may pass until a mutant is caught."""
DAWDLERS = 10
KEPT = {
    177: "half of a scope whose grant was lost with the hub stayed, a person without a name",
    355: "a disk set back said again what it may not read any more: the hub had it twice",
    421: "two copies of a disk said the same where neither may read: the hub had it twice",
    528: "what somebody had written over blindly, in a scope given later, never came",
    530: "none: an undo that says a value anew was taken for a doubled change",
    783: "as 355",
    2278: "two copies of a disk said a change again after the hub was set back: it had it twice",
    2979: "one audience of a customer stayed where the other went with a hub set back",
    1462: "a copied disk after the hub was set back: healed by its checksum, which tells it",
}
"""Seeds that failed once, and what they found."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Play so many seeds as are asked for, some a test."""
    if "first" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--seeds")
        metafunc.parametrize("first", range(0, wanted, CHUNK))


def played(world: Callable[..., World], seed: int, mood: str | None = None) -> list[str]:
    """Return which invariants a seed breaks."""
    which = "postgres" if seed % ON_POSTGRES == 7 else "sqlite"
    team = world(which, seed, mood)
    try:
        return team.play(team.chance.randint(STEPS // 2, 2 * STEPS))
    finally:
        team.close()


def test_seeded_schedules(first: int, world: Callable[..., World]) -> None:
    wrong = {seed: played(world, seed) for seed in range(first, first + CHUNK)}
    assert {seed: broken for seed, broken in wrong.items() if broken} == {}


def test_seeds_that_failed_once(world: Callable[..., World]) -> None:
    wrong = {seed: played(world, seed) for seed in KEPT}
    assert {seed: broken for seed, broken in wrong.items() if broken} == {}


@pytest.mark.parametrize("mutant", Mutant, ids=lambda mutant: mutant.name.lower())
def test_each_mutant_is_caught(mutant: Mutant, world: Callable[..., World]) -> None:
    mood = DAWDLING if mutant is Mutant.CTX_AT_SAVE else None
    with mutant.at_work():
        assert any(caught(world, seed, mood) for seed in range(FEW)), mutant.value


def caught(world: Callable[..., World], seed: int, mood: str | None) -> bool:
    """True when a schedule breaks something, be it the program itself."""
    try:
        return bool(played(world, seed, mood))
    except Exception:
        return True


def test_who_dawdles_breaks_nothing(world: Callable[..., World]) -> None:
    wrong = {seed: played(world, seed, DAWDLING) for seed in range(DAWDLERS)}
    assert {seed: broken for seed, broken in wrong.items() if broken} == {}
