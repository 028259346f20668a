"""The rules of the trade's first part, without disk or window."""

from dataclasses import replace
from datetime import date

import pytest

from kamdesk.core.clock import Instant, StoppedClock
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id, Ids
from kamdesk.core.wording import Text, say
from kamdesk.domain.accounts import model as accounts
from kamdesk.domain.accounts.credit_code import credit_code_is_right
from kamdesk.domain.chain import model as chain
from kamdesk.domain.chain import standing
from kamdesk.domain.chain.concern import CONCERNS, concern
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.people import model as people
from kamdesk.domain.people.posts import posts_on
from kamdesk.domain.promises import model as promises
from kamdesk.domain.team.model import Colleague
from kamdesk.domain.visits import model as visits

TODAY = date(2026, 3, 12)
_ids = Ids(StoppedClock(Instant.at(TODAY, 9)))


def an_id() -> Id:
    return _ids.new()


def an_account(**given: object) -> accounts.Account:
    return accounts.Account(**{"id": an_id(), "name": "澜川轴承", **given})


def a_visit(**given: object) -> visits.Visit:
    return visits.Visit(**{"id": an_id(), "account": an_id(), **given})


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100M000100Y43", True),  # the example of GB 32100-2015
        ("91350100M000100Y44", False),
        ("91350100m000100y43", True),
        ("9135", False),
        ("91350100M000100I43", False),
        ("", False),
    ],
)
def test_the_check_character_of_a_credit_code(code: str, right: bool) -> None:
    assert credit_code_is_right(code) is right


def test_an_account_needs_a_name_at_its_field() -> None:
    with pytest.raises(RuleBroken) as refusal:
        an_account(name="  ").checked()
    assert refusal.value.field == "name"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"name": "字" * 401}, "name"), ({"employees": -1}, "employees")],
)
def test_an_account_refuses_what_cannot_be(given: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        an_account(**given).checked()
    assert refusal.value.field == field


def test_an_account_is_not_its_own_group() -> None:
    account = an_account()
    with pytest.raises(RuleBroken):
        replace(account, group_parent=account.id).checked()


def test_a_wrong_credit_code_warns_and_is_kept() -> None:
    account = an_account(credit_code=" 91350100m000100y44 ").checked()
    assert account.credit_code == "91350100M000100Y44"
    assert account.warnings()
    assert not an_account().warnings()
    assert not an_account(credit_code="91350100M000100Y43").warnings()


def test_an_account_is_called_by_its_short_name() -> None:
    assert an_account(short_name="澜川").called == "澜川"
    assert an_account().called == "澜川轴承"


def test_a_site_says_something() -> None:
    site = accounts.Site(id=an_id(), account=an_id())
    with pytest.raises(RuleBroken):
        site.checked()
    assert replace(site, address=" 锡士路 88 号 ").checked().address == "锡士路 88 号"


def test_people_ways_posts_needs_and_colleagues_say_something() -> None:
    empty = (
        people.Person(id=an_id(), name=""),
        people.Person(id=an_id(), name="字" * 401),
        people.Way(
            id=an_id(), account=None, person=an_id(), channel=people.Channel.EMAIL, value=""
        ),
        people.Post(id=an_id(), account=an_id(), title=""),
        people.Need(id=an_id(), account=None, person=an_id(), words=""),
        people.Need(id=an_id(), account=None, person=an_id(), words="x", weight=9),
        Colleague(id=an_id(), name=""),
        visits.Fact(id=an_id(), account=an_id(), words=" ", day=TODAY),
        promises.Promise(id=an_id(), account=an_id(), side=promises.PromiseSide.OURS, words=""),
        chain.Body(id=an_id(), account=an_id(), name=""),
    )
    for record in empty:
        with pytest.raises(RuleBroken):
            record.checked()


def test_a_post_does_not_report_to_itself() -> None:
    post = people.Post(id=an_id(), account=an_id(), title="总经理")
    with pytest.raises(RuleBroken):
        replace(post, reports_to=post.id).checked()


def test_who_holds_a_post_depends_on_the_day() -> None:
    post = people.Post(id=an_id(), account=an_id(), title="总经理")
    old, new = an_id(), an_id()
    holdings = [
        people.Holding(
            id=an_id(), account=post.account, post=post.id, person=old, until=date(2025, 12, 31)
        ),
        people.Holding(
            id=an_id(), account=post.account, post=post.id, person=new, since=date(2026, 1, 1)
        ),
    ]
    assert posts_on([post], holdings, TODAY) == {new: post}
    assert posts_on([post], holdings, date(2025, 6, 1)) == {old: post}
    assert posts_on([], holdings, TODAY) == {}


def test_a_visit_closes_with_a_next_step_or_a_reason_for_none() -> None:
    with pytest.raises(RuleBroken) as refusal:
        a_visit().closed()
    assert refusal.value.field == "next_step"
    assert a_visit(next_step="报价").closed().state is visits.VisitState.CLOSED
    assert a_visit(no_next_step_because="仅沟通").closed().took_place


def test_only_a_planned_visit_can_be_dropped_and_a_dropped_one_not_held() -> None:
    dropped = a_visit().dropped()
    assert not dropped.took_place
    with pytest.raises(RuleBroken):
        dropped.held()
    with pytest.raises(RuleBroken):
        a_visit().held().dropped()


def test_a_visit_lasts_from_a_minute_to_a_week() -> None:
    for minutes in (0, 7 * 1440 + 1):
        with pytest.raises(RuleBroken):
            a_visit(minutes=minutes).checked()
    moved = a_visit().moved(Instant.at(TODAY, 15), minutes=30)
    assert (moved.minutes, moved.start) == (30, Instant.at(TODAY, 15))


def test_the_seat_at_a_visit_is_the_same_on_every_laptop() -> None:
    visit, who = a_visit(), an_id()
    one = visits.Attendee.at(visit, who, visits.Side.THEIRS)
    other = visits.Attendee.at(visit, who, visits.Side.THEIRS, point="x")
    assert one.id == other.id


def test_a_promise_is_late_only_while_open() -> None:
    promise = promises.Promise(
        id=an_id(),
        account=an_id(),
        side=promises.PromiseSide.OURS,
        words="报价",
        due=date(2026, 3, 10),
    )
    assert promise.days_over(TODAY) == 2
    kept = promise.settled(promises.PromiseState.KEPT, TODAY)
    assert kept.days_over(TODAY) == 0
    assert kept.settled_on == TODAY
    assert kept.settled(promises.PromiseState.OPEN, TODAY).settled_on is None
    assert replace(promise, due=None).days_over(TODAY) == 0


def a_reading(what: standing.What, value: str, **given: object) -> standing.Reading:
    plain = {"id": an_id(), "account": an_id(), "map": an_id(), "subject": an_id()}
    return standing.Reading(**{**plain, "what": what, "value": value, "valid_from": TODAY, **given})


def test_a_person_stands_by_the_latest_reading_of_each_kind() -> None:
    readings = [
        a_reading(standing.What.ROLES, "decider approver"),
        a_reading(standing.What.STANCE, "1", sureness=standing.Sureness.LOW),
        a_reading(standing.What.STANCE, "-1", valid_from=date(2026, 3, 1)),
        a_reading(standing.What.INFLUENCE, "5"),
        a_reading(standing.What.COACH, "1"),
        a_reading(standing.What.RIVAL, "同学在 S 公司"),
        a_reading(standing.What.INFLUENCE, ""),
    ]
    stands = standing.standing(readings)
    assert stands.roles == (chain.Role.DECIDER, chain.Role.APPROVER)
    assert (stands.stance, stands.stance_since) == (-1, date(2026, 3, 1))
    assert stands.influence is None
    assert stands.coach
    assert not stands.veto
    assert stands.rival
    assert standing.standing([]) == standing.Standing()


@pytest.mark.parametrize(
    ("what", "value"),
    [
        (standing.What.STANCE, "3"),
        (standing.What.INFLUENCE, "0"),
        (standing.What.COVERAGE, "6"),
        (standing.What.STANCE, "maybe"),
    ],
)
def test_a_judgement_stays_on_its_scale(what: standing.What, value: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        a_reading(what, value).checked()
    assert refusal.value.field == what.value


def test_firmly_for_or_against_needs_evidence() -> None:
    with pytest.raises(RuleBroken, match="evidence"):
        a_reading(standing.What.STANCE, "2").checked()
    assert a_reading(standing.What.STANCE, "2", note="会上替我们说话").checked()
    assert a_reading(standing.What.STANCE, "-2", source=an_id()).checked()
    assert a_reading(standing.What.ROLES, "user").checked()


def test_members_of_an_evaluation_committee_are_not_kept() -> None:
    with pytest.raises(RuleBroken, match="secret by law"):
        chain.Body(id=an_id(), account=an_id(), name="评标委员会").checked()
    assert chain.Body(id=an_id(), account=an_id(), name=" 党委会 ").checked().name == "党委会"


def test_a_tie_joins_two_people_with_strength_one_to_three() -> None:
    plain = {"id": an_id(), "account": an_id(), "map": an_id(), "kind": chain.TieKind.CLOSE}
    one, other = an_id(), an_id()
    with pytest.raises(RuleBroken):
        chain.Tie(**plain, source=one, target=one).checked()
    with pytest.raises(RuleBroken):
        chain.Tie(**plain, source=one, target=other, strength=4).checked()
    assert chain.Tie(**plain, source=one, target=other, note=" x ").checked().note == "x"


def test_each_role_has_a_rule_of_thumb_and_the_weightiest_role_gives_it() -> None:
    assert set(CONCERNS) == set(chain.Role)
    assert concern((chain.Role.USER, chain.Role.DECIDER)) == CONCERNS[chain.Role.DECIDER]
    assert concern(()) is None


def test_the_key_of_another_system_names_the_same_link_everywhere() -> None:
    record = an_id()
    one = KnownAs.of("tushare", "600519.SH", "account", record, None)
    assert one.id == KnownAs.of("tushare", "600519.SH", "account", record, None).id


@pytest.mark.parametrize(
    "words",
    [
        accounts.ORGANISATION_WORDS,
        accounts.CLASS_WORDS,
        chain.ROLE_WORDS,
        standing.WHAT_WORDS,
        standing.SURENESS_WORDS,
        chain.TIE_WORDS,
        people.CHANNEL_WORDS,
        people.NEED_LEVEL_WORDS,
        people.NEED_STATE_WORDS,
        promises.SIDE_WORDS,
        promises.PROMISE_STATE_WORDS,
        visits.STATE_WORDS,
        visits.KIND_WORDS,
        visits.ATMOSPHERE_WORDS,
    ],
)
def test_every_value_of_a_choice_has_its_word(words: dict[object, Text]) -> None:
    kind = type(next(iter(words)))
    assert set(words) == set(kind)
    assert len({say(word, "en") for word in words.values()}) == len(words)
