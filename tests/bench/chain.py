"""A decision chain of 50 people judged: all findings, support, flow, threads, ways in."""

import random
from collections.abc import Iterator

from support.networks import a_body, a_network, a_person, a_tie, knows

from kamdesk.domain.chain.analysis import analysed
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.packs import SHIPPED, shipped
from tests.bench.rows import Result, late, middle, timed

PEOPLE = 50


def run(rounds: int) -> Iterator[Result]:
    nets = [chain_of(PEOPLE, seed) for seed in range(rounds + 2)]
    before = chain_of(PEOPLE, seed=1000)
    pack = shipped(SHIPPED[0])
    # Values kept on a network are reckoned once each: every round takes another one.
    waiting = iter(nets)
    judged = timed(lambda: analysed(next(waiting), pack=pack, before=before), rounds)
    yield Result(
        name="chain of 50 judged: findings, support, ways in",
        scale="S",
        ours=middle(judged),
        p95=late(judged),
        bar_ms=20,
    )


def chain_of(size: int, seed: int) -> Network:
    """Return a chain as large customers have: a tree of posts, three ties each, six known to us."""
    chance = random.Random(seed)
    roles = [Role.DECIDER, Role.APPROVER, *[chance.choice(list(Role)[2:]) for _ in range(2, size)]]
    people = [
        a_person(
            number,
            roles[number],
            stance=chance.choice((None, -2, -1, 0, 0, 1, 1, 2)),
            influence=chance.choice((None, 1, 2, 3, 4, 5)),
            boss=(number - 1) // 4 if number else None,
            met=chance.choice((None, 5, 40, 200)),
        )
        for number in range(size)
    ]
    ties = {}
    while len(ties) < 3 * size:
        a, b = chance.sample(range(size), 2)
        kind = chance.choice((TieKind.INFLUENCES,) * 4 + (TieKind.CLOSE, TieKind.CONFLICT))
        ties[a, b] = a_tie(a, b, chance.randint(1, 3), negative=chance.random() < 0.15, kind=kind)
    body = a_body(size, Role.APPROVER, chair=1, members=range(2, 7))
    known = chance.sample(range(1, size), 6)
    covers = [knows(n, chance.randint(1, 5), met=chance.randint(0, 150)) for n in known]
    return a_network(
        *people, body, ties=ties.values(), covers=covers, contacts=dict.fromkeys(known, 3)
    )
