"""How far the chain leans to us: a score with its range, its movement and what pulls it down.

``field_book.md`` D16: S = Σ weight × stance ÷ (2 Σ weight) over known, fresh stances, shown as
50 + 50 S; a decider or veto holder against us caps it; below 60 % known power it is not judged.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.network import Network, NodeKind
from kamdesk.domain.chain.power import (
    MIDDLE_INFLUENCE,
    deciding_bodies,
    guessed,
    sitting,
    weights,
)

LEAST_KNOWN: Final = 0.6
"""Share of the power that must be known before a score is given (D1.4)."""

CAPS: Final = {-2: 30.0, -1: 50.0}
"""The most a score may be while a decider or veto holder stands so."""

FIRMEST: Final = 2


class Term(NamedTuple):
    """What one person adds to the score, in points from the balance of 50."""

    node: Id
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """How far a chain leans to us; points from 0 to 100, 50 = balance.

    ``score`` is None when too little is known (``why_not`` says why); ``low`` and ``high`` are the
    score if everybody unknown stood at −2 or at +2. ``known`` is the share of power whose stance is
    known and fresh, 0 to 1. ``movement`` is the difference to the earlier day with the same people;
    ``newcomers`` are those known now and not then. ``minus`` are the three heaviest negatives.
    ``capped_by`` is whose being against holds the score down. ``step`` says by how many points the
    score rises when that person comes one step towards us. ``unknown`` are those whose stance is
    not known, heaviest first, empty seats and bodies among them; ``ask_first`` the first two
    people of these. ``assumed`` says how many have an influence taken for the middle;
    None: nobody.
    """

    score: float | None
    low: float
    high: float
    known: float
    movement: float | None = None
    newcomers: tuple[Id, ...] = ()
    minus: tuple[Term, ...] = ()
    capped_by: Id | None = None
    step: Mapping[Id, float] = field(default_factory=lambda: MappingProxyType({}))
    why_not: Text | None = None
    unknown: tuple[Id, ...] = ()
    assumed: Text | None = None
    ask_first: tuple[Id, ...] = ()


def support(net: Network, *, before: Network | None = None) -> Support:
    """Return how far the chain leans to us; ``before`` is the same map on an earlier day."""
    scale = _Scale(net)
    known = scale.stances
    share = sum(scale.weights[who] for who in known) / scale.total if scale.total else 0.0
    why_not = _why_not(net, share)
    points = scale.points(known)
    then = _Scale(before) if before else None
    same = known.keys() & then.stances.keys() if then else set()
    unknown = sorted(
        scale.weights.keys() - known.keys(), key=lambda who: (-scale.weights[who], who)
    )
    return Support(
        score=points if why_not is None else None,
        low=scale.points(_filled(scale, -FIRMEST)),
        high=scale.points(_filled(scale, FIRMEST)),
        known=share,
        movement=scale.points(known, only=same) - then.points(then.stances, only=same)
        if then and same
        else None,
        newcomers=tuple(who for who in known if who not in then.stances) if then else (),
        minus=_heaviest(scale),
        capped_by=scale.capped_by(known),
        step={
            who: scale.points({**known, who: stance + 1}) - points
            for who, stance in known.items()
            if stance < FIRMEST
        },
        why_not=why_not,
        unknown=tuple(unknown),
        ask_first=tuple(who for who in unknown if net.by_id[who].kind is NodeKind.PERSON)[:2],
        assumed=_assumed(net),
    )


def leaning(net: Network, stances: Mapping[Id, int] | None = None) -> float:
    """Return the bare points of a chain, 0 to 100, however little is known; 50 when nothing is.

    ``stances`` (−2 to 2) stand in for what is known and fresh.
    """
    scale = _Scale(net)
    return scale.points(scale.stances if stances is None else stances)


def known_stances(net: Network) -> dict[Id, int]:
    """Return the stances that are known and fresh, −2 to 2."""
    return {node.id: stance for node in net.people if (stance := net.stance(node)) is not None}


class _Scale:
    """Weighs stances of one network."""

    def __init__(self, net: Network) -> None:
        self.weights = weights(net)
        self.total = sum(self.weights.values())
        self.stances = known_stances(net)
        self._can_stop = {
            node.id for node in net.people if node.stands.veto or Role.DECIDER in node.stands.roles
        } | {body.chair for body in deciding_bodies(net) if body.chair}

    def points(self, stances: Mapping[Id, int], *, only: Collection[Id] | None = None) -> float:
        """Return the points of these stances, capped; of some people only when told."""
        people = [who for who in stances if only is None or who in only]
        cap = min(
            (CAPS.get(stances[who], 100.0) for who in people if who in self._can_stop),
            default=100.0,
        )
        return min(self._free(stances, people), cap)

    def capped_by(self, stances: Mapping[Id, int]) -> Id | None:
        """Return whose stance holds the points down, None when nobody's does."""
        against = [who for who in stances if who in self._can_stop and stances[who] in CAPS]
        worst = min(against, key=lambda who: (stances[who], -self.weights[who], who), default=None)
        if worst is None or self._free(stances, stances) <= CAPS[stances[worst]]:
            return None
        return worst

    def _free(self, stances: Mapping[Id, int], people: Collection[Id]) -> float:
        weight = sum(self.weights[who] for who in people)
        if not weight:
            return 50.0
        return 50.0 + 25.0 * sum(self.weights[who] * stances[who] for who in people) / weight


def _filled(scale: _Scale, stance: int) -> dict[Id, int]:
    return {who: scale.stances.get(who, stance) for who in scale.weights}


def _heaviest(scale: _Scale) -> tuple[Term, ...]:
    weight = sum(scale.weights[who] for who in scale.stances)
    terms = [
        Term(who, 25.0 * scale.weights[who] * stance / weight)
        for who, stance in scale.stances.items()
        if stance < 0
    ]
    return tuple(sorted(terms, key=lambda term: (term.points, term.node))[:3])


def _why_not(net: Network, share: float) -> Text | None:
    for body in deciding_bodies(net):
        met = [net.by_id[who].last_met for who in sitting(body) if who in net.by_id]
        if not any(met):
            return Text("Nobody of {name}, which decides, has been met.", name=body.name)
    if share < LEAST_KNOWN:
        return Text(
            "Only {share} % of the power has a stance that is known and fresh.",
            share=round(100 * share),
        )
    return None


def _assumed(net: Network) -> Text | None:
    people = guessed(net)
    if not people:
        return None
    return Text(
        "The influence of {n} person is not judged; it counts as {middle}.",
        "The influence of {n} people is not judged; it counts as {middle}.",
        n=len(people),
        middle=MIDDLE_INFLUENCE,
    )
