"""Opportunities in the window: added, changed in place, won and undone, led to their map."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.money import Money
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.opportunities.model import Opportunity, OpportunityState
from kamdesk.workspace import Workspace

from .conftest import Here

HOSTILE = "<b>粗</b>\u202e反"


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """Two open opportunities, and one that was lost."""

    def more(desk: Workspace) -> None:
        [account] = desk.accounts.ask.by_number("KA-0173")
        new, verbs = desk.opportunities.new, desk.opportunities
        line_2 = replace(new(account, "二号线状态监测"), step=6, amount=Money(260_000_000))
        verbs.add(replace(line_2, expected=date(2026, 6, 30)))
        verbs.add(new(account, HOSTILE))
        gone = new(account, "能耗看板")
        verbs.add(gone)
        verbs.settle(
            gone.id, OpportunityState.LOST, on=date(2026, 3, 12), seen=desk.storage.position()
        )

    return more


def saved(here: Here, name: str) -> Opportunity:
    """Return an opportunity as it is in the file."""
    [account] = here.desk().accounts.ask.by_number("KA-0173")
    return next(
        one for one in here.desk().opportunities.ask.of_account(account) if one.name == name
    )


def test_the_list_shows_what_is_open_and_a_dash_for_what_is_not_known(here: Here) -> None:
    page = here.go(Route("opportunities"))
    assert [line.name for line in page.list.lines] == ["二号线状态监测", HOSTILE]
    assert page.list.shown("Opportunity", 1) == "<b>粗</b>‹RLO›反"
    assert page.list.shown("Step", 0) == "6 meet key persons one to one"
    assert [page.list.shown("Amount", row) for row in (0, 1)] == ["¥2,600 k", "–"]
    assert [page.list.shown("Expected", row) for row in (0, 1)] == ["30 Jun", "–"]
    assert page._head.remark.text() == "2 still open"
    here.press(Qt.Key.Key_S)
    assert len(page.list.lines) == 3
    assert page._head.remark.text() == "2 open · 1 won or lost"


def test_one_is_added_with_its_amount_by_keys_alone(here: Here) -> None:
    page = here.go(Route("opportunities"))
    here.press(Qt.Key.Key_A)
    form = page.panel
    form.name.insert("备件框架")
    here.press(Qt.Key.Key_Tab)
    here.qtbot.keyClicks(form.account, "lanchuan")
    here.qtbot.waitUntil(lambda: bool(form.account._offered), timeout=8000)
    here.press(Qt.Key.Key_Tab)
    form.amount.insert("很多")
    here.press(Qt.Key.Key_Tab)
    here.qtbot.keyClick(form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.answered()
    assert "write 1.8M" in form.step.form.rows["amount"].refusal
    assert form.amount.text() == "很多"
    form.amount.setText("180万")
    here.qtbot.keyClick(form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.answered()
    assert here.window.page.route.page == "opportunity"
    assert saved(here, "备件框架").amount == Money(180_000_000)


def test_fields_are_changed_in_their_place(here: Here) -> None:
    page = here.go(Route("opportunity", saved(here, "二号线状态监测").id))
    assert page._line.text().startswith("Open")
    for name, typed in (
        ("amount", "USD 250,000"),
        ("expected", "2026-09-30"),
        ("note", "预算占位"),
    ):
        field = page.fields.fields[name]
        field.begin()
        editor = field.row.editor
        editor.setPlainText(typed) if name == "note" else editor.setText(typed)
        here.qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        here.answered()
        assert not field.editing
    field = page.fields.fields["step"]
    field.begin()
    field.row.editor.choose(7)
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_Return)
    here.answered()
    now = saved(here, "二号线状态监测")
    assert (now.amount, now.step, now.note) == (Money(25_000_000, "USD"), 7, "预算占位")
    assert now.expected == date(2026, 9, 30)


def test_what_cannot_be_read_is_said_at_its_field_and_kept(here: Here) -> None:
    page = here.go(Route("opportunity", saved(here, "二号线状态监测").id))
    field = page.fields.fields["expected"]
    field.begin()
    field.row.editor.setText("哪天")
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_Return)
    here.answered()
    assert "write 2026-03-12" in field.row.refusal
    assert field.row.editor.text() == "哪天"


def test_one_is_won_and_taken_back_by_one_key(here: Here) -> None:
    page = here.go(Route("opportunity", saved(here, "二号线状态监测").id))
    here.press(Qt.Key.Key_W)
    assert saved(here, "二号线状态监测").state is OpportunityState.WON
    assert here.told() == "Won: 二号线状态监测"
    assert page._line.text().startswith("Deal won")
    here.qtbot.keyClick(here.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    here.answered()
    assert saved(here, "二号线状态监测").state is OpportunityState.OPEN


def test_m_leads_to_its_own_map_begun_from_the_customers(here: Here) -> None:
    one = saved(here, "二号线状态监测")
    page = here.go(Route("opportunity", one.id))
    assert "M copies that one" in page._who.text()
    here.press(Qt.Key.Key_M)
    desk = here.desk()
    [own] = [m for m in desk.chain.ask.maps(one.account) if m.opportunity == one.id]
    assert len(desk.chain.ask.seats(own.id)) == 2
    assert here.window.page.route == Route("chain", one.account, f"organisation:{own.id.hex()}")
    page = here.go(Route("opportunity", one.id))
    here.press(Qt.Key.Key_M)
    assert len(here.desk().chain.ask.maps(one.account)) == 2


def test_the_map_chooses_among_the_opportunities(here: Here) -> None:
    one = saved(here, "二号线状态监测")
    page = here.go(Route("chain", one.account))
    here.answered()
    chooser = page.bar.maps
    assert [chooser.itemText(n) for n in range(chooser.count())][:2] == [
        "The customer's own map",
        "二号线状态监测: no map of its own yet",
    ]
    chooser.choose(one.id)
    chooser.activated.emit(1)
    here.answered()
    assert here.window.page.route == Route("opportunity", one.id)
    here.press(Qt.Key.Key_M)
    here.answered()
    assert here.window.page.bar.maps.currentText() == "二号线状态监测"


def test_one_that_was_deleted_says_so_and_how_to_bring_it_back(here: Here) -> None:
    one = saved(here, "能耗看板")
    here.go(Route("opportunity", one.id))
    here.press(Qt.Key.Key_Delete)
    assert here.window.page.route.page == "opportunities"
    page = here.go(Route("opportunity", one.id))
    assert page.content is None or page.sheet.isHidden()


def test_a_customer_shows_what_is_open_and_begins_a_new_one(here: Here) -> None:
    page = here.go(Route("account", here.account.id))
    lines = page.overview.opportunities.findChildren(PressedLine)
    assert [line.accessibleName() for line in lines] == [
        "二号线状态监测 · 6 meet key persons one to one · ¥2,600 k · 30 Jun",
        "<b>粗</b>‹RLO›反 · 1 gather information · – · –",
    ]
    lines[0].pressed.emit()
    here.answered()
    assert here.window.page.route == Route("opportunity", saved(here, "二号线状态监测").id)
    here.go(Route("account", here.account.id))
    here.press(Qt.Key.Key_O)
    here.qtbot.waitUntil(lambda: getattr(here.window.page, "panel", None) is not None)
    here.answered()
    assert here.window.page.panel.account.text() == "澜川"


def test_the_nine_steps_stand_beside_it_with_what_shows_the_present_one(here: Here) -> None:
    page = here.go(Route("opportunity", saved(here, "二号线状态监测").id))
    assert "step 6: meet key persons one to one" in page._line.text()
    rows = [part.accessibleName() for part in page.steps.findChildren(PlainLabel)]
    assert "step 5, passed · dig for needs" in rows
    assert "step 6, where it is now · meet key persons one to one" in rows
    assert "· the stance of all who lead" in rows
    assert "· our price approved" in rows, "what the next one asks"
    assert "· the plan of payments" not in rows, "what is far off stays quiet"
