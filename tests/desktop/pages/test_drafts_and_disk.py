"""What is typed stays: drafts are put back, and saves the disk refuses are done when it can."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop import drafting, workbench
from kamdesk.desktop.pages import Route
from kamdesk.storage.storage import Storage

from .conftest import Here


def kept(here: Here) -> dict[str, dict[str, str]]:
    """Return the drafts in the file."""
    desk = here.desk()
    try:
        return {draft.place: draft.content for draft in desk.drafts.every()}
    finally:
        desk.close()


def new_form(here: Here) -> Any:
    page = here.go(Route("accounts"))
    page.actions_here["accounts.new"].trigger()
    here.answered()
    return page._form


def test_a_draft_is_kept_while_typing_and_put_back_in_a_new_window(here: Here) -> None:
    form = new_form(here)
    form.name.setText("瑞坪矿业")
    form.kind.setCurrentIndex(1)
    here.qtbot.waitUntil(lambda: "accounts.new" in kept(here), timeout=drafting.AFTER * 8)
    assert kept(here)["accounts.new"]["name"] == "瑞坪矿业"
    here.window.rebuild()  # as a language change does, or a start after a crash
    here.answered()
    page: Any = here.window.page
    here.qtbot.waitUntil(lambda: page._form is not None, timeout=4000)
    again = page._form
    assert again is not form
    here.qtbot.waitUntil(lambda: again.draft.line.isVisible(), timeout=4000)
    assert again.draft.line.words.text() == "You were writing this: today 8:10."
    assert again.name.text() == "瑞坪矿业"
    assert again.kind.currentIndex() == 1
    here.qtbot.waitUntil(again.name.hasFocus, timeout=4000)
    here.qtbot.keyClick(again.name, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    here.answered()
    assert again.name.text() == ""
    assert kept(here) == {}


def test_a_draft_goes_once_it_is_saved(here: Here) -> None:
    form = new_form(here)
    form.name.setText("沐禾乳业")
    form.draft.keep()
    here.answered()
    assert "accounts.new" in kept(here)
    form._save()
    here.answered()
    here.answered()
    assert kept(here) == {}


def test_the_plan_of_a_visit_closed_by_escape_is_there_again(here: Here) -> None:
    page = here.go(Route("account", here.account.id))
    page._plan()
    here.answered()
    plan = page.visits.plan
    plan.topic.setText("技术交流会")
    box = next(iter(plan.people.values()))
    box.setChecked(True)
    plan.closed.emit()
    here.answered()
    page._plan()
    here.answered()
    again = page.visits.plan
    assert again is not plan
    assert again.topic.text() == "技术交流会"
    assert next(iter(again.people.values())).isChecked()
    again.draft.line.goes_on.emit()
    assert not again.draft.line.isVisible()
    assert again.topic.text() == "技术交流会"


def test_escape_throws_a_short_field_away_and_keeps_a_long_text(here: Here) -> None:
    page = here.go(Route("account", here.account.id))
    for name, stays in (("city", False), ("note", True)):
        field = page.particulars.fields[name]
        field.begin()
        here.answered()
        editor = field.row.editor
        put = editor.setPlainText if stays else editor.setText
        put("写了一半")
        field.draft.keep()
        here.answered()
        here.qtbot.keyClick(editor, Qt.Key.Key_Escape)
        here.answered()
        assert any(place.endswith(f":field:{name}") for place in kept(here)) is stays


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """A disk that is full while the list holds True; tried again every 50 ms."""
    state = [True]
    real = Storage.transaction

    def transaction(self: Storage) -> Any:
        if state[0]:
            raise StorageTrouble(Text("The disk is full: nothing was saved."))
        return real(self)

    monkeypatch.setattr(Storage, "transaction", transaction)
    monkeypatch.setattr(workbench, "AGAIN_AFTER", 50)
    return state


def test_a_save_the_disk_refuses_is_done_by_itself_once_it_can(
    here: Here, full: list[bool]
) -> None:
    here.bench._again.setInterval(50)
    form = new_form(here)
    form.name.setText("芦汀纺织")
    form._save()
    assert "The disk is full" in here.told()
    assert here.window.status.words[0] == "Not everything is saved yet"
    assert form.isVisible()
    assert form.name.text() == "芦汀纺织"
    form.name.setText("芦汀纺织有限公司")
    form._save()  # the same form again: the later one counts
    here.qtbot.wait(150)
    full[0] = False
    here.qtbot.waitUntil(lambda: not here.window.notices.words, timeout=8000)
    here.answered()
    here.answered()
    desk = here.desk()
    names = [line.name for line in desk.accounts.ask.lines()]
    desk.close()
    assert [name for name in names if name.startswith("芦汀")] == ["芦汀纺织有限公司"]
    page: Any = here.window.page
    assert page.route.page == "account"


def test_the_window_asks_before_it_closes_over_an_unsaved_change(
    here: Here, full: list[bool]
) -> None:
    form = new_form(here)
    form.name.setText("芦汀纺织")
    form._save()
    here.told()
    assert not here.window.close()
    assert here.window.notices.words.startswith("What you typed last is not saved yet.")
    full[0] = False
    here.window.actions_here["try_again"].trigger()
    here.qtbot.waitUntil(lambda: here.bench.refused_by_disk == 0 and not here.bench.busy)


def test_control_without_holding_it_the_save_is_lost(
    here: Here, full: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbench.Workbench, "_hold", lambda *_: None)
    form = new_form(here)
    form.draft.open = False
    form.name.setText("芦汀纺织")
    form._save()
    here.answered()
    full[0] = False
    here.qtbot.wait(200)
    desk = here.desk()
    assert [line.name for line in desk.accounts.ask.lines()] == [here.account.name]
    desk.close()
