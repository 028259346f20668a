"""The particulars of a customer: names completed, sites, what a value stands on, what gains."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kamdesk.core.basis import Basis, Sureness
from kamdesk.core.errors import RuleBroken
from kamdesk.desktop.account.basis_editor import basis_words, read_past_day
from kamdesk.desktop.account.step_line import StepLine
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.name_editor import parted
from kamdesk.workspace import Workspace

from .conftest import Here

TODAY = date(2026, 3, 12)


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        desk.accounts.add(desk.accounts.new("澜川控股集团"))
        for name in ("吴启明", "吴越"):
            desk.team.add(desk.team.new(name))

    return more


@pytest.fixture
def page(here: Here) -> Any:
    return here.go(Route("account", here.account.id, "particulars"))


def _write(here: Here, field: Any, text: str) -> None:
    field.begin()
    field.row.editor.setText(text)
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_Return)
    here.answered()


def test_the_group_above_is_named_by_pinyin(here: Here, page: Any) -> None:
    field = page.particulars.fields["group_parent"]
    field.begin()
    editor = field.row.editor
    here.qtbot.keyClicks(editor, "lckg")
    here.answered()
    assert editor.suggested == ["澜川控股集团"]
    here.qtbot.keyClick(editor._listing, Qt.Key.Key_Return)
    assert editor.text() == "澜川控股集团"
    here.qtbot.keyClick(editor, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: not field.editing)
    here.answered()
    assert field.read.value.text() == "澜川控股集团"
    assert page.content.group == "澜川控股集团"


def test_a_customer_nobody_knows_is_refused_at_the_field(here: Here, page: Any) -> None:
    field = page.particulars.fields["group_parent"]
    _write(here, field, "没有这家")
    assert field.row.refusal.startswith("No customer is called “没有这家”.")
    assert field.row.editor.text() == "没有这家"
    _write(here, page.particulars.fields["owner"], "吴")
    assert "Several of us fit" in page.particulars.fields["owner"].row.refusal


def test_owner_team_and_tags_are_written_as_words(here: Here, page: Any) -> None:
    _write(here, page.particulars.fields["owner"], "wqm")
    _write(here, page.particulars.fields["team"], "林晓彤, 吴越")
    _write(here, page.particulars.fields["tags"], "重点、轴承;重点")
    desk = here.desk()
    owner = desk.accounts.ask.get(here.account.id).owner
    assert desk.team.ask.get(owner).name == "吴启明"
    assert len(desk.accounts.ask.team(here.account.id)) == 2
    assert desk.accounts.ask.tags(here.account.id) == ["轴承", "重点"]
    _write(here, page.particulars.fields["team"], "吴越")
    _write(here, page.particulars.fields["tags"], "")
    desk = here.desk()
    assert len(desk.accounts.ask.team(here.account.id)) == 1
    assert desk.accounts.ask.tags(here.account.id) == []


def test_amounts_and_days_are_read_as_people_write_them(here: Here, page: Any) -> None:
    _write(here, page.particulars.fields["annual_revenue"], "2.6亿")
    _write(here, page.particulars.fields["employees"], "约1,200人")
    _write(here, page.particulars.fields["first_signed"], "2023-06")
    account = here.desk().accounts.ask.get(here.account.id)
    assert (account.annual_revenue, account.currency) == (260_000_000_00, "CNY")
    assert (account.employees, account.first_signed) == (1200, date(2023, 6, 1))
    field = page.particulars.fields["employees"]
    _write(here, field, "many")
    assert field.row.refusal == "“many” is not a number."


def test_tab_saves_and_goes_on_to_the_next_field(here: Here, page: Any) -> None:
    short = page.particulars.fields["short_name"]
    short.begin()
    short.row.editor.setText("澜川轴承")
    here.qtbot.keyClick(short.row.editor, Qt.Key.Key_Tab)
    following = page.particulars.fields["other_names"]
    here.qtbot.waitUntil(lambda: following.editing)
    assert not short.editing
    here.qtbot.keyClick(following.row.editor, Qt.Key.Key_Backtab)
    here.qtbot.waitUntil(lambda: short.editing)
    here.answered()
    assert here.desk().accounts.ask.get(here.account.id).short_name == "澜川轴承"


def test_what_a_value_stands_on_is_said_with_it_and_seen_when_one_comes(
    here: Here, page: Any
) -> None:
    field = page.particulars.fields["employees"]
    field.begin()
    field.row.editor.setText("1200")
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    more = field.more
    assert more.isVisible()
    more.as_of.setText("2027-01-01")
    here.qtbot.keyClick(more.as_of, Qt.Key.Key_Return)
    here.answered()
    assert more._form.rows["as_of"].refusal.startswith("That day is still to come.")
    more.as_of.setText("2025")
    more.source.setText("年报")
    more.sureness.choose(Sureness.DOCUMENT)
    here.qtbot.keyClick(more.source, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: not field.editing)
    here.answered()
    said = Basis(as_of=date(2025, 12, 31), source="年报", sureness=Sureness.DOCUMENT)
    assert here.desk().accounts.ask.bases(here.account.id)["employees"] == said
    assert field.read.accessibleDescription() == "as of 31 Dec 2025 · 年报 · a document"
    assert not field.read._remark.isVisible()
    page.particulars.fields["annual_revenue"].read.setFocus()
    here.qtbot.keyClick(here.window, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    field.read.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.read._remark.isVisible()


def test_an_old_value_is_marked_and_confirmed_by_one_key(here: Here, page: Any) -> None:
    def verb(desk: Any) -> Any:
        base = desk.accounts.ask.get(here.account.id)
        old = {"employees": Basis(as_of=date(2024, 12, 31), source="年报 2024")}
        seen = desk.storage.position()
        changed = replace(base, employees=900)
        return desk.accounts.change(changed, base=base, seen=seen, bases=old)

    here.bench.do(None, verb)
    here.answered()
    field = page.particulars.fields["employees"]
    assert field.read._remark.isVisible()
    assert field.read._remark.text() == "14 months old. Still so? S · 年报 2024"
    field.read.setFocus(Qt.FocusReason.TabFocusReason)
    page.actions_here["account.confirm"].trigger()
    here.answered()
    assert here.desk().accounts.ask.bases(here.account.id)["employees"].as_of == TODAY
    assert field.read.accessibleDescription().startswith("as of 12 Mar")


def test_a_site_is_added_by_its_name_and_deleted_with_a_way_back(here: Here, page: Any) -> None:
    tab = page.particulars
    _write(here, tab.new_site, "一号厂区")
    [site] = here.desk().accounts.ask.sites(here.account.id)
    _write(here, tab.field("site", f"{site.id.hex()}:hours"), "周二周四上午")
    assert here.desk().accounts.ask.site(site.id).hours == "周二周四上午"
    tab._drop(site)
    assert here.told() == "Deleted: 一号厂区."
    here.answered()
    assert list(tab._sites) == []


def test_a_site_says_where_it_lies_and_takes_a_link_of_a_map(here: Here, page: Any) -> None:
    tab = page.particulars
    _write(here, tab.new_site, "二号厂区")
    [site] = here.desk().accounts.ask.sites(here.account.id)

    def field(name: str) -> Any:
        return tab.field("site", f"{site.id.hex()}:{name}")

    _write(here, field("address"), "苏州昆山市前进路 1 号")
    assert field("spot").read.value.text() == "苏州市昆山市 · by the address, about 11 km unsure"
    _write(here, field("hours"), "周二、周四上午，预约")
    assert field("hours").read._note.isVisible()
    assert "for the week: Tue, Thu 8:00–12:00" in field("hours").read._note.text()
    _write(here, field("hours"), "提前预约")
    assert "no times in it" in field("hours").read._note.text()
    _write(here, field("spot"), "https://uri.amap.com/marker?position=120.985,31.385")
    kept = here.desk().accounts.ask.site(site.id)
    assert (kept.lat, kept.lon, kept.spot_from) == (31.387024, 120.980674, "amap")
    assert field("spot").read.value.text() == "31.38702, 120.98067 · by a link of Amap"
    _write(here, field("spot"), "")
    assert here.desk().accounts.ask.site(site.id).spot is None
    assert field("spot").read.value.text().startswith("苏州市昆山市")


def test_what_is_no_point_is_refused_at_the_field_and_kept(here: Here, page: Any) -> None:
    tab = page.particulars
    _write(here, tab.new_site, "二号厂区")
    [site] = here.desk().accounts.ask.sites(here.account.id)
    field = tab.field("site", f"{site.id.hex()}:spot")
    field.begin()
    field.row.editor.setText("east of the river")
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_Return)
    here.answered()
    assert field.editing
    assert field.row.refusal.startswith("No point is found in this.")
    assert field.typed == "east of the river"


def test_a_step_opens_the_very_field_and_then_is_gone(here: Here) -> None:
    page = here.go(Route("account", here.account.id))
    before = page.content.complete
    steps = {line.step.key: line for line in page.overview.steps.findChildren(StepLine)}
    assert steps["industry"].accessibleName() == "Write the industry +5"
    here.qtbot.keyClick(steps["industry"], Qt.Key.Key_Return)
    field = page.particulars.fields["industry"]
    assert page.tabs.key == "particulars"
    assert field.editing
    field.row.editor.setText("轴承制造")
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_Return)
    here.answered()
    assert page.content.complete.points == before.points + 5
    assert "industry" not in {step.key for step in page.content.complete.steps}


def test_a_draft_goes_on_in_its_field(here: Here, page: Any) -> None:
    field = page.particulars.fields["website"]
    field.begin()
    field.row.editor.setText("www.lanch")
    field.draft.keep()
    here.answered()
    here.go(Route("accounts"))
    again: Any = here.go(Route("account", here.account.id))
    again.resume(f"account:{here.account.id.hex()}:field:website")
    here.answered()
    QApplication.processEvents()
    assert again.particulars.fields["website"].row.editor.text() == "www.lanch"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("2025", date(2025, 12, 31)),
        ("2026", TODAY),
        ("2025-02", date(2025, 2, 28)),
        ("12-31", date(2025, 12, 31)),
        ("yesterday", date(2026, 3, 11)),
    ],
)
def test_a_day_in_the_past_is_read(typed: str, day: date | None) -> None:
    assert read_past_day(typed, TODAY, field="as_of") == day


@pytest.mark.parametrize("typed", ["2025-13", "soon", "0000", "2025-02-30"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken):
        read_past_day(typed, TODAY, field="as_of")


def test_age_counts_from_the_day_said_else_from_the_day_written() -> None:
    written = ("林晓彤", date(2024, 1, 10))
    assert basis_words("phone", None, written, TODAY)[1]
    assert not basis_words("phone", Basis(as_of=TODAY), written, TODAY)[1]
    assert basis_words("city", None, written, TODAY) == ("林晓彤, 10 Jan 2024", False)
    assert basis_words("phone", None, None, TODAY) == ("", False)


def test_names_are_parted_by_any_comma() -> None:
    assert parted(" 林晓彤、吴越，李敏; 吴越 ,") == ["林晓彤", "吴越", "李敏"]
