"""Phase and standing tasks on a customer's overview: ticked, shown by a visit, set by hand."""

from typing import Any

from PySide6.QtCore import Qt

from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.lifecycle.phase import Phase
from kamdesk.domain.lifecycle.task import EvidenceSort, Task, TaskState
from kamdesk.dossier.lifecycle import read_lifecycle

from .conftest import Here


def opened(here: Here) -> Any:
    """Go to the customer; return the block."""
    page = here.go(Route("account", here.account.id))
    here.qtbot.waitUntil(lambda: page.overview.standing.seen is not None, timeout=8000)
    return page.overview.standing


def words(part: Any) -> list[str]:
    """Return what the labels of a part say."""
    return [one.text() for one in part.findChildren(PlainLabel)]


def kept(here: Here) -> list[Task]:
    """Return the touched tasks in the file."""
    return here.desk().lifecycle.ask.of_account(here.account.id)


def test_the_phase_is_said_with_why_and_the_first_due_task_comes_first(here: Here) -> None:
    block = opened(here)
    assert block._phase.remark.text() == "Prospect"
    assert words(block._why)[:2] == ["By time: prospect.", "By evidence: prospect."]
    assert "Prospect since 12 Mar." in words(block._why)
    shown = words(block.tasks)
    assert shown[0] == "Open the file: organisation, units, business, present suppliers"
    assert shown[1] == "in 7 days"
    assert block._named.remark.text() == "none is due"


def test_ticking_says_done_without_evidence_and_undo_takes_it_back(here: Here) -> None:
    block = opened(here)
    box = block.tasks.findChildren(TickBox)[0]
    assert box.accessibleName().startswith("Done: Open the file")
    box.setFocus()
    here.press(Qt.Key.Key_Space)
    here.qtbot.waitUntil(lambda: len(kept(here)) == 1, timeout=8000)
    assert kept(here)[0].state is TaskState.SAID_DONE
    assert here.told().startswith("Said done: Open the file")
    assert "1 settled" in words(block._more)[0]
    here.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    here.qtbot.waitUntil(lambda: kept(here) == [], timeout=8000)


def test_a_task_is_settled_by_keys_with_a_visit_as_evidence(here: Here) -> None:
    block = opened(here)
    page: Any = here.window.page
    page.setFocus()
    here.press("t")
    here.qtbot.waitUntil(lambda: block.step is not None, timeout=8000)
    here.answered()
    step = block.step
    assert step.evidence.currentText() == "Only what I write below"
    here.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "document" in step.form.rows["words"].refusal
    visit = next(key for key in step._shown if key.startswith("visit:"))
    step.evidence.choose(visit)
    step.words.insertPlainText("纪要")
    here.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.qtbot.waitUntil(lambda: block.step is None, timeout=8000)
    (task,) = kept(here)
    assert (task.state, task.evidence, task.words) == (
        TaskState.DONE,
        EvidenceSort.VISIT,
        "纪要",
    )
    block._fold()
    assert "技术交流会" in " ".join(words(block.settled))


def test_the_phase_is_set_by_hand_with_a_reason_or_refused_at_the_field(here: Here) -> None:
    block = opened(here)
    here.window.page.setFocus()  # type: ignore[union-attr]
    here.press("h")
    step = block.step
    step.phase.choose("lost")
    here.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert step.form.rows["because"].refusal
    step.because.insertPlainText("换了供应商")
    here.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.qtbot.waitUntil(lambda: block.step is None, timeout=8000)
    here.answered()
    reading = read_lifecycle(here.desk().storage, here.account.id).reading
    assert (reading.shown, reading.because) == (Phase.LOST, "换了供应商")
    assert block._phase.remark.text() == "Lost to us"
    assert words(block._why)[0] == "Set by hand: 换了供应商"


def test_what_is_typed_and_not_saved_comes_back(here: Here) -> None:
    block = opened(here)
    block.begin_phase()
    here.answered()
    block.step.because.insertPlainText("听说")
    here.press(Qt.Key.Key_Escape)
    here.qtbot.waitUntil(lambda: block.step is None, timeout=8000)
    here.window.page.resume(f"account:{here.account.id.hex()}:phase")  # type: ignore[union-attr]
    here.answered()
    assert block.step.because.toPlainText() == "听说"


def test_a_task_said_done_is_opened_again_to_show_it(here: Here) -> None:
    block = opened(here)
    block._tick(block.seen.lifecycle.tasks[0])
    here.qtbot.waitUntil(lambda: len(block.seen.settled) == 1, timeout=8000)
    here.answered()
    block._fold()
    here.answered()
    line = next(
        one
        for one in block.settled.findChildren(PressedLine)
        if "nothing shows it" in one.accessibleName()
    )
    line.setFocus()
    here.press(Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: block.step is not None, timeout=8000)
    assert block.step.state.value == "done"
    block.step.words.insertPlainText("档案 2026-03")
    here.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.qtbot.waitUntil(lambda: kept(here)[0].state is TaskState.DONE, timeout=8000)
