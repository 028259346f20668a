"""Krackhardt's 21 managers (1987): what was published on who counts reappears in our measures.

Krackhardt and Hanson 1993 (HBR 71:104–111), Wasserman and Faust 1994: manager 2 is asked most, 18
stands between most, 21 and 18 are asked more than the president, 7, to whom all report.
"""

import csv
from pathlib import Path

import pytest
from support.networks import a_network, a_person, a_tie, knows, nr

from kamdesk.domain.chain.brokers import brokers
from kamdesk.domain.chain.flow import flow
from kamdesk.domain.chain.foremost import between_most, furthest
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.power import influences, katz, reach
from kamdesk.domain.chain.threads import threads
from kamdesk.domain.chain.way_in import ways_in

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "6_org" / "krackhardt_hightech"
PRESIDENT = 7

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the folder with real files is not here"),
]


def arcs(name: str) -> list[tuple[int, int]]:
    with open(FOLDER / f"{name}.csv", encoding="utf-8", newline="") as lines:
        return [(int(row["from"]), int(row["to"])) for row in csv.DictReader(lines)]


@pytest.fixture(scope="module")
def net() -> Network:
    """Whoever is asked for advice influences who asks; friends who both say so are close."""
    bosses, friends = dict(arcs("ht_reports")), set(arcs("ht_friends"))
    people = [
        a_person(n, *((Role.DECIDER,) if n == PRESIDENT else ()), boss=bosses.get(n))
        for n in range(1, 22)
    ]
    ties = [a_tie(asked, asks) for asks, asked in arcs("ht_advice")]
    close = [(a, b) for a, b in friends if a < b and (b, a) in friends]
    assert (len(ties), len(close), len(bosses)) == (190, 23, 20)
    ties += [a_tie(a, b, kind=TieKind.CLOSE) for a, b in close]
    return a_network(*people, ties=ties)


def ranked(found: dict[bytes, float]) -> list[int]:
    return [int.from_bytes(who, "big") for who in sorted(found, key=lambda who: -found[who])]


def test_who_is_asked_most_is_not_the_president(net: Network) -> None:
    asked = {who: float(len(row)) for who, row in influences(net).items()}
    assert ranked(asked)[:3] == [2, 18, 21]
    assert (asked[nr(2)], asked[nr(PRESIDENT)]) == (18, 13)


def test_reach_puts_others_before_the_president(net: Network) -> None:
    everyone = {node.id: 1.0 for node in net.nodes}
    order = ranked(katz(influences(net), everyone))
    assert set(order[:3]) == {2, 18, 21}
    assert order.index(PRESIDENT) > 2
    assert ranked(reach(net))[0] == PRESIDENT, "by rank he weighs most"


def test_the_foremost_are_named_against_rank(net: Network) -> None:
    assert ranked(dict.fromkeys(furthest(net), 1.0))[0] == PRESIDENT
    advice = [tie for tie in net.ties if tie.kind is TieKind.INFLUENCES]
    assert between_most(a_network(*net.nodes, ties=advice))[0] == nr(18)


def test_manager_18_stands_between_most_in_advice(net: Network) -> None:
    advice = [tie for tie in net.ties if tie.kind is TieKind.INFLUENCES]
    order = ranked(brokers(a_network(*net.nodes, ties=advice)))
    assert order[0] == 18
    assert order.index(PRESIDENT) < 5


def test_the_presidents_mind_is_made_by_those_he_asks(net: Network) -> None:
    found = flow(net)
    asked = {b for a, b in arcs("ht_advice") if a == PRESIDENT}
    others = [who for who in ranked(dict(found.leverage)) if who != PRESIDENT]
    assert set(others[: len(asked)]) == asked
    assert sum(found.leverage.values()) == pytest.approx(1.0)


def test_knowing_one_manager_is_a_way_in_and_many_threads(net: Network) -> None:
    ours = a_network(*net.nodes, ties=net.ties, covers=[knows(12, 4)])
    first, second, third = ways_in(ours, nr(PRESIDENT))
    assert first.success >= second.success >= third.success > 0.1
    assert threads(ours).cut == (nr(12),), "all our chains begin with the one we know"
