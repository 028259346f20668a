"""The playbook through real keys: look at packs, copy one, change a rule, use it, files."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import files
from kamdesk.desktop.pages import Route
from kamdesk.domain.chain.finding import Finding
from kamdesk.workspace import Workspace

from .conftest import DAY, Here

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        (account, *_) = desk.storage.reader.ask("SELECT id FROM accounts").column()
        for n in range(5):
            who = Id(bytes([n + 1] * 16))
            said = Finding(
                rule="stale", said=Text("Old"), people=(who,), advice=Text("Ask"), weight=3
            )
            desk.playbook.mark(account, None, said, right=n < 1, on=DAY)

    return more


def state(page: Any, rule: str) -> str:
    row = next(n for n, line in enumerate(page.list.lines) if line.id == rule)
    found: str = page.list.lines[row].rule.on
    return "On" if found else "Off"


def copied(here: Here, name: str, *, typed: str = "") -> Any:
    page = here.go(Route("playbook"))
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_C)
    here.qtbot.waitUntil(lambda: page.step.name.text() == typed)
    here.qtbot.keyClicks(page.step.name, name)
    here.qtbot.keyClick(page.step.name, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: page.step is None)
    here.answered()
    return page


def test_a_pack_tells_what_it_is_and_how_right_its_rules_were(here: Here) -> None:
    page = here.go(Route("playbook"))
    assert page.pack.key == "six-roles"
    assert page.packs.currentText() == "Six roles · in force"
    assert "who guides us" in page.about.text()
    by_rule = {line.id: line for line in page.list.lines}
    assert by_rule["stale"].precision.noisy
    assert by_rule["no_decider"].precision is None
    assert not page.actions_here["playbook.use"].enabled
    assert not page.actions_here["playbook.drop"].enabled
    page.packs.choose("c139")
    assert page.actions_here["playbook.use"].enabled
    assert any(line.id == "clear_needs" for line in page.list.lines)


def test_a_pack_is_used_by_a_key_and_undone(here: Here) -> None:
    page = here.go(Route("playbook"))
    assert page._use_button.isHidden(), "it is in force already"
    page.packs.choose("meddic-like")
    assert not page._use_button.isHidden()
    assert page._own_only.isHidden(), "it comes with the program"
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_U)
    assert here.told() == "“MEDDIC-like” is in force: chains are judged by it."
    here.answered()
    assert page.pack.in_force
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_Z, CTRL)
    here.qtbot.waitUntil(lambda: not page.pack.in_force)


def test_a_shipped_rule_leads_to_a_copy_which_is_changed(here: Here) -> None:
    page = here.go(Route("playbook"))
    page.list.choose("supporter_unseen")
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_E)
    assert "comes with KamDesk and stays as it is" in page.step.sentence.text()
    here.qtbot.keyClicks(page.step.name, "Six roles")
    here.qtbot.keyClick(page.step, Qt.Key.Key_Escape)
    here.answered()
    page = copied(here, " East", typed="Six roles")  # what was typed before is still there
    assert page.pack.own.name == "Six roles East"
    page.list.choose("supporter_unseen")
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_E)
    days = page.step.numbers["days"]
    assert days.text() == "90"
    days.setText("soon")
    here.qtbot.keyClick(days, Qt.Key.Key_Return)
    here.answered()
    assert page.step.form.rows["days"].refusal == "days: write a number from 1 to 3650."
    assert days.text() == "soon"
    days.setText("45")
    here.qtbot.keyClick(days, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: page.step is None)
    here.answered()
    assert page.pack.pack.rule("supporter_unseen").settings == {"days": 45}
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_O)
    here.qtbot.waitUntil(lambda: state(page, "supporter_unseen") == "Off")


def test_an_own_pack_is_deleted_and_comes_back(here: Here) -> None:
    page = copied(here, "Ours")
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_Delete)
    assert here.told() == "Deleted: Ours."
    here.answered()
    assert page.pack.key == "six-roles"
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_Z, CTRL)
    here.qtbot.waitUntil(lambda: "Ours" in [str(kept.called) for kept in page._shown.packs])


def test_a_pack_goes_to_a_file_and_comes_from_one(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = here.go(Route("playbook"))
    file = tmp_path / "pack.json"
    monkeypatch.setattr(files, "ask_where_to", lambda *_: file)
    monkeypatch.setattr(files, "ask_for_file", lambda *_: file)
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_S, CTRL)
    assert here.told() == "The pack is in pack.json."
    pack = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(pack | {"title": {"en": "Taken <b>in</b>"}}), "utf-8")
    here.window.notices.clear()
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_O, CTRL)
    assert here.told() == "The pack is kept. Press U to use it."
    here.answered()
    assert page.pack.called == "Taken <b>in</b>"
    file.write_text("[[[", "utf-8")
    here.window.notices.clear()
    here.qtbot.keyClick(page.list.view, Qt.Key.Key_O, CTRL)
    assert here.told().startswith("This is no pack of rules KamDesk can take.")
