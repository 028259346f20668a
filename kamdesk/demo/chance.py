"""Chance that falls the same every time: dice by name, and decks that do not repeat themselves."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from kamdesk.demo.material import Line, Pool

T = TypeVar("T")


def dice(*parts: object) -> Random:
    """Return dice that fall the same for the same parts, in any process."""
    return Random("/".join(map(str, parts)))  # noqa: S311 - a story, not a secret


def weighted(chance: Random, choices: Sequence[tuple[T, float]]) -> T:
    """Return one of the choices by weight."""
    at = chance.random() * sum(weight for _, weight in choices)
    for choice, weight in choices:
        at -= weight
        if at < 0:
            return choice
    return choices[-1][0]


class Hand:
    """Decks of lines, drawn in a shuffled order and not twice before all were drawn."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._left: dict[tuple[str, ...], list[Line]] = {}

    def draw(
        self, key: tuple[str, ...], pool: Pool, fits: Callable[[Line], bool] | None = None
    ) -> Line | None:
        """Return the next line of a deck that fits, or None when none does."""
        left = self._left.get(key)
        for again in (False, True):
            if not left or again:
                left = list(pool)
                self._chance.shuffle(left)
                self._left[key] = left
            for at in range(len(left) - 1, -1, -1):
                if fits is None or fits(left[at]):
                    return left.pop(at)
        return None

    def some(self, key: tuple[str, ...], pool: Pool) -> Line:
        """Return the next line of a deck whatever it says."""
        found = self.draw(key, pool)
        if found is None:
            raise LookupError(f"nothing to say for {'.'.join(key)}")
        return found
