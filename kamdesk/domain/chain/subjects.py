"""What rules look at, one after the other, each with its facts: people, posts, roles, lines."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from kamdesk.core.ids import Id
from kamdesk.core.wording import OwnWords, Text
from kamdesk.domain.chain.facts import MAP, Judged
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.network import NodeKind
from kamdesk.domain.chain.rules import About, PartRule, Value
from kamdesk.domain.chain.standing import LINE_WORDS

MEETABLE: Final = 2
"""A relationship from which somebody can be met (``field_book.md`` D2)."""


class Subject(NamedTuple):
    """One thing a rule looks at: the nodes concerned, what it is called, its facts."""

    nodes: tuple[Id, ...]
    called: Text | str
    facts: Mapping[str, Value]
    roles: tuple[Role, ...] = ()
    advice: Text | None = None
    """Advice of its own, which goes before the rule's."""


def subjects(judged: Judged, about: About) -> Iterator[Subject]:
    """Yield what a rule of this sort looks at, with its facts."""
    net = judged.net
    if about is About.PERSON:
        for node in net.people:
            yield Subject((node.id,), node.name, judged.facts[node.id])
    elif about is About.BODY:
        for node in net.nodes:
            if node.kind is NodeKind.BODY:
                yield Subject((node.id,), node.name, judged.facts[node.id])
    elif about is About.VACANT:
        for node in net.nodes:
            if node.kind is NodeKind.VACANT:
                yield Subject((node.id,), node.post, {"wanted": frozenset(node.wanted)})
    elif about is About.PART:
        yield from (_part(judged, part) for part in judged.parts)
    elif about is About.LINE:
        yield from _lines(judged)
    elif about is About.LOOP:
        for loop in net.loops:
            names = [net.by_id[who].name or net.by_id[who].post for who in loop if who in net.by_id]
            yield Subject(loop, Text("{names}", names=names), {"length": float(len(loop))})
    else:
        yield Subject((), net.account_name, {name: fact.of(judged) for name, fact in MAP.items()})


def _part(judged: Judged, part: PartRule) -> Subject:
    there = judged.filling.get(part.id, ())
    met = sum(node.last_met is not None for node in there)
    return Subject(
        tuple(node.id for node in there if node.last_met is None),
        OwnWords(part.title),
        {
            "role": part.role or "none",
            "filled": float(len(there)),
            "missing": float(max(0, part.least - len(there))),
            "met": float(met),
        },
        (part.role,) if part.role else (),
        OwnWords(part.advice) if part.advice else None,
    )


def _lines(judged: Judged) -> Iterator[Subject]:
    net = judged.net
    for line, words in LINE_WORDS.items():
        there = [node for node in net.people if node.stands.line is line]
        pairs = {
            cover.colleague
            for node in there
            for cover in net.covered_by.get(node.id, ())
            if (cover.now or 0) >= MEETABLE and cover.colleague
        }
        if there:
            yield Subject(
                tuple(node.id for node in there),
                words,
                {"people": float(len(there)), "pairs": float(len(pairs))},
            )
