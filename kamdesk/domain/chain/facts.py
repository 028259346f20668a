"""The facts of a map that rules ask: of each person, post, body, role, line, and of the whole.

A fact that is not known is None, never 0 or false: a rule that needs it does not judge.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from kamdesk.core.clock import days_between
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.flow import Flow
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.power import who_decides
from kamdesk.domain.chain.rules import About, PartRule, Value
from kamdesk.domain.chain.standing import (
    GUIDE_TESTS,
    What,
)
from kamdesk.domain.chain.support import Support
from kamdesk.domain.chain.threads import Threads

MEETABLE: Final = 2
"""A relationship from which somebody can be met (``field_book.md`` D2)."""
ASK_FIRST: Final = 3
"""How many of the unknown one is told to ask about first."""


class Guide(NamedTuple):
    """How far somebody is a guide: which tests are passed, which are still to be shown."""

    passed: tuple[What, ...]
    open: tuple[What, ...]

    @property
    def state(self) -> str:
        """``proved`` with all three tests, ``possible`` with two, else ``no``."""
        return "proved" if not self.open else "possible" if len(self.open) == 1 else "no"


def guide(node: Node) -> Guide:
    """Return how far somebody is a guide; a mere tick counts as possible (see ``guide_state``)."""
    passed = node.stands.guide_tests
    return Guide(passed, tuple(test for test in GUIDE_TESTS if test not in passed))


def guide_state(node: Node) -> str:
    """Return ``proved``, ``possible`` (two tests, or ticked without all three) or ``no``."""
    state = guide(node).state
    return "possible" if state == "no" and node.stands.coach else state


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A map with what was measured on it: what facts are read from."""

    net: Network
    support: Support
    threads: Threads
    flow: Flow | None
    parts: tuple[PartRule, ...] = ()

    @cached_property
    def facts(self) -> Mapping[Id, Mapping[str, Value]]:
        """The facts of each person and deciding body, reckoned once."""
        return {
            node.id: {
                name: fact.of(self, node)
                for name, fact in (BODY if node.kind is NodeKind.BODY else PERSON).items()
            }
            for node in self.net.nodes
            if node.kind in (NodeKind.PERSON, NodeKind.BODY)
        }

    @cached_property
    def filling(self) -> Mapping[str, tuple[Node, ...]]:
        """Who fills each part of the method, by the part's id: people and deciding bodies."""
        return {
            part.id: tuple(
                self.net.by_id[who]
                for who, known in self.facts.items()
                if all(condition.holds(known.get(condition.fact), {}) for condition in part.when)
            )
            for part in self.parts
        }

    @cached_property
    def voices(self) -> int | None:
        """How many people's word reaches the decider; None: no decider is known."""
        if self.flow is None:
            return None
        return sum(1 for who, n in self.flow.leverage.items() if n and who != self.flow.decider)

    def live(self) -> tuple[Id, ...]:
        """Return whom we met or spoke to in the last half year."""
        return tuple(who for who in self.net.contacts if who in self.net.by_id)


class Fact(NamedTuple):
    """A fact of a person or body: its name, how it is read, the judgement it comes from."""

    words: Text
    of: Callable[[Judged, Node], Value]
    what: What | None = None


def _relation(judged: Judged, node: Node) -> Value:
    named = [c.now for c in judged.net.covered_by.get(node.id, ()) if c.now is not None]
    return max([*named, *([node.stands.coverage] if node.stands.coverage is not None else [])],
               default=None)  # fmt: skip


def _unseen(judged: Judged, node: Node) -> Value:
    return max(0, days_between(node.last_met, judged.net.day)) if node.last_met else None


def _stale(judged: Judged, node: Node) -> Value:
    return sum(judged.net.stale(node, what) for what in AGEING)


AGEING: Final = (What.STANCE, What.INFLUENCE, What.ROLES, What.COVERAGE)
_ANYONE: Final = {
    "role": Fact(Text("role"), lambda _, n: frozenset(n.stands.roles), What.ROLES),
    "stance": Fact(Text("stance"), lambda j, n: j.net.stance(n), What.STANCE),
    "influence": Fact(Text("influence"), lambda _, n: n.stands.influence, What.INFLUENCE),
    "veto": Fact(Text("veto"), lambda _, n: n.stands.veto, What.VETO),
}
PERSON: Final[Mapping[str, Fact]] = _ANYONE | {
    "stance_said": Fact(Text("stance last known"), lambda _, n: n.stands.stance, What.STANCE),
    "project_stance": Fact(
        Text("stance to the project"), lambda _, n: n.stands.project_stance, What.PROJECT_STANCE
    ),
    "guide": Fact(Text("guide"), lambda _, n: guide_state(n), What.COACH),
    "leaving": Fact(Text("may leave"), lambda _, n: bool(n.stands.leaving), What.LEAVING),
    "rival": Fact(Text("tie to a rival"), lambda _, n: bool(n.stands.rival), What.RIVAL),
    "met": Fact(Text("met"), lambda _, n: n.last_met is not None),
    "days_unseen": Fact(Text("days not seen"), _unseen),
    "owner": Fact(Text("somebody of ours looks after them"), lambda _, n: n.owner is not None),
    "relation": Fact(Text("relationship"), _relation, What.COVERAGE),
    "contacts": Fact(
        Text("contacts in half a year"), lambda j, n: float(j.net.contacts.get(n.id, 0))
    ),
    "needs": Fact(Text("needs known"), lambda j, n: float(j.net.needs.get(n.id, 0))),
    "part": Fact(Text("part in the decision"), lambda _, n: n.stands.part, What.PART),
    "level": Fact(Text("level"), lambda _, n: n.stands.level, What.LEVEL),
    "line": Fact(Text("line"), lambda _, n: n.stands.line, What.LINE),
    "interest": Fact(Text("interest in the matter"), lambda _, n: n.stands.interest, What.INTEREST),
    "urgency": Fact(Text("presses for it"), lambda _, n: n.stands.urgency, What.URGENCY),
    "stale": Fact(Text("judgements out of date"), _stale),
    "flow": Fact(
        Text("share of what moves the decider"),
        lambda j, n: 100 * j.flow.through.get(n.id, 0.0) if j.flow else None,
    ),
    "voices": Fact(Text("people heard by the decider"), lambda j, _: j.voices),
}
BODY: Final[Mapping[str, Fact]] = _ANYONE | {
    "chair": Fact(Text("chair known"), lambda _, n: n.chair is not None),
    "secretary": Fact(Text("secretary known"), lambda _, n: n.secretary is not None),
    "meets": Fact(Text("when it meets"), lambda _, n: bool(n.meets)),
    "members": Fact(Text("members known"), lambda _, n: float(len(n.members))),
    "met": Fact(
        Text("somebody of it met"),
        lambda j, n: any(
            node.last_met for node in j.net.people if node.id in n.members or node.id == n.chair
        ),
    ),
}


class Whole(NamedTuple):
    """A fact of the map as a whole, and whom it is about."""

    words: Text
    of: Callable[[Judged], Value]
    who: Callable[[Judged], tuple[Id, ...]] = lambda _: ()


def _guides(judged: Judged, state: str) -> tuple[Id, ...]:
    return tuple(node.id for node in judged.net.people if guide_state(node) == state)


MAP: Final[Mapping[str, Whole]] = {
    "people": Whole(Text("people on the map"), lambda j: float(len(j.net.people))),
    "decider": Whole(Text("decider known"), lambda j: who_decides(j.net) is not None),
    "guides": Whole(Text("proved guides"), lambda j: float(len(_guides(j, "proved")))),
    "possible_guides": Whole(Text("possible guides"), lambda j: float(len(_guides(j, "possible")))),
    "live": Whole(Text("live contacts"), lambda j: float(len(j.live())), lambda j: j.live()),
    "threads": Whole(
        Text("separate ways to the decider"),
        lambda j: j.threads.count,
        lambda j: j.threads.cut,
    ),
    "cut": Whole(
        Text("people who could cut us off"),
        lambda j: None if j.threads.count is None else float(len(j.threads.cut)),
    ),
    "effective": Whole(
        Text("contacts if all were equally frequent"), lambda j: j.threads.effective
    ),
    "unknown_power": Whole(
        Text("share of power not known"),
        lambda j: 100 * (1 - j.support.known),
        lambda j: tuple(who for who in j.support.unknown if j.net.by_id[who].name)[:ASK_FIRST],
    ),
    "decision_way": Whole(
        Text("way of deciding known"), lambda j: bool(j.net.map and j.net.map.decision_way)
    ),
    "in_play": Whole(Text("an opportunity is open"), lambda j: j.net.in_play),
    "rivals": Whole(
        Text("people tied to a rival"),
        lambda j: float(sum(bool(n.stands.rival) for n in j.net.people)),
        lambda j: tuple(n.id for n in j.net.people if n.stands.rival),
    ),
}
OTHERS: Final[Mapping[About, Mapping[str, Text]]] = {
    About.VACANT: {"wanted": Text("roles wanted")},
    About.PART: {
        "role": Text("role"),
        "filled": Text("people who fill it"),
        "missing": Text("people missing"),
        "met": Text("of them met"),
    },
    About.LINE: {
        "people": Text("people on the line"),
        "pairs": Text("of ours who know somebody on it"),
    },
    About.LOOP: {"length": Text("posts in the circle")},
}


def fact_words(about: About) -> Mapping[str, Text]:
    """Return the facts rules about such a thing may ask, with their names."""
    if about is About.MAP:
        return {name: fact.words for name, fact in MAP.items()}
    if about in OTHERS:
        return OTHERS[about]
    return {name: f.words for name, f in (PERSON if about is About.PERSON else BODY).items()}
