"""A list of opportunities comes in: each at its customer, with step and amount; once."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from support.tables import living

from kamdesk.core.money import Money
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.opportunities.model import OpportunityState
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.judge import Decision, Verdict
from kamdesk.transfer.preview import Preview
from kamdesk.workspace import Workspace

LIST = """商机名称,客户名称,阶段,预计金额（万元）,预计签约日期,状态,备注
二号线状态监测,澜川精密轴承有限公司,6 关键人私约,180,2026-06-30,进行中,预算占位
备件框架,澜川精密轴承有限公司,商务攻坚,,,,
能耗看板,澜川精密轴承有限公司,8,30,2025-11-20,丢单,
没有客户,,3,10,,,
不认识的,不认识的公司,3,10,,,
"""
SALESFORCE = """Id,Name,AccountId,StageName,Amount,CurrencyIsoCode,CloseDate
006bm00000LKJNNAA5,Line 2,001bm00001ZL8U9AAL,Closed Won,250000,USD,2026-02-01
006bm00000LKJNPAA5,Line 3,001bm00001ZL8U9AAL,Needs Analysis,,USD,2026-09-01
"""


def put(folder: Path, text: str = LIST) -> Path:
    """Return a file with this text."""
    path = folder / "deals.csv"
    path.write_text(text, encoding="utf-8")
    return path


def taken(desk: Workspace, path: Path) -> Preview:
    """Take a file in; return what was shown before."""
    shown = desk.imports.look(path)
    desk.imports.take(shown)
    return shown


@pytest.fixture
def lanchuan(desk: Workspace) -> Account:
    """Return the customer of the list."""
    account = replace(desk.accounts.new("澜川精密轴承有限公司"), number="KA-1")
    desk.accounts.add(account)
    return account


def test_a_list_is_known_by_its_headings_and_comes_in_whole(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    shown = taken(desk, put(tmp_path))
    assert shown.mapping.kind is ImportKind.OPPORTUNITIES
    assert [one.verdict for one in shown.judgements] == [
        Verdict.NEW, Verdict.NEW, Verdict.NEW, Verdict.REJECTED, Verdict.REJECTED,
    ]  # fmt: skip
    by_name = {one.name: one for one in desk.opportunities.ask.of_account(lanchuan.id)}
    line_2, spares, board = (by_name[name] for name in ("二号线状态监测", "备件框架", "能耗看板"))
    assert (line_2.step, line_2.amount, line_2.note) == (6, Money(180_000_000), "预算占位")
    assert line_2.expected == date(2026, 6, 30)
    assert (spares.step, spares.amount, spares.expected) == (7, None, None)
    assert (board.state, board.settled_on) == (OpportunityState.LOST, date(2025, 11, 20))
    before = living(desk)
    again = taken(desk, put(tmp_path))
    assert [one.verdict for one in again.judgements][:3] == [Verdict.SAME] * 3
    assert living(desk) == before


def test_what_a_later_list_says_is_updated_and_undone(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    taken(desk, put(tmp_path))
    before = living(desk)
    shown = taken(desk, put(tmp_path, LIST.replace("6 关键人私约,180", "7,200")))
    [changed] = [one for one in shown.judgements if one.verdict is Verdict.UPDATE]
    assert set(changed.changes) == {"step", "amount"}
    assert desk.opportunities.ask.get(changed.record).amount == Money(200_000_000)  # type: ignore[arg-type]
    desk.undo.undo()
    assert living(desk) == before


def test_an_export_of_salesforce_is_known_by_its_ids(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    accounts = tmp_path / "accounts.csv"
    accounts.write_text("Id,Name\n001bm00001ZL8U9AAL,澜川精密轴承有限公司\n", encoding="utf-8")
    taken(desk, accounts)
    shown = taken(desk, put(tmp_path, SALESFORCE))
    assert shown.mapping.kind is ImportKind.OPPORTUNITIES
    won, other = sorted(desk.opportunities.ask.of_account(lanchuan.id), key=lambda one: one.name)
    assert (won.state, won.settled_on) == (OpportunityState.WON, date(2026, 2, 1))
    assert won.amount == Money(25_000_000, "USD")
    assert (other.step, other.state, other.amount) == (5, OpportunityState.OPEN, None)
    renamed = taken(desk, put(tmp_path, SALESFORCE.replace("Line 3", "Line three")))
    assert [one.verdict for one in renamed.judgements] == [Verdict.UPDATE]  # the other is untouched
    assert desk.opportunities.ask.get(other.id).name == "Line three"


def test_a_customer_that_only_resembles_is_asked_for(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    text = "商机名称,客户名称,阶段\n二号线,澜川精密轴承,6\n"
    shown = desk.imports.look(put(tmp_path, text))
    [one] = shown.judgements
    assert one.verdict is Verdict.CONFLICT
    assert [maybe.record for maybe in one.perhaps] == [lanchuan.id]
    decided = desk.imports.preview(
        shown.table,
        kind=ImportKind.OPPORTUNITIES,
        decisions={one.candidate.row: Decision(record=lanchuan.id)},
    )
    desk.imports.take(decided)
    assert [deal.name for deal in desk.opportunities.ask.of_account(lanchuan.id)] == ["二号线"]


def test_a_row_against_the_rules_is_rejected_and_the_others_come_in(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    rows = "好的,澜川精密轴承有限公司,3,5\n负数,澜川精密轴承有限公司,3,-5\n"
    shown = taken(desk, put(tmp_path, f"商机名称,客户名称,阶段,预计金额（万元）\n{rows}"))
    assert [one.verdict for one in shown.judgements] == [Verdict.NEW, Verdict.REJECTED]
    assert [one.name for one in desk.opportunities.ask.of_account(lanchuan.id)] == ["好的"]


def test_the_currency_of_a_row_goes_before_that_of_the_heading(
    desk: Workspace, lanchuan: Account, tmp_path: Path
) -> None:
    rows = [("甲", "5", "JPY"), ("乙", "5", ""), ("丙", "$5", "JPY")]
    text = "".join(f"{name},{lanchuan.name},{much},{money}\n" for name, much, money in rows)
    taken(desk, put(tmp_path, f"商机名称,客户名称,预计金额（万元）,币种\n{text}"))
    found = {one.name: one.amount for one in desk.opportunities.ask.of_account(lanchuan.id)}
    assert found == {
        "甲": Money.read("50000", "JPY"),
        "乙": Money.read("50000", "CNY"),
        "丙": Money.read("50000", "USD"),
    }
