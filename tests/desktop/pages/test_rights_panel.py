"""A person's rights in the window: the ground, leave alone, export, erase, the review."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from kamdesk.desktop.pages import Route
from kamdesk.desktop.rights.steps import EraseStep, GroundStep, KeepStep, RestrictStep
from kamdesk.desktop.widgets.buttons import Kind
from kamdesk.domain.people.model import Basis

from .conftest import Here


def rights_of(here: Here, name: str) -> Any:
    """Open the rights of somebody from the list of people."""
    page = here.go(Route("account", here.account.id, "people"))
    here.qtbot.waitUntil(lambda: bool(page.people.list.every), timeout=8000)
    row = next(row for row in page.people.list.every if row.name == name)
    page.people.choose(row.id)
    page.actions_here["account.rights"].trigger()
    here.answered()
    return page.people.rights


def test_the_ground_is_stated_and_shown(here: Here) -> None:
    panel = rights_of(here, "陈立新")
    assert panel.person.basis is None
    panel._change()
    step = panel.step
    assert isinstance(step, GroundStep)
    step.wanted.emit()
    assert step.form.rows["basis"].refusal == "Choose the ground."
    step.basis.choose(Basis.INTEREST)
    step.source.setText("名片")
    step.told.setText("soon")
    step.wanted.emit()
    assert step.form.rows["told_on"].refusal
    step.told.setText("2026-02-18")
    step.until.setText("2027-03-12")
    step.wanted.emit()
    here.answered()
    here.qtbot.waitUntil(lambda: panel.step is None, timeout=8000)
    assert panel.person.basis is Basis.INTEREST
    assert (panel.person.source, panel.person.told_on) == ("名片", date(2026, 2, 18))
    assert panel.person.keep_until == date(2027, 3, 12)


def test_somebody_left_alone_is_shown_nowhere_until_shown_again(here: Here) -> None:
    panel = rights_of(here, "李敏")
    panel._leave_alone()
    step = panel.step
    assert isinstance(step, RestrictStep)
    step.wanted.emit()
    here.qtbot.waitUntil(lambda: bool(step.form.rows["restricted_because"].refusal))
    step.why.setText("不愿再被联系")
    step.wanted.emit()
    here.qtbot.waitUntil(lambda: panel.person.restricted, timeout=8000)
    here.answered()
    page: Any = here.window.page
    here.qtbot.waitUntil(lambda: len(page.people.list.every) == 2, timeout=8000)
    panel._leave_alone()
    here.qtbot.waitUntil(lambda: not panel.person.restricted, timeout=8000)
    here.qtbot.waitUntil(lambda: len(page.people.list.every) == 3, timeout=8000)


def test_what_is_held_is_exported(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = rights_of(here, "李敏")
    target = tmp_path / "li.zip"
    proposed: list[str] = []

    def where(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    panel._export()
    assert "is not encrypted" in here.told()
    assert proposed == ["Personal data 2026-03-12.zip"]  # systems remember names of files
    with zipfile.ZipFile(target) as archive:
        assert "李敏" in archive.read("person.txt").decode("utf-8-sig")
        assert json.loads(archive.read("person.json"))


def test_somebody_is_erased_once_the_name_is_typed(here: Here) -> None:
    panel = rights_of(here, "李敏")
    panel._ask_erase()
    here.answered()
    step = panel.step
    assert isinstance(step, EraseStep)
    assert step.do is not None
    assert step.do.kind is Kind.DANGER
    step.name.setText("陈立新")
    step.wanted.emit()
    assert step.form.rows["name"].refusal == "That is not the name."
    desk = here.desk()
    assert len(desk.people.ask.lines()) == 3
    desk.close()
    step.name.setText("李敏")
    step.wanted.emit()
    assert here.told().startswith("Erased: ")
    page: Any = here.window.page
    here.qtbot.waitUntil(lambda: [r.name for r in page.people.list.every] == ["陈立新", "何静"])
    assert panel.isHidden()


@pytest.fixture
def fill() -> Any:
    """Somebody whose day is past."""

    def filled(desk: Any) -> None:
        account = desk.accounts.ask.lines()[0].id
        person = desk.people.new("何静", account)
        desk.people.add(person)
        desk.people.keep(person.id, date(2026, 1, 31))

    return filled


def test_the_review_keeps_somebody_or_lets_them_go(here: Here) -> None:
    page = here.go(Route("review"))
    assert [row.name for row in page.list.every] == ["何静"]
    page.actions_here["review.keep"].trigger()
    step: Any = page.panel.findChild(KeepStep)
    assert step.until.text() == "2027-03-12"
    step.wanted.emit()
    here.answered()
    here.qtbot.waitUntil(lambda: page.list.every == [], timeout=8000)
    assert page.panel.isHidden()
