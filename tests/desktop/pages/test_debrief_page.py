"""The debrief by keys only: asked, read back, kept, written as one action, undone as one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from kamdesk.core.clock import Instant
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop.debrief.log_key import give_log_key
from kamdesk.desktop.pages import Route
from kamdesk.domain.chain.standing import Sureness
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import Attendee, Reached, Side, VisitState
from kamdesk.dossier.debrief import Question
from kamdesk.storage.drafts import Drafts
from kamdesk.storage.storage import Storage
from kamdesk.workspace import Workspace

from .conftest import Here

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    """Colleagues, people and an open promise more."""

    def more(desk: Workspace) -> None:
        (account,) = desk.accounts.ask.by_number("KA-0173")
        for name, title in (("沈建国", "总工程师"), ("赵磊", "二号产线经理")):
            desk.people.add(desk.people.new(name, account), title=title)
        other = desk.accounts.new("承岳钢铁")
        desk.accounts.add(other)
        desk.people.add(desk.people.new("宋金桂", other.id), title="设备科")
        desk.team.add(desk.team.new("吴启明"))
        (zhao,) = desk.people.ask.named("赵磊")
        promise = desk.promises.new(account, PromiseSide.THEIRS, "12 个月停机记录")
        desk.promises.make(replace(promise, due=date(2026, 3, 12), person=zhao))

    return more


class Hands:
    """What the user does; each line typed and each key is one action, as the page counts them."""

    def __init__(self, here: Here) -> None:
        self.here, self.actions = here, 0

    @property
    def page(self) -> Any:
        return self.here.window.page

    def _target(self) -> Any:
        focus = self.here.window.focusWidget()
        return focus if focus is not None else self.here.window

    def press(self, key: Qt.Key, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.actions += 1
        QTest.keyClick(self._target(), key, held)
        self.here.answered()

    def type(self, words: str) -> None:
        """Type a line as the input method gives it: Chinese letters come whole."""
        self.actions += 1
        for char in words:
            if char.isascii():
                QTest.keyClicks(self._target(), char)
            else:
                self._target().insert(char)
        self.here.answered()

    def enter(self, words: str = "") -> None:
        if words:
            self.type(words)
        self.press(Qt.Key.Key_Return)


def debrief(here: Here) -> Hands:
    """Open the debrief of the visit of today."""
    here.go(Route("debrief", here.visit))
    hands = Hands(here)
    here.qtbot.waitUntil(lambda: hands.page.open.field.hasFocus(), timeout=4000)
    return hands


def closed(here: Here) -> bool:
    desk = here.desk()
    try:
        return desk.visits.ask.get(here.visit).state is VisitState.CLOSED  # type: ignore[arg-type]
    finally:
        desk.close()


def drafts(here: Here) -> list[str]:
    desk = here.desk()
    try:
        return [draft.place for draft in desk.drafts.every()]
    finally:
        desk.close()


def test_a_plain_visit_is_closed_in_at_most_twelve_actions(here: Here) -> None:
    give_log_key(here.window)
    hands = Hands(here)
    here.window.setFocus()
    hands.press(Qt.Key.Key_L)
    hands.press(Qt.Key.Key_Return)  # the latest visit that waits
    here.qtbot.waitUntil(lambda: hands.page.talk is not None, timeout=4000)
    page = hands.page
    visit = page.talk.seen.visit.id
    hands.enter()  # who was there: as expected
    hands.enter("y they opened six weeks of data")
    hands.enter("send the model next Wed")
    hands.press(Qt.Key.Key_7, ALT)
    hands.type("review 25 March")
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    assert hands.actions <= 12, hands.actions
    assert here.told() == "Written up: 澜川."
    assert here.window.page.route.page == "accounts"  # type: ignore[union-attr]
    desk = here.desk()
    done = desk.visits.ask.get(visit)
    assert (done.state, done.reached) == (VisitState.CLOSED, Reached.YES)
    assert done.outcome == "they opened six weeks of data"
    assert (done.next_step, done.next_step_by) == ("review", date(2026, 3, 25))
    (promise,) = desk.promises.ask.of_visit(visit)
    assert (promise.words, promise.due) == ("send the model", date(2026, 3, 18))
    assert promise.colleague == desk.team.me
    desk.close()
    assert drafts(here) == []


def test_walking_through_all_seven_questions_is_no_longer(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    hands.enter()
    hands.enter("partly: no name yet")
    for _ in range(4):
        hands.enter()
    hands.enter("none: the budget is frozen")
    assert page.open.read_back.accessibleName() is not None
    hands.enter()  # on the last question, an empty Enter finishes
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    assert hands.actions + 2 <= 12
    desk = here.desk()
    done = desk.visits.ask.get(here.visit)  # type: ignore[arg-type]
    assert done.no_next_step_because == "the budget is frozen"
    assert done.reached is Reached.PARTLY
    desk.close()


def test_names_are_completed_and_a_line_is_read_back(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    hands.press(Qt.Key.Key_4, ALT)
    assert page.talk.at is Question.THEIRS
    hands.type("@sjg 下周三 给报告")
    assert next(one.name for one in page.open.suggestions._shown) == "沈建国"
    read = page.open.read_back.accessibleName()
    assert read == "Who: 沈建国; When: Wed 18 Mar; What: 给报告"
    assert any("沈建国 · 给报告" in words for words in page.written.words)
    page.open.field.setCursorPosition(4)
    hands.press(Qt.Key.Key_Tab)
    assert page.open.field.text() == "@沈建国 下周三 给报告"
    hands.enter()
    assert page.open.field.text() == ""
    assert page.talk.answers.theirs[0].name == "沈建国"


def test_somebody_new_takes_one_line_and_may_promise_at_once(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    hands.enter("+ 王强 采购部 经理")
    hands.enter("-lm")  # expected nobody, but she was not there
    assert page.talk.answers.seated[-1].absent
    hands.press(Qt.Key.Key_4, ALT)
    hands.enter("给报价 周五前 @王强")
    hands.press(Qt.Key.Key_6, ALT)
    hands.enter("wq -? 只问价格")
    hands.enter("clx +")
    hands.press(Qt.Key.Key_7, ALT)
    hands.type("演示 月底")
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    desk = here.desk()
    (wang,) = desk.people.ask.named("王强")
    (promise,) = desk.promises.ask.of_visit(here.visit)  # type: ignore[arg-type]
    assert (promise.person, promise.due) == (wang, date(2026, 3, 13))
    (chain,) = desk.chain.ask.maps(here.account.id)
    (chen,) = desk.people.ask.named("陈立新")
    readings = desk.chain.ask.readings(chain.id, until=date(2026, 3, 12))
    read = {one.subject: one for one in readings if one.source == here.visit}
    assert {who: one.value for who, one in read.items()} == {wang: "-1", chen: "1"}
    assert (read[wang].sureness, read[wang].note) == (Sureness.LOW, "只问价格")
    desk.close()


def test_somebody_of_another_customer_is_found_by_pinyin(here: Here) -> None:
    hands = debrief(here)
    hands.type("songjin")
    page = hands.page
    here.qtbot.waitUntil(lambda: bool(page.open.suggestions._shown), timeout=4000)
    assert page.open.suggestions.chosen.right == "承岳钢铁"
    hands.enter()
    assert page.talk.answers.seated[-1].name == "宋金桂"


def test_a_promise_made_before_is_handed_over(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    hands.press(Qt.Key.Key_4, ALT)
    hands.type("12 个月停机记录 下周三 @沈建国")
    assert "Already promised: 赵磊 · due 12 Mar" in page.open.read_back.accessibleName()
    hands.press(Qt.Key.Key_R, ALT)
    hands.press(Qt.Key.Key_7, ALT)
    hands.type("演示")
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    desk = here.desk()
    promises = {p.words: p for p in desk.promises.ask.of_account(here.account.id)}
    (shen,) = desk.people.ask.named("沈建国")
    assert promises["12 个月停机记录"].person == shen
    assert promises["12 个月停机记录"].due == date(2026, 3, 18)
    assert len(promises) == 2
    desk.close()


def test_a_visit_without_next_step_is_refused_at_its_question(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: bool(page.open.refusal), timeout=4000)
    assert page.talk.at is Question.NEXT
    assert page.open.refusal == "Agree a next step, or say why there is none."
    assert not closed(here)
    hands.type("demo")
    assert page.open.refusal == ""
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    assert closed(here)


def test_one_undo_takes_all_of_it_back(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    hands.press(Qt.Key.Key_3, ALT)
    hands.enter("send the model")
    hands.press(Qt.Key.Key_7, ALT)
    hands.type("demo")
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    assert closed(here)
    here.window.setFocus()
    hands.press(Qt.Key.Key_Z, CTRL)
    here.qtbot.waitUntil(lambda: not closed(here), timeout=4000)
    desk = here.desk()
    assert desk.promises.ask.of_visit(here.visit) == []  # type: ignore[arg-type]
    desk.close()


def test_back_forward_and_what_was_half_typed(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    hands.enter()
    hands.type("partly")
    hands.press(Qt.Key.Key_Return, SHIFT)
    assert (page.talk.at, page.open.field.text()) == (Question.WHO, "")
    hands.press(Qt.Key.Key_2, ALT)
    assert page.open.field.text() == "partly"
    hands.press(Qt.Key.Key_5, ALT)
    hands.enter("the budget is approved @lm")
    hands.press(Qt.Key.Key_Backspace)
    assert page.open.field.text() == "the budget is approved @李敏"
    assert page.talk.answers.learnt == ()
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Return, CTRL)  # the half-typed line of question 2 is not lost
    assert page.talk.at is Question.GOAL
    assert page.open.refusal == "This line is not kept yet: Enter keeps it, or empty it."


def test_esc_keeps_the_draft_and_it_comes_back(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    hands.enter()
    hands.enter("partly: no name yet")
    hands.type("send the mod")
    hands.press(Qt.Key.Key_Escape)
    assert here.window.page is not page
    assert not here.window.rail.isHidden()
    assert drafts(here) == [f"debrief:{here.visit.hex()}:visit"]
    here.window.rebuild()
    here.answered()
    again = debrief(here).page
    assert again is not page
    here.qtbot.waitUntil(lambda: again.open.field.text() == "send the mod", timeout=4000)
    assert again.talk.at is Question.OURS
    assert again.talk.answers.outcome == "no name yet"
    assert again.draft.line.isVisible()
    assert here.window.rail.isHidden()


def test_a_visit_nobody_planned_is_found_by_pinyin_and_held_now(here: Here) -> None:
    give_log_key(here.window)
    hands = Hands(here)
    here.window.setFocus()
    hands.press(Qt.Key.Key_L)
    hands.type("cygt")
    here.qtbot.waitUntil(lambda: bool(hands.page.start.line.offers), timeout=4000)
    hands.press(Qt.Key.Key_Return)
    here.qtbot.waitUntil(lambda: getattr(hands.page, "talk", None) is not None, timeout=4000)
    page = hands.page
    assert [one.name for one in page.talk.answers.seated] == ["林晓彤"]
    hands.enter("sjg")
    hands.press(Qt.Key.Key_7, ALT)
    hands.type("none: 顺路")
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    desk = here.desk()
    (other,) = desk.accounts.ask.by_name("承岳钢铁")
    (line,) = desk.visits.ask.of_account(other)
    assert (line.state, line.start) == (VisitState.CLOSED, Instant.at(date(2026, 3, 12), 8, 10))
    desk.close()


def test_a_name_nobody_has_is_answered_and_stays(here: Here) -> None:
    page = here.go(Route("debrief"))
    field = page.start.line.field
    here.qtbot.keyClicks(field, "nobody at all")
    here.answered()
    here.qtbot.keyClick(field, Qt.Key.Key_Return)
    words = [one.text() for one in page.start.findChildren(QLabel)]
    assert "No customer of yours is called that. To add one: Alt+2, then Ctrl+N." in words
    assert field.text() == "nobody at all"
    here.qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert not any(one.text().startswith("No customer") for one in page.start.findChildren(QLabel))


def test_a_closed_visit_is_added_to_and_says_so(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    hands.press(Qt.Key.Key_7, ALT)
    hands.type("demo")
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    hands = debrief(here)
    page = hands.page
    here.qtbot.waitUntil(lambda: bool(page.talk.seen.visit.next_step), timeout=4000)
    assert any("closed already" in label for label in texts(page.written))
    hands.press(Qt.Key.Key_5, ALT)
    hands.type("the ERP is new")
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    desk = here.desk()
    assert [f.words for f in desk.visits.ask.facts_of(here.visit)] == ["the ERP is new"]  # type: ignore[arg-type]
    assert desk.visits.ask.get(here.visit).next_step == "demo"  # type: ignore[arg-type]
    desk.close()


def test_two_windows_debrief_the_same_visit_and_nothing_is_lost(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    hands.enter()
    hands.enter("y mine")
    visit = page.talk.seen.visit

    def elsewhere(desk: Workspace) -> Any:
        return desk.visits.change(
            replace(visit, outcome="theirs", state=VisitState.HELD),
            base=visit,
            seen=desk.storage.position(),
        )

    here.bench.do(None, elsewhere)
    here.answered()
    hands.press(Qt.Key.Key_7, ALT)
    hands.type("demo")
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: bool(page.open.refusal), timeout=4000)
    assert "written up elsewhere meanwhile: theirs." in page.open.refusal
    here.answered()
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    desk = here.desk()
    assert desk.visits.ask.get(here.visit).outcome == "theirs; mine"  # type: ignore[arg-type]
    desk.close()


def test_on_a_full_disk_the_draft_and_the_debrief_wait(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = debrief(here)
    page = hands.page
    hands.press(Qt.Key.Key_7, ALT)
    hands.type("demo")
    change, full = Storage.change, [True]

    def fails(self: Storage, *args: Any, **more: Any) -> Any:
        if full[0]:
            raise StorageTrouble(Text("The disk is full."))
        return change(self, *args, **more)

    monkeypatch.setattr(Storage, "change", fails)
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: here.bench.refused_by_disk > 0, timeout=4000)
    assert page.talk.answers.next_step == "demo"
    assert not page.finished
    full[0] = False
    here.bench.try_again()
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    assert closed(here)


def test_hostile_words_are_plain_and_cut(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    hands.press(Qt.Key.Key_5, ALT)
    page.open.field.setText("<b>预算</b>\u202e" + "长" * 50_000)
    hands.press(Qt.Key.Key_Return)
    assert len(page.talk.answers.learnt) == 1
    assert all(len(words) <= 2_000 for words in texts(page))
    assert any("<b>预算</b>‹RLO›" in words for words in texts(page))


def test_every_control_has_a_name_and_the_row_opens_by_a_click(here: Here) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit

    page = debrief(here).page
    controls = [*page.findChildren(QAbstractButton), *page.findChildren(QLineEdit)]
    assert [one for one in controls if one.isVisible() and not one.accessibleName()] == []
    row = page.talking._rows[3]
    here.qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    here.answered()
    assert page.talk.at is Question.LEARNT


def test_a_visit_that_is_gone_says_so(here: Here) -> None:
    page = here.go(Route("debrief", bytes(16)))
    assert page.talk is None
    assert any("not in the file any more" in words for words in texts(page))
    QTest.keyClick(here.window, Qt.Key.Key_Escape)
    here.answered()
    assert here.window.page is not page


def texts(widget: Any) -> list[str]:
    """Return what stands in the labels seen in a widget."""
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_an_absent_attendee_stays_on_the_list(here: Here) -> None:
    hands = debrief(here)
    page = hands.page
    page.open.removed.emit(0)
    here.answered()
    assert page.talk.answers.seated[0].absent
    hands.press(Qt.Key.Key_7, ALT)
    hands.type("demo")
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: page.finished, timeout=4000)
    desk = here.desk()
    (seat,) = desk.visits.ask.attendees(here.visit)  # type: ignore[arg-type]
    assert seat == replace(
        Attendee.at(desk.visits.ask.get(here.visit), seat.who, Side.THEIRS), absent=True
    )  # type: ignore[arg-type]
    desk.close()


def test_l_writes_up_from_the_page_of_a_visit_and_of_a_customer(here: Here) -> None:
    give_log_key(here.window)
    hands = Hands(here)
    here.go(Route("visit", here.visit))
    here.window.setFocus()
    hands.press(Qt.Key.Key_L)  # that page has an L of its own: both lead here
    assert here.window.page.route == Route("debrief", here.visit)  # type: ignore[union-attr]
    hands.press(Qt.Key.Key_Escape)
    here.go(Route("account", here.account.id))
    here.window.setFocus()
    hands.press(Qt.Key.Key_L)
    here.qtbot.waitUntil(lambda: hands.page.start is not None, timeout=4000)
    customer = here.account.id.hex()
    assert hands.page.route == Route("debrief", None, customer)
    last = hands.page.start._rows.itemAt(hands.page.start._rows.count() - 1).widget()
    assert last.text() == "澜川: a visit held just now"


def test_the_draft_waits_for_a_full_disk_and_is_kept_then(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = debrief(here)
    keep, full = Drafts.keep, [True]

    def fails(self: Drafts, *args: Any) -> None:
        if full[0]:
            raise StorageTrouble(Text("The disk is full."))
        keep(self, *args)

    monkeypatch.setattr(Drafts, "keep", fails)
    hands.enter()
    hands.enter("yes they agreed")
    here.qtbot.waitUntil(lambda: here.bench.refused_by_disk > 0, timeout=4000)
    assert "The disk is full." in here.told()
    assert hands.page.talk.answers.outcome == "they agreed"
    assert drafts(here) == []
    full[0] = False
    here.bench.try_again()
    here.answered()
    assert drafts(here) == [f"debrief:{here.visit.hex()}:visit"]


def test_the_next_step_becomes_a_planned_visit_by_one_key(here: Here) -> None:
    hands = debrief(here)
    hands.press(Qt.Key.Key_7, ALT)
    hands.press(Qt.Key.Key_V, ALT)  # no day yet
    assert "on which day" in hands.page.open.refusal
    hands.type("方案复盘 3-25")
    hands.press(Qt.Key.Key_V, ALT)
    assert any("A visit is planned" in words for words in hands.page.written.words)
    hands.press(Qt.Key.Key_V, ALT)
    assert not any("A visit is planned" in words for words in hands.page.written.words)
    hands.press(Qt.Key.Key_V, ALT)
    hands.press(Qt.Key.Key_Return, CTRL)
    here.qtbot.waitUntil(lambda: closed(here), timeout=4000)
    desk = here.desk()
    again = next(
        one
        for one in desk.visits.ask.whole(here.account.id)
        if one.start and one.start.day == date(2026, 3, 25)
    )
    assert (again.state, again.objective, again.start.local.hour) == (
        VisitState.PLANNED, "方案复盘", 14,
    )  # fmt: skip
    (chen,) = desk.people.ask.named("陈立新")
    assert chen in {seat.who for seat in desk.visits.ask.attendees(again.id)}
    desk.close()
    QTest.keyClick(here.window, Qt.Key.Key_Z, CTRL)
    here.answered()
    assert not closed(here)
    assert again.id not in {one.id for one in here.desk().visits.ask.whole(here.account.id)}


def test_what_was_learnt_may_stay_on_this_computer(here: Here) -> None:
    hands = debrief(here)
    box = hands.page.open.here
    assert not box.isVisible()
    hands.press(Qt.Key.Key_5, ALT)
    assert box.isVisible()
    hands.press(Qt.Key.Key_O, CTRL | SHIFT)
    assert box.isChecked()
    hands.type("他快退休了")
    assert "他快退休了 · only on this computer" in hands.page.written.words
    hands.press(Qt.Key.Key_Escape)

    here.window.rebuild()
    here.answered()
    hands = debrief(here)
    box = hands.page.open.here
    here.qtbot.waitUntil(box.isVisible, timeout=4000)
    assert box.isChecked()
    hands.enter()
    assert not box.isChecked()
    hands.enter("预算在三月批")
    hands.press(Qt.Key.Key_Backspace)
    assert not box.isChecked()
    hands.enter()
    hands.press(Qt.Key.Key_6, ALT)
    assert not box.isVisible()
    hands.press(Qt.Key.Key_7, ALT)
    hands.enter("报价 3月20日")
    hands.press(Qt.Key.Key_Return, CTRL)
    desk = here.desk()
    found = {fact.words: fact.here for fact in desk.visits.ask.facts(here.account.id)}
    desk.close()
    assert found == {"他快退休了": True, "预算在三月批": False}


def test_a_kept_note_taken_back_into_the_line_is_ticked_again(here: Here) -> None:
    hands = debrief(here)
    hands.press(Qt.Key.Key_5, ALT)
    hands.press(Qt.Key.Key_O, CTRL | SHIFT)
    hands.enter("他快退休了")
    hands.press(Qt.Key.Key_Backspace)
    assert hands.page.open.field.text() == "他快退休了"
    assert hands.page.open.here.isChecked()
