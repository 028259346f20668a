"""Settings: every declared one is there, and language and theme change while the window stays."""

from typing import Any

from PySide6.QtCore import Qt

from kamdesk import settings
from kamdesk.desktop import looks, theme
from kamdesk.desktop.application import Application
from kamdesk.desktop.pages import Route
from kamdesk.desktop.widgets.labels import PlainLabel

from .conftest import Here


def test_every_declared_setting_with_a_title_is_shown(here: Here) -> None:
    page = here.go(Route("settings"))
    titled = {one.key for one in settings.DECLARED if one.title is not None}
    assert set(page.controls) == titled


def test_theme_and_language_change_at_once(here: Here, application: Application) -> None:
    page = here.go(Route("settings"))
    page.controls["theme"].chosen.emit("dark")
    assert theme.now().dark
    page.controls["language"].chosen.emit("zh")
    here.answered()
    assert looks.language() == "zh"
    assert here.window.page is not page
    assert here.window.windowTitle() == "设置 – KamDesk"
    again: Any = here.window.page
    again.controls["theme"].chosen.emit("light")


def test_every_setting_shown_says_what_it_does_under_a_heading(here: Here) -> None:
    page = here.go(Route("settings"))
    said = [label.text() for label in page.findChildren(PlainLabel)]
    for one in settings.DECLARED:
        if one.title is not None:
            assert looks.said(one.group) in said
            assert looks.said(one.title) in said
            assert one.help is None or looks.said(one.help) in said


def test_a_setting_is_gone_to_with_the_focus_on_it(here: Here) -> None:
    page = here.go(Route("settings", None, "text_size"))
    assert here.window.focusWidget() is page.controls["text_size"]


def test_new_papers_are_proposed_in_the_language_chosen(
    here: Here, application: Application
) -> None:
    page = here.go(Route("settings"))
    control = page.controls["paper_language"]
    assert looks.language_of_papers() == "en"
    control.setCurrentIndex(control.values.index("both"))
    control.activated.emit(control.currentIndex())
    assert looks.language_of_papers() == "both"
    brief = here.go(Route("brief", here.account.id, "account"))
    assert brief.choices.wanted.language == "both"
    application.choose_paper_language("window")


def test_a_wrong_number_is_refused_and_the_old_one_stays(
    here: Here, application: Application
) -> None:
    page = here.go(Route("settings"))
    editor = page.controls["idle_lock_minutes"]
    editor.setText("0")
    here.qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert here.told() == "“0” cannot be chosen here."
    assert editor.text() == "15"
    editor.setText("30")
    here.qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert application.chosen.get(settings.IDLE_LOCK) == 30
