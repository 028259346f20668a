"""Executive plans on paper: the private page holds all of them, the shared one nothing private."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from support.customers import Lanchuan, lanchuan

from kamdesk import assets
from kamdesk.core import wording
from kamdesk.core.errors import RuleBroken
from kamdesk.core.privacy import IN_THE_ROOM
from kamdesk.core.text.neutral import FORBIDDEN
from kamdesk.domain.access_plans.model import HALF_YEAR, STANDARD_STEPS, AccessPlan, PlanState
from kamdesk.domain.access_plans.store import ACCESS_PLAN
from kamdesk.dossier.access_plan import plans_of, read_plan
from kamdesk.papers.access_plan.drawing import draw_access_plans
from kamdesk.papers.access_plan.exchange import draw_exchange, exchange_of
from kamdesk.workspace import Workspace

CANARY = "kanarie"


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with wording.catalogues(assets.catalogue):
        yield


@pytest.fixture
def customer(desk: Workspace) -> Lanchuan:
    return lanchuan(desk)


def begun(desk: Workspace, customer: Lanchuan, **given: Any) -> Any:
    plan = desk.access_plans.new(customer.account.id, customer.people["陈立新"], desk.team.me)
    plan = replace(plan, **given)
    desk.access_plans.begin(plan, [step.plain for step in STANDARD_STEPS])
    return plan


def seen(desk: Workspace, customer: Lanchuan) -> Any:
    return plans_of(desk.storage.reader, customer.account.id, at=desk.clock.now())


def said(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    try:
        pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
        return "\n".join([*pages, *document.get_metadata_dict().values()]).replace("\r", "")
    finally:
        document.close()


def every_text() -> dict[str, str]:
    """Return a word for every text of a plan."""
    names = [one.name for one in fields(AccessPlan) if one.type in (str, "str")]
    assert len(names) > 30
    return {name: f"{CANARY} {name}" for name in names}


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_all_that_was_written_is_on_the_private_page_and_it_stays_one_page(
    desk: Workspace, customer: Lanchuan, language: str
) -> None:
    given = every_text()
    begun(desk, customer, **given)
    paper = draw_access_plans(seen(desk, customer), language=language, made=desk.clock.now())
    text = said(paper).replace("\n", " ")
    shared = {"place", "theme", "our_wish", "their_wish", "our_part", "their_part"}
    assert [
        words for name, words in given.items() if name not in shared and words not in text
    ] == []
    document = pypdfium2.PdfDocument(paper)
    assert len(document) == 1
    document.close()


def test_a_long_plan_stays_on_its_page(desk: Workspace, customer: Lanchuan) -> None:
    begun(
        desk, customer, **dict.fromkeys(every_text(), "把停机记录按班次整理后交给双方核对。" * 30)
    )
    paper = draw_access_plans(seen(desk, customer), language="zh", made=desk.clock.now())
    document = pypdfium2.PdfDocument(paper)
    assert len(document) == 1
    document.close()
    assert "15" in said(paper)


def test_the_exchange_plan_holds_what_both_may_read_and_no_word_more(
    desk: Workspace, customer: Lanchuan
) -> None:
    given = every_text()
    begun(desk, customer, **given, meets_on=date(2026, 4, 14))
    open_to_both = {
        column for cell in ACCESS_PLAN.cells if cell.privacy in IN_THE_ROOM
        for column in cell.columns
    }  # fmt: skip
    for language in ("en", "zh", "both"):
        exchange = exchange_of(customer.account.name, seen(desk, customer))
        text = said(draw_exchange(exchange, language=language, made=desk.clock.now()))
        flat = text.replace("\n", " ")
        assert {name for name in given if f"{CANARY} {name}" in flat} == set(given) & open_to_both
        assert FORBIDDEN.findall(text.replace(CANARY, "")) == []


def test_words_they_must_never_read_are_left_off_and_counted(
    desk: Workspace, customer: Lanchuan
) -> None:
    begun(desk, customer, theme="智能产线", our_part="攻克李敏", their_next="见毛利")
    exchange = exchange_of(customer.account.name, seen(desk, customer))
    assert exchange.left_out == 2
    assert FORBIDDEN.search("攻克李敏")
    text = said(draw_exchange(exchange, language="zh", made=desk.clock.now()))
    assert "智能产线" in text
    assert "李敏" not in text


def test_plans_given_up_are_on_no_paper(desk: Workspace, customer: Lanchuan) -> None:
    plan = begun(desk, customer, theme="智能产线")
    desk.access_plans.give_up(plan, on=desk.clock.today(), seen=desk.storage.position())
    assert seen(desk, customer) == []
    paper = draw_access_plans((), language="en", made=desk.clock.now())
    assert "no executive plan" in said(paper)


def test_whoever_must_not_be_shown_has_no_plan_on_paper_or_in_the_list(
    desk: Workspace, customer: Lanchuan
) -> None:
    plan = begun(desk, customer)
    desk.people.restrict(customer.people["陈立新"], "不愿被联系")
    assert seen(desk, customer) == []
    assert desk.access_plans.ask.lines() == []
    assert read_plan(desk.storage.reader, plan.id, at=desk.clock.now()) is None


def test_an_erased_person_takes_plan_and_steps_along(desk: Workspace, customer: Lanchuan) -> None:
    plan = begun(desk, customer, why_now="其业务上的事")
    desk.rights.erase(customer.people["陈立新"])
    assert desk.access_plans.ask.find(plan.id) is None
    ask = desk.storage.reader.ask
    assert ask("SELECT count(*) FROM access_plans").value() == 0
    assert ask("SELECT count(*) FROM access_steps").value() == 0


def test_closing_wants_both_next_steps_and_at_a_core_customer_a_day() -> None:
    nothing = bytes(16)
    plan = AccessPlan(id=nothing, account=nothing, person=nothing)
    day = date(2026, 3, 12)
    for given, field in (
        ({}, "our_next"),
        ({"our_next": "送方案"}, "their_next"),
        ({"our_next": "送方案", "their_next": "指定产线"}, "next_contact"),
    ):
        with pytest.raises(RuleBroken) as broken:
            replace(plan, **given).closed(day, core=True)
        assert broken.value.field == field
    both = replace(plan, our_next="送方案", their_next="指定产线")
    assert both.closed(day, core=False).state is PlanState.CLOSED
    last = date.fromordinal(day.toordinal() + HALF_YEAR)
    assert replace(both, next_contact=last).closed(day, core=True).closed_on == day
    late = date.fromordinal(last.toordinal() + 1)
    with pytest.raises(RuleBroken):
        replace(both, next_contact=late).closed(day, core=True)


def test_undo_takes_a_new_plan_and_its_steps_back(desk: Workspace, customer: Lanchuan) -> None:
    plan = begun(desk, customer)
    desk.undo.undo()
    assert desk.access_plans.ask.find(plan.id) is None
    assert desk.access_plans.ask.steps(plan.id) == []
