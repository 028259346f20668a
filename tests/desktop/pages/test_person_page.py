"""The page of a person: read, changed in place, reached, judged; and the way to a new employer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.standing import What
from kamdesk.domain.people.model import Channel
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.workspace import Workspace

from .conftest import Here


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        other = desk.accounts.new("瑞坪矿业有限公司")
        desk.accounts.add(replace(other, short_name="瑞坪矿业"))
        [li] = desk.people.ask.named("李敏")
        person = desk.people.ask.get(li)
        for channel, value in (
            (Channel.MOBILE, "13912345678"),
            (Channel.EMAIL, "li@lanchuan.example"),
        ):
            desk.people.reach(desk.people.way(person, channel, value))
        assert person.account is not None
        promise = desk.promises.new(person.account, PromiseSide.THEIRS, "给合同范本")
        desk.promises.make(replace(promise, person=li, due=date(2026, 3, 20)))
        [chain] = desk.chain.ask.maps(person.account)
        desk.chain.judge(
            *(
                desk.chain.reading(chain, li, what, value, on=date(2026, 3, 1))
                for what, value in (
                    (What.PART, "taking"), (What.LEVEL, "decision"), (What.INTEREST, "4"),
                )
            )
        )  # fmt: skip

    return more


def person_of(here: Here, name: str) -> bytes:
    desk = here.desk()
    [found] = desk.people.ask.named(name)
    desk.close()
    return found


def opened(here: Here, name: str = "李敏") -> Any:
    return here.go(Route("person", person_of(here, name)))


def press(here: Here, keys: Qt.Key) -> None:
    here.qtbot.keyClick(here.window.page, keys)
    here.answered()


def enter(here: Here, editor: QWidget) -> None:
    here.qtbot.keyClick(editor, Qt.Key.Key_Return)
    here.answered()


def test_the_page_says_who_stands_how(here: Here) -> None:
    page = opened(here)
    assert page._head.title.text() == "李敏"
    assert "财务总监" in page._line.text()
    seen = page.content
    assert seen.stands.stance == -1
    assert [one.words for one in seen.promises] == ["给合同范本"]
    assert [way.value for way in seen.ways] == ["13912345678", "li@lanchuan.example"]
    assert seen.last_met is None


def test_what_is_judged_is_said_in_words_never_as_it_is_stored(here: Here) -> None:
    page = opened(here)
    said = [line.accessibleName() for line in page.judgements.findChildren(PressedLine)]
    for words in ("Taking part", "Decision level", "4 of 5"):
        assert any(words in one for one in said), said


def test_a_field_is_changed_in_its_place(here: Here) -> None:
    page = opened(here)
    field = page.card.fields["form_of_address"]
    field.begin()
    field.row.editor.insert("李总")
    enter(here, field.row.editor)
    here.qtbot.waitUntil(lambda: page.content.person.form_of_address == "李总", timeout=8000)
    assert not field.editing
    field = page.card.fields["name"]
    field.begin()
    field.row.editor.clear()
    enter(here, field.row.editor)
    here.qtbot.waitUntil(lambda: field.row.refusal == "Give the person a name.", timeout=8000)
    field.row.editor.insert("欧阳敏")
    enter(here, field.row.editor)
    here.qtbot.waitUntil(lambda: page.content.person.family_name == "欧阳", timeout=8000)


def test_a_way_is_added_by_what_it_looks_like_copied_and_removed(here: Here) -> None:
    page = opened(here)
    press(here, Qt.Key.Key_W)
    step = page.step
    here.qtbot.keyClicks(step.value, "0510-8800 1200")
    assert step.channel.value is Channel.PHONE
    enter(here, step.value)
    here.qtbot.waitUntil(lambda: len(page.content.ways) == 3, timeout=8000)
    mobile, office = (
        next(way for way in page.content.ways if way.channel is channel)
        for channel in (Channel.MOBILE, Channel.PHONE)
    )
    page.copy(mobile)
    assert QApplication.clipboard().text() == "13912345678"
    page.remove(office)
    here.qtbot.waitUntil(lambda: len(page.content.ways) == 2, timeout=8000)
    here.window.actions_here["undo"].trigger()
    here.qtbot.waitUntil(lambda: len(page.content.ways) == 3, timeout=8000)


def test_a_need_is_noted_and_served(here: Here) -> None:
    page = opened(here)
    press(here, Qt.Key.Key_D)
    step = page.step
    step.words.insertPlainText("年内省下一笔")
    step.wanted.emit()
    here.qtbot.waitUntil(lambda: len(page.content.needs) == 1, timeout=8000)
    page.begin_need(page.content.needs[0])
    page.step.state.choose(page.step.state.values[2])
    page.step.wanted.emit()
    here.qtbot.waitUntil(lambda: page.content.needs[0].state.value == "proved", timeout=8000)


def test_a_judgement_needs_evidence_where_it_is_firm(here: Here) -> None:
    page = opened(here)
    press(here, Qt.Key.Key_S)
    step = page.step
    step.stance.choose(-2)
    step.wanted.emit()
    here.qtbot.waitUntil(lambda: bool(step.form.rows["note"].refusal), timeout=8000)
    step.note.insertPlainText("会上当面反对")
    step.wanted.emit()
    here.answered()
    desk = here.desk()
    readings = desk.chain.ask.readings_of(page.person, until=date(2026, 3, 12))
    assert ("-2", "会上当面反对") in [(one.value, one.note) for one in readings]
    desk.close()


def test_a_kept_promise_goes_with_a_way_back(here: Here) -> None:
    page = opened(here)
    page._keep(page.content.promises[0])
    here.qtbot.waitUntil(lambda: not page.content.promises, timeout=8000)
    assert here.told() == "Kept: 给合同范本"
    here.window.actions_here["undo"].trigger()
    here.qtbot.waitUntil(lambda: len(page.content.promises) == 1, timeout=8000)


def test_a_person_changes_jobs_as_one_action(here: Here) -> None:
    page = opened(here)
    old = page.content.person.id
    press(here, Qt.Key.Key_M)
    step = page.step
    here.qtbot.waitUntil(lambda: len(step.ways) == 2, timeout=8000)
    assert [box.isChecked() for box in step.ways.values()] == [True, False]
    step.last_day.insert("2026-03-10")
    step.account.insert("瑞坪矿业")
    step.title.insert("财务副总")
    said = [step._follows.itemAt(n).widget().text() for n in range(step._follows.count())]
    assert any("stands vacant" in words for words in said)
    assert any("A new record begins at 瑞坪矿业" in words for words in said)
    step.wanted.emit()
    here.qtbot.waitUntil(lambda: here.window.page is not page, timeout=8000)
    here.answered()
    new = here.window.page.content
    assert (new.person.name, new.account_name, new.post.post.title) == (
        "李敏",
        "瑞坪矿业",
        "财务副总",
    )
    assert [one.id for one in new.same] == [old]
    assert [way.value for way in new.ways] == ["13912345678"]
    assert [held.post.title for held in new.posts] == ["财务副总", "财务总监"]
    desk = here.desk()
    chain = desk.chain.open_map(here.account.id)
    vacant = [seat for seat in desk.chain.ask.seats(chain.id) if seat.person is None]
    assert [seat.wanted for seat in vacant] == [(Role.APPROVER,)]
    desk.close()
    here.window.actions_here["undo"].trigger()
    here.answered()
    back = opened(here)
    assert back.content.same == ()
    assert back.content.post.post.title == "财务总监"
    assert len(back.content.ways) == 2


def test_who_is_left_alone_is_not_shown(here: Here) -> None:
    page = opened(here)
    page.do(lambda desk: desk.people.restrict(page.person, "不愿再被联系"))
    here.qtbot.waitUntil(lambda: page.content.person.restricted, timeout=8000)
    assert page._top.isHidden()
    assert page.body.isHidden()


def test_a_half_written_step_is_a_draft(here: Here) -> None:
    page = opened(here)
    press(here, Qt.Key.Key_W)
    here.qtbot.keyClicks(page.step.value, "limin_88")
    here.qtbot.keyClick(page.step.value, Qt.Key.Key_Escape)
    here.answered()
    page.resume(f"person:{page.person.hex()}:way")
    here.qtbot.waitUntil(lambda: page.step.value.text() == "limin_88", timeout=8000)
    assert page.step.channel.value is Channel.WECHAT


def test_a_title_makes_what_one_says_to_the_face(here: Here) -> None:
    page = opened(here)
    field = page.card.fields["honorific"]
    field.begin()
    field.row.editor.insert("总")
    enter(here, field.row.editor)
    here.qtbot.waitUntil(lambda: page.content.person.form_of_address == "李总", timeout=8000)


def test_a_hostile_person_is_shown_plain_and_the_page_lives(here: Here) -> None:
    made: list[bytes] = []

    def add(desk: Workspace) -> Any:
        name = "<b>粗</b>\u202e反" + "a\u0301" * 100
        person = replace(
            desk.people.new(name, here.account.id),
            background="<img src=x>" + "长" * 90_000,
            form_of_address="<u>总</u>",
        )
        made.append(person.id)
        way = desk.people.way(person, Channel.WECHAT, "<i>" + "9" * 300)
        return desk.people.add(person, title="<s>主任</s>", ways=(way,))

    here.window.page.do(add)
    here.answered()
    page = here.go(Route("person", made[0]))
    assert page._head.title.text().startswith("<b>粗</b>‹RLO›反")
    assert len(page.judged.fields["background"].read.value.text()) <= 2_000
    assert len(page.findChildren(QWidget)) < 700
    for label in page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert "<img" not in label.toolTip()
