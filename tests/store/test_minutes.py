"""Minutes: what was agreed, and no word of what is ours alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from support.canaries import WORDLESS
from support.customers import Lanchuan, lanchuan
from support.desks import a_desk

from kamdesk import assets
from kamdesk.core import wording
from kamdesk.core.privacy import IN_THE_ROOM
from kamdesk.core.text.neutral import FORBIDDEN
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import Firmness
from kamdesk.papers.brief.drawing import draw_brief
from kamdesk.papers.brief.gather import of_visit as brief_of
from kamdesk.papers.chain_map.files import make_map
from kamdesk.papers.minutes.content import Part, without
from kamdesk.papers.minutes.drawing import draw_minutes
from kamdesk.papers.minutes.gather import of_visit
from kamdesk.papers.table_page.drawing import draw_table_page
from kamdesk.papers.table_page.gather import of_visit as table_page_of
from kamdesk.workspace import KINDS, Workspace

CANARY = "kanarie"
NUMBERS = {("reading", "value")}
"""Columns of words that are read as numbers."""


@pytest.fixture(autouse=True)
def _words() -> Iterator[None]:
    with wording.catalogues(assets.catalogue):
        yield


def said(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    try:
        pages = [document[n].get_textpage().get_text_range() for n in range(len(document))]
        return "\n".join([*pages, *document.get_metadata_dict().values()]).replace("\r", "")
    finally:
        document.close()


def the_minutes(desk: Workspace, customer: Lanchuan):
    reader = desk.storage.reader
    return of_visit(reader, customer.last_visit, now=desk.clock.now(), me=desk.team.me)


def tell_all(desk: Workspace, customer: Lanchuan) -> None:
    """Let the last visit say everything there is to say."""
    visit = desk.visits.ask.get(customer.last_visit)
    told = replace(
        visit,
        agenda="10:00 停机记录 | 林晓彤\n10:30 决策链怎么走",
        said="李敏的立场很硬",
        outcome="拿下",
        objective="搞定李敏",
        next_step="约定复盘日期",
        next_step_by=date(2026, 3, 27),
    )
    desk.visits.change(told, base=visit, seen=desk.storage.position())
    for side, words, due in (
        (PromiseSide.OURS, "提交双语方案", date(2026, 3, 20)),
        (PromiseSide.THEIRS, "开通接口账号", None),
        (PromiseSide.OURS, "给出底价", date(2026, 3, 21)),
    ):
        promise = desk.promises.new(customer.account.id, side, words)
        who = {} if side is PromiseSide.OURS else {"person": customer.people["李敏"]}
        desk.promises.make(replace(promise, visit=visit.id, due=due, note="不急", **who))


def test_they_hold_what_both_sides_agreed(desk: Workspace) -> None:
    customer = lanchuan(desk)
    tell_all(desk, customer)
    minutes = the_minutes(desk, customer)
    assert minutes.customer == "澜川精密轴承有限公司"
    assert minutes.discussed == ("停机记录",)
    agreed = {(one.what, one.ours, one.who, one.due) for one in minutes.agreed}
    assert ("提交双语方案", True, "", date(2026, 3, 20)) in agreed
    assert ("开通接口账号", False, "李敏", None) in agreed
    assert minutes.next_step == "约定复盘日期"
    assert minutes.next_meeting == desk.visits.ask.get(customer.next_visit).start
    assert minutes.left_out == 2  # the chain on the agenda, the floor price promised
    assert [one.ours for one in minutes.participants] == sorted(
        one.ours for one in minutes.participants
    )


def test_a_date_they_do_not_know_of_is_not_the_next_meeting(desk: Workspace) -> None:
    customer = lanchuan(desk)
    agreed = desk.visits.ask.get(customer.next_visit)
    assert agreed.start is not None
    for firm, days in ((Firmness.LOOSE, -2), (Firmness.PINNED, -1)):
        new = desk.visits.new(customer.account.id, agreed.start.plus(days=days))
        desk.visits.plan(replace(new, firmness=firm))
    assert the_minutes(desk, customer).next_meeting == agreed.start
    loose = replace(agreed, firmness=Firmness.LOOSE)
    desk.visits.change(loose, base=agreed, seen=desk.storage.position())
    assert the_minutes(desk, customer).next_meeting is None


def test_who_was_absent_did_not_take_part(desk: Workspace) -> None:
    customer = lanchuan(desk)
    before = {one.name for one in the_minutes(desk, customer).participants}
    seat = desk.visits.ask.attendees(customer.last_visit)[0]
    gone = replace(seat, absent=True)
    desk.visits.change_seat(gone, base=seat, seen=desk.storage.position())
    assert len({one.name for one in the_minutes(desk, customer).participants}) == len(before) - 1


def test_what_is_done_or_came_later_is_not_open_from_before(desk: Workspace) -> None:
    customer = lanchuan(desk)
    later = desk.promises.new(customer.account.id, PromiseSide.OURS, "后来的事")
    desk.promises.make(replace(later, visit=customer.next_visit))
    desk.promises.make(desk.promises.new(customer.account.id, PromiseSide.OURS, "早先的事"))
    assert [one.what for one in the_minutes(desk, customer).open] == ["早先的事"]
    for promise in desk.promises.ask.of_account(customer.account.id):
        desk.promises.settle(promise.id, PromiseState.KEPT, seen=desk.storage.position())
    assert the_minutes(desk, customer).open == ()


def test_parts_can_be_left_off(desk: Workspace) -> None:
    customer = lanchuan(desk)
    tell_all(desk, customer)
    bare = without(the_minutes(desk, customer), set(Part))
    assert (bare.discussed, bare.agreed, bare.open) == ((), (), ())
    assert (bare.next_step, bare.next_meeting) == ("", None)
    assert bare.participants


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_no_word_the_customer_must_never_read_is_on_them(desk: Workspace, language) -> None:
    customer = lanchuan(desk)
    tell_all(desk, customer)
    assert FORBIDDEN.search("搞定李敏")
    found = FORBIDDEN.findall(said(draw_minutes(the_minutes(desk, customer), language=language)))
    assert found == []


def test_no_private_cell_comes_onto_a_paper_for_the_customer(tmp_path: Path) -> None:
    desk = a_desk(tmp_path)
    customer = lanchuan(desk)
    tell_all(desk, customer)
    planted = 0
    for kind in KINDS:
        for cell in kind.cells:
            if cell.privacy in IN_THE_ROOM:
                continue
            for column in set(cell.columns) - set(WORDLESS.get(kind.name, "").split()):
                if (kind.name, column) not in NUMBERS:
                    word = f"{CANARY}-{kind.name}-{column}"
                    sql = f"UPDATE {kind.table} SET {column} = ?"
                    planted += desk.storage.connection.execute(sql, (word,)).rowcount > 0
    assert planted > 10
    reader, now = desk.storage.reader, desk.clock.now()
    for language in ("en", "zh", "both"):
        assert CANARY not in said(draw_minutes(the_minutes(desk, customer), language=language))
        page = table_page_of(reader, customer.next_visit, now=now)
        assert CANARY not in said(draw_table_page(page, language=language)).replace(
            f"{CANARY}-visit-questions",
            "",  # its points are the user's own questions, on purpose
        )
        chart = partial(make_map, reader, customer.account.id, at=now, made=now, language=language)
        assert CANARY not in said(chart(opinions=False))
        assert CANARY in said(chart())
    brief = brief_of(reader, customer.next_visit, now=now, me=desk.team.me, language="zh")
    assert CANARY in said(draw_brief(brief, language="zh"))
    desk.close()


def test_long_minutes_go_over_pages_and_lose_nothing(desk: Workspace) -> None:
    customer = lanchuan(desk)
    for number in range(60):
        words = f"第{number}项：" + "把停机记录按班次整理后交给双方核对" * 2
        promise = desk.promises.new(customer.account.id, PromiseSide.OURS, words)
        desk.promises.make(replace(promise, visit=customer.last_visit))
    paper = draw_minutes(the_minutes(desk, customer), language="zh")
    text = said(paper)
    assert all(f"第{number}项" in text for number in range(60))
    document = pypdfium2.PdfDocument(paper)
    assert len(document) > 2
    document.close()
