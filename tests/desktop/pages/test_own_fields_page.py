"""Own fields: added, changed, ordered and retired by keys; their values written in place."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.privacy import Privacy
from kamdesk.desktop.own_fields.values import OwnValues, read_own
from kamdesk.desktop.pages import Route
from kamdesk.domain.own_fields.model import Of, Sort
from kamdesk.workspace import Workspace

from .conftest import Here

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        for name, sort, choices in (
            ("ERP", Sort.CHOICE, ("SAP", "Kingdee")),
            ("Machines", Sort.NUMBER, ()),
            ("Contract ends", Sort.DAY, ()),
        ):
            desk.own_fields.add(
                replace(desk.own_fields.new(name, Of.ACCOUNT, sort), choices=choices)
            )

    return more


def names(page: Any) -> list[str]:
    return [line.field.name for line in page.list.lines]


def test_a_field_is_added_refused_at_its_field_and_added(here: Here) -> None:
    page = here.go(Route("own_fields"))
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_N, CTRL)
    step = page.step
    assert step.name.hasFocus()
    here.qtbot.keyClicks(step.name, "Rival")
    step.sort.choose(Sort.CHOICE)
    assert step.choices.isVisible()
    here.qtbot.keyClick(step.name, Qt.Key.Key_Return, CTRL)
    here.answered()
    assert step.form.rows["choices"].refusal.startswith("Name at least two things")
    assert step.name.text() == "Rival"
    step.choices.setPlainText("Nordlicht\nBeta")
    step.privacy.choose(Privacy.BUSINESS)
    step.choices.setFocus()
    here.qtbot.keyClick(step.choices, Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: "Rival" in names(page))
    here.answered()
    assert page.step is None
    line = page.list.current
    assert line.field.choices == ("Nordlicht", "Beta")
    assert line.field.privacy is Privacy.BUSINESS


def test_a_field_is_renamed_moved_retired_and_comes_back(here: Here) -> None:
    page = here.go(Route("own_fields"))
    assert names(page) == ["ERP", "Machines", "Contract ends"]
    page.list.choose(page.list.lines[1].id)
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_Up, ALT)
    here.qtbot.waitUntil(lambda: names(page)[0] == "Machines")
    here.answered()
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_E)
    page.step.name.setText("Machines in use")
    here.qtbot.keyClick(page.step.name, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: names(page)[0] == "Machines in use")
    here.answered()
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_R)
    assert here.told() == "“Machines in use” is offered no more; what was written in it is kept."
    here.answered()
    assert page.list.shown("State", page.list.view.currentIndex().row()) == "Retired"
    here.window.notices.clear()
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_R)
    assert here.told() == "“Machines in use” is offered again."


def test_what_was_typed_of_a_new_field_stays_when_one_leaves(here: Here) -> None:
    page = here.go(Route("own_fields"))
    page.actions_here["own_fields.new"].trigger()
    here.qtbot.keyClicks(page.step.name, "Rival")
    here.qtbot.keyClick(page.step, Qt.Key.Key_Escape)
    here.answered()
    assert page.step is None
    page.resume("own_fields.new")
    here.qtbot.waitUntil(lambda: page.step.name.text() == "Rival")


@pytest.fixture
def values(here: Here) -> OwnValues:
    """The values of the customer, on a page of its own."""
    page = here.go(Route("accounts"))
    made = OwnValues(page, here.account.id, f"account:{here.account.id.hex()}")
    page.add(made)
    page.ask(lambda desk: read_own(desk, Of.ACCOUNT, here.account.id), made.show_own, key="own")
    here.answered()
    return made


def test_values_are_written_in_place_refused_there_and_kept(here: Here, values: OwnValues) -> None:
    erp, machines, ends = values.fields.values()
    assert machines.read.value.text() == "–"
    machines.begin()
    machines.row.editor.setText("many")  # type: ignore[union-attr]
    here.qtbot.keyClick(machines.row.editor, Qt.Key.Key_Return)  # type: ignore[union-attr]
    here.answered()
    assert machines.row.refusal == "Write a number, like 12 or 3.5."  # type: ignore[union-attr]
    machines.row.editor.setText("1,200")  # type: ignore[union-attr]
    here.qtbot.keyClick(machines.row.editor, Qt.Key.Key_Return)  # type: ignore[union-attr]
    here.answered()
    assert machines.read.value.text() == "1200"
    erp.begin()
    erp.row.editor.choose("Kingdee")  # type: ignore[union-attr]
    here.qtbot.keyClick(erp.row.editor, Qt.Key.Key_Tab)  # type: ignore[union-attr]
    here.answered()
    assert erp.read.value.text() == "Kingdee"
    assert machines.editing  # Tab goes on to the next
    machines.end()
    ends.begin()
    ends.row.editor.setText("30.6.2026")  # type: ignore[union-attr]
    here.qtbot.keyClick(ends.row.editor, Qt.Key.Key_Return)  # type: ignore[union-attr]
    here.answered()
    assert ends.read.value.text() == "30 Jun"
    desk = here.desk()
    assert sorted(desk.own_fields.ask.of_record(here.account.id).values()) == [
        "1200",
        "2026-06-30",
        "Kingdee",
    ]
    desk.close()
