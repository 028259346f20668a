"""The theme: readable in light and dark, changed while the window is open."""

import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from pytestqt.qtbot import QtBot

from kamdesk.desktop import theme
from kamdesk.desktop.application import Application
from kamdesk.desktop.theme import DARK, LIGHT, Tokens, Tone, Type
from kamdesk.desktop.widgets.labels import PlainLabel

TEXTS = [(tone.value, ground) for tone in Tone for ground in ("page", "raised", "rail")]
TEXTS += [(tone, ground) for tone in ("ink", "second", "muted") for ground in ("soft", "hover")]
TEXTS += [("on_accent", "accent"), ("on_brick", "brick"), ("accent", "soft"), ("ink", "soft")]
TEXTS += [("brick", "brick_soft"), ("ochre", "ochre_soft"), ("brick", "soft"), ("page", "ink")]


def luminance(colour: str) -> float:
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_of_controls_can_be_seen(tokens: Tokens) -> None:
    for ground in ("page", "raised", "rail"):
        assert contrast(tokens.edge, getattr(tokens, ground)) >= 3.0
        assert contrast(tokens.accent, getattr(tokens, ground)) >= 3.0
        assert contrast(tokens.brick, getattr(tokens, ground)) >= 3.0


def test_every_token_is_a_colour() -> None:
    for tokens in (LIGHT, DARK):
        for value in tokens:
            assert QColor(value).isValid()


def test_the_theme_changes_while_the_window_is_open(application: Application, qtbot: QtBot) -> None:
    label = PlainLabel("late", tone=Tone.BRICK)
    qtbot.addWidget(label)
    label.show()
    with qtbot.waitSignal(application.appearance.repainted):
        application.choose_theme("dark")
    assert theme.now().dark
    assert application.qt.palette().color(QPalette.ColorRole.Window) == QColor(DARK.page)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.brick)
    application.choose_theme("light")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.brick)


def test_what_was_chosen_is_remembered(application: Application) -> None:
    application.choose_theme("dark")
    application.choose_text_size(150)
    assert theme.now().px(32) == 48
    assert theme.now().font(Type.BODY).pixelSize() == 20
    application.choose_text_size(100)


def test_english_quotes_are_narrow_and_chinese_ones_are_not(application: Application) -> None:
    look = theme.now()
    narrow = QFontMetricsF(look.font_for(Type.BODY, "“yes”")).horizontalAdvance("“")
    wide = QFontMetricsF(look.font_for(Type.BODY, "“好”")).horizontalAdvance("“")
    assert narrow < 8 < wide


def test_a_rare_name_is_set_lighter_not_as_a_box(application: Application) -> None:
    look = theme.now()
    assert look.font_for(Type.STRONG, "陈立新").weight() == 600
    rare = look.font_for(Type.STRONG, "韦𣗋")
    assert rare.weight() == 400
    assert QFontMetricsF(rare).inFontUcs4(ord("𣗋"))
