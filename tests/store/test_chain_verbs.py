"""Verbs of a decision chain: each dated, each undone whole, none changes a day that has passed."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.customers import Lanchuan, lanchuan
from support.desks import a_desk, untruths
from support.tables import living

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id, PersonId
from kamdesk.domain.chain.model import GroupSort, Map, Role, TieKind
from kamdesk.domain.chain.network import Network, Node, NodeKind
from kamdesk.domain.chain.standing import What
from kamdesk.dossier.chain_view import read_chain
from kamdesk.dossier.new_at_visit import Stranger
from kamdesk.dossier.new_employer import Move, NewEmployer
from kamdesk.dossier.sense import senseless
from kamdesk.workspace import Workspace

TODAY = date(2026, 3, 12)
BEFORE = Instant.at(TODAY - timedelta(days=1), 18)


class OnMap:
    """A customer's map, read anew before each verb."""

    def __init__(self, desk: Workspace) -> None:
        self.desk = desk
        self.here: Lanchuan = lanchuan(desk)
        self.chain: Map = desk.chain.open_map(self.here.account.id)

    def seen(self, at: Instant | None = None) -> Network:
        """Return the map now, or as of a moment."""
        reader, account = self.desk.storage.reader, self.here.account.id
        return read_chain(reader, account, at=at or self.desk.clock.now(), map_id=self.chain.id)

    def node(self, name: str) -> Node:
        """Return somebody's card."""
        return next(node for node in self.seen().nodes if node.name == name)


@pytest.fixture
def on(desk: Workspace) -> OnMap:
    """Return a customer with a map of seven and an empty seat."""
    return OnMap(desk)


def shown(seen: Network) -> object:
    """Return what a map shows, apart from where its cards were put."""
    nodes = [
        replace(
            node, seat=None, post_id=None, latest={what: r.value for what, r in node.latest.items()}
        )  # type: ignore[arg-type]
        for node in seen.nodes
    ]
    ties = sorted((t.kind, t.source, t.target, t.strength, t.negative, t.note) for t in seen.ties)
    return sorted(nodes, key=lambda node: node.id), ties, seen.covers, seen.loops


def test_a_new_person_sits_under_a_boss_at_once(on: OnMap) -> None:
    boss = on.node("赵磊")
    _, made = on.desk.seating.add(
        on.chain, Stranger("钱程", "二号产线", "班长"), on=TODAY, under=boss
    )
    new = on.seen().by_id[made]
    assert (new.name, new.post, new.boss) == ("钱程", "班长", boss.id)
    assert made not in on.seen(BEFORE).by_id


def test_who_has_no_post_gets_one_without_title_that_a_title_names_later(on: OnMap) -> None:
    _, made = on.desk.seating.add(on.chain, Stranger("钱程"), on=TODAY, under=on.node("赵磊"))
    assert on.seen().by_id[made].post == ""
    assert senseless(on.desk.storage) == {}
    [holding] = on.desk.people.ask.held_by(made)
    on.desk.people.take_post(on.desk.people.ask.get(made), "班长")
    assert [one.id for one in on.desk.people.ask.held_by(made)] == [holding.id]
    assert (on.seen().by_id[made].post, on.seen().by_id[made].boss) == ("班长", on.node("赵磊").id)


def test_a_circle_is_refused_with_the_names_in_it(on: OnMap) -> None:
    before = living(on.desk)
    with pytest.raises(RuleBroken) as refused:
        on.desk.seating.put_under(on.chain, [on.node("陈立新")], on.node("赵磊"), on=TODAY)
    assert refused.value.field == "reports_to"
    assert "陈立新 → 赵磊 → 沈建国 → 陈立新" in str(refused.value)
    assert living(on.desk) == before


def test_a_circle_that_only_comes_later_is_refused_too(on: OnMap) -> None:
    seating, chen, li = on.desk.seating, on.node("陈立新"), on.node("李敏")
    seating.put_under(on.chain, [li], None, on=date(2026, 1, 10))
    seating.put_under(on.chain, [li], chen, on=date(2026, 3, 1))
    with pytest.raises(RuleBroken):
        seating.put_under(on.chain, [chen], li, on=date(2026, 2, 1))


def test_a_reporting_line_holds_from_its_day_on(on: OnMap) -> None:
    wang, shen, li = on.node("王镕"), on.node("沈建国"), on.node("李敏")
    on.desk.seating.put_under(on.chain, [wang], li, on=TODAY, note="会上宣布")
    assert on.seen().by_id[wang.id].boss == li.id
    assert on.seen(BEFORE).by_id[wang.id].boss == shen.id
    assert wang.post_id is not None
    assert on.desk.people.ask.post(wang.post_id).reports_to == li.post_id
    on.desk.seating.put_under(on.chain, [wang], None, on=date(2026, 2, 1))
    assert on.seen(BEFORE).by_id[wang.id].boss is None
    assert on.seen(Instant.at(date(2026, 1, 31), 9)).by_id[wang.id].boss == shen.id
    assert on.desk.people.ask.post(wang.post_id).reports_to == li.post_id  # the latest stays


def test_a_body_has_members_chair_and_papers(on: OnMap) -> None:
    bodies, [chen, li, shen, *_] = on.desk.chain.bodies, list(on.here.people.values())
    body = bodies.new(on.here.account.id, "总办会")
    bodies.add(body, members=[chen, li], chain=on.chain, on=TODAY)
    assert on.seen(BEFORE).nodes == tuple(n for n in on.seen().nodes if n.id != body.id)
    before = living(on.desk)
    bodies.change(replace(body, chair=chen, meets="每月"), base=body, members=[chen, shen])
    shown = on.node("总办会")
    assert (shown.chair, set(shown.members)) == (chen, {chen, shen})
    on.desk.undo.undo()
    assert living(on.desk) == before


def test_nothing_reports_to_a_body(on: OnMap) -> None:
    bodies = on.desk.chain.bodies
    bodies.add(bodies.new(on.here.account.id, "总办会"), chain=on.chain, on=TODAY)
    with pytest.raises(RuleBroken) as refused:
        on.desk.seating.put_under(on.chain, [on.node("王镕")], on.node("总办会"), on=TODAY)
    assert refused.value.field == "reports_to"


def test_an_empty_seat_is_filled_and_its_roles_are_taken(on: OnMap) -> None:
    ghost = on.node("项目负责人")
    _, made = on.desk.seating.fill(on.chain, ghost, Stranger("周楠", "", "项目经理"), on=TODAY)
    seen = on.seen()
    assert Role.INITIATOR in seen.by_id[made].stands.roles
    assert ghost.id not in seen.by_id
    assert ghost.id in on.seen(BEFORE).by_id
    with pytest.raises(RuleBroken) as taken:
        on.desk.seating.fill(on.chain, seen.by_id[made], Stranger("又一人"), on=TODAY)
    assert taken.value.field == "name"


def test_an_empty_seat_under_a_boss_stays_one(on: OnMap) -> None:
    shen = on.node("沈建国")
    on.desk.seating.add_ghost(on.chain, Role.USER, on=TODAY, label="夜班班长", under=shen)
    ghost = on.node("夜班班长")
    assert (ghost.kind, ghost.boss, ghost.wanted) == (NodeKind.GHOST, shen.id, (Role.USER,))
    _, made = on.desk.seating.fill(on.chain, ghost, Stranger("周楠", "", "班长"), on=TODAY)
    filled = on.seen().by_id[made]
    assert (filled.post, filled.boss) == ("班长", shen.id)


def test_who_takes_a_vacant_post_takes_its_place(on: OnMap) -> None:
    li = on.node("李敏")
    NewEmployer(on.desk.storage).carry_out(
        PersonId(li.id), Move(last_day=TODAY - timedelta(days=2))
    )
    vacant = next(node for node in on.seen().nodes if node.post_id == li.post_id)
    assert (vacant.kind, vacant.post) == (NodeKind.VACANT, "财务总监")
    assert Role.APPROVER in vacant.wanted
    on.desk.seating.fill(on.chain, vacant, on.here.people["王镕"], on=TODAY)
    wang = on.node("王镕")
    assert (wang.post, wang.boss) == ("财务总监", on.node("陈立新").id)
    assert on.seen(BEFORE).by_id[vacant.id].kind is NodeKind.VACANT
    assert on.seen(Instant.at(TODAY - timedelta(days=3), 9)).by_id[li.id].name == "李敏"


def test_a_tie_changed_today_is_as_it_was_yesterday(on: OnMap) -> None:
    tie = next(t for t in on.seen().ties if t.source == on.here.people["赵磊"])
    on.desk.chain.ties.change(replace(tie, strength=3, note="他说了算"), base=tie, on=TODAY)
    now = next(t for t in on.seen().ties if t.source == tie.source)
    assert (now.strength, now.since) == (3, TODAY)
    assert next(t for t in on.seen(BEFORE).ties if t.source == tie.source).strength == 2
    on.desk.chain.ties.change(replace(now, strength=1), base=now, on=TODAY)
    again = next(t for t in on.seen().ties if t.source == tie.source)
    assert (again.id, again.strength) == (now.id, 1)
    on.desk.chain.ties.end(again, on=TODAY)
    assert all(t.source != tie.source for t in on.seen().ties)
    assert any(t.id == tie.id for t in on.seen(BEFORE).ties)


def test_two_are_tied_in_one_way_once(on: OnMap) -> None:
    zhao, shen = on.here.people["赵磊"], on.here.people["沈建国"]
    chain = on.desk.chain
    with pytest.raises(RuleBroken) as refused:
        chain.join(chain.tie(on.chain, TieKind.INFLUENCES, zhao, shen, since=TODAY))
    assert refused.value.field == "target"
    chain.join(chain.tie(on.chain, TieKind.INFLUENCES, shen, zhao, since=TODAY))
    chain.join(chain.tie(on.chain, TieKind.CLOSE, shen, zhao, since=TODAY))
    with pytest.raises(RuleBroken):
        chain.join(chain.tie(on.chain, TieKind.CLOSE, zhao, shen, since=TODAY))


@pytest.mark.parametrize("words", ["评标委员会成员", "省评标专家库", "Bid Evaluation Committee"])
def test_a_bid_evaluation_committee_is_refused_wherever_it_is_named(on: OnMap, words: str) -> None:
    chain, before = on.desk.chain, living(on.desk)
    with pytest.raises(RuleBroken) as as_body:
        chain.bodies.add(chain.bodies.new(on.here.account.id, words))
    with pytest.raises(RuleBroken) as as_group:
        chain.seats.make_group(on.chain, chain.seats.new_group(on.chain, words), on=TODAY)
    with pytest.raises(RuleBroken) as as_seat:
        chain.ghost(on.chain, Role.TECHNICAL, label=words, on=TODAY)
    assert [r.value.field for r in (as_body, as_group, as_seat)] == ["name", "name", "label"]
    assert living(on.desk) == before


def test_a_map_copied_for_an_opportunity_keeps_the_days_of_what_was_judged(on: OnMap) -> None:
    deal = on.desk.storage.new_id()
    on.desk.chain.seats.unseat(on.chain, on.node("王镕"), on=TODAY)
    new = on.desk.chain.copy_map(on.chain, "二号线", on=TODAY, opportunity=deal)  # type: ignore[arg-type]
    assert new.opportunity == deal
    reader, account = on.desk.storage.reader, on.here.account.id
    copy = read_chain(reader, account, at=on.desk.clock.now(), map_id=new.id)
    old = on.seen()
    assert [node.name for node in copy.nodes] == [node.name for node in old.nodes]
    assert [copy.age(a, What.STANCE) for a in copy.people] == [
        old.age(a, What.STANCE) for a in old.people
    ]
    assert len(copy.ties) == len(old.ties)
    assert on.desk.chain.open_map(account, opportunity=deal).id == new.id  # type: ignore[arg-type]
    with pytest.raises(RuleBroken) as taken:
        on.desk.chain.change_map(replace(new, name=""), base=new)
    assert taken.value.field == "name"


def test_who_was_judged_and_never_seated_can_be_taken_off(on: OnMap) -> None:
    shao = on.desk.people.new("邵文", on.here.account.id)
    on.desk.people.add(shao)
    judged = on.desk.chain.reading(on.chain, shao.id, What.STANCE, "0", on=date(2026, 3, 1))
    on.desk.chain.judge(judged)
    on.desk.chain.seats.unseat(on.chain, on.node("邵文"), on=TODAY)
    assert shao.id not in on.seen().by_id
    assert shao.id in on.seen(BEFORE).by_id
    on.desk.chain.seat(on.chain, shao.id, on=TODAY)
    assert shao.id in on.seen().by_id


VERBS = (
    "add", "add_under", "ghost", "fill", "unseat", "under", "top", "want", "group", "ungroup",
    "outside", "place", "body", "off_body", "tie", "change_tie", "end_tie", "judge", "leave",
)  # fmt: skip


def carry_out(on: OnMap, verb: str, a: int, b: int) -> None:
    """Do one verb to whoever is at places ``a`` and ``b``, dated today; refusals are no change."""
    desk, chain, seen = on.desk, on.chain, on.seen()
    nodes = list(seen.nodes)
    first, second = nodes[a % len(nodes)], nodes[b % len(nodes)]
    person = seen.people[a % len(seen.people)]
    seats, ties, account = desk.chain.seats, list(seen.ties), on.here.account.id
    match verb:
        case "add":
            desk.seating.add(chain, Stranger(f"新人{a}"), on=TODAY, roles=(Role.USER,))
        case "add_under":
            desk.seating.add(chain, Stranger(f"新人{a}", "", f"岗位{b}"), on=TODAY, under=first)
        case "ghost":
            desk.seating.add_ghost(chain, Role.BUYER, on=TODAY, label="空", under=first)
        case "fill":
            desk.seating.fill(chain, first, Stranger("接任者", "", "接任"), on=TODAY)
        case "unseat":
            seats.unseat(chain, first, on=TODAY)
        case "under":
            desk.seating.put_under(chain, [first], second, on=TODAY)
        case "top":
            desk.seating.put_under(chain, [first], None, on=TODAY)
        case "want":
            seats.want(chain, first, Role.GATEKEEPER, on=TODAY)
        case "group":
            group = seats.new_group(chain, f"组{a}", GroupSort.COMPANY)
            seats.make_group(chain, group, first, second, on=TODAY)
        case "ungroup":
            seats.put_in(chain, None, first, on=TODAY)
        case "outside":
            group = seats.new_group(chain, f"设计院{a}", GroupSort.DESIGN)
            seats.make_group(chain, group, on=TODAY, outside=True)
        case "place":
            seats.place(chain, [(first, 10.0, 20.0), (second, 30.0, 40.0)], on=TODAY)
        case "body":
            bodies = desk.chain.bodies
            bodies.add(bodies.new(account, f"会{a}"), chain=chain, on=TODAY)
        case "off_body":
            seats.unseat(chain, *(n for n in nodes if n.kind is NodeKind.BODY), on=TODAY)
        case "tie":
            tie = desk.chain.tie(chain, TieKind.CLOSE, first.id, second.id, since=TODAY)
            desk.chain.join(tie)
        case "change_tie" if ties:
            tie = ties[a % len(ties)]
            desk.chain.ties.change(replace(tie, strength=b % 3 + 1), base=tie, on=TODAY)
        case "end_tie" if ties:
            desk.chain.ties.end(ties[a % len(ties)], on=TODAY)
        case "judge":
            reading = desk.chain.reading
            desk.chain.judge(reading(chain, person.id, What.INFLUENCE, str(b % 5 + 1), on=TODAY))
        case "leave":
            move: Any = Move(last_day=TODAY - timedelta(days=1))
            NewEmployer(desk.storage).carry_out(PersonId(Id(person.id)), move)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    done=st.lists(
        st.tuples(st.sampled_from(VERBS), st.integers(0, 40), st.integers(0, 40)),
        min_size=1,
        max_size=12,
    )
)
def test_nothing_done_today_changes_yesterdays_map(done: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        on = OnMap(a_desk(Path(folder)))
        yesterday = shown(on.seen(BEFORE))
        steps = [living(on.desk)]
        for verb, a, b in done:
            try:
                carry_out(on, verb, a, b)
            except RuleBroken:
                assert living(on.desk) == steps[-1]
                continue
            if living(on.desk) != steps[-1]:
                steps.append(living(on.desk))
            assert shown(on.seen(BEFORE)) == yesterday
        assert untruths(on.desk) == []
        for before in reversed(steps[:-1]):
            on.desk.undo.undo()
            assert living(on.desk) == before
        on.desk.close()


def test_the_first_card_brings_its_map_along_as_one_action(desk: Workspace) -> None:
    account = desk.accounts.new("空白客户")
    desk.accounts.add(account)
    before = living(desk)
    bodies, at = desk.chain.bodies, {"on": TODAY}
    for first in (
        lambda chain: desk.seating.add(chain, Stranger("陈立新"), **at),
        lambda chain: desk.seating.add_ghost(chain, Role.BUYER, **at),
        lambda chain: bodies.add(bodies.new(account.id, "总办会"), chain=chain, **at),
    ):
        first(desk.chain.own_map(account.id))
        assert len(desk.chain.ask.maps(account.id)) == 1
        desk.seating.add(desk.chain.own_map(account.id), Stranger("李敏"), **at)
        assert len(desk.chain.ask.maps(account.id)) == 1
        desk.undo.undo()
        desk.undo.undo()
        assert living(desk) == before
