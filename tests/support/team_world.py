"""A team under virtual time: a real hub, real desks, bad clocks, a bad network, bad luck; seeded.

``World(folder, seed).play()`` returns which invariants broke. Everything that happens is drawn
from the seed: a seed that failed fails again.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

from support.in_process import Line
from support.team import Team
from support.team_desk import SkewedClock, TeamDesk
from support.team_people import Somebody

from kamdesk.sync.post import HubTrouble

HOUR, DAY, YEAR = 3_600_000, 86_400_000, 31_536_000_000
SKEWS = (0, 0, 0, 120_000, -120_000, HOUR, -2 * HOUR, YEAR, -YEAR, -60 * YEAR)


class World(Team):
    """A team of three or four, and what befalls it."""

    def __init__(self, folder: Path, url: str, seed: int) -> None:
        super().__init__(folder, url, seed=seed, erasing=seed % 4 == 3)
        self._copies: dict[TeamDesk, bytes] = {}
        for n in range(self.chance.choice([2, 2, 3])):
            desk = self.let_in(f"user{n}", staff=self.chance.random() < 0.7)
            for account in self.chance.sample(self.accounts, self.chance.randint(1, 3)):
                self.grant(desk, account.id)
            desk.round()

    def grant(self, desk: TeamDesk, account: bytes) -> None:
        """Let a desk's user write to an account, or only read, or only what partners may see."""
        audience = self.chance.choice(["internal", "internal", "partner"])
        right = self.chance.choice(["write", "write", "write", "read"])
        self.hub.grant(desk.user, account, audience, right)

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
        minutes = self.chance.choice([0, 0, 0, 1, 10, 1440])
        self.true.move(minutes=minutes)
        n = self.chance.randrange(len(self.desks))
        desk, somebody = self.desks[n], self.people[n]
        happenings: list[tuple[float, Callable[[], None]]] = [
            (55, somebody.act),
            (28, lambda: self._exchange(desk)),
            (3, lambda: self._killed(desk, somebody)),
            (3, lambda: desk.line.deliver_late()),
            (2, lambda: self._skew(desk)),
            (3, lambda: self._regrant(desk)),
            (2, lambda: self.copy(desk)),
            (1.5, lambda: self.set_back(desk)),
            (0.7, lambda: self._clone(desk)),
            (0.7, self._hub_set_back),
            (0.6, self._hand_over),
        ]
        weights = [weight for weight, _ in happenings]
        happening = self.chance.choices([deed for _, deed in happenings], weights)[0]
        happening()

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
            self.grant(desk, account)

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
            self.hub.set_back()
