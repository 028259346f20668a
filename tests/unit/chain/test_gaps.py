"""Warnings of a decision chain: each rule finds what it is for, says what it could not judge."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import pytest

from kamdesk.core.ids import AccountId, ColleagueId, Id, MapId
from kamdesk.core.wording import Text, say
from kamdesk.domain.chain.analysis import Analysis, analysed
from kamdesk.domain.chain.finding import Finding
from kamdesk.domain.chain.model import Map, Role, Tie, TieKind
from kamdesk.domain.chain.network import Cover, Network, Node, NodeKind
from kamdesk.domain.chain.packs import SHIPPED, shipped
from kamdesk.domain.chain.standing import Line, Reading, Standing, What

DAY = date(2026, 3, 12)
US = ColleagueId(Id(b"ours" * 4))
MAP = Map(id=MapId(Id(b"map!" * 4)), account=AccountId(Id(b"acct" * 4)))


def one(name: str) -> Id:
    return Id(name.ljust(16).encode()[:16])


def person(name: str, *, seen: int | None = 10, age: int = 10, **stands: Any) -> Node:
    """A person seen so many days ago, judged ``age`` days ago."""
    told = {
        What(key): Reading(
            id=one(f"r{key}"),
            account=MAP.account,
            map=MAP.id,
            subject=one(name),
            what=What(key),
            value=" ".join(value) if key == "roles" else str(int(value)),
            valid_from=DAY - timedelta(days=age),
            source=one("visit"),
            note="said so at lunch",
        )
        for key, value in stands.items()
        if key in ("stance", "influence", "roles", "veto", "coverage")
    }
    return Node(
        id=one(name),
        name=name,
        stands=Standing(**stands),
        latest=MappingProxyType(told),
        last_met=None if seen is None else DAY - timedelta(days=seen),
    )


def net(*nodes: Node, **more: Any) -> Network:
    contacts = {node.id: 2 for node in nodes if node.last_met}
    return Network(
        day=DAY, account=MAP.account, map=MAP, nodes=nodes, **{"contacts": contacts, **more}
    )


def judged(*nodes: Node, pack: str = "six-roles", **more: Any) -> Analysis:
    return analysed(net(*nodes, **more), pack=shipped(pack))


def found(analysis: Analysis, rule: str) -> list[Finding]:
    return [finding for finding in analysis.findings if finding.rule == rule]


CHEN = person("Chen", roles=(Role.DECIDER,), stance=0, influence=5)
LI = person("Li", roles=(Role.APPROVER,), stance=1, influence=3)
ZHAO = person("Zhao", roles=(Role.USER,), stance=1, influence=3)


def test_no_decider_is_said_first() -> None:
    analysis = judged(LI, ZHAO)
    assert analysis.findings[0].rule == "no_decider"
    assert not found(judged(CHEN, LI), "no_decider")


def test_a_deciding_body_is_a_decider() -> None:
    body = Node(
        id=one("body"), kind=NodeKind.BODY, name="Board", stands=Standing(roles=(Role.DECIDER,))
    )
    analysis = judged(LI, ZHAO, body)
    assert not found(analysis, "no_decider")
    assert [f.people for f in found(analysis, "body_chair")] == [(body.id,)]
    assert found(analysis, "body_rhythm")
    assert found(analysis, "body_unmet")
    known = replace(body, chair=LI.id, meets="first Monday")
    analysis = judged(LI, ZHAO, known)
    assert not found(analysis, "body_chair")
    assert not found(analysis, "body_rhythm")
    assert not found(analysis, "body_unmet")


def test_a_decider_never_met_or_against_us() -> None:
    unmet = replace(CHEN, last_met=None)
    finding = found(judged(unmet, LI), "decider_unmet")[0]
    assert finding.people == (CHEN.id,)
    assert ("visit", one("visit")) in [(e.kind, e.record) for e in finding.evidence]
    assert say(finding.said, "en") == "Chen decides, and none of us ever met them."
    assert say(finding.said, "zh") == "Chen拍板，我们还没见过面。"
    assert not found(judged(CHEN, LI), "decider_unmet")
    against = person("Chen", roles=(Role.DECIDER,), stance=-1, influence=5)
    assert found(judged(against, LI), "decider_against")
    assert not found(judged(CHEN, LI), "decider_against")


def test_a_veto_holder_against_us() -> None:
    holder = person("Wu", veto=True, stance=-1, influence=2)
    assert [f.people for f in found(judged(CHEN, holder), "veto_against")] == [(holder.id,)]
    assert not found(judged(CHEN, person("Wu", veto=True, stance=0)), "veto_against")


def test_a_guide_needs_three_tests() -> None:
    three = (What.BELIEVED, What.GAINS, What.PROVED)
    ticked = person("Sun", coach=True)
    two, all_three = person("Sun", guide_tests=three[:2]), person("Sun", guide_tests=three)
    for maybe in (ticked, two):
        analysis = judged(CHEN, maybe, pack="six-roles")
        assert [f.people for f in found(analysis, "guide_untested")] == [(maybe.id,)]
    assert not found(judged(CHEN, all_three), "guide_untested")
    parts = [say(f.said, "en") for f in found(judged(CHEN, all_three), "role_missing")]
    assert not any("guide" in said for said in parts)
    parts = [say(f.said, "en") for f in found(judged(CHEN, two), "role_missing")]
    assert "Nobody is known as guide from inside." in parts


def test_a_role_nobody_fills_names_the_role() -> None:
    analysis = judged(CHEN, LI, ZHAO)
    missing = {role for f in found(analysis, "role_missing") for role in f.roles}
    assert missing == {Role.TECHNICAL, Role.BUYER}
    unmet = replace(ZHAO, last_met=None)
    assert [f.people for f in found(judged(CHEN, LI, unmet), "role_unmet")] == [(ZHAO.id,)]


def test_a_supporter_at_risk() -> None:
    gone = person("Qian", stance=1, seen=90)
    assert found(judged(CHEN, gone), "supporter_unseen")
    assert not found(judged(CHEN, person("Qian", stance=1, seen=89)), "supporter_unseen")
    assert not found(judged(CHEN, person("Qian", stance=0, seen=200)), "supporter_unseen")
    assert found(judged(CHEN, person("Qian", stance=2, leaving="2026-06")), "supporter_leaving")
    assert found(judged(CHEN, person("Qian", stance=2, seen=None)), "supporter_unmet")


def test_an_opponent_nobody_handles() -> None:
    opponent = person("Zhou", stance=-2, influence=4)
    assert found(judged(CHEN, opponent), "opponent_unhandled")
    assert not found(judged(CHEN, replace(opponent, owner=US)), "opponent_unhandled")
    weak = person("Zhou", stance=-2, influence=3)
    assert not found(judged(CHEN, weak), "opponent_unhandled")


def test_what_is_not_known_is_not_judged_and_says_what_would_help() -> None:
    silent = person("Zhou", influence=4)
    analysis = judged(CHEN, silent)
    assert not found(analysis, "opponent_unhandled")
    told = next(n for n in analysis.not_judged if n.rule == "opponent_unhandled")
    assert told.people == (silent.id,)
    assert [say(help_, "en") for help_ in told.helps] == ["stance of Zhou"]
    stale = person("Zhou", influence=4, stance=-2, age=181)
    assert any(n.rule == "opponent_unhandled" for n in judged(CHEN, stale).not_judged)


def test_the_score_not_judged_says_whom_to_ask_first() -> None:
    analysis = judged(*(person(name, influence=n) for n, name in enumerate("ABC", 2)))
    told = analysis.not_judged[0]
    assert told.rule == "support"
    assert told.people == (one("C"), one("B"))
    assert found(analysis, "unknown_power")


def test_an_empty_map_is_not_judged() -> None:
    analysis = judged()
    assert analysis.findings == ()
    assert [n.rule for n in analysis.not_judged] == ["support"]


def test_single_thread_names_who_would_cut_us_off() -> None:
    tie = Tie(
        id=one("tie"),
        account=MAP.account,
        map=MAP.id,
        kind=TieKind.INFLUENCES,
        source=LI.id,
        target=CHEN.id,
        strength=3,
    )
    cover = Cover(node=LI.id, colleague=US, now=4, since=DAY)
    lonely = replace(CHEN, last_met=None)
    analysis = judged(lonely, LI, ZHAO, ties=(tie,), covers=(cover,))
    assert [f.people for f in found(analysis, "single_thread")] == [(LI.id,)]
    assert [f.people for f in found(analysis, "one_contact")] == []
    analysis = judged(lonely, LI, ZHAO, contacts={LI.id: 3}, ties=(tie,), covers=(cover,))
    assert [f.people for f in found(analysis, "one_contact")] == [(LI.id,)]
    assert found(judged(lonely, LI), "no_way")


def test_one_voice_carries_most_of_what_reaches_the_decider() -> None:
    def tie(source: Node, target: Node) -> Tie:
        return Tie(
            id=one(source.name + target.name),
            account=MAP.account,
            map=MAP.id,
            kind=TieKind.INFLUENCES,
            source=source.id,
            target=target.id,
        )

    through = judged(CHEN, LI, ZHAO, ties=(tie(LI, CHEN), tie(ZHAO, LI)))
    assert [f.people for f in found(through, "one_voice")] == [(LI.id,)]
    apart = judged(CHEN, LI, ZHAO, ties=(tie(LI, CHEN), tie(ZHAO, CHEN)))
    assert found(apart, "one_voice") == []


def test_posts_lines_circles_and_old_facts() -> None:
    empty = Node(id=one("post"), kind=NodeKind.VACANT, name="", post="IT head")
    old = person("Old", stance=1, influence=2, age=200)
    line = person("Eng", line=Line.TECHNOLOGY)
    analysis = judged(CHEN, old, line, empty, loops=((CHEN.id, old.id),))
    assert say(found(analysis, "vacant")[0].said, "en") == "Vacant: IT head."
    stale = found(analysis, "stale")[0]
    assert stale.people == (old.id,)
    assert stale.evidence[0].kind == "visit"
    assert say(found(analysis, "line_alone")[0].said, "zh").startswith("对方的")
    assert found(analysis, "loop")[0].people == (CHEN.id, old.id)
    paired = judged(CHEN, line, covers=(Cover(node=line.id, colleague=US, now=2),))
    assert not found(paired, "line_alone")


def test_noisy_rules_come_last_with_the_reason() -> None:
    why = Text("right in 1 of 6")
    chain = net(LI, ZHAO)
    analysis = analysed(chain, pack=shipped("six-roles"), quiet={"no_decider": why})
    assert analysis.findings[-1].rule == "no_decider"
    assert analysis.findings[-1].quiet is why
    weights = [finding.weight for finding in analysis.findings[:-1]]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("pack", SHIPPED)
def test_every_sentence_of_a_pack_can_be_said_in_both_languages(pack: str) -> None:
    unmet = replace(CHEN, last_met=None)
    rival = person("Rival", rival="Nordlicht", influence=4, stance=-2, urgency=False)
    firm = person("Firm", stance=2, influence=2, roles=(Role.TECHNICAL,), leaving="May", seen=200)
    odd = person("Odd", stance=0, influence=4, leaving="May", seen=None)
    analysis = judged(unmet, LI, ZHAO, rival, firm, odd, pack=pack)
    for finding in analysis.findings:
        for text in (finding.said, finding.advice, *(e.said for e in finding.evidence)):
            for language in ("en", "zh"):
                assert "{" not in say(text, language)
    assert len({finding.rule for finding in analysis.findings}) >= 7


def test_fifty_people_are_judged_person_by_person_only() -> None:
    """What a rule asks of one is worked out once: facts grow with people, not with rules × them."""
    from kamdesk.domain.chain import facts

    asked: list[str] = []
    real = facts.PERSON["stance"]
    counting = real._replace(of=lambda j, n: (asked.append(n.name), real.of(j, n))[1])
    crowd = [person(f"P{n}", stance=n % 5 - 2, influence=n % 5 + 1) for n in range(50)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts, "PERSON", facts.PERSON | {"stance": counting})
        judged(*crowd)
    assert len(asked) == 50


def test_c139_names_nine_matters_to_be_clear() -> None:
    titles = [rule.title["en"] for rule in shipped("c139").rules]
    named = sorted(title[:7] for title in titles if title.startswith("Clear "))
    assert named == [f"Clear {n}" for n in range(1, 10)]
    missing = {say(f.said, "en") for f in found(judged(CHEN, LI, pack="c139"), "role_missing")}
    assert "Not there yet: 1: the decider, for us." in missing
    for_us = person("Chen", roles=(Role.DECIDER,), stance=1, influence=5)
    missing = {say(f.said, "en") for f in found(judged(for_us, LI, pack="c139"), "role_missing")}
    assert "Not there yet: 1: the decider, for us." not in missing
