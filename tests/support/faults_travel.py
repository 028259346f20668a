"""What a user does with home, habits and ways: steps of the matrix of faults."""

from collections.abc import Callable
from typing import Final

from kamdesk.core.spot import Spot
from kamdesk.domain.travel.model import Habits
from kamdesk.domain.travel.service import OwnHabits
from kamdesk.storage.storage import Storage

HOME: Final = Spot(31.30, 120.60)
OFFICES: Final = tuple(Spot(31.39 + n / 50, 120.98) for n in range(3))


def begin(s: Storage) -> None:
    """Say where home is, and correct some ways."""
    OwnHabits(s).keep(Habits(home_address="苏州市姑苏区织月路 26 号"))
    for n, office in enumerate(OFFICES):
        OwnHabits(s).learn(HOME, office, 55 + n)


STEPS: Final[dict[str, Callable[[Storage], object]]] = {
    "keep habits": lambda s: OwnHabits(s).keep(Habits(home_address="昆山。" * 60, starts=480)),
    "correct a way": lambda s: OwnHabits(s).learn(HOME, OFFICES[0], 70),
    "forget a way": lambda s: OwnHabits(s).forget(HOME, OFFICES[0]),
    "forget all ways": lambda s: OwnHabits(s).forget_all(),
}
