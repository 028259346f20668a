"""How a seeded team begins: made once, without any fault, and copied for each of its schedules."""

from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from support.team import Team
from support.team_desk import SkewedClock, TeamDesk
from support.team_hub import TeamHub
from support.team_ledger import Written

from kamdesk.domain.accounts.model import Account

STARTS = 17
"""So many different teams there are: a prime, so that each meets all moods and both databases."""


class Start(NamedTuple):
    """A team as it stood: its hub that took a copy, its users' files, what they had written."""

    hub: TeamHub
    files: dict[str, bytes]
    accounts: list[Account]
    written: list[Written]

    def copy_to(self, team: Team) -> None:
        """Let a team that has nothing yet begin here, with chances of its own."""
        team.hub.go_on_from(self.hub)
        for user, file in self.files.items():
            clock = SkewedClock(team.true)
            chance = Random(team.chance.random())
            desk = team.seated(TeamDesk(team.folder / user, clock, chance, user, file))
            team.hub.connect(desk)
        by_user = {desk.user: desk for desk in team.desks}
        team.ledger.written += [
            Written(by_user[item.desk.user], item.cell, item.value, item.looked)
            for item in self.written
        ]
        team.accounts = self.accounts


@cache
def start(n: int) -> Start:
    """Return a team of three or four who have all there is for them; its hub is closed."""
    with TemporaryDirectory() as folder:
        team = Team(Path(folder), f"sqlite:///{folder}/hub.db", seed=n)
        try:
            for user in range(team.chance.choice([2, 2, 3])):
                desk = team.let_in(f"user{user}", staff=team.chance.random() < 0.7)
                for account in team.chance.sample(team.accounts, team.chance.randint(1, 3)):
                    grant(team, desk, account.id)
                desk.round()
            team.hub.copy()
            files = {desk.user: desk.copied() for desk in team.desks}
            return Start(team.hub, files, team.accounts, team.ledger.written)
        finally:
            team.close()


def grant(team: Team, desk: TeamDesk, account: bytes) -> None:
    """Let a desk's user write to an account, or only read, or only what partners may see."""
    audience = team.chance.choice(["internal", "internal", "partner"])
    right = team.chance.choice(["write", "write", "write", "read"])
    team.hub.grant(desk.user, account, audience, right)
