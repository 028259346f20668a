"""Alt+B at a field of a person: as of when, and who says so; it is shown, and can be taken back."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.basis import Basis, Sureness
from kamdesk.desktop.in_place import InPlace
from kamdesk.desktop.pages import Route

from .conftest import Here

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(here: Here) -> Any:
    desk = here.desk()
    [li] = desk.people.ask.named("李敏")
    desk.close()
    return here.go(Route("person", li))


def enter(here: Here, field: InPlace, editor: Any) -> None:
    """Press Enter, and wait until it is saved."""
    here.qtbot.keyClick(editor, Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: not field.editing, timeout=8000)
    here.answered()


def test_a_value_is_written_with_its_basis_and_the_basis_taken_back(here: Here, page: Any) -> None:
    field = page.judged.fields["focus"]
    field.begin()
    here.qtbot.keyClicks(field.row.editor, "ROI")
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_B, ALT)
    assert field.more.as_of.hasFocus()
    here.qtbot.keyClicks(field.more.as_of, "2026-03-04")
    here.qtbot.keyClicks(field.more.source, "Zhao Lei")
    field.more.sureness.choose(Sureness.THEIR_WORDS)
    enter(here, field, field.more.source)
    said = Basis(as_of=date(2026, 3, 4), source="Zhao Lei", sureness=Sureness.THEIR_WORDS)
    assert page.content.person.focus == "ROI"
    assert page.content.bases == {"focus": said}
    assert field.read.accessibleDescription() == "as of 4 Mar · Zhao Lei · their words"
    field.begin()
    here.qtbot.waitUntil(field.more.isVisible)
    for editor in (field.more.as_of, field.more.source):
        editor.setText("")
    field.more.sureness.choose(None)
    enter(here, field, field.more.source)
    assert (page.content.person.focus, page.content.bases) == ("ROI", {})
    assert field.read.accessibleDescription() == ""


def test_a_day_to_come_is_refused_where_it_was_typed(here: Here, page: Any) -> None:
    field = page.judged.fields["our_aim"]
    field.begin()
    here.qtbot.keyClicks(field.row.editor, "her word for the pilot")
    here.qtbot.keyClick(field.row.editor, Qt.Key.Key_B, ALT)
    here.qtbot.keyClicks(field.more.as_of, "2027-01-01")
    here.qtbot.keyClick(field.more.as_of, Qt.Key.Key_Return)
    here.answered()
    assert field.more._form.rows["as_of"].refusal.startswith("That day is still to come.")
    assert field.row.editor.text() == "her word for the pilot"


def test_a_name_takes_no_basis(here: Here, page: Any) -> None:
    dated = {
        name
        for name, field in {**page.card.fields, **page.judged.fields}.items()
        if field._make_more is not None
    }
    assert dated == {"department", "focus", "their_task", "our_aim"}
