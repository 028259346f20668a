"""The influence table and the key-person sheet: what they say, and what only when ticked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from support.customers import Lanchuan, lanchuan

from kamdesk import assets
from kamdesk.core import wording
from kamdesk.domain.chain.standing import Level, Line, Part, What
from kamdesk.domain.people.model import NeedLevel
from kamdesk.figures.chain import CardKind
from kamdesk.papers.brief.editions import Tick
from kamdesk.papers.document import A3, A4
from kamdesk.papers.influence_table.content import InfluenceTable, Row, ticked
from kamdesk.papers.influence_table.drawing import A3_FROM, columns_of, draw_influence_table
from kamdesk.papers.influence_table.gather import of_chain
from kamdesk.papers.key_people.drawing import draw_key_people
from kamdesk.workspace import Workspace

MOTIVE, RIVAL, NEED = "年底竞聘", "与天衡数科同学", "报表一次通过"
TODAY = date(2026, 3, 12)


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with wording.catalogues(assets.catalogue):
        yield


@pytest.fixture
def customer(desk: Workspace) -> Lanchuan:
    """A customer of whom everything the table asks is known of somebody."""
    found = lanchuan(desk)
    account, people = found.account.id, found.people
    chain = desk.chain.open_map(account)
    boss, shen, li = people["陈立新"], people["沈建国"], people["李敏"]

    def judged(who, what: What, value: str, on: date = TODAY, **more: object) -> None:
        desk.chain.judge(desk.chain.reading(chain, who, what, value, on=on, **more))

    judged(boss, What.LEVEL, Level.DECISION.value)
    judged(boss, What.LINE, Line.MANAGEMENT.value)
    judged(boss, What.PART, Part.LEADING.value)
    judged(boss, What.STANCE, "1", source=found.last_visit, note="")
    judged(boss, What.STANCE_WANTED, "2")
    judged(li, What.VETO, "1")
    judged(li, What.RIVAL, RIVAL)
    judged(li, What.PROJECT_STANCE, "-1")
    judged(shen, What.COVERAGE, "4", colleague=desk.team.me)
    judged(shen, What.STANCE_WANTED, "2")
    judged(shen, What.COACH, "1")
    need = replace(desk.people.need(desk.people.ask.get(shen), NEED), level=NeedLevel.ORGANISATION)
    desk.people.put_need(need)
    body = replace(
        desk.chain.body(account, "总经理办公会"), meets="每月第一周", next_day=date(2026, 4, 1),
        chair=boss,
    )  # fmt: skip
    desk.chain.add_body(body, members=(li,))
    return found


def table_of(desk: Workspace, customer: Lanchuan) -> InfluenceTable:
    now = desk.clock.now()
    reader = desk.storage.reader
    return of_chain(reader, customer.account.id, at=now, made=now, me=desk.team.me)


def row(table: InfluenceTable, name: str) -> Row:
    return next(row for row in table.rows if row.name == name)


def said(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    try:
        pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
        return "\n".join([*pages, *document.get_metadata_dict().values()]).replace("\r", "")
    finally:
        document.close()


def size_of(paper: bytes) -> tuple[float, float]:
    document = pypdfium2.PdfDocument(paper)
    try:
        return document[0].get_size()
    finally:
        document.close()


def test_a_row_says_what_is_known_of_somebody(desk: Workspace, customer: Lanchuan) -> None:
    table = table_of(desk, customer)
    boss = row(table, "陈立新")
    assert table.rows[0] == boss, "who decides comes first"
    assert (boss.post, boss.decides, boss.influence) == ("总经理", True, 5)
    assert [words.plain for words in (boss.level, boss.line, boss.part)] == [
        "decision level", "management line", "leading",
    ]  # fmt: skip
    assert (boss.stance, boss.stance_before, boss.stance_wanted) == (1, 0, 2)
    assert {(one.name, one.strength, one.contrary) for one in boss.influenced_by} == {
        ("沈建国", 2, False), ("李敏", 3, True),
    }  # fmt: skip
    assert boss.evidence.plain == "visit 2026-02-18", "the visit it was learnt at"
    assert boss.motive == "年底竞聘，需要一个可展示的项目"
    shen = row(table, "沈建国")
    assert (shen.relation, shen.guide, shen.need) == (4, True, NEED)
    assert (shen.owner, shen.peer) == ("", desk.team.ask.get(desk.team.me).name)
    assert (shen.last_met, shen.met_how.plain) == (date(2026, 2, 18), "visit")
    li = row(table, "李敏")
    assert (li.veto, li.project_stance, li.rival) == (True, -1, RIVAL)
    assert row(table, "赵磊").next_move[-1].plain == "they owe: 开通只读账号 (2026-03-20)"
    assert row(table, "总经理办公会").kind is CardKind.BODY
    ghost = row(table, "项目负责人")
    assert ghost.kind is CardKind.GHOST
    assert [word.plain for word in ghost.fills] == ["initiator"]


def test_the_foot_says_what_follows(desk: Workspace, customer: Lanchuan) -> None:
    table = table_of(desk, customer)
    assert table.guides == ("沈建国",)
    assert table.bodies[0].next_day == date(2026, 4, 1)
    assert any("李敏" in words.plain for words in table.flow)
    assert "furthest reach: 李敏, 沈建国" in {words.plain for words in table.flow}
    assert "between most others: 沈建国" in {words.plain for words in table.flow}
    assert "we stand on a point: one person" in {words.plain for words in table.standing}
    assert any(" of 100" in words.plain for words in table.standing)
    assert table.ways[0].names[-1] == "陈立新"
    assert table.moves
    assert table.gaps
    assert max(day for day, _ in table.changes) == TODAY


def test_what_comes_next_is_the_visit_and_the_step_of_the_plan(
    desk: Workspace, customer: Lanchuan
) -> None:
    boss = customer.people["陈立新"]
    plan = desk.access_plans.new(customer.account.id, boss)
    desk.access_plans.begin(plan, ["约见陈总"])
    assert [said.plain for said in row(table_of(desk, customer), "陈立新").next_move] == [
        "2026-03-12 visit: 二号产线状态监测",
        "plan: 约见陈总 (nobody named, no day)",
    ]


def test_the_head_names_the_opportunity_its_step_and_its_day(
    desk: Workspace, customer: Lanchuan
) -> None:
    account = customer.account.id
    assert table_of(desk, customer).opportunity == ""
    deal = replace(
        desk.opportunities.new(account, "二期磨床监测"), step=6, expected=date(2026, 5, 20)
    )
    desk.opportunities.add(deal)
    table = table_of(desk, customer)
    assert (table.opportunity, table.decision_day) == ("二期磨床监测", date(2026, 5, 20))
    assert table.step.plain == "step 6 of 9: meet key persons one to one"
    paper = said(draw_influence_table(table, language="en"))
    assert "2026-05-20 (Wed)" in paper
    desk.opportunities.add(desk.opportunities.new(account, "备件年框"))
    assert table_of(desk, customer).opportunity == "", "which of two is meant is not known"


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_motives_and_ties_to_rivals_print_only_when_ticked(
    desk: Workspace, customer: Lanchuan, language: str
) -> None:
    table = table_of(desk, customer)
    plain = said(draw_influence_table(ticked(table, ()), language=language))
    assert NEED in plain
    assert MOTIVE not in plain
    assert RIVAL not in plain
    both = ticked(table, {Tick.MOTIVES, Tick.RIVALS})
    assert len(columns_of(both)) == len(columns_of(table)) + 2
    full = said(draw_influence_table(both, language=language)).replace("\n", "")
    assert MOTIVE in full
    assert RIVAL in full


def test_papers_never_say_coach(desk: Workspace, customer: Lanchuan) -> None:
    table = ticked(table_of(desk, customer), ())
    for language, guide in (("zh", "引路人"), ("en", "guide")):
        paper = said(draw_influence_table(table, language=language))
        assert guide in paper.casefold()
        for word in ("内线", "coach"):
            assert word not in paper.casefold()


def test_a_few_are_on_a4_and_fifteen_on_a3(desk: Workspace, customer: Lanchuan) -> None:
    table = table_of(desk, customer)
    assert len(table.rows) < A3_FROM
    small = draw_influence_table(table, language="zh")
    assert size_of(small) == pytest.approx((A4[1], A4[0]), abs=0.1)
    many = replace(table, rows=table.rows * 3)
    large = draw_influence_table(many, language="zh")
    assert size_of(large) == pytest.approx((A3[1], A3[0]), abs=0.1)
    assert said(large).count("澜川轴承") >= 2, "each page says whose table it is"


def test_a_map_too_large_for_a_page_is_told_of(desk: Workspace, customer: Lanchuan) -> None:
    table = table_of(desk, customer)
    cards = tuple(replace(card, id=f"{n}{card.id}") for n in range(8) for card in table.chain.cards)
    large = replace(table, chain=replace(table.chain, cards=cards, ties=()))
    words = said(draw_influence_table(large, language="en"))
    assert "on sheets of its own: print the decision chain" in words
    assert "on sheets of its own" not in said(draw_influence_table(table, language="en"))


def test_who_must_not_be_shown_is_counted_not_named(desk: Workspace, customer: Lanchuan) -> None:
    desk.people.restrict(customer.people["李敏"], "本人要求")
    table = table_of(desk, customer)
    assert table.not_shown == 1
    paper = said(draw_influence_table(table, language="en"))
    assert "1 person not shown" in paper
    assert "李敏" not in paper
    assert "李敏" not in said(draw_key_people(table, language="en"))


def test_the_sheet_has_eight_at_most_on_half_a_page(desk: Workspace, customer: Lanchuan) -> None:
    table = ticked(table_of(desk, customer), ())
    sheet = draw_key_people(table, language="en")
    assert size_of(sheet) == pytest.approx((A4[0], A4[1] / 2), abs=0.1)
    words = said(sheet)
    assert "总经理办公会" in words
    assert "每月第一周" in words
    assert len(table.rows) == 9
    assert "+1 more in the full table" in words
    assert MOTIVE not in words


def test_a_customer_without_a_map_says_so(desk: Workspace) -> None:
    account = desk.accounts.new("空白公司")
    desk.accounts.add(account)
    now = desk.clock.now()
    table = of_chain(desk.storage.reader, account.id, at=now, made=now)
    assert table.rows == ()
    assert "Nobody is on the map yet." in said(draw_influence_table(table, language="en"))
    assert "Nobody is on the map yet." in said(draw_key_people(table, language="en"))


def test_long_and_hostile_words_stay_on_the_page(desk: Workspace, customer: Lanchuan) -> None:
    table = table_of(desk, customer)
    wild = "\u202e" + "<b>很长的话</b> " * 4000
    one = replace(table.rows[0], name=wild, focus=wild, need=wild, evidence=wild, next_move=(wild,))
    long = replace(table, rows=(one,) * 20, decision_way=wild, customer=wild)
    document = pypdfium2.PdfDocument(draw_influence_table(long, language="zh"))
    try:
        assert 2 <= len(document) <= 12
    finally:
        document.close()
    assert len(draw_key_people(long, language="zh")) > 1000


def test_a_map_too_large_for_the_head_shares_a_page_with_what_follows(
    desk: Workspace, customer: Lanchuan
) -> None:
    table = table_of(desk, customer)
    of_map = table.chain
    boss = next(card for card in of_map.cards if card.kind is CardKind.PERSON)
    more = tuple(
        replace(boss, id=f"more{n}", reports_to=boss.id, group=None, place=None) for n in range(12)
    )
    large = replace(of_map, cards=(*of_map.cards, *more))
    rows = (table.rows * A3_FROM)[:20]
    document = pypdfium2.PdfDocument(
        draw_influence_table(replace(table, chain=large, rows=rows), language="en")
    )
    try:
        last = document[len(document) - 1].get_textpage().get_text_range()
    finally:
        document.close()
    assert "Decision chain" in last
    assert "Support" in last
    assert "What changed" in last
