"""Widgets: plain text, names for screen readers, keys, refusals at their field."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from kamdesk.core.errors import RuleBroken, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop.actions import Actions
from kamdesk.desktop.application import Application
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TickBox
from kamdesk.desktop.widgets.facts import Fact, FactsStrip, Tag
from kamdesk.desktop.widgets.fields import FieldRow, Form
from kamdesk.desktop.widgets.keycap import caps_of
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel, plain_tip
from kamdesk.desktop.widgets.notice import NoticeBar
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.desktop.widgets.status_line import StatusLine
from kamdesk.desktop.widgets.tabs import TabStrip

HOSTILE = "<img src=/etc/passwd><b>bold</b> & co"


@pytest.mark.parametrize("fit", list(Fit))
def test_markup_is_shown_as_it_is(application: Application, qtbot: QtBot, fit: Fit) -> None:
    label, other = PlainLabel(HOSTILE, fit=fit), PlainLabel("&lt;", fit=fit)
    for each in (label, other):
        qtbot.addWidget(each)
        each.resize(900, 20)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == HOSTILE
    assert label.accessibleName() == HOSTILE
    bold = PlainLabel(HOSTILE.replace("<b>", "").replace("</b>", ""), fit=fit)
    qtbot.addWidget(bold)
    assert label.sizeHint().width() > bold.sizeHint().width() or fit is Fit.WRAP


def test_a_shortened_text_is_whole_in_its_tip_and_plain(
    application: Application, qtbot: QtBot
) -> None:
    label = PlainLabel(HOSTILE, fit=Fit.ELIDE)
    qtbot.addWidget(label)
    label.resize(40, 20)
    label.show()
    assert label.toolTip() == plain_tip(HOSTILE)
    assert "<img" not in label.toolTip()
    label.resize(900, 20)
    assert label.toolTip() == ""


def test_long_text_and_turning_marks(application: Application, qtbot: QtBot) -> None:
    label = PlainLabel("a\u202eb" + "x" * 5_000)
    qtbot.addWidget(label)
    assert label.text().startswith("a‹RLO›b")
    assert len(label.text()) < 2_010


def test_a_button_does_its_action_while_it_may(application: Application, qtbot: QtBot) -> None:
    page, done = QWidget(), []
    qtbot.addWidget(page)
    action = Actions(page).add("visit.log", Text("Log a visit"), lambda: done.append(1), keys="L")
    button = Button.of(action)
    button.setParent(page)
    page.show()
    button.click()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert len(done) == 2
    action.enable(False)
    assert not button.isEnabled()
    action.trigger()
    assert len(done) == 2


def test_a_single_letter_acts_only_while_no_field_has_the_focus(
    application: Application, qtbot: QtBot
) -> None:
    page, done = QWidget(), []
    qtbot.addWidget(page)
    field = LineEditor()
    field.setParent(page)
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    Actions(page).add("visit.log", Text("Log a visit"), lambda: done.append(1), keys="L")
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    field.setFocus()
    qtbot.keyClicks(field, "L")
    assert (field.text(), done) == ("L", [])
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_L)
    assert done == [1]


def test_two_actions_may_not_have_one_name(application: Application, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    actions = Actions(page)
    actions.add("a", Text("Edit"), lambda: None)
    with pytest.raises(ValueError, match="two actions are called a"):
        actions.add("a", Text("Edit"), lambda: None)


def test_key_caps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert caps_of("Ctrl+K") == ("Ctrl", "K")
    assert caps_of("Left") == ("←",)
    assert caps_of("+") == ("+",)
    assert caps_of("Ctrl++") == ("Ctrl", "+")
    monkeypatch.setattr("sys.platform", "darwin")
    assert caps_of("Ctrl+K") == ("⌘", "K")


def test_a_refusal_stands_at_its_field_until_it_is_mended(
    application: Application, qtbot: QtBot
) -> None:
    form = Form()
    qtbot.addWidget(form)
    step, city = LineEditor(), LineEditor()
    row = form.add("next_step", Text("Next step"), step, help=Text("Help"))
    form.add("city", Text("City"), city)
    form.show()
    form.refused(RuleBroken(Text("Agree a next step."), field="next_step"))
    assert row.refusal == "Agree a next step."
    assert step.accessibleDescription() == "Agree a next step."
    assert step.accessibleName() == "Next step"
    qtbot.keyClicks(step, "x")
    assert row.refusal == ""
    form.refused(StorageTrouble(Text("The disk is full.")))
    assert form.refusal == "The disk is full."
    form.accept()
    assert form.refusal == ""


def test_segments_and_tabs_tell_what_was_chosen(application: Application, qtbot: QtBot) -> None:
    choices = [("a", Text("Organisation")), ("b", Text("Influence"))]
    segments, tabs = SegmentedControl(Text("View"), choices), TabStrip(choices)
    for control in (segments, tabs):
        qtbot.addWidget(control)
        control.show()
        with qtbot.waitSignal(control.chosen) as chosen:
            qtbot.keyClick(control, Qt.Key.Key_Right)
        assert chosen.args == ["b"]
        assert control.key == "b"
    tabs.step(1)
    assert tabs.key == "a"
    tabs.count("b", 2)
    assert [b.accessibleName() for b in tabs.findChildren(QAbstractButton)] == [
        "Organisation",
        "Influence 2",
    ]


def test_a_notice_can_be_undone_and_closed(application: Application, qtbot: QtBot) -> None:
    bar, undone = NoticeBar(), []
    qtbot.addWidget(bar)
    bar.say(Text("Visit logged."), way_out=(Text("Undo"), "Ctrl+Z", lambda: undone.append(1)))
    assert bar.words == "Visit logged."
    undo = next(b for b in bar.findChildren(Button) if b.words == "Undo")
    undo.click()
    assert undone == [1]
    assert bar.words == ""
    bar.say(Text("The disk is full."), tone=Tone.BRICK)
    assert bar.words == "The disk is full."
    bar.clear()
    assert bar.isHidden()


def test_the_status_line_says_how_things_stand(application: Application, qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.say(Text("Everything saved"), Text("Edit"))
    line.show_job(Text("Importing customers"), 0.5)
    line.show_keys([(key, Text("Move")) for key in "abcdef"])
    assert line.words == ["Everything saved", "Edit", "Importing customers"]
    with qtbot.waitSignal(line.cancelled):
        line._stop.click()
    line.show_job(None)
    line.say(Text("Everything saved"))
    assert line.words == ["Everything saved"]


def test_keys_that_have_no_room_beside_what_is_said_are_left_out(
    application: Application, qtbot: QtBot
) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(520, 28)
    line.show()
    line.show_keys([(key, Text("Move this one")) for key in "abcd"])
    line.say(Text("Everything is saved on this computer"), Text("Last exchange today"))
    qtbot.waitUntil(lambda: sum(not pair.isHidden() for pair in line._pairs) <= 1, timeout=2000)


def test_a_choice_gives_values_not_words(application: Application, qtbot: QtBot) -> None:
    choice = Choice([("core", Text("core")), ("own", "eBay")], start="core")
    qtbot.addWidget(choice)
    assert choice.value == "core"
    assert choice.currentText() == "Core"  # a word of ours begins the line
    choice.choose("own")
    assert choice.currentText() == "eBay"


def test_everything_can_be_painted(application: Application, qtbot: QtBot) -> None:
    for name in ("light", "dark"):
        application.choose_theme(name)
        parts: list[QWidget] = [
            Tag(Text("Ours"), filled=True),
            Tag(Text("Theirs"), quiet=True),
            TickBox(Text("Core")),
            Choice([("a", Text("Core"))]),
            Heading(Text("Overview"), Text("Note"), right=Button(Text("Edit"), kind=Kind.LINK)),
            FactsStrip([Fact(label=Text("Class"), value="A", support="B")] * 5),
        ]
        parts += [Button(Text("Edit"), icon="pencil", keys="E", kind=kind) for kind in Kind]
        for part in parts:
            qtbot.addWidget(part)
            assert not part.grab().isNull()


def test_caps_lock_is_told_where_a_secret_is_typed(application: Application, qtbot: QtBot) -> None:
    form = Form()
    secret, name = LineEditor(secret=True), LineEditor()
    row = form.add("secret", Text("Passphrase"), secret)
    form.add("name", Text("Name"), name)
    qtbot.addWidget(form)
    form.show()
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier

    def told() -> bool:
        return "Caps Lock is on." in {
            label.text() for label in form.findChildren(PlainLabel) if label.isVisible()
        }

    for key, held, on in (
        ("a", none, False),
        ("A", shift, False),
        ("A", none, True),
        ("7", none, True),
        ("a", shift, True),
        ("a", none, False),
    ):
        row.editor.keyPressEvent(  # type: ignore[attr-defined]
            QKeyEvent(QEvent.Type.KeyPress, Qt.Key(ord(key.upper())), held, key)
        )
        assert told() is on, (key, held)
    name.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, none, "A"))
    assert not told()


def test_input_methods_do_not_learn_a_secret(application: Application, qtbot: QtBot) -> None:
    hint = Qt.InputMethodHint
    secret = LineEditor(secret=True)
    qtbot.addWidget(secret)
    for shown in (False, True, False):
        secret.reveal(shown)
        hints = secret.inputMethodHints()
        assert bool(hints & hint.ImhHiddenText) is not shown
        assert hints & hint.ImhSensitiveData
        assert hints & hint.ImhNoPredictiveText


def test_buttons_stand_below_each_other_where_they_do_not_fit(
    application: Application, qtbot: QtBot
) -> None:
    step = PanelStep(Text("Erase {name}", name="Li Min"), do=Text("Erase for good"), danger=True)
    qtbot.addWidget(step)
    step.show()
    do, close = (
        button
        for button in step.findChildren(Button)
        if button.words in ("Erase for good", "Close")
    )
    if do.words == "Close":
        do, close = close, do
    for wide, beside in ((400, True), (240, False), (400, True)):
        step.resize(wide, 300)
        qtbot.waitUntil(lambda: (do.y() == close.y()) is beside)  # noqa: B023
        assert max(do.geometry().right(), close.geometry().right()) < wide
        assert do.height() == close.height() == 30
    assert step.minimumSizeHint().width() <= 240
    assert not do.geometry().intersects(close.geometry())


def test_a_head_lets_its_first_buttons_go_where_there_is_no_room(
    application: Application, qtbot: QtBot
) -> None:
    from kamdesk.desktop.sheets import PageHead

    buttons = [Button(Text("Import a file")), Button(Text("Change")), Button(Text("New customer"))]
    head = PageHead(Text("Customers"), Text("24 customers"), buttons)
    qtbot.addWidget(head)
    head.resize(900, 32)
    head.show()
    assert [button.isVisible() for button in buttons] == [True, True, True]
    head.resize(430, 32)
    assert [button.isVisible() for button in buttons] == [True, True, True]
    assert not head.remark.isVisible()
    head.resize(330, 32)
    assert [button.isVisible() for button in buttons] == [False, True, True]
    head.resize(100, 32)
    assert [button.isVisible() for button in buttons] == [False, False, True]
    head.resize(900, 32)
    buttons[1].hide()  # by its page
    head.resize(901, 32)
    assert [button.isVisible() for button in buttons] == [True, False, True]
    assert head.remark.isVisible()


def test_a_head_leaves_words_off_its_first_buttons_before_they_go(
    application: Application, qtbot: QtBot
) -> None:
    from kamdesk.desktop.sheets import PageHead

    buttons = [Button(Text(words), icon="pencil", keys="L") for words in ("Log a visit", "Change")]
    head = PageHead(Text("Customers"), "", buttons)
    qtbot.addWidget(head)
    head.resize(900, 32)
    head.show()
    whole = [button.sizeHint().width() for button in buttons]
    head.resize(340, 32)
    first, last = buttons
    assert first.isVisible()
    assert first.sizeHint().width() < whole[0]
    assert last.sizeHint().width() == whole[1]
    assert "Log a visit (L)" in first.toolTip()
    assert first.accessibleName() == "Log a visit"
    for wide in range(360, 460, 7):
        head.resize(wide, 32)
        assert head.title.width() >= head.title.sizeHint().width()
    head.resize(900, 32)
    assert [button.sizeHint().width() for button in buttons] == whole
    assert not first.toolTip()


def test_a_head_drops_its_remark_before_the_words_of_its_last_button(
    application: Application, qtbot: QtBot
) -> None:
    from kamdesk.desktop.sheets import PageHead

    buttons = [Button(Text(words), icon="pencil", keys="L") for words in ("Log a visit", "Change")]
    head = PageHead(Text("Customers"), Text("24 customers"), buttons)
    qtbot.addWidget(head)
    head.show()
    for wide in range(900, 300, -20):
        head.resize(wide, 32)
        last = buttons[-1]
        assert last.sizeHint().width() == last.wide(short=False) or not head.remark.isVisible()


def test_a_button_is_as_wide_as_it_says_not_as_it_is_named(
    application: Application, qtbot: QtBot
) -> None:
    button = Button(Text("Add"), icon="phone", keys="W")
    qtbot.addWidget(button)
    wide = button.sizeHint().width()
    button.setAccessibleName("Add a way of contact")
    assert button.sizeHint().width() == wide
    button.shorten(True)
    assert button.accessibleName() == "Add a way of contact"
    button.shorten(False)
    assert button.sizeHint().width() == wide


def test_a_heading_folds_what_has_no_room_beside_its_name(
    application: Application, qtbot: QtBot
) -> None:
    right = Button(Text("Add"), keys="W")
    holder = QWidget()
    qtbot.addWidget(holder)
    heading = Heading(Text("How to reach them"), right=right, parent=holder)
    heading.resize(heading.minimumSizeHint().width(), 80)
    holder.show()
    qtbot.waitUntil(lambda: right.x() == 0)
    assert right.y() > heading.name.geometry().bottom()
    heading.resize(600, 80)
    qtbot.waitUntil(lambda: right.geometry().right() == 599)
    assert right.y() < heading.name.geometry().bottom()


def test_captions_of_a_form_are_as_wide_as_the_widest(
    application: Application, qtbot: QtBot
) -> None:
    form = Form()
    qtbot.addWidget(form)
    short = form.add("a", Text("Name"), LineEditor())
    assert short.caption.width() == 96
    long = form.add("b", Text("How this customer came to us"), LineEditor())
    assert short.caption.width() == long.caption.width() == long.caption.sizeHint().width() > 96


def test_a_row_of_a_form_is_as_high_as_its_refusal_wraps(
    application: Application, qtbot: QtBot
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = FieldRow("a", Text("Name"), LineEditor(), beside=False, parent=holder)
    row.resize(200, 60)
    holder.show()
    before = row.minimumHeight()
    row.refuse(Text("This name is taken by another customer; say where it is to tell them apart."))
    qtbot.waitUntil(lambda: row.minimumHeight() > before + 30)
    assert row.minimumHeight() == row.heightForWidth(200)


def test_an_empty_state_keeps_no_room_of_a_longer_sentence(qtbot: QtBot) -> None:
    short = EmptyState("cloud", Text("Name"), Text("short"))
    said = EmptyState("cloud", Text("Name"), Text("a much longer sentence {n}", n="word " * 80))
    said.say(Text("Name"), Text("short"))
    for one in (short, said):
        qtbot.addWidget(one)
        one.resize(900, 600)
        one.show()
    assert said.heading.y() == short.heading.y()
