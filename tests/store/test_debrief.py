"""The debrief is written as one action: visit, people, promises, facts, stances; undone as one."""

from dataclasses import replace
from datetime import date

import pytest
from support.customers import Lanchuan, lanchuan

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.domain.chain.standing import Sureness, What
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Reached, Visit, VisitState
from kamdesk.domain.visits.store import VISIT
from kamdesk.dossier.debrief import (
    Answers,
    Item,
    Newcomer,
    Seated,
    Turn,
    read_answers,
    write_answers,
)
from kamdesk.dossier.debrief_report import MEANWHILE, Report, write_report
from kamdesk.workspace import Workspace

TODAY = date(2026, 3, 12)


@pytest.fixture
def star(desk: Workspace) -> Lanchuan:
    return lanchuan(desk)


@pytest.fixture
def visit(desk: Workspace, star: Lanchuan) -> Visit:
    """A visit of today that was planned with 陈立新."""
    return desk.visits.ask.get(star.next_visit)


def answers(desk: Workspace, star: Lanchuan) -> Answers:
    """What a full debrief answers."""
    people = star.people
    return Answers(
        newcomers=(Newcomer(key="+1", name="王强", department="采购部", title="经理"),),
        seated=(
            Seated(who=people["李敏"].hex(), name="李敏"),
            Seated(who=people["陈立新"].hex(), name="陈立新", absent=True),
            Seated(who="+1", name="王强"),
            Seated(who=desk.team.me.hex(), name="林晓彤", ours=True),
        ),
        reached=Reached.PARTLY,
        outcome="同意立项评审",
        ours=(Item(words="敏感性分析", day=date(2026, 3, 17), who=desk.team.me.hex()),),
        theirs=(Item(words="停机记录", day=date(2026, 3, 18), who="+1", name="王强"),),
        learnt=(Item(words="预算 4 月批", who=people["李敏"].hex()), Item(words="换了 ERP")),
        turns=(
            Turn(who=people["李敏"].hex(), name="李敏", after=1, note="主动要数据"),
            Turn(who="+1", name="王强", after=-1, sureness=Sureness.LOW),
        ),
        next_step="ROI 评审会",
        next_by=date(2026, 3, 25),
    )


def test_answers_survive_being_kept_as_text(desk: Workspace, star: Lanchuan) -> None:
    told = replace(answers(desk, star), passed=frozenset({"ours"}))
    assert read_answers(write_answers(told)) == told
    assert read_answers("") == read_answers("[1]") == read_answers('{"ours": [1]}') == Answers()


def test_everything_answered_is_written_in_one_action(
    desk: Workspace, star: Lanchuan, visit: Visit
) -> None:
    actions = desk.storage.reader.ask("SELECT count(*) FROM actions")
    before = int(actions.value())
    report = Report(visit=visit, planned=True, answers=answers(desk, star))
    touched = write_report(desk.storage, report)
    assert int(desk.storage.reader.ask("SELECT count(*) FROM actions").value()) == before + 1
    assert touched.kinds == {
        "visit", "person", "post", "holding", "attendee", "promise", "fact", "reading", "seat",
    }  # fmt: skip
    closed = desk.visits.ask.get(visit.id)
    assert (closed.state, closed.reached) == (VisitState.CLOSED, Reached.PARTLY)
    assert (closed.outcome, closed.next_step) == ("同意立项评审", "ROI 评审会")
    (wang,) = desk.people.ask.named("王强")
    assert desk.people.ask.get(wang).department == "采购部"
    seats = {seat.who: seat.absent for seat in desk.visits.ask.attendees(visit.id)}
    assert seats[wang] is False
    assert seats[star.people["陈立新"]] is True
    promised = {p.words: p for p in desk.promises.ask.of_visit(visit.id)}
    assert promised["敏感性分析"].colleague == desk.team.me
    assert promised["停机记录"].side is PromiseSide.THEIRS
    assert promised["停机记录"].person == wang
    facts = {fact.words: fact.about for fact in desk.visits.ask.facts_of(visit.id)}
    assert facts == {"预算 4 月批": star.people["李敏"], "换了 ERP": None}
    (chain,) = desk.chain.ask.maps(visit.account)
    stood = desk.chain.ask.standings(chain.id, on=TODAY)
    assert (stood[star.people["李敏"]].stance, stood[wang].stance) == (1, -1)
    last = [r for r in desk.chain.ask.readings(chain.id, until=TODAY) if r.subject == wang]
    assert [(r.what, r.source, r.sureness) for r in last] == [(What.STANCE, visit.id, Sureness.LOW)]
    desk.undo.undo()
    assert desk.visits.ask.get(visit.id) == visit
    assert desk.people.ask.named("王强") == []
    assert desk.promises.ask.of_visit(visit.id) == []
    assert desk.visits.ask.facts_of(visit.id) == []


def test_a_visit_nobody_planned_is_held_now(desk: Workspace, star: Lanchuan) -> None:
    visit = desk.visits.new(star.account.id, desk.clock.now())
    write_report(
        desk.storage,
        Report(visit=visit, planned=False, answers=Answers(because="只是顺路送资料")),
    )
    closed = desk.visits.ask.get(visit.id)
    assert closed.state is VisitState.CLOSED
    assert closed.no_next_step_because == "只是顺路送资料"


def test_neither_next_step_nor_reason_is_refused_and_nothing_is_written(
    desk: Workspace, star: Lanchuan, visit: Visit
) -> None:
    told = replace(answers(desk, star), next_step="", next_by=None)
    with pytest.raises(RuleBroken) as refused:
        write_report(desk.storage, Report(visit=visit, planned=True, answers=told))
    assert refused.value.field == "next_step"
    assert desk.visits.ask.get(visit.id) == visit
    assert desk.people.ask.named("王强") == []


def test_a_promise_is_handed_over_instead_of_made_twice(
    desk: Workspace, star: Lanchuan, visit: Visit
) -> None:
    opened = next(p for p in desk.promises.ask.of_account(visit.account) if p.person)
    shen = star.people["沈建国"]
    item = Item(words="只读账号", who=shen.hex(), name="沈建国", instead=opened.id.hex())
    write_report(
        desk.storage,
        Report(visit=visit, planned=True, answers=Answers(theirs=(item,), next_step="演示")),
    )
    after = desk.promises.ask.get(opened.id)
    assert (after.person, after.words, after.due) == (shen, opened.words, opened.due)
    assert desk.promises.ask.of_visit(visit.id) == []


def test_people_of_another_customer_keep_their_own_file(
    desk: Workspace, star: Lanchuan, visit: Visit
) -> None:
    other = desk.accounts.new("承岳钢铁")
    desk.accounts.add(other)
    song = desk.people.new("宋金桂", other.id)
    desk.people.add(song)
    key = song.id.hex()
    told = Answers(
        seated=(Seated(who=key, name="宋金桂"),),
        theirs=(Item(words="参观", who=key),),
        learnt=(Item(words="明年停产", who=key),),
        turns=(Turn(who=key, name="宋金桂", after=1),),
        next_step="演示",
    )
    write_report(desk.storage, Report(visit=visit, planned=True, answers=told))
    (promise,) = desk.promises.ask.of_visit(visit.id)
    (fact,) = desk.visits.ask.facts_of(visit.id)
    assert promise.account == fact.account == other.id
    (chain,) = desk.chain.ask.maps(other.id)  # made for it
    assert desk.chain.ask.standings(chain.id, on=TODAY)[song.id].stance == 1
    assert song.id in {seat.who for seat in desk.visits.ask.attendees(visit.id)}


def test_a_closed_visit_is_added_to(desk: Workspace, star: Lanchuan) -> None:
    visit = desk.visits.ask.get(star.last_visit)
    told = Answers(outcome="并约定试点", learnt=(Item(words="换了 ERP"),))
    write_report(desk.storage, Report(visit=visit, planned=True, answers=told))
    after = desk.visits.ask.get(visit.id)
    assert after.state is VisitState.CLOSED
    assert after.outcome == f"{visit.outcome}; 并约定试点"
    assert after.next_step == visit.next_step


def test_what_was_written_elsewhere_meanwhile_is_told_and_kept(
    desk: Workspace, star: Lanchuan, visit: Visit
) -> None:
    write_report(
        desk.storage,
        Report(visit=visit, planned=True, answers=Answers(outcome="甲", next_step="演示")),
    )
    mine = Report(visit=visit, planned=True, answers=Answers(outcome="乙", next_step="评审"))
    with pytest.raises(RuleBroken) as refused:
        write_report(desk.storage, mine)
    assert refused.value.field == MEANWHILE
    assert "甲" in refused.value.said.plain
    seen = desk.visits.ask.get(visit.id)
    write_report(desk.storage, replace(mine, visit=seen))
    assert desk.visits.ask.get(visit.id).outcome == "甲; 乙"


def test_the_same_draft_finished_in_two_windows_is_written_once(
    desk: Workspace, star: Lanchuan, visit: Visit
) -> None:
    told = answers(desk, star)
    write_report(desk.storage, Report(visit=visit, planned=True, answers=told))
    once = (
        desk.promises.ask.of_visit(visit.id),
        desk.visits.ask.facts_of(visit.id),
        desk.people.ask.named("王强"),
        desk.visits.ask.attendees(visit.id),
    )
    closed = desk.visits.ask.get(visit.id)
    write_report(desk.storage, Report(visit=closed, planned=True, answers=told))
    assert once == (
        desk.promises.ask.of_visit(visit.id),
        desk.visits.ask.facts_of(visit.id),
        desk.people.ask.named("王强"),
        desk.visits.ask.attendees(visit.id),
    )
    assert desk.visits.ask.get(visit.id) == closed


@pytest.mark.parametrize("how", ["dropped", "deleted"])
def test_a_visit_that_went_away_meanwhile_says_what_to_do(
    desk: Workspace, star: Lanchuan, visit: Visit, how: str
) -> None:
    if how == "dropped":
        desk.visits.drop(visit.id, seen=desk.storage.position())
    else:
        with desk.storage.change(Text("Delete visit")) as change:
            change.drop(VISIT, visit.id)
    report = Report(visit=visit, planned=True, answers=Answers(next_step="演示"))
    with pytest.raises(RuleBroken) as refused:
        write_report(desk.storage, report)
    assert refused.value.field == MEANWHILE
    desk.undo.undo()
    write_report(desk.storage, report)
    assert desk.visits.ask.get(visit.id).state is VisitState.CLOSED


def test_a_visit_of_tomorrow_was_not_held(desk: Workspace, star: Lanchuan, visit: Visit) -> None:
    ahead = replace(visit, start=Instant.at(date(2026, 3, 13), 9))
    with desk.storage.change(Text("Move visit")) as change:
        change.put(VISIT, ahead, base=visit)
    with pytest.raises(RuleBroken) as refused:
        write_report(
            desk.storage, Report(visit=ahead, planned=True, answers=Answers(next_step="x"))
        )
    assert refused.value.field == "start"
