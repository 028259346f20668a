"""What is read over several rooms: the file, what it does not say, what changed, the one risk."""

from dataclasses import replace
from datetime import date

import pytest
from support.customers import Lanchuan, lanchuan

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text, say
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.chain.standing import What
from kamdesk.domain.promises.model import PromiseState
from kamdesk.domain.visits.model import Attendee, Fact, Side
from kamdesk.dossier.customer_file import CustomerFile, read_file
from kamdesk.dossier.one_risk import one_risk
from kamdesk.dossier.questions import questions
from kamdesk.dossier.since import changes, last_here
from kamdesk.dossier.unsaid import Gap, gaps
from kamdesk.workspace import Workspace


@pytest.fixture
def customer(desk: Workspace) -> Lanchuan:
    return lanchuan(desk)


def the_file(desk: Workspace, customer: Lanchuan) -> CustomerFile:
    return read_file(desk.storage.reader, customer.account.id, at=desk.clock.now())


def the_gaps(desk: Workspace, customer: Lanchuan) -> list[Gap]:
    visit = desk.visits.ask.get(customer.next_visit)
    seats = desk.visits.ask.attendees(visit.id)
    return gaps(the_file(desk, customer), visit, seats)


def test_the_file_knows_who_reports_to_whom_past_vacant_posts(desk, customer) -> None:
    file = the_file(desk, customer)
    who = customer.people
    assert file.boss_of(who["周海燕"]) == who["李敏"]
    desk.people.leave(who["李敏"], last_day=date(2026, 3, 1))
    file = the_file(desk, customer)
    assert file.boss_of(who["周海燕"]) == who["陈立新"]
    assert file.boss_of(who["陈立新"]) is None


def test_gaps_begin_with_the_decision_and_name_whom_they_concern(desk, customer) -> None:
    found = the_gaps(desk, customer)
    assert found[0].key == "decider_met"
    assert found[0].person == customer.people["陈立新"]
    keys = {(gap.key, gap.person) for gap in found}
    assert ("stance", customer.people["王镕"]) in keys
    assert ("focus", customer.people["李敏"]) not in keys


def test_a_known_thing_is_no_gap_and_a_stale_one_is(desk, customer) -> None:
    person = desk.people.ask.get(customer.people["李敏"])
    task = replace(person, their_task="降本 5%")
    desk.people.change(task, base=person, seen=desk.storage.position())
    assert ("their_task", person.id) not in {(g.key, g.person) for g in the_gaps(desk, customer)}
    desk.clock.move(days=200)
    assert ("stance_stale", person.id) in {(g.key, g.person) for g in the_gaps(desk, customer)}


def test_a_stance_is_doubted_sooner_while_something_is_being_sold(desk, customer) -> None:
    said = ("stance_stale", customer.people["李敏"])
    desk.clock.move(days=120)
    assert said not in {(g.key, g.person) for g in the_gaps(desk, customer)}
    desk.opportunities.add(desk.opportunities.new(customer.account.id, "二线"))
    assert said in {(g.key, g.person) for g in the_gaps(desk, customer)}


def test_without_map_and_objective_the_gaps_say_so(desk) -> None:
    account = desk.accounts.new("空客户")
    desk.accounts.add(account)
    visit = desk.visits.new(account.id, Instant.at(date(2026, 3, 13), 9))
    file = read_file(desk.storage.reader, account.id, at=desk.clock.now())
    assert [gap.key for gap in gaps(file, visit, [])] == ["decider", "approver", "objective"]


def test_a_body_without_rhythm_or_chair_is_a_gap(desk, customer) -> None:
    desk.chain.add_body(desk.chain.body(customer.account.id, "总办会"))
    keys = [gap.key for gap in the_gaps(desk, customer)]
    assert {"body_meets", "body_chair"} <= set(keys)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_questions_are_tied_to_gaps_and_name_the_person(desk, customer, language) -> None:
    found = the_gaps(desk, customer)
    asked = questions(the_file(desk, customer), found, language=language)
    assert 1 <= len(asked) <= 5
    assert len({question.words for question in asked}) == len(asked)
    for question in asked:
        assert "{" not in question.words
        assert question.reason in [gap.said for gap in found]
    assert any("陈立新" in question.words for question in asked)


def test_a_question_closed_by_the_file_is_not_asked_again(desk, customer) -> None:
    def reasons() -> set[Text]:
        asked = questions(the_file(desk, customer), the_gaps(desk, customer), language="en")
        return {question.reason for question in asked}

    gap = next(g for g in the_gaps(desk, customer) if g.key == "their_task")
    assert gap.said in reasons()
    person = desk.people.ask.get(gap.person)
    task = replace(person, their_task="提产 8%")
    desk.people.change(task, base=person, seen=desk.storage.position())
    assert gap.said not in reasons()


def test_changes_since_the_last_visit_are_dated_and_newest_first(desk, customer) -> None:
    person = desk.people.ask.get(customer.people["赵磊"])
    desk.people.take_post(person, "数字化部经理", since=date(2026, 3, 5))
    desk.visits.note(
        Fact(
            id=desk.storage.new_id(),
            account=customer.account.id,
            words="二月停机 31 小时",
            day=date(2026, 3, 9),
        )
    )
    promise = desk.promises.ask.of_account(customer.account.id)[1]
    desk.promises.settle(promise.id, PromiseState.KEPT, seen=desk.storage.position())
    file = the_file(desk, customer)
    before = last_here(
        file, desk.storage.reader, desk.team.me, desk.visits.ask.get(customer.next_visit)
    )
    assert before.id == customer.last_visit
    found = changes(file, since=before.start.day)
    said = [say(change.what, "en") for change in found]
    assert [change.on for change in found] == sorted((c.on for c in found), reverse=True)
    assert "赵磊 is now 数字化部经理" in said
    assert "二月停机 31 小时" in said
    assert "They kept: 开通只读账号" in said
    assert "李敏: doubtful → neutral" in said


def test_the_last_visit_is_the_one_i_sat_at(desk, customer) -> None:
    other = desk.team.new("吴启明")
    desk.team.add(other)
    later = replace(
        desk.visits.new(customer.account.id, Instant.at(date(2026, 3, 4), 10)),
        next_step="再约",
    )
    desk.visits.plan(later, Attendee.at(later, other.id, Side.OURS))
    desk.visits.hold(later.id, seen=desk.storage.position())
    file = the_file(desk, customer)
    assert last_here(file, desk.storage.reader, desk.team.me, None).id == customer.last_visit
    assert last_here(file, desk.storage.reader, other.id, None).id == later.id


def test_the_one_risk_is_our_own_broken_word_first(desk, customer) -> None:
    risk = one_risk(the_file(desk, customer))
    assert say(risk.rule, "en") == "We are 2 days late with what we promised"
    promise = desk.promises.ask.of_account(customer.account.id)[0]
    desk.promises.settle(promise.id, PromiseState.KEPT, seen=desk.storage.position())
    assert "never met" in say(one_risk(the_file(desk, customer)).rule, "en") or "none of us" in say(
        one_risk(the_file(desk, customer)).rule, "en"
    )


def test_a_strong_opponent_nobody_handles_is_a_risk(desk, customer) -> None:
    promise = desk.promises.ask.of_account(customer.account.id)[0]
    desk.promises.settle(promise.id, PromiseState.KEPT, seen=desk.storage.position())
    chain = desk.chain.open_map(customer.account.id)
    who = customer.people["李敏"]
    desk.chain.judge(desk.chain.reading(chain, who, What.STANCE, "-1", on=date(2026, 3, 11)))
    assert "李敏" in say(one_risk(the_file(desk, customer)).rule, "zh")


def test_silence_longer_than_the_cadence_is_a_risk(desk) -> None:
    account = replace(desk.accounts.new("静默客户"), class_by_hand=AccountClass.CORE)
    desk.accounts.add(account)
    visit = replace(
        desk.visits.new(account.id, Instant.at(date(2025, 12, 1), 10)),
        topic="年末回顾",
        next_step="年后再谈",
    )
    desk.visits.plan(visit)
    file = read_file(desk.storage.reader, account.id, at=desk.clock.now())
    assert one_risk(file) is None
    desk.visits.hold(visit.id, seen=desk.storage.position())
    file = read_file(desk.storage.reader, account.id, at=desk.clock.now())
    assert "101 days" in say(one_risk(file).rule, "en")


def test_everything_hanging_on_one_person_is_a_risk(desk) -> None:
    account = desk.accounts.new("单线客户")
    desk.accounts.add(account)
    one, other = (desk.people.new(name, account.id) for name in ("甲一", "乙二"))
    desk.people.add(one)
    desk.people.add(other)
    visit = replace(desk.visits.new(account.id, Instant.at(date(2026, 3, 1), 10)), next_step="再约")
    desk.visits.plan(visit, Attendee.at(visit, one.id, Side.THEIRS))
    desk.visits.hold(visit.id, seen=desk.storage.position())
    file = read_file(desk.storage.reader, account.id, at=desk.clock.now())
    assert say(one_risk(file).rule, "en") == "Everything hangs on 甲一"
