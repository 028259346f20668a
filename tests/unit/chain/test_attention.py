"""Whom to attend to: next moves, brokers against networkx, salience, grid, breadth."""

import networkx as nx
import pytest
from hypothesis import given
from support.networks import LIN, a_network, a_person, a_tie, knows, networks, nr

from kamdesk.core.ids import Id
from kamdesk.domain.chain.breadth import Breadth, breadth
from kamdesk.domain.chain.brokers import betweenness, brokers
from kamdesk.domain.chain.flow import flow
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.next_moves import worth_working_on
from kamdesk.domain.chain.power import influences
from kamdesk.domain.chain.salience import Attention, Claim, power_interest, salience
from kamdesk.domain.chain.standing import Level, Line


@given(networks())
def test_brokers_are_those_of_networkx(net: Network) -> None:
    graph: dict[Id, dict[Id, float]] = {node.id: {} for node in net.nodes}
    graph |= {who: {to: abs(w) for to, w in row.items()} for who, row in influences(net).items()}
    theirs = nx.DiGraph()
    theirs.add_nodes_from(graph)
    for a, row in graph.items():
        # Their lengths must be whole for ties to be ties: 6/1, 6/2, 6/3.
        theirs.add_weighted_edges_from((a, b, round(6 / w)) for b, w in row.items())
    wanted = nx.betweenness_centrality(theirs, normalized=False, weight="weight")
    assert betweenness(graph) == pytest.approx(wanted)


def test_a_broker_stands_between_two_others() -> None:
    ties = [a_tie(0, 1), a_tie(1, 2, kind=TieKind.CLOSE), a_tie(0, 2, kind=TieKind.CONFLICT)]
    found = brokers(a_network(a_person(0), a_person(1), a_person(2), ties=ties))
    assert found == {nr(0): 0.0, nr(1): 0.5, nr(2): 0.0}
    assert brokers(a_network(a_person(0))) == {nr(0): 0.0}


def test_work_on_whose_word_counts_and_who_knows_us() -> None:
    net = a_network(
        a_person(0, Role.DECIDER, stance=0),
        a_person(1, stance=-1, stance_wanted=2),
        a_person(2, stance=-2),
        a_person(3, stance=1),
        ties=[a_tie(1, 0, 3), a_tie(2, 0, 3), a_tie(3, 0, 3)],
        covers=[knows(0, 1), knows(1, 4), knows(3, 5)],
    )
    first, second = worth_working_on(net)
    assert (first.person, second.person) == (nr(1), nr(0))
    lever = flow(net).leverage[nr(1)]
    assert first.worth == pytest.approx(lever * (1.0 - -0.5) * 0.8)
    assert first.why.plain == (
        "P1 makes 27 % of what P0 thinks and knows us; now doubtful, wanted champion"
    )
    assert second.why.plain == "P0 decides and knows us; now neutral, wanted supporter"


def test_without_a_decider_the_weight_stands_in() -> None:
    net = a_network(a_person(0, influence=1), a_person(1), covers=[knows(0, 5)])
    (only,) = worth_working_on(net)
    assert (only.leverage, only.worth) == (0.25, pytest.approx(0.25 * 0.5))
    assert "holds 25 % of the weight; now stance unknown" in only.why.plain


def test_where_no_word_reaches_the_decider_the_weight_stands_in() -> None:
    net = a_network(a_person(0, Role.DECIDER), a_person(1), covers=[knows(1, 5)])
    (only,) = worth_working_on(net)
    assert (only.person, only.leverage) == (nr(1), 0.25)


@pytest.mark.parametrize(
    ("influence", "say", "hurry", "claim"),
    [
        (5, False, False, Claim.DORMANT),
        (1, True, False, Claim.DISCRETIONARY),
        (1, False, True, Claim.DEMANDING),
        (4, True, False, Claim.DOMINANT),
        (4, False, True, Claim.DANGEROUS),
        (3, True, True, Claim.DEPENDENT),
        (5, True, True, Claim.DEFINITIVE),
        (1, False, False, Claim.NONE),
    ],
)
def test_salience(influence, say, hurry, claim) -> None:
    person = a_person(0, influence=influence, legitimacy=say, urgency=hurry)
    assert salience(a_network(person))[nr(0)].claim is claim


def test_salience_names_what_is_missing() -> None:
    found = salience(a_network(a_person(0, influence=None, legitimacy=True)))[nr(0)]
    assert found.claim is None
    assert [word.plain for word in found.missing] == ["influence", "presses for it"]
    veto = a_person(0, influence=None, legitimacy=True, urgency=True, veto=True)
    assert salience(a_network(veto))[nr(0)].claim is Claim.DEFINITIVE


@pytest.mark.parametrize(
    ("influence", "interest", "attention"),
    [
        (5, 3, Attention.KEY_PLAYER),
        (3, 2, Attention.KEEP_SATISFIED),
        (2, 5, Attention.KEEP_INFORMED),
        (1, 1, Attention.LITTLE),
        (None, 5, None),
        (5, None, None),
    ],
)
def test_power_and_interest(influence, interest, attention) -> None:
    person = a_person(0, influence=influence, interest=interest)
    assert power_interest(a_network(person))[nr(0)].attention is attention


def live(number: int, department: str, level: Level, line: Line, *, relation: int = 3):
    return a_person(
        number, met=30, department=department, level=level, line=line, coverage=relation
    )


DECISION, MANAGEMENT, OPERATION = Level
BUSINESS, TECHNOLOGY, LEADING = Line


def test_breadth_grows_from_a_point_to_a_body() -> None:
    a = live(0, "Purchasing", MANAGEMENT, BUSINESS)
    b = live(1, "Purchasing", OPERATION, BUSINESS)
    c = live(2, "Technology", MANAGEMENT, TECHNOLOGY)
    d = live(3, "Board", DECISION, LEADING)
    cold = live(4, "Finance", DECISION, LEADING, relation=1)
    assert breadth(a_network(cold)).breadth is Breadth.NONE
    assert breadth(a_network(a, cold)).breadth is Breadth.POINT
    assert breadth(a_network(a, b)).breadth is Breadth.LINE
    assert breadth(a_network(a, b, c)).breadth is Breadth.PLANE
    unpaired = a_network(a, b, c, d)
    assert breadth(unpaired).breadth is Breadth.PLANE
    assert breadth(unpaired).unpaired == tuple(Line)
    covers = [knows(number, 3) for number in (0, 2, 3)]
    whole = breadth(a_network(a, b, c, d, covers=covers))
    assert (whole.breadth, whole.unpaired, whole.unplaced) == (Breadth.BODY, (), ())
    assert whole.grid[BUSINESS, MANAGEMENT] == (nr(0),)
    nameless = [knows(number, 3, colleague=None) for number in (0, 2, 3)]
    assert breadth(a_network(a, b, c, d, covers=nameless)).unpaired == tuple(Line)
    assert LIN.id == covers[0].colleague


def test_who_stands_nowhere_on_the_grid_is_named() -> None:
    person = a_person(0, met=10, coverage=2)
    found = breadth(a_network(person))
    assert (found.breadth, found.unplaced, found.grid) == (Breadth.POINT, (nr(0),), {})
