"""A hub and desks that exchange with it under virtual time: what fault tests are told in."""

from pathlib import Path
from random import Random

from sqlalchemy import Engine
from support.desks import MORNING
from support.in_process import Fate
from support.team_desk import SkewedClock, TeamDesk
from support.team_hub import TeamHub
from support.team_ledger import Ledger
from support.team_people import Somebody
from support.team_truth import broken

from kamdesk.core.clock import StoppedClock
from kamdesk.domain.accounts.model import Account
from kamdesk.sync.post import HubTrouble

PATIENCE = 14
"""Rounds each desk has to come to rest once all faults are over."""


class Team:
    """A hub, at an address or on a lent database, and desks; the first founded the accounts.

    ``boss`` is at ``desks[0]``. Time moves only when told; all chance comes from the seed.
    """

    def __init__(
        self,
        folder: Path,
        at: str | Engine,
        *,
        seed: int = 0,
        accounts: str = "甲乙丙",
        erasing: bool = False,
    ) -> None:
        self.chance, self.true = Random(seed), StoppedClock(MORNING)
        self.hub = TeamHub(at, self.true, Random(f"{seed}.hub"))
        self.folder, self.ledger, self._erasing = folder, Ledger(), erasing
        self.desks: list[TeamDesk] = []
        self.people: list[Somebody] = []
        self.accounts: list[Account] = []
        self.begin(accounts)

    def begin(self, accounts: str) -> None:
        """Let the boss found the accounts."""
        self.hub.found()
        boss = self.let_in("boss")
        for name in accounts:
            self.person(boss).found(name)
            self.person(boss).act_by(Somebody.add)
        boss.round()
        self.accounts = boss.workspace.accounts.ask.everything()

    def let_in(self, user: str, *, staff: bool = True) -> TeamDesk:
        """Return a desk of a new user, joined, that has not exchanged yet."""
        clock = SkewedClock(self.true)
        desk = TeamDesk(self.folder / user, clock, Random(self.chance.random()), user)
        self.hub.let_in(desk, staff=staff)
        return self.seated(desk)

    def colleague(self, user: str = "colleague") -> TeamDesk:
        """Return a desk of a new user who may write everywhere, and has all that is there."""
        desk = self.let_in(user)
        for account in self.accounts:
            self.hub.grant(user, account.id)
        desk.round()
        return desk

    def seated(self, desk: TeamDesk) -> TeamDesk:
        """Count a desk among the team's."""
        self.desks.append(desk)
        chance = Random(self.chance.random())
        self.people.append(Somebody(desk, self.ledger, chance, erasing=self._erasing))
        return desk

    def person(self, desk: TeamDesk) -> Somebody:
        """Return who sits at a desk."""
        return next(somebody for somebody in self.people if somebody.team_desk is desk)

    def exchange(self, desk: TeamDesk, *fates: Fate) -> None:
        """Let a desk exchange; its calls meet these fates, in order."""
        desk.line.planned.extend(fates)
        with self.ledger.noting(desk):
            try:
                desk.round()
            except HubTrouble:
                if not fates:
                    raise
        desk.line.planned.clear()

    def at_rest(self) -> list[str]:
        """Let everybody exchange until nothing moves; return what does not hold then."""
        for _ in range(PATIENCE):
            self.true.move(minutes=1)
            head, stood = self.hub.head(), [d.storage.position() for d in self.desks]
            for desk in self.desks:
                try:
                    self.exchange(desk)
                except HubTrouble as trouble:
                    return [f"5 {desk.user}: {trouble.cause} {trouble.said.source}"]
            if head == self.hub.head() and stood == [d.storage.position() for d in self.desks]:
                return broken(self.hub, self.desks, self.ledger)
        return ["5 the desks do not come to rest"]

    def close(self) -> None:
        """Close all files."""
        for desk in self.desks:
            desk.close()
        self.hub.close()
