"""The page of a visit: prepared and written up in place, people seated, promises made, closed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from kamdesk.core.clock import Instant
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.facts import Tag
from kamdesk.domain.promises.model import PromiseSide, PromiseState
from kamdesk.domain.visits.model import Side, VisitKind, VisitState
from kamdesk.workspace import Workspace

from .conftest import DAY, Here

Key = Qt.Key


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """A colleague, a visit this morning that is past, another at the time of the afternoon's."""

    def more(desk: Workspace) -> None:
        desk.team.add(desk.team.new("许航"))
        account = desk.accounts.ask.lines()[0].id
        for hour, topic in ((6, "早会"), (14, "电话会")):
            visit = replace(desk.visits.new(account, Instant.at(DAY, hour)), topic=topic)
            desk.visits.plan(visit)

    return more


@pytest.fixture
def page(here: Here) -> Any:
    return here.go(Route("visit", here.visit))


def write(here: Here, widget: Any, words: str) -> None:
    """Type words; those not on a keyboard come from an input method, as they do."""
    if words.isascii():
        here.qtbot.keyClicks(widget, words)
        return
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(widget, event)


def stored(here: Here, page: Any) -> Any:
    """Return the visit as it is saved."""
    return here.desk().visits.ask.get(page.visit)


def typed(here: Here, field: Any, words: str) -> None:
    """Open a field, type and save by Enter."""
    field.begin()
    editor = field.row.editor
    editor.selectAll()
    write(here, editor, words)
    here.qtbot.keyClick(editor, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.answered()


def early(here: Here) -> Any:
    """Go to the visit of this morning."""
    lines = here.desk().visits.ask.of_account(here.account.id)
    return here.go(Route("visit", next(line.id for line in lines if line.topic == "早会")))


def test_the_page_says_when_with_whom_and_what_clashes(here: Here, page: Any) -> None:
    assert page._head.title.text() == "Visit"
    assert page._head.remark.text() == "澜川"
    assert page._line.text() == "Today 14:00 · 1 h · visit · planned"
    assert page._clash.text() == "Clashes with 澜川 · 14:00–15:00"
    assert [row.seat.name for row in page.body.seats.rows.values()] == ["陈立新"]
    assert here.window.windowTitle() == "Visit – KamDesk"


def test_fields_are_typed_in_their_place(here: Here, page: Any) -> None:
    typed(here, page.body.field("ask"), "点名项目负责人")
    typed(here, page.body.field("time"), "下周三 15:30")
    typed(here, page.body.field("next_step_by"), "月底")
    visit = stored(here, page)
    assert visit.ask == "点名项目负责人"
    assert f"{visit.start.local:%m-%d %H:%M}" == "03-18 15:30"
    assert visit.next_step_by.isoformat() == "2026-03-31"
    field = page.body.field("kind")
    field.begin()
    field.row.editor.choose(VisitKind.VIDEO)
    here.qtbot.keyClick(field.row.editor, Key.Key_Return)
    here.answered()
    assert stored(here, page).kind is VisitKind.VIDEO


def test_what_cannot_be_read_is_refused_at_its_field_and_stays(here: Here, page: Any) -> None:
    field = page.body.field("time")
    typed(here, field, "whenever")
    assert field.row.refusal.startswith("“whenever” is no day and time")
    assert field.row.editor.text() == "whenever"
    here.qtbot.keyClick(field.row.editor, Key.Key_Escape)
    assert not field.editing
    assert f"{stored(here, page).start.local:%H:%M}" == "14:00"


def test_a_figure_takes_a_question_over(here: Here, page: Any) -> None:
    proposed = [one.words for one in page.body.suggestions.proposed]
    assert 0 < len(proposed) <= 5
    here.qtbot.keyClick(page, Key.Key_2)
    here.answered()
    assert stored(here, page).questions == proposed[1]
    assert proposed[1] not in [one.words for one in page.body.suggestions.proposed]


def test_people_are_seated_by_pinyin_and_new_ones_in_one_line(here: Here, page: Any) -> None:
    here.qtbot.keyClick(page, Key.Key_A)
    field = here.window.focusWidget()
    assert field is page.body.seats.line.field
    for letters, name, side in (("lm", "李敏", Side.THEIRS), ("xuh", "许航", Side.OURS)):
        write(here, field, letters)
        assert [offer.words for offer in page.body.seats.line.offers] == [name]
        here.qtbot.keyClick(field, Key.Key_Tab)
        here.answered()
        seats = here.desk().visits.ask.attendees(page.visit)
        assert seats[-1].side is side
    write(here, field, "王强 采购部 经理")
    offer = page.body.seats.line.offers[-1]
    assert (offer.words.plain, offer.beside) == ("New person: 王强", "采购部 · 经理")
    here.qtbot.keyClick(field, Key.Key_Return)
    here.answered()
    names = {row.seat.name: row.seat.post for row in page.body.seats.rows.values()}
    assert names["王强"] == "经理"
    here.desk()
    here.qtbot.keyClick(here.window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    here.answered()


def test_a_person_and_their_seat_are_one_action(here: Here, page: Any) -> None:
    line = page.body.seats.line
    line.field.setFocus()
    write(here, line.field, "王强 经理")
    here.qtbot.keyClick(line.field, Key.Key_Return)
    here.answered()
    assert here.desk().undo.next_undo().name.plain == "Add to the visit"
    page.setFocus()
    here.window.actions_here["undo"].trigger()
    here.told()
    here.answered()
    assert "王强" not in [one.name for one in here.desk().people.ask.lines()]
    assert len(here.desk().visits.ask.attendees(page.visit)) == 1


def test_a_point_is_written_and_somebody_taken_off(here: Here, page: Any) -> None:
    (row,) = page.body.seats.rows.values()
    typed(here, row.field, "点名负责人")
    (seat,) = here.desk().visits.ask.attendees(page.visit)
    assert seat.point == "点名负责人"
    row.removed.emit()
    assert here.told() == "Taken off the visit: 陈立新"
    here.answered()
    assert here.desk().visits.ask.attendees(page.visit) == []
    assert page.body.seats._nobody.isVisible()


def test_promises_are_made_kept_and_changed(here: Here, page: Any) -> None:
    here.qtbot.keyClick(page, Key.Key_P)
    line = page.body.promises.line
    write(here, line.words, "送 ROI 模型 下周三 @许航")
    assert line.row._help.text() == "送 ROI 模型 · by 18 Mar · 许航"
    here.qtbot.keyClick(line.words, Key.Key_Return)
    here.answered()
    (made,) = here.desk().promises.ask.of_visit(page.visit)
    assert (made.words, str(made.due), made.side) == ("送 ROI 模型", "2026-03-18", PromiseSide.OURS)
    assert here.desk().team.ask.get(made.colleague).name == "许航"
    write(here, line.words, "给资料 @谁也不是")
    here.qtbot.keyClick(line.words, Key.Key_Return)
    assert "is nobody who could answer for it" in line.row.refusal
    (row,) = page.body.promises.rows
    row.setFocus()
    here.qtbot.keyClick(row, Key.Key_Return)
    here.answered()
    step = page.body.promises.step
    step.due.setText("2026-03-20")
    step.state.choose(PromiseState.BROKEN)
    here.qtbot.keyClick(step.due, Key.Key_Return)
    here.answered()
    here.answered()
    (changed,) = here.desk().promises.ask.of_visit(page.visit)
    assert (str(changed.due), changed.state) == ("2026-03-20", PromiseState.BROKEN)
    (row,) = page.body.promises.rows
    row.box.click()
    assert here.told() == "Kept: 送 ROI 模型"
    here.answered()
    (kept,) = here.desk().promises.ask.of_visit(page.visit)
    assert kept.state is PromiseState.KEPT


def test_closing_asks_for_the_next_step_at_its_field(here: Here) -> None:
    page = early(here)
    here.qtbot.keyClick(page, Key.Key_H)
    here.answered()
    assert stored(here, page).state is VisitState.HELD
    page.setFocus()
    here.qtbot.keyClick(page, Key.Key_C)
    here.answered()
    field = page.body.field("next_step")
    assert field.row.refusal == "Agree a next step, or say why there is none."
    write(here, field.row.editor, "送试点方案")
    here.qtbot.keyClick(field.row.editor, Key.Key_Return)
    here.answered()
    page.setFocus()
    here.qtbot.keyClick(page, Key.Key_C)
    here.answered()
    assert stored(here, page).state is VisitState.CLOSED
    assert page._line.text().endswith("closed")


def test_a_fact_is_noted_and_taken_back(here: Here) -> None:
    page = early(here)
    here.qtbot.keyClick(page, Key.Key_F)
    write(here, page.body.facts.words, "预算四月批")
    here.qtbot.keyClick(page.body.facts.words, Key.Key_Return)
    here.answered()
    (fact,) = here.desk().visits.ask.facts_of(page.visit)
    assert (fact.words, fact.day) == ("预算四月批", DAY)
    page.body.facts._remove(fact)
    here.told()
    here.answered()
    assert here.desk().visits.ask.facts_of(page.visit) == []


def test_a_note_stays_on_this_computer_until_one_says_that_it_shall_not(here: Here) -> None:
    page = early(here)
    facts = page.body.facts
    here.qtbot.keyClick(page, Key.Key_F)
    write(here, facts.words, "预算四月批")
    assert not facts._never.isVisibleTo(facts)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    here.qtbot.keyClick(facts.words, Key.Key_O, both)
    assert facts.here.isChecked()
    assert facts._never.isVisibleTo(facts)
    here.qtbot.keyClick(facts.words, Key.Key_Return)
    here.answered()
    (fact,) = here.desk().visits.ask.facts_of(page.visit)
    assert fact.here
    assert not facts.here.isChecked()  # the next one is for all again
    (tag,) = [one for one in facts.lines.findChildren(Tag) if one.isVisibleTo(facts)]
    assert tag.accessibleName() == "only on this computer"
    for stays in (False, True):
        facts._ask(fact.id)
        facts.asking.no.click()
        assert facts.asking is None
        facts._ask(fact.id)
        assert facts.asking.no.hasFocus()
        facts.asking.yes.click()
        here.told()
        here.answered()
        (fact,) = here.desk().visits.ask.facts_of(page.visit)
        assert fact.here is stays


def test_a_visit_is_dropped_and_planned_again(here: Here, page: Any) -> None:
    here.qtbot.keyClick(page, Key.Key_Delete)
    assert here.told() == "The visit is dropped."
    here.answered()
    assert not page.actions_here["visit.drop"].enabled
    here.qtbot.keyClick(page, Key.Key_U)
    here.answered()
    assert stored(here, page).state is VisitState.PLANNED


def test_keys_lead_to_brief_table_page_write_up_and_history(here: Here, page: Any) -> None:
    gone: list[Route] = []
    page.around = replace(page.around, go=gone.append)
    for key in (Key.Key_B, Key.Key_T, Key.Key_L, Key.Key_K):
        here.qtbot.keyClick(page, key)
    here.qtbot.keyClick(page, Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert gone == [
        Route("brief", here.visit, "visit"),
        Route("paper", here.visit, "table"),
        Route("debrief", here.visit),
        Route("account", here.account.id, "visits"),
        Route("history", here.visit),
    ]


def test_what_is_typed_survives_a_window_built_anew(here: Here, page: Any) -> None:
    field = page.body.field("objective")
    field.begin()
    write(here, field.row.editor, "half a sentence")
    here.window.rebuild()
    here.answered()
    here.answered()
    again = here.window.page
    assert again is not page
    assert here.desk().drafts.at(f"visit:{here.visit.hex()}:field:objective") is not None
    assert again.body.field("objective").row.editor.toPlainText().startswith("half a sentence")


def test_a_deleted_visit_leaves_an_explanation(here: Here, page: Any) -> None:
    here.bench.do(None, lambda desk: desk.accounts.drop(here.account.id))
    here.answered()
    assert not page.sheet.isVisible()


def test_every_control_says_what_it_is(here: Here, page: Any) -> None:
    silent = [
        type(widget).__name__
        for widget in QApplication.allWidgets()
        if widget.isVisible()
        and widget.window() is here.window
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or widget.focusProxy())
    ]
    assert silent == []
