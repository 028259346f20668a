"""From the file to the papers: nothing private on the page that lies on the table."""

from dataclasses import replace
from datetime import date

import pytest
from support.customers import Lanchuan, lanchuan

from kamdesk.core.text.neutral import is_neutral
from kamdesk.core.wording import say
from kamdesk.papers.brief.gather import of_account, of_visit
from kamdesk.papers.table_page.gather import of_visit as table_page_of
from kamdesk.workspace import Workspace


@pytest.fixture
def customer(desk: Workspace) -> Lanchuan:
    return lanchuan(desk)


def the_brief(desk: Workspace, customer: Lanchuan, language: str = "zh"):
    reader, now = desk.storage.reader, desk.clock.now()
    return of_visit(reader, customer.next_visit, now=now, me=desk.team.me, language=language)


def test_a_brief_holds_the_purpose_the_people_and_their_standing(desk, customer) -> None:
    brief = the_brief(desk, customer)
    assert brief.heading.account == "澜川精密轴承有限公司"
    assert brief.purpose.red_lines == ("不承诺折扣", "不评价别家产品")
    li = next(person for person in brief.attendees if person.name == "李敏")
    assert (li.stance, li.influence, li.post) == (0, 5, "财务总监")
    assert [say(role, "en") for role in li.roles] == ["approver"]
    assert li.first_meeting
    wang = next(person for person in brief.attendees if person.name == "王镕")
    assert wang.stance is None
    assert wang.reading == "wáng róng"


def test_the_map_shows_who_attends_and_the_way_to_the_decider(desk, customer) -> None:
    chain = the_brief(desk, customer).chain
    cards = {card.name: card for card in chain.cards}
    assert cards["周海燕"].reports_to == customer.people["李敏"].hex()
    assert cards["陈立新"].attends
    assert not cards["周海燕"].attends
    assert chain.way_in == (customer.people["沈建国"].hex(), customer.people["陈立新"].hex())


def test_the_map_comes_laid_out(desk, customer) -> None:
    found = the_brief(desk, customer)
    assert found.chain_plan.places.keys() == {card.id for card in found.chain.cards}
    assert found.chain_plan.routes.keys() == {tie.id for tie in found.chain.ties}


def test_promises_stand_ours_and_overdue_first(desk, customer) -> None:
    promises = the_brief(desk, customer).promises
    assert [promise.ours for promise in promises] == [True, False]
    assert promises[0].who == "林晓彤"


def test_a_brief_of_an_account_is_that_of_its_next_visit(desk, customer) -> None:
    reader, now = desk.storage.reader, desk.clock.now()
    found = of_account(reader, customer.account.id, now=now, me=desk.team.me, language="zh")
    assert found.visit == customer.next_visit.hex()
    empty = desk.accounts.new("空客户")
    desk.accounts.add(empty)
    bare = of_account(reader, empty.id, now=now, me=None, language="en")
    assert bare.visit == ""
    assert bare.not_in_file


def test_the_table_page_says_nothing_the_customer_must_not_read(desk, customer) -> None:
    visit = desk.visits.ask.get(customer.next_visit)
    private = replace(
        visit,
        topic="二号产线技术交流",
        agenda="14:00 开场 | 林晓彤\n14:10 分析决策链\n不带时间的一项",
        questions="按什么标准选？（李敏上次没答）\n李敏的立场是什么\n陈立新担心什么？\n什么时候上会",
    )
    desk.visits.change(private, base=visit, seen=desk.storage.position())
    page = table_page_of(desk.storage.reader, visit.id, now=desk.clock.now())
    assert [item.topic for item in page.agenda] == ["开场", "不带时间的一项"]
    assert (page.agenda[0].start.hour, page.agenda[0].speaker) == (14, "林晓彤")
    assert page.points == ("按什么标准选？", "什么时候上会")
    assert page.visit == visit.id.hex()
    assert [p.ours for p in page.participants] == [False, False, False, False, True]


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        ("技术交流", True),
        ("关键人沟通", False),
        ("Key people meeting", False),
        ("healthy margins", False),
        ("health", False),
        ("A级客户回访", False),
        ("marginal notes", True),
        ("", True),
    ],
)
def test_the_words_of_the_field_book_are_known_in_both_languages(text: str, neutral: bool) -> None:
    assert is_neutral(text) is neutral


def test_a_territory_can_stay_on_its_day(desk, tmp_path) -> None:
    from support.desks import KEY, SALT

    from kamdesk.storage.database import connect

    desk.storage.remember("stays_on", "2031-05-06")
    other = Workspace(connect(tmp_path / "kamdesk.db", KEY, SALT, readonly=True), readonly=True)
    assert abs((other.clock.today() - date(2031, 5, 6)).days) <= 1
    other.close()
