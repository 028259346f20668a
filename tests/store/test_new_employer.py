"""Somebody changes jobs: posts end, seats stay wanted, one goes on elsewhere; all in one action."""

from dataclasses import replace
from datetime import date

import pytest
from support.customers import Lanchuan, lanchuan
from support.tables import living

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import PersonId
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.standing import What
from kamdesk.domain.people.channels import guessed_channel, is_personal
from kamdesk.domain.people.model import Channel
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.dossier.customer_file import read_file
from kamdesk.dossier.new_employer import Move, NewEmployer, consequences
from kamdesk.dossier.one_person import read_person
from kamdesk.workspace import Workspace

LAST = date(2026, 3, 10)


def who(desk: Workspace, here: Lanchuan) -> PersonId:
    """Return Li Min, with a seat, two ways and a promise."""
    person = desk.people.ask.get(here.people["李敏"])
    for channel, value in ((Channel.MOBILE, "13912345678"), (Channel.EMAIL, "li@lanchuan.example")):
        desk.people.reach(desk.people.way(person, channel, value))
    chain = desk.chain.open_map(here.account.id)
    desk.chain.seat(chain, person.id, label=person.name)
    desk.chain.judge(
        desk.chain.reading(chain, person.id, What.ROLES, Role.APPROVER.value, on=date(2026, 3, 1))
    )
    promise = desk.promises.new(here.account.id, PromiseSide.THEIRS, "给合同范本")
    desk.promises.make(replace(promise, person=person.id))
    return person.id


def elsewhere(desk: Workspace) -> Account:
    """Return another customer."""
    other = desk.accounts.new("瑞坪矿业有限公司")
    desk.accounts.add(other)
    return other


def test_who_moves_goes_on_there_and_the_seat_stays_wanted(desk: Workspace) -> None:
    here = lanchuan(desk)
    person, other = who(desk, here), elsewhere(desk)
    before, assistant = living(desk), NewEmployer(desk.storage)
    of = assistant.look(person)
    ways, promised = of.personal, [one for one in of.promises if one.words == "给合同范本"]
    assert "li@lanchuan.example" not in [way.value for way in ways]
    move = Move(
        last_day=LAST,
        account=other.id,
        title="财务副总",
        ways=frozenset(way.id for way in ways),
        dropped=frozenset(one.id for one in promised),
    )
    said = [text.plain for text in consequences(of, move, other.name)]
    assert any("stands vacant" in words for words in said)
    assert any("1 promise no longer stands" in words for words in said)
    _, made = assistant.carry_out(person, move)
    assert made is not None
    new = desk.people.ask.get(made)
    assert (new.account, new.same_as, new.name) == (other.id, person, "李敏")
    assert "13912345678" in [way.value for way in desk.people.ask.ways(made)]
    assert "li@lanchuan.example" in [way.value for way in desk.people.ask.ways(person)]
    assert all(held.until == LAST for held in desk.people.ask.held_by(person))
    chain = desk.chain.open_map(here.account.id)
    seats = [one for one in desk.chain.ask.seats(chain.id) if one.stands_on(date(2026, 3, 11))]
    assert person not in [seat.person for seat in seats]
    assert any(Role.APPROVER in seat.wanted and seat.post for seat in seats)
    states = [one.state for one in desk.promises.ask.of_person(person) if one.words == "给合同范本"]
    assert states == [PromiseState.DROPPED]
    seen = read_person(desk.storage, made)
    assert seen is not None
    assert [one.id for one in seen.same] == [person]
    assert seen.post is not None
    assert seen.post.post.title == "财务副总"
    desk.undo.undo()
    assert living(desk) == before


def test_who_leaves_for_nobody_knows_where_leaves_a_vacant_post(desk: Workspace) -> None:
    here = lanchuan(desk)
    person, before = who(desk, here), living(desk)
    _, made = NewEmployer(desk.storage).carry_out(person, Move(last_day=LAST))
    assert made is None
    assert desk.people.post_held(person) is None
    line = next(one for one in desk.people.ask.lines(here.account.id) if one.id == person)
    assert line.post == ""
    file = read_file(desk.storage.reader, here.account.id, at=desk.clock.now())
    assert person in file.left()
    assert person not in file.on_map()
    desk.undo.undo()
    assert living(desk) == before


def test_what_makes_no_sense_is_refused_at_its_field(desk: Workspace) -> None:
    here = lanchuan(desk)
    person, assistant = who(desk, here), NewEmployer(desk.storage)
    with pytest.raises(RuleBroken) as at_home:
        assistant.carry_out(person, Move(last_day=LAST, account=here.account.id))
    assert at_home.value.field == "account"
    [holding, *_] = desk.people.ask.held_by(person)
    desk.people.date_holding(replace(holding, since=date(2026, 3, 11)), base=holding)
    with pytest.raises(RuleBroken) as too_early:
        assistant.carry_out(person, Move(last_day=LAST))
    assert too_early.value.field == "last_day"


@pytest.mark.parametrize(
    ("value", "channel", "personal"),
    [
        ("139 1234 5678", Channel.MOBILE, True),
        ("+86 15412436725", Channel.MOBILE, True),
        ("0510-8800 1200", Channel.PHONE, False),
        ("021-5555 6666 转 12", Channel.PHONE, False),
        ("li.min@lanchuan.example", Channel.EMAIL, False),
        ("limin@qq.com", Channel.EMAIL, True),
        ("limin_88", Channel.WECHAT, True),
        ("", Channel.OTHER, False),
    ],
)
def test_a_way_is_known_by_how_it_is_written(value: str, channel: Channel, personal: bool) -> None:
    assert guessed_channel(value) is channel
    assert is_personal(channel, value) is personal
