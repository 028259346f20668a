"""A bad line between a real desk and the real hub: nothing is lost, nothing comes twice."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import pytest
from support import fault_proxy
from support.desks import untruths
from support.fault_proxy import FINGERPRINT, Fault, Mixed, cut, proxy, status
from support.hostile_hub import STATUSES
from support.hub_joined import Joined, Team, a_hub, joined
from support.invented import a_person, an_account, tables_of

from kamdesk.https import Line, Trust
from kamdesk.storage.exchange import unsent
from kamdesk.sync import tokens
from kamdesk.sync.engine import Engine
from kamdesk.sync.online import Online
from kamdesk.sync.post import HubTrouble

MIXED = Mixed()


@dataclass
class Scene:
    """Two desks of a team: one behind the bad line, one on a good one."""

    team: Team
    bad: Joined
    good: Joined
    engine: Engine
    line: Online
    faults: deque[Fault]
    turns: int = 0

    def edit(self) -> None:
        """Change something on both desks; return what was written behind the bad line."""
        self.turns += 1
        word = f"Turn {self.turns}"
        for desk, field in ((self.bad, "name"), (self.good, "form_of_address")):
            person = desk.workspace.people.ask.everybody()[0]
            fresh = replace(person, **{field: word})
            desk.workspace.people.change(fresh, base=person, seen=desk.storage.position())

    def until_through(self, most: int = 12) -> list[HubTrouble]:
        """Exchange until it goes well; return what went wrong before."""
        told: list[HubTrouble] = []
        for _ in range(most):
            try:
                self.engine.round()
            except HubTrouble as trouble:
                told.append(trouble)
            else:
                return told
        raise AssertionError("it never went well")

    def settle(self) -> None:
        """Let both desks hear all of each other, on good lines."""
        self.faults.clear()
        for _ in range(2):
            self.good.round()
            self.engine.round()


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("proxy")
    with a_hub(folder) as team, proxy(team.at.port, folder) as (server, faults):
        bad = joined(folder / "bad", team, "lin")
        account = an_account(bad.workspace)
        a_person(bad.workspace, account)
        bad.round()
        good = joined(folder / "good", team, "wang")
        team.grant("wang", account.id)
        good.round()
        token = tokens.kept(bad.storage)
        line = Online(Line(server.url, Trust(pinned=FINGERPRINT)), token)
        yield Scene(team, bad, good, bad.goes_by(line), line, faults)
        line.close()
        for desk in (bad, good):
            assert untruths(desk.workspace) == []
            desk.close()


def same(scene: Scene) -> bool:
    tables = [tables_of(one.workspace) for one in (scene.bad, scene.good)]
    return tables[0] == tables[1]


def proven(scene: Scene, *faults: Fault) -> list[HubTrouble]:
    """Write on both desks, let these faults happen, and see that all has arrived, once."""
    scene.edit()
    scene.faults.extend(faults)
    told = scene.until_through()
    scene.settle()
    assert unsent(scene.bad.storage) == []
    assert same(scene)
    people = scene.good.workspace.people.ask.everybody()
    word = f"Turn {scene.turns}"
    assert [(p.name, p.form_of_address) for p in people] == [(word, word)]
    log = scene.good.storage.reader.ask(
        "SELECT count(*), count(DISTINCT dev || '-' || dseq) FROM op WHERE dseq NOT NULL"
    ).one()
    assert log[0] == log[1]
    return told


@pytest.mark.parametrize("k", sorted({0, 1, *Random(7).sample(range(1400), 9)}))
def test_the_answer_is_cut_at_byte_k(k: int, scene: Scene) -> None:
    assert len(proven(scene, cut(k))) <= 1


def test_an_answer_cut_at_its_last_byte_counts_as_none(scene: Scene) -> None:
    assert len(proven(scene, cut(-1))) == 1


def test_a_request_is_lost(scene: Scene) -> None:
    assert len(proven(scene, fault_proxy.lost)) == 1


@pytest.mark.parametrize("fault", [fault_proxy.twice, fault_proxy.doubled])
def test_a_request_or_an_answer_comes_twice(fault: Fault, scene: Scene) -> None:
    proven(scene, fault)


def test_an_answer_comes_in_the_place_of_a_later_one(scene: Scene) -> None:
    proven(scene, MIXED.stale, MIXED.stale, MIXED.stale)


def test_a_request_arrives_behind_the_next_one(scene: Scene) -> None:
    assert len(proven(scene, MIXED.late, MIXED.then_late)) == 1


def test_an_answer_drips_and_ends_in_time(scene: Scene) -> None:
    assert proven(scene, fault_proxy.dripping) == []


def test_an_answer_is_a_bomb(scene: Scene) -> None:
    assert len(proven(scene, fault_proxy.bomb)) == 1


@pytest.mark.parametrize("code", STATUSES)
def test_a_status_comes_instead_of_what_the_hub_said(code: int, scene: Scene) -> None:
    (told,) = proven(scene, status(code))
    assert told.cause is STATUSES[code]


def test_many_faults_in_a_row(scene: Scene) -> None:
    chance = Random(11)
    for _ in range(2):
        some = [
            chance.choice([fault_proxy.lost, fault_proxy.twice, cut(chance.randrange(900))])
            for _ in range(6)
        ]
        proven(scene, *some)


def test_what_was_written_twice_would_be_seen(scene: Scene) -> None:
    """The control: a desk that has not heard of the last edit is not the same."""
    scene.edit()
    scene.until_through()
    assert not same(scene)
    scene.settle()
    assert same(scene)
