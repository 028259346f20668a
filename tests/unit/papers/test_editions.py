"""What each reader of a brief may see."""

from dataclasses import fields, is_dataclass, replace

import pytest
from support.paper_contents import a_brief

from kamdesk.core.money import Money
from kamdesk.core.privacy import Privacy
from kamdesk.papers.brief.content import Brief, Promise
from kamdesk.papers.brief.editions import Reader, Tick, edition

ALL = frozenset(Tick)


def amounts(value: object) -> list[Money]:
    """Find every amount, however deep."""
    if isinstance(value, Money):
        return [value]
    if is_dataclass(value) and not isinstance(value, type):
        return [one for field in fields(value) for one in amounts(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [one for part in value for one in amounts(part)]
    return []


def motives(content: Brief) -> set[str]:
    return {person.motive for person in content.attendees} - {""}


def test_my_own_brief_holds_all_but_what_needs_a_tick():
    mine = edition(a_brief(), Reader.ME)
    assert mine.opinions
    assert mine.attendees[0].stance == 0
    assert mine.purpose.price is None
    assert not motives(mine)
    assert not [person for person in mine.attendees if person.rival_tie]
    assert not [line for line in mine.business if line.margin]
    assert mine.boss is None


@pytest.mark.parametrize(
    ("tick", "seen"),
    [
        (Tick.MOTIVES, lambda brief: bool(motives(brief))),
        (Tick.RIVALS, lambda brief: any(person.rival_tie for person in brief.attendees)),
        (Tick.PRICE, lambda brief: brief.purpose.price is not None),
    ],
)
def test_a_tick_opens_one_thing_only(tick, seen):
    assert seen(edition(a_brief(), Reader.ME, frozenset({tick})))
    assert not seen(edition(a_brief(), Reader.ME, ALL - {tick}))


def test_a_boss_reads_five_lines_first_and_no_opinions_unless_ticked():
    for_boss = edition(a_brief(), Reader.BOSS)
    assert for_boss.boss is not None
    assert not for_boss.opinions
    assert for_boss.chain is not None
    assert not for_boss.chain.opinions
    assert {person.stance for person in for_boss.attendees} == {None}
    assert edition(a_brief(), Reader.BOSS, frozenset({Tick.OPINIONS})).opinions


def test_a_consultant_never_sees_money_or_motives_whatever_is_ticked():
    seen = edition(a_brief(), Reader.CONSULTANT, ALL)
    assert not amounts(seen)
    assert not motives(seen)
    assert seen.purpose.price is None
    assert not seen.rivals
    assert not seen.colleagues
    assert seen.risk is None
    assert seen.questions


def test_a_consultant_gets_the_map_when_ticked():
    assert edition(a_brief(), Reader.CONSULTANT).chain is None
    shown = edition(a_brief(), Reader.CONSULTANT, frozenset({Tick.MAP})).chain
    assert shown is not None
    assert not shown.opinions


def test_a_private_remark_needs_its_tick():
    remark = Promise(what="quietly", ours=True, privacy=Privacy.NOTE)
    plain = a_brief().promises[0]
    content = replace(a_brief(), promises=(remark, plain))
    assert edition(content, Reader.ME).promises == (plain,)
    assert edition(content, Reader.ME, frozenset({Tick.REMARKS})).promises == content.promises


def test_people_stand_by_influence_in_every_edition():
    for reader in Reader:
        assert [person.id for person in edition(a_brief(), reader).attendees] == [
            "p1",
            "p2",
            "p3",
            "p5",
            "p4",
            "p6",
            "p13",
        ]
