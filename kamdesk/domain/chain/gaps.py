"""Judges a map by a pack of rules: what it warns of, and what it could not judge for want of facts.

One function evaluates every rule; a rule is data (``rules``), a fact is a name (``facts``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from kamdesk.core.ids import Id
from kamdesk.core.wording import OwnWords, Text
from kamdesk.domain.chain.facts import (
    MAP,
    Judged,
    fact_words,
)
from kamdesk.domain.chain.finding import Evidence, Finding, NotJudged
from kamdesk.domain.chain.grounds import evidence, value_words
from kamdesk.domain.chain.network import NodeKind
from kamdesk.domain.chain.rules import About, Pack, Rule
from kamdesk.domain.chain.subjects import Subject, subjects

MOST_NAMES: Final = 5
"""Names a sentence tells before it counts the rest."""
HELPS: Final = 2
"""Inputs named that would help most (``field_book.md`` D1.4)."""
ASKED: Final = frozenset({"stance", "influence", "relation", "days_unseen"})
"""Facts that, when not known, are worth saying that a rule could not judge."""


def gaps(
    judged: Judged, pack: Pack, *, quiet: Mapping[str, Text] = MappingProxyType({})
) -> tuple[tuple[Finding, ...], tuple[NotJudged, ...]]:
    """Return what the rules of a pack find, weightiest first, and what they could not judge.

    ``quiet`` says by rule why it is listed last (it was mostly noise).
    """
    looked_at: dict[About, list[Subject]] = {}
    found: list[Finding] = []
    unknown: list[NotJudged] = []
    for rule in pack.rules:
        if not rule.on:
            continue
        if rule.about not in looked_at:
            looked_at[rule.about] = list(subjects(judged, rule.about))
        met: list[Subject] = []
        open_: list[tuple[Subject, str]] = []
        for subject in looked_at[rule.about]:
            wanting = _wanting(rule, subject)
            if wanting is None:
                met.append(subject)
            elif wanting in ASKED:
                open_.append((subject, wanting))
        found.extend(_findings(judged, rule, met))
        if open_:
            unknown.append(_not_judged(judged, rule, open_))
    found = [replace(one, quiet=quiet[one.rule]) if one.rule in quiet else one for one in found]
    found.sort(key=lambda one: (one.quiet is not None, -one.weight, -_influence(judged, one)))
    return tuple(found), tuple(unknown)


def _wanting(rule: Rule, subject: Subject) -> str | None:
    """Return None where the rule finds; else the fact not known, or "" where it does not find."""
    wanting = None
    for condition in rule.when:
        holds = condition.holds(subject.facts.get(condition.fact), rule.settings)
        if holds is False:
            return ""
        if holds is None and wanting is None:
            wanting = condition.fact
    return wanting


def _findings(judged: Judged, rule: Rule, met: Sequence[Subject]) -> list[Finding]:
    if not met:
        return []
    return [
        _finding(judged, rule, some) for some in ([met] if rule.together else [[s] for s in met])
    ]


def _finding(judged: Judged, rule: Rule, about: Sequence[Subject]) -> Finding:
    first = about[0]
    nodes = [node for subject in about for node in subject.nodes]
    if rule.about is About.MAP:
        for condition in rule.when:
            nodes.extend(MAP[condition.fact].who(judged))
    people = tuple(dict.fromkeys(nodes))
    advice = OwnWords(rule.advice, **_values(judged, rule, about, people))
    return Finding(
        rule=rule.id,
        said=OwnWords(rule.said, **_values(judged, rule, about, people)),
        people=people,
        evidence=_evidence(judged, rule, about, people),
        advice=first.advice if first.advice and not rule.together else advice,
        weight=rule.weight,
        roles=tuple(dict.fromkeys(role for subject in about for role in subject.roles)),
    )


def _values(
    judged: Judged, rule: Rule, about: Sequence[Subject], people: Sequence[Id]
) -> dict[str, object]:
    called: Sequence[object] = (
        [_name(judged, who) for who in people]
        if rule.about is About.MAP
        else [one.called for one in about]
    )
    facts = {name: value_words(name, value) for name, value in about[0].facts.items()}
    settings = {name: f"{value:g}" for name, value in rule.settings.items()}
    return facts | settings | {"who": listed(called), "n": len(called)}


def listed(names: Sequence[object]) -> object:
    """Return names for a sentence: five of them, then how many more; none as a dash."""
    if len(names) <= MOST_NAMES:
        return list(names) or "–"
    more = Text("{n} more", "{n} more", n=len(names) - MOST_NAMES)
    return [*names[:MOST_NAMES], more]


def _evidence(
    judged: Judged, rule: Rule, about: Sequence[Subject], people: Sequence[Id]
) -> tuple[Evidence, ...]:
    """Return the judgements the rule's facts rest on, each once; else the people concerned."""
    found = [
        told
        for who in people[:MOST_NAMES]
        for condition in rule.when
        if (told := evidence(judged, who, condition.fact))
    ]
    if not found:
        kinds = {NodeKind.PERSON: "person", NodeKind.BODY: "body", NodeKind.VACANT: "post"}
        nodes = [judged.net.by_id[who] for who in people[:MOST_NAMES] if who in judged.net.by_id]
        found = [
            Evidence(said=node.name or node.post, kind=kinds.get(node.kind, ""), record=node.id)
            for node in nodes
        ]
    if rule.about in (About.MAP, About.PART, About.LINE, About.LOOP):
        words = fact_words(rule.about)
        facts = about[0].facts
        found = [
            Evidence(
                said=Text(
                    "{what}: {value}",
                    what=words[name],
                    value=value_words(name, facts.get(name)),
                )
            )
            for name in dict.fromkeys(c.fact for c in rule.when)
            if name not in ("role", "people")
        ] + found
    return tuple(dict.fromkeys(found))


def _not_judged(judged: Judged, rule: Rule, open_: list[tuple[Subject, str]]) -> NotJudged:
    open_.sort(key=lambda pair: -_weight(judged, pair[0]))
    words = fact_words(rule.about)
    facts = list(dict.fromkeys(fact for _, fact in open_))
    return NotJudged(
        rule=rule.id,
        said=Text(
            "{rule}: not judged for {who}; not known: {facts}.",
            rule=OwnWords(rule.title),
            who=listed([subject.called for subject, _ in open_]),
            facts=[words[fact] for fact in facts],
        ),
        helps=tuple(
            Text("{fact} of {name}", fact=words[fact], name=subject.called)
            for subject, fact in open_[:HELPS]
        ),
        people=tuple(node for subject, _ in open_ for node in subject.nodes),
    )


def _name(judged: Judged, who: Id) -> str:
    node = judged.net.by_id.get(who)
    return (node.name or node.post) if node else "–"


def _weight(judged: Judged, subject: Subject) -> float:
    nodes = [judged.net.by_id[who] for who in subject.nodes if who in judged.net.by_id]
    return max((float(node.stands.influence or 0) for node in nodes), default=0.0)


def _influence(judged: Judged, finding: Finding) -> int:
    nodes = [judged.net.by_id[who] for who in finding.people if who in judged.net.by_id]
    return max((node.stands.influence or 0 for node in nodes), default=0)
