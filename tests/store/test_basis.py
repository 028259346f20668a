"""What a value stands on goes with it: into the row, the log, undo, history, bundle, erasure."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.customers import lanchuan
from support.desks import a_desk, untruths

from kamdesk.core.basis import Basis, Sureness
from kamdesk.core.errors import RuleBroken
from kamdesk.domain.accounts.model import Account
from kamdesk.domain.people.store import PERSON
from kamdesk.storage.erasing import erase
from kamdesk.storage.replay import differences, rebuild
from kamdesk.workspace import Workspace

SAID = Basis(as_of=date(2025, 12, 31), source="年报 2025", sureness=Sureness.DOCUMENT)


@pytest.fixture
def account(desk: Workspace) -> Account:
    made = replace(desk.accounts.new("澜川精密轴承"), phone="0510-8801 2000", employees=900)
    desk.accounts.add(made)
    return made


def _state(desk: Workspace, account: Account, cell: str) -> Any:
    return desk.accounts.ask.bases(account.id).get(cell)


def _change(desk: Workspace, account: Account, basis: Basis | None, **values: Any) -> Account:
    changed = replace(account, **values)
    given = dict.fromkeys(values, basis) if basis else {}
    seen = desk.storage.position()
    desk.accounts.change(changed, base=account, seen=seen, bases=given)
    return changed


def test_a_value_is_kept_with_its_basis_and_loses_it_with_another_value(
    desk: Workspace, account: Account
) -> None:
    known = _change(desk, account, SAID, employees=1200)
    assert desk.accounts.ask.get(account.id).employees == 1200
    assert _state(desk, account, "employees") == SAID
    ops = desk.storage.log.of_record("account", account.id)
    assert ops[-1].cells == {"employees": (1200, "2025-12-31", "年报 2025", "document")}
    _change(desk, known, None, employees=1300)
    assert _state(desk, account, "employees") is None


def test_money_keeps_amount_and_currency_together_beside_its_basis(
    desk: Workspace, account: Account
) -> None:
    given = {"annual_revenue": SAID}
    changed = replace(account, annual_revenue=260_000_000_00, currency="CNY")
    desk.accounts.change(changed, base=account, seen=desk.storage.position(), bases=given)
    stands = desk.accounts.ask.get(account.id)
    assert (stands.annual_revenue, stands.currency) == (260_000_000_00, "CNY")
    assert _state(desk, account, "annual_revenue") == SAID


def test_still_so_renews_the_day_and_keeps_the_value(desk: Workspace, account: Account) -> None:
    known = _change(desk, account, SAID, employees=1200)
    desk.accounts.confirm(known, "employees", seen=desk.storage.position())
    assert _state(desk, account, "employees") == replace(SAID, as_of=desk.clock.today())
    assert desk.accounts.ask.get(account.id).employees == 1200
    empty = replace(known, website="")
    with pytest.raises(RuleBroken, match="nothing to confirm"):
        desk.accounts.confirm(empty, "website", seen=desk.storage.position())


def test_undo_and_history_bring_back_value_and_basis(desk: Workspace, account: Account) -> None:
    known = _change(desk, account, SAID, employees=1200)
    _change(desk, known, None, employees=1300)
    desk.undo.undo()
    assert desk.accounts.ask.get(account.id).employees == 1200
    assert _state(desk, account, "employees") == SAID
    desk.undo.undo()
    assert _state(desk, account, "employees") is None
    first = next(
        line
        for line in desk.history.of("account", account.id)
        if isinstance(line.after, tuple) and line.cell == "employees"
    )
    seen = desk.storage.position()
    desk.history.restore("account", account.id, "employees", first.lid, seen=seen)
    assert _state(desk, account, "employees") == SAID


def test_a_basis_of_the_future_or_of_a_field_that_takes_none_is_refused(
    desk: Workspace, account: Account
) -> None:
    with pytest.raises(RuleBroken) as broken:
        _change(desk, account, Basis(as_of=date(2026, 3, 13)), employees=5)
    assert broken.value.field == "as_of"
    with pytest.raises(LookupError):
        _change(desk, account, SAID, short_name="澜川")


def test_the_tables_rebuilt_from_the_log_hold_it_and_a_lost_row_is_found(
    desk: Workspace, account: Account
) -> None:
    _change(desk, account, SAID, employees=1200)
    desk.storage.connection.execute("DELETE FROM basis")
    assert any("stand on differs" in line for line in differences(desk.storage))
    rebuild(desk.storage)
    assert _state(desk, account, "employees") == SAID


@pytest.mark.parametrize("fresh", [True, False])
def test_a_bundle_carries_it(
    desk: Workspace, account: Account, tmp_path: Path, fresh: bool
) -> None:
    _change(desk, account, SAID, employees=1200)
    desk.bundles.write(tmp_path / "all.zip")
    other = a_desk(tmp_path, name="" if fresh else "林晓彤", file="other.db")
    if not fresh:
        other.accounts.add(other.accounts.new("别家"))
    other.bundles.take(tmp_path / "all.zip")
    assert _state(other, account, "employees") == SAID
    assert other.accounts.ask.get(account.id).employees == 1200
    assert untruths(other) == []
    other.close()


def test_an_erased_person_is_not_named_as_a_source(desk: Workspace) -> None:
    customer = lanchuan(desk)
    account = desk.accounts.ask.get(customer.account.id)
    name = "陈立新"
    said = Basis(source=f"{name}在会上说", sureness=Sureness.THEIR_WORDS)
    _change(desk, account, said, industry="轴承制造")
    erase(desk.storage, PERSON, customer.people[name], texts=True)
    assert desk.accounts.ask.get(account.id).industry == "轴承制造"
    assert _state(desk, account, "industry") == replace(said, source="[erased]在会上说")
    logged = desk.storage.log.of_record("account", account.id)
    assert not any(name in repr(op.cells) for op in logged)


def test_what_is_known_of_a_person_stands_on_something_too(desk: Workspace) -> None:
    people = desk.people
    li = people.new("李敏", None)
    people.add(li)
    heard = Basis(as_of=date(2026, 3, 4), source="赵磊", sureness=Sureness.THEIR_WORDS)
    told = replace(li, focus="投资回收期", department="财务部")
    seen = desk.storage.position()
    people.change(told, base=li, seen=seen, bases={"focus": heard})
    assert people.ask.bases(li.id) == {"focus": heard}
    people.change(told, base=told, seen=desk.storage.position(), bases={"department": SAID})
    assert people.ask.bases(li.id) == {"focus": heard, "department": SAID}
    people.change(told, base=told, seen=desk.storage.position(), bases={"focus": Basis()})
    assert people.ask.bases(li.id) == {"department": SAID}  # taken back, the value stays
    assert people.ask.get(li.id).focus == "投资回收期"
    desk.undo.undo()
    assert people.ask.bases(li.id) == {"focus": heard, "department": SAID}
    with pytest.raises(RuleBroken):
        people.change(told, base=told, seen=desk.storage.position(), bases={"our_aim": heard})
    with pytest.raises(LookupError):
        people.change(told, base=told, seen=desk.storage.position(), bases={"note": heard})
    assert untruths(desk) == []
    erase(desk.storage, PERSON, li.id)
    assert people.ask.bases(li.id) == {}
