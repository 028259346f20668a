"""Fault 18: three months of work, a body limit on the way, a line that is cut again and again."""

from contextlib import suppress

import pytest
from support.in_process import offline
from support.team import Team
from support.team_deeds import account
from support.team_desk import TeamDesk

from kamdesk.core.wording import Text
from kamdesk.domain.people.store import PERSON
from kamdesk.sync.engine import Engine
from kamdesk.sync.post import Cause, HubTrouble
from kamdesk.sync.told import told
from kamdesk.sync.wire.messages import Answer, Exchange, said

LIMIT = 150_000
"""Bytes somebody on the way lets through (1 MB, scaled to the outbox of this test)."""
IN_CI, MONTHS = 5_000, 200_000


class Narrow:
    """A post that refuses large bodies, and of the others lets only every third through."""

    def __init__(self, desk: TeamDesk, limit: int) -> None:
        assert desk.post is not None
        self._post, self._limit = desk.post, limit
        self.sizes: list[int] = []
        self.too_large = self.calls = 0

    def exchange(self, ask: Exchange) -> Answer:
        size = len(said(ask))
        self.calls += 1
        if size > self._limit:
            self.too_large += 1
            raise HubTrouble(Cause.TOO_LARGE, Text("Too large."))
        if self.calls % 3:
            raise offline()
        self.sizes.append(size)
        return self._post.exchange(ask)

    def __getattr__(self, name: str) -> object:
        return getattr(self._post, name)


def _three_months(team: Team, ops: int) -> TeamDesk:
    boss = team.desks[0]
    where = account(boss).id
    for start in range(0, ops // 2, 500):
        people = [boss.workspace.people.new(f"§{start + n}", where) for n in range(500)]
        with boss.storage.change(Text("Import")) as change:
            change.put_all(PERSON, people)
    return boss


def test_fault_18_batches_halve_until_they_pass_and_all_arrives(
    team: Team, request: pytest.FixtureRequest
) -> None:
    every = request.config.getoption("--all")
    other = team.colleague()
    boss = _three_months(team, MONTHS if every else IN_CI)
    unsent = told(boss.storage).unsent
    limit = 1_000_000 if every else LIMIT
    narrow = Narrow(boss, limit)
    engine = Engine(boss, narrow)  # type: ignore[arg-type]
    left, rounds = unsent, 0
    while left:
        rounds += 1
        assert rounds < 3 * unsent // 50, "it does not end"
        with suppress(HubTrouble):
            engine.round()
        now = told(boss.storage).unsent
        assert now <= left
        left = now
    assert narrow.too_large
    assert max(narrow.sizes) <= limit
    assert team.at_rest() == []
    assert len(other.workspace.people.ask.everybody()) > unsent // 2


def test_fault_18_control_without_halving_it_never_ends(team: Team) -> None:
    boss = _three_months(team, IN_CI)
    unsent = told(boss.storage).unsent
    narrow = Narrow(boss, LIMIT)
    for _ in range(12):
        with pytest.raises(HubTrouble):
            Engine(boss, narrow).round()  # type: ignore[arg-type]  # anew: forgets
    assert told(boss.storage).unsent == unsent
