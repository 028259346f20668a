"""A team under virtual time: a real hub, real desks, bad clocks, a bad network, bad luck; seeded.

``World(folder, at, seed).play()`` returns which invariants broke. Everything that happens is drawn
from the seed: a seed that failed fails again.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from unittest.mock import patch

from sqlalchemy import Engine
from support.in_process import Line
from support.team import Team
from support.team_desk import TO_1970, SkewedClock, TeamDesk
from support.team_people import Somebody
from support.team_start import STARTS, grant, start

from kamdesk.storage import erasing
from kamdesk.storage.storage import SWEEP, Storage
from kamdesk.sync.post import HubTrouble

MINUTE, HOUR, DAY, YEAR = 60_000, 3_600_000, 86_400_000, 31_536_000_000
SKEWS = (0, 0, 0, 120_000, -120_000, HOUR, -2 * HOUR, YEAR, -YEAR, TO_1970)


MOODS: dict[str, tuple[str, ...]] = {
    "plain": (),
    "disks": ("copy", "set back", "clone"),
    "clocks": ("skew",),
    "rights": ("regrant", "hand over"),
    "hub": ("hub set back",),
    "kills": ("killed", "late"),
}
"""What happens more often than usual, by the name of a mood; the moods take turns."""
DAWDLING = "dawdling"
"""A mood that comes only when asked for: forms stay open long, over pulls."""
MORE_OFTEN = 5


class World(Team):
    """A team of three or four, and what befalls it; ``mood`` is one of ``MOODS``, or dawdling."""

    def __init__(self, folder: Path, at: str | Engine, seed: int, mood: str | None = None) -> None:
        self._start = start(seed % STARTS)
        self._sweeping = patch.object(erasing, "sweep", erasing.sweep if seed % 4 == 3 else _later)
        self._sweeping.start()
        super().__init__(folder, at, seed=seed, erasing=seed % 4 == 3)
        self._often = MOODS.get(mood or list(MOODS)[seed % len(MOODS)], ())
        self._copies: dict[TeamDesk, bytes] = {}
        self.told: list[str] = []
        for somebody in self.people:
            somebody.dawdles = mood == DAWDLING

    def begin(self, accounts: str) -> None:
        """Go on from where a team stands that was made before."""
        self._start.copy_to(self)

    def close(self) -> None:
        """Close all files, and let pages be swept again."""
        super().close()
        self._sweeping.stop()

    def play(self, steps: int) -> list[str]:
        """Let so many things happen, then heal everything; return which invariants broke."""
        for desk in self.desks:
            desk.line = Line(chance=Random(self.chance.random()), likely=0.2)
            assert desk.post is not None
            desk.post.line = desk.line
        for _ in range(steps):
            self.step()
        return self.healed()

    def step(self) -> None:
        """Let one thing happen."""
        ms = self.chance.choice([1, 7, 1000, MINUTE, 10 * MINUTE, DAY])
        self.true.at = replace(self.true.at, ms=self.true.at.ms + ms)
        n = self.chance.randrange(len(self.desks))
        desk, somebody = self.desks[n], self.people[n]
        happenings: dict[str, tuple[float, Callable[[], None]]] = {
            "act": (55, somebody.act),
            "exchange": (28, lambda: self._exchange(desk)),
            "killed": (4, lambda: self._killed(desk, somebody)),
            "late": (3, desk.line.deliver_late),
            "skew": (2, lambda: self._skew(desk)),
            "regrant": (4, lambda: self._regrant(desk)),
            "copy": (3, lambda: self.copy(desk)),
            "set back": (2.5, lambda: self.set_back(desk)),
            "clone": (1, lambda: self._clone(desk)),
            "hub set back": (2, self._hub_set_back),
            "hand over": (1, self._hand_over),
        }
        weights = [
            weight * (MORE_OFTEN if what in self._often else 1)
            for what, (weight, _) in happenings.items()
        ]
        what = self.chance.choices(list(happenings), weights)[0]
        self.told.append(f"{desk.user}: {what}")
        happenings[what][1]()

    def healed(self) -> list[str]:
        """End all faults, let everybody exchange until nothing moves, and judge."""
        for desk in self.desks:
            desk.line.likely = 0.0
            with suppress(HubTrouble):
                desk.line.deliver_late()
        return self.at_rest()

    def copy(self, desk: TeamDesk) -> None:
        """Take a copy of a desk's whole disk."""
        self._copies[desk] = desk.copied()

    def set_back(self, desk: TeamDesk) -> None:
        """Put the copy back."""
        if desk in self._copies:
            desk.set_back(self._copies[desk])
            self.person(desk).forget_forms()
            self.ledger.died(desk)

    def _exchange(self, desk: TeamDesk) -> None:
        with self.ledger.noting(desk), suppress(HubTrouble):
            desk.round()

    def _killed(self, desk: TeamDesk, somebody: Somebody) -> None:
        with self.ledger.noting(desk), suppress(HubTrouble):
            desk.killed_round(self.chance.randrange(12))
        somebody.forget_forms()

    def _skew(self, desk: TeamDesk) -> None:
        desk.clock.ahead = self.chance.choice(SKEWS)

    def _regrant(self, desk: TeamDesk) -> None:
        if desk.user == "boss":
            return
        account = self.chance.choice(self.accounts).id
        if self.chance.random() < 0.5:
            self.hub.revoke(desk.user, account)
        else:
            grant(self, desk, account)

    def _hand_over(self) -> None:
        one, other = self.chance.sample(self.desks, 2)
        if "boss" not in (one.user, other.user):
            self.hub.hand_over(one.user, other.user, self.chance.choice(self.accounts).id)

    def _clone(self, desk: TeamDesk) -> None:
        if len(self.desks) < 6:
            clock = SkewedClock(self.true, desk.clock.ahead)
            folder = self.folder / f"clone{len(self.desks)}"
            self.seated(desk.clone(folder, clock, Random(self.chance.random())))

    def _hub_set_back(self) -> None:
        if self.chance.random() < 0.5 or not self.hub.has_copy:
            self.hub.copy()
        else:
            self.ledger.died_at_hub(self.hub.log())
            self.hub.set_back()


def _later(storage: Storage, folder: Path | None) -> bool:
    """Leave free pages as they are where nobody is erased: no invariant here is about them."""
    storage.remember(SWEEP, 0)
    return True
