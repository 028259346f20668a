"""The side panel of a decision chain: judged on the spot, with day and evidence; findings; ways."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import Id
from kamdesk.desktop.chain.drafts import draft_place
from kamdesk.desktop.pages import Route
from kamdesk.desktop.unfinished import route_of
from kamdesk.domain.chain.bonds import Bond
from kamdesk.domain.chain.model import Role, TieKind
from kamdesk.domain.chain.standing import What
from kamdesk.workspace import Workspace

from .conftest import DAY, Here

LONG_AGO = date(2025, 3, 1)


@pytest.fixture
def fill() -> Callable[[Workspace], object]:
    def more(desk: Workspace) -> None:
        [chen], [li] = desk.people.ask.named("陈立新"), desk.people.ask.named("李敏")
        account = desk.people.ask.get(li).account
        assert account is not None
        [chain] = desk.chain.ask.maps(account)
        wang = desk.people.new("王强", account)
        desk.people.add(wang, title="设备主管")
        desk.chain.seat(chain, wang.id)
        desk.chain.judge(
            desk.chain.reading(chain, wang.id, What.ROLES, Role.USER.value, on=LONG_AGO),
            desk.chain.reading(chain, wang.id, What.STANCE, "1", on=LONG_AGO, note="肯试用"),
            desk.chain.reading(chain, wang.id, What.COVERAGE, "4", on=DAY),
            desk.chain.reading(chain, li, What.INFLUENCE, "5", on=DAY),
            desk.chain.reading(chain, li, What.VETO, "1", on=DAY),
        )
        tie = desk.chain.tie(chain, TieKind.INFLUENCES, wang.id, chen, strength=3, note="师徒")
        desk.chain.ties.join(replace(tie, since=LONG_AGO))

    return more


@pytest.fixture
def page(here: Here) -> Any:
    page = here.go(Route("chain", here.account.id))
    here.qtbot.waitUntil(lambda: bool(page.canvas.cards), timeout=8000)
    here.answered()
    return page


def person(here: Here, name: str) -> bytes:
    desk = here.desk()
    [found] = desk.people.ask.named(name)
    desk.close()
    return found


def come_to(here: Here, page: Any, name: str) -> Any:
    """Go to somebody's card; return the panel."""
    page.canvas.setFocus()
    page.canvas.come_to(person(here, name))
    here.answered()
    panel = page.surroundings.panel
    here.qtbot.waitUntil(lambda: panel.person.stance.signs[0].width() > 8, timeout=8000)
    return panel


def press(here: Here, page: Any, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    modifiers = held[0] if held else Qt.KeyboardModifier.NoModifier
    here.qtbot.keyClick(page.canvas, key, modifiers)
    here.answered()


def readings(here: Here, name: str, what: What) -> list[tuple[str, str, date]]:
    who = person(here, name)
    desk = here.desk()
    found = desk.chain.ask.readings_of(who, until=DAY)
    desk.close()
    return [(one.value, one.note, one.valid_from) for one in found if one.what is what]


def test_the_panel_shows_who_the_keyboard_is_on(here: Here, page: Any) -> None:
    panel = come_to(here, page, "李敏")
    assert panel.person.isVisible()
    assert not panel.support.isVisible()
    assert (panel.person.name.text(), panel.person.post.text()) == ("李敏", "财务总监")
    assert [s.value for s in panel.person.stance.signs if s.isChecked()] == [-1]
    assert panel.person._influence_words.text().startswith("5 / 5")
    panel.choose(None)
    assert panel.support.isVisible()
    assert panel.support.score.text()


def test_a_ball_judges_at_once_and_a_firm_one_asks_for_evidence(here: Here, page: Any) -> None:
    panel = come_to(here, page, "王强")
    neutral = next(sign for sign in panel.person.stance.signs if sign.value == 0)
    here.qtbot.mouseClick(neutral, Qt.MouseButton.LeftButton)
    here.qtbot.waitUntil(lambda: panel.current.stands.stance == 0, timeout=8000)
    assert readings(here, "王强", What.STANCE)[-1] == ("0", "", DAY)
    firm = next(sign for sign in panel.person.stance.signs if sign.value == -2)
    here.qtbot.mouseClick(firm, Qt.MouseButton.LeftButton)
    step = panel.forms.step
    step.wanted.emit()
    assert step.form.rows["note"].refusal.startswith("Write what they did or said")
    here.qtbot.keyClicks(step.grounds.note, "no to the pilot")
    here.qtbot.keyClick(step.grounds.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.qtbot.waitUntil(lambda: panel.current.stands.stance == -2, timeout=8000)
    assert readings(here, "王强", What.STANCE)[-1] == ("-2", "no to the pilot", DAY)
    assert panel.forms.step is None


def test_an_old_value_is_still_so_by_one_key_with_its_grounds(here: Here, page: Any) -> None:
    panel = come_to(here, page, "王强")
    assert panel.person.first_stale(panel.net) is What.STANCE
    press(here, page, Qt.Key.Key_Y)
    here.qtbot.waitUntil(lambda: panel.person.first_stale(panel.net) is What.ROLES, timeout=8000)
    assert readings(here, "王强", What.STANCE) == [("1", "肯试用", LONG_AGO), ("1", "肯试用", DAY)]


def test_the_form_saves_what_was_changed_from_today_on(here: Here, page: Any) -> None:
    panel = come_to(here, page, "李敏")
    press(here, page, Qt.Key.Key_E)
    step = panel.forms.step
    step._fields[What.PART].choose("leading")
    step._fields[What.COVERAGE].choose("2")
    step._fields[What.COVERAGE_WANTED].choose("3")
    step._fields[What.INTEREST].choose("5")
    for what in (What.LEGITIMACY, What.URGENCY):
        step._fields[what].choose("1")
    step.wanted.emit()
    here.qtbot.waitUntil(lambda: panel.forms.step is None, timeout=8000)
    here.qtbot.waitUntil(lambda: panel.current.stands.coverage == 2, timeout=8000)
    assert panel.person._relation.text() == "2 now, want 3"
    assert panel.person._worth.text() == "Key player: work closely together"
    assert [one[0] for one in readings(here, "李敏", What.PART)] == ["leading"]
    assert len(readings(here, "李敏", What.STANCE)) == 1


def test_the_form_keeps_what_was_typed_when_it_closes(here: Here, page: Any) -> None:
    panel = come_to(here, page, "李敏")
    press(here, page, Qt.Key.Key_E)
    here.qtbot.keyClicks(panel.forms.step.grounds.note, "half a sentence")
    here.qtbot.keyClick(panel.forms.step.grounds.note, Qt.Key.Key_Escape)
    assert panel.forms.step is None
    here.answered()
    press(here, page, Qt.Key.Key_E)
    typed = panel.forms.step.grounds.note
    here.qtbot.waitUntil(lambda: typed.toPlainText() == "half a sentence", timeout=8000)


def test_questions_lead_to_a_value_with_the_reason_as_note(here: Here, page: Any) -> None:
    panel = come_to(here, page, "陈立新")
    press(here, page, Qt.Key.Key_Q)
    step = panel.forms.step
    for key in (Qt.Key.Key_3, Qt.Key.Key_N, Qt.Key.Key_Y):
        here.qtbot.keyClick(step, key)
    here.qtbot.keyClick(step.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.qtbot.waitUntil(lambda: panel.forms.step is None, timeout=8000)
    [(value, note, _)] = readings(here, "陈立新", What.INFLUENCE)
    assert (value, note) == ("4", "The decider hardly ever goes against them.")


def test_findings_jump_to_their_people_and_are_ruled_on(here: Here, page: Any) -> None:
    panel = page.surroundings.panel
    first = panel.findings.spoken[0]
    with here.qtbot.waitSignal(panel.jumped) as told:
        press(here, page, Qt.Key.Key_1)
    assert told.args == [first.people]
    assert page.canvas.current in {*first.people, None}
    press(here, page, Qt.Key.Key_Z)
    here.answered()
    desk = here.desk()
    assert desk.playbook.precision()[first.rule] == (0, 1)
    desk.close()
    here.qtbot.waitUntil(lambda: bool(panel.judged.words), timeout=8000)


def test_the_way_in_names_its_steps_and_numbers_them(here: Here, page: Any) -> None:
    panel = come_to(here, page, "陈立新")
    press(here, page, Qt.Key.Key_W)
    assert panel.ways.isVisible()
    assert len(panel.ways.ways) == 2
    wang, chen = person(here, "王强"), person(here, "陈立新")
    assert page.way_in == (wang, chen)
    press(here, page, Qt.Key.Key_Escape)
    assert not panel.ways.isVisible()
    assert page.way_in == ()


def test_a_tie_is_shown_and_changed_from_today_on(here: Here, page: Any) -> None:
    panel = page.surroundings.panel
    [tie] = page.net.ties
    panel.choose_tie(tie)
    assert panel.tie_part._note.text() == "师徒"
    panel.begin_edit()
    panel.forms.step.strength.choose(1)
    panel.forms.step.wanted.emit()
    here.qtbot.waitUntil(lambda: [one.strength for one in page.net.ties] == [1], timeout=8000)
    [after] = page.net.ties
    assert (after.since, after.note) == (DAY, "师徒")


def test_a_form_left_in_the_middle_opens_again_with_what_was_typed(here: Here, page: Any) -> None:
    come_to(here, page, "李敏")
    press(here, page, Qt.Key.Key_E)
    here.qtbot.keyClicks(page.surroundings.panel.forms.step.grounds.note, "half a sentence")
    page.surroundings.panel.forms.step.draft.keep()
    here.answered()
    here.go(Route("accounts"))
    place = f"chain:{here.account.id.hex()}:judge:{person(here, '李敏').hex()}"
    assert route_of(place) == Route("chain", here.account.id)
    again = here.go(Route("chain", here.account.id, "organisation"))  # as after a new start
    again.resume(place)
    here.answered()
    here.qtbot.waitUntil(lambda: again.surroundings.panel.forms.step is not None, timeout=8000)
    note = again.surroundings.panel.forms.step.grounds.note
    here.qtbot.waitUntil(lambda: note.toPlainText() == "half a sentence", timeout=8000)
    assert again.canvas.current == person(here, "李敏")


def test_a_draft_on_a_named_map_opens_on_that_map_again(here: Here, page: Any) -> None:
    chain = Id(bytes(16))
    named = Route("chain", here.account.id, f"influence:{chain.hex()}")
    place = draft_place(named, "new")
    assert route_of(place) == Route("chain", here.account.id, f"organisation:{chain.hex()}")
    cell = draft_place(Route("chain", here.account.id, "matrix"), f"why:{chain.hex()}.")
    assert route_of(cell) == Route("chain", here.account.id, "matrix")


def test_a_body_gets_a_chair_and_members(here: Here, page: Any) -> None:
    desk = here.desk()
    body = desk.chain.ask.bodies(here.account.id)
    desk.close()
    assert body == []
    chen = person(here, "陈立新")

    def add(desk: Any) -> Any:
        made = desk.chain.bodies.new(here.account.id, "投资评审会")
        return desk.chain.bodies.add(made, chain=page.net.map, on=DAY)

    page.do(add)
    here.qtbot.waitUntil(lambda: "投资评审会" in [n.name for n in page.net.nodes], timeout=8000)
    here.answered()
    node = next(one for one in page.net.nodes if one.name == "投资评审会")
    panel = page.surroundings.panel
    panel.choose(node.id)
    here.qtbot.waitUntil(lambda: panel._behind is not None, timeout=8000)
    panel.begin_edit()
    step = panel.forms.step
    step.chair.choose(chen)
    step.boxes[chen].setChecked(True)
    step.meets.setText("每季度末")
    step.wanted.emit()
    here.qtbot.waitUntil(lambda: panel.current.chair == chen, timeout=8000)
    assert panel.current.members == (chen,)
    panel.begin_edit()
    panel.forms.step.name.setText("评标委员会")
    panel.forms.step.wanted.emit()
    here.qtbot.waitUntil(lambda: bool(panel.forms.step.form.rows["name"].refusal), timeout=8000)


def test_what_joins_two_is_asked_for_shown_and_changed(here: Here, page: Any) -> None:
    panel = come_to(here, page, "李敏")
    here.qtbot.keyClicks(page.canvas, "t")
    here.qtbot.keyClicks(page.strip.field, "wang")
    here.qtbot.keyClick(page.strip.field, Qt.Key.Key_Return)
    here.qtbot.keyClicks(page.canvas, "c6")
    here.qtbot.keyClick(page.strip.field, Qt.Key.Key_Return)
    here.answered()
    tie = next(one for one in page.net.ties if one.bond)
    assert (tie.kind, tie.bond) == (TieKind.CLOSE, Bond.HOME_TOWN)
    page.canvas.chosen.emit(tie.id)
    assert "same home town" in panel.tie_part._kind.text()
    panel.begin_edit()
    step = panel.forms.step
    step.kind.choose(TieKind.CONFLICT)
    step.wanted.emit()
    here.answered()
    assert "two who are close" in step.form.rows["kind"].refusal
    step.kind.choose(TieKind.CLOSE)
    step.bond.choose(Bond.SCHOOL.value)
    step.wanted.emit()
    here.answered()
    [tie] = [one for one in page.net.ties if one.kind is TieKind.CLOSE]
    assert tie.bond is Bond.SCHOOL


def test_the_form_about_the_map_says_how_they_decide(here: Here, page: Any) -> None:
    panel = page.surroundings.panel
    here.qtbot.keyClick(page.canvas, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    step = panel.forms.step
    here.qtbot.keyClicks(step.decides, "the board, on paper of finance")
    here.qtbot.keyClick(step, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    here.qtbot.waitUntil(lambda: panel.forms.step is None, timeout=8000)
    here.qtbot.waitUntil(lambda: page.net.map.decision_way != "", timeout=8000)
    assert page.net.map.decision_way == "the board, on paper of finance"
    assert "name" not in step.form.rows  # it is the customer's own


def test_a_map_of_its_own_name_can_be_renamed_and_deleted(here: Here, page: Any) -> None:
    drawn = []

    def verb(desk: Workspace) -> ChangeSet:
        drawn.append(desk.chain.copy_map(page.net.map, "Line 2", on=DAY))
        return ChangeSet(frozenset())

    page.do(verb)
    here.qtbot.waitUntil(lambda: bool(drawn), timeout=8000)
    page.go("chain", page.account, f"organisation:{drawn[0].id.hex()}")
    other = here.window.page
    here.qtbot.waitUntil(lambda: other.shown is not None and bool(other.net.map), timeout=8000)
    other.about.begin()
    step = other.surroundings.panel.forms.step
    step.name.setText("Line 3")
    step.wanted.emit()
    here.qtbot.waitUntil(lambda: other.net.map.name == "Line 3", timeout=8000)
    other.about.begin()
    other.surroundings.panel.forms.step._delete()
    here.qtbot.waitUntil(lambda: here.window.page is not other, timeout=8000)
    desk = here.desk()
    assert [one.name for one in desk.chain.ask.maps(page.account)] == [""]
    desk.close()
