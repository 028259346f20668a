"""A desk whose hub twists its answers, a colleague's whose does not, and what must not be lost."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

from support.desks import untruths
from support.desks_at_a_hub import DeskAtHub, customer, keep, new_team
from support.hubs import hub_on
from support.invented import a_person, tables_of
from support.schedules import DERIVED
from support.team_hub import seeded
from support.twisted_hub import Twist, TwistedLine

from kamdesk.core.errors import RuleBroken
from kamdesk.domain.filters.model import Condition, Test
from kamdesk.storage.drafts import Drafts
from kamdesk.sync.engine import Engine
from kamdesk.sync.online import Online
from kamdesk.sync.post import HubTrouble

FILTER, DRAFT, UNSENT = "only here", "half a sentence", "not sent yet"


class World:
    """Two desks of one user; the second hears a hub that twists, ``values`` too."""

    def __init__(self, folder: Path, chance: Random, *, values: bool) -> None:
        self.chance, self.twist = chance, Twist(chance, values=values)
        self._patches = seeded(chance)
        self.hub = hub_on(f"sqlite:///{folder / 'hub.db'}")
        tenant, user = new_team(self.hub)
        self.true = DeskAtHub(folder / "true", self.hub, tenant, user, chance)
        for name in ("北辰电气", "华东重工", "海港泵业"):
            keep(self.true, customer(self.true, name), chance.randbytes(70_000))
        for account in self.true.workspace.accounts.ask.everything():
            self.person = a_person(self.true.workspace, account)
        self.true.round()
        self.desk = DeskAtHub(folder / "lied to", self.hub, tenant, user, chance)
        self.line = TwistedLine(self.desk.post, self.twist)
        self.post = Online(self.line, "a" * 43)  # type: ignore[arg-type]
        workspace = self.desk.workspace
        condition = Condition(field="text", test=Test.HOLDS, value="x")
        workspace.filters.keep(FILTER, "accounts", (condition,))
        Drafts(self.desk.storage).keep("person:x:edit", {"note": DRAFT})
        self.account = customer(self.desk, UNSENT)
        keep(self.desk, self.account, chance.randbytes(70_000))
        self.engine = Engine(self.desk, self.post)
        self.outcomes: Counter[str] = Counter()

    def lies(self, rounds: int = 8) -> None:
        """Let the desk exchange while its hub twists, and both go on writing."""
        for n in range(rounds):
            self.line.likely = self.chance.choice((0.2, 0.5, 0.9))
            self._write(self.true, f"true {n}")
            self.true.round()
            self.round()
            if self.chance.random() < 0.5:
                self._write(self.desk, f"here {n}")
            for desk in (self.true, self.desk):
                desk.clock.move(minutes=self.chance.choice((1, 40, 70)))
        self.line.likely = 0.0

    def round(self) -> None:
        """Exchange; only the spoken trouble is an answer to a lie."""
        self.line.asked = 0
        try:
            self.engine.round()
            self.outcomes["well"] += 1
        except HubTrouble as trouble:
            self.outcomes[trouble.cause.value] += 1
        if self.chance.random() < 0.3:
            self.engine = Engine(self.desk, self.post)  # as after a restart
        words = "\n".join(self._words())
        for word in (FILTER, DRAFT, UNSENT):
            assert word in words, f"“{word}” is lost"
        wrong = untruths(self.desk.workspace)
        assert wrong == [], wrong

    def heals(self) -> None:
        """Let the truth come: both desks are the same in the end, and nothing waits."""
        for n in range(6):
            if n == 1:
                self._touch_all()
            for desk in (self.true, self.desk):
                desk.clock.move(minutes=120)
                self.line.asked = 0
                (self.engine if desk is self.desk else desk.engine).round()
        assert self.desk.unsent() == 0
        if not self.twist.values:
            here, there = (
                tables_of(desk.workspace, derived=DERIVED) for desk in (self.desk, self.true)
            )
            del here["saved_filters"]
            assert [name for name in here if here[name] != there[name]] == []
        assert UNSENT in "\n".join(self._words())

    def close(self) -> None:
        """Let go of desks and hub, and of the secrets' seed."""
        for desk in (self.desk, self.true):
            desk.workspace.close()
        self.hub.engine.dispose()
        self._patches.close()

    def _write(self, desk: DeskAtHub, note: str) -> None:
        people = desk.workspace.people.ask.everybody()
        if people and self.chance.random() < 0.6:
            one = self.chance.choice(people)
            seen = desk.storage.position()
            with suppress(RuleBroken):  # a person whose name was a lie
                desk.workspace.people.change(replace(one, note=note), base=one, seen=seen)
        else:
            account = customer(desk, note)
            if self.chance.random() < 0.5:
                keep(desk, account, self.chance.randbytes(70_000))

    def _touch_all(self) -> None:
        """Write into every scope: the hub says what it holds there, and what was a lie shows."""
        workspace = self.true.workspace
        for account in workspace.accounts.ask.everything():
            a_person(workspace, account, "周敏")
            named, seen = replace(account, name=account.name + "!"), self.true.storage.position()
            workspace.accounts.change(named, base=account, seen=seen)
        workspace.team.add(workspace.team.new("吴倩"))

    def _words(self) -> list[str]:
        """Return all that can still be read in the file, and in the hub's log."""
        ask = self.desk.storage.reader.ask
        said = ask("SELECT name FROM saved_filters").column()
        said += ask("SELECT content FROM drafts").column()
        said += ask("SELECT name FROM accounts WHERE NOT gone").column()
        said += ask("SELECT op FROM quarantine").column()
        return [str(one) for one in said]
