"""The theme: colours, type and measures of the window, light and dark, from 100 to 200 %."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication

from kamdesk.assets import asset

FAMILY: Final = "Noto Sans SC"
_CHINESE: Final = "\u3000"
"""The first of the characters that are a full square wide."""


class Tokens(NamedTuple):
    """The colours of one theme, by the role they play."""

    page: str
    raised: str
    rail: str
    hover: str
    line: str
    strong_line: str
    edge: str
    ink: str
    second: str
    muted: str
    accent: str
    on_accent: str
    soft: str
    soft_edge: str
    brick: str
    on_brick: str
    brick_soft: str
    ochre: str
    ochre_soft: str
    shade: str


LIGHT: Final = Tokens(
    page="#FFFFFF",
    raised="#FFFFFF",
    rail="#F4F5F6",
    hover="#EBEDF0",
    line="#E3E5E9",
    strong_line="#CBCFD6",
    edge="#868D99",
    ink="#15191F",
    second="#434B57",
    muted="#636B78",
    accent="#1B5A9E",
    on_accent="#FFFFFF",
    soft="#E7EFF8",
    soft_edge="#B4CCE6",
    brick="#A61E1E",
    on_brick="#FFFFFF",
    brick_soft="#FBECEA",
    ochre="#875400",
    ochre_soft="#FCF3DF",
    shade="#2915191F",
)
DARK: Final = Tokens(
    page="#171A1F",
    raised="#1F242B",
    rail="#111418",
    hover="#272D36",
    line="#2B3139",
    strong_line="#414954",
    edge="#717B89",
    ink="#E8EAEE",
    second="#BCC3CD",
    muted="#969FAC",
    accent="#86B4EC",
    on_accent="#171A1F",
    soft="#1B2F48",
    soft_edge="#35557C",
    brick="#F0938A",
    on_brick="#171A1F",
    brick_soft="#3B2322",
    ochre="#E3B75F",
    ochre_soft="#352B14",
    shade="#8C000000",
)


class Tone(Enum):
    """What a text's colour says; the value is the token's name."""

    INK = "ink"
    SECOND = "second"
    MUTED = "muted"
    ACCENT = "accent"
    BRICK = "brick"
    OCHRE = "ochre"


class Type(Enum):
    """The sizes of type: pixels at 100 %, weight, height of a line."""

    TITLE = (20, 600, 28)
    HEADING = (15, 600, 22)
    STRONG = (13, 600, 20)
    BODY = (13, 400, 20)
    SMALL_STRONG = (12, 600, 18)
    SMALL = (12, 400, 18)
    TINY = (11, 400, 16)


@dataclass(frozen=True, slots=True)
class Look:
    """The theme as it is now: a table of tokens, the size of text, the script of the window."""

    tokens: Tokens = LIGHT
    percent: int = 100
    chinese: bool = False

    @property
    def dark(self) -> bool:
        """True for the dark theme."""
        return self.tokens is DARK

    def px(self, measure: float) -> int:
        """Return a measure given at 100 % in pixels of now."""
        return round(measure * self.percent / 100)

    def font(self, role: Type) -> QFont:
        """Return the font of a role."""
        return _font(role, self.percent, self.chinese)

    def font_for(self, role: Type, words: str) -> QFont:
        """Return the font of a role for these words: Chinese ones keep their full-width marks."""
        if words.isascii():
            return self.font(role)
        font = _font(role, self.percent, max(words) >= _CHINESE)
        if role.value[1] > 400 and not bold_has(words):
            font = QFont(font)
            font.setWeight(QFont.Weight.Normal)
        return font

    def line(self, role: Type) -> int:
        """Return the height of a line of a role."""
        return self.px(role.value[2])

    def colour(self, tone: Tone | str) -> QColor:
        """Return a colour by tone or by the token's name."""
        return QColor(getattr(self.tokens, tone.value if isinstance(tone, Tone) else tone))


@cache
def _font(role: Type, percent: int, chinese: bool) -> QFont:
    size, weight, _ = role.value
    font = QFont(FAMILY)
    font.setPixelSize(max(round(size * percent / 100), 1))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if not chinese:  # else quotes and the middle dot of English text come out full width
        for feature in ("palt", "pwid"):
            font.setFeature(QFont.Tag(feature), 1)
    return font


def bold_has(words: str) -> bool:
    """True when the bold face, which is cut to GBK, has all of them: rare names are set lighter."""
    return words.isascii() or all(_in_bold(char) for char in words)


@cache
def _in_bold(char: str) -> bool:
    font = QFont(FAMILY)
    font.setWeight(QFont.Weight.Bold)
    return QFontMetricsF(font).inFontUcs4(ord(char))


_look = Look()


def now() -> Look:
    """Return the theme as it is now: ask while painting, do not keep it."""
    return _look


def focus_ring(painter: QPainter, rect: QRectF, radius: float, *, on: str = "page") -> None:
    """Paint the ring of the keyboard's focus inside ``rect``: accent, with a gap to a fill."""
    look = now()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("accent"), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.setPen(QPen(look.colour(on), 1))
    painter.drawRoundedRect(rect.adjusted(2.5, 2.5, -2.5, -2.5), radius - 1.5, radius - 1.5)


def raised_box(
    painter: QPainter, rect: QRectF, radius: float, *, edge: str = "strong_line", line: float = 1
) -> None:
    """Paint the ground of what floats above a page, with its edge inside ``rect``."""
    look = now()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(edge), line))
    painter.setBrush(look.colour("raised"))
    half = line / 2
    painter.drawRoundedRect(
        rect.adjusted(half, half, -half, -half), look.px(radius), look.px(radius)
    )


def load_fonts() -> None:
    """Load the fonts shipped with the program."""
    for weight in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(asset("fonts", f"NotoSansSC-{weight}.ttf")))


class Appearance(QObject):
    """Chooses the theme, follows the system's, and tells when it changed.

    Signals: ``repainted`` colours are others now; ``remeasured`` size or script are others now,
    pages have to be built anew.
    """

    repainted = Signal()
    remeasured = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._theme, self._percent, self._chinese = "system", 100, False
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(
        self, *, theme: str | None = None, percent: int | None = None, chinese: bool | None = None
    ) -> None:
        """Use a theme (``light``, ``dark``, ``system``), a size of text, a script."""
        wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        if theme is not None and theme != self._theme:
            self._theme = theme
            self._app.styleHints().setColorScheme(wanted.get(theme, Qt.ColorScheme.Unknown))
        self._percent = self._percent if percent is None else min(max(percent, 100), 200)
        self._chinese = self._chinese if chinese is None else chinese
        self._apply()

    def _follow(self) -> None:
        if self._theme == "system":
            self._apply()

    def _apply(self) -> None:
        global _look  # the one theme of the one window; widgets ask ``now()`` while painting
        dark = self._theme == "dark" or (
            self._theme == "system" and self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        before, look = _look, Look(DARK if dark else LIGHT, self._percent, self._chinese)
        if look == before and self._app.styleSheet():
            return
        from kamdesk.desktop.stylesheet import stylesheet

        _look = look
        self._app.setFont(look.font(Type.BODY))
        self._app.setPalette(palette(look.tokens))
        self._app.setStyleSheet(stylesheet(look))
        if (before.percent, before.chinese) != (look.percent, look.chinese):
            self.remeasured.emit()
        else:
            self.repainted.emit()


def palette(tokens: Tokens) -> QPalette:
    """Return Qt's palette for a table of tokens."""
    role = QPalette.ColorRole
    made = QPalette()
    for part, colour in (
        (role.Window, tokens.page),
        (role.WindowText, tokens.ink),
        (role.Base, tokens.page),
        (role.AlternateBase, tokens.rail),
        (role.Text, tokens.ink),
        (role.Button, tokens.page),
        (role.ButtonText, tokens.ink),
        (role.BrightText, tokens.brick),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.ToolTipBase, tokens.ink),
        (role.ToolTipText, tokens.page),
        (role.PlaceholderText, tokens.muted),
        (role.Accent, tokens.accent),
        (role.Light, tokens.hover),
        (role.Midlight, tokens.line),
        (role.Mid, tokens.strong_line),
        (role.Dark, tokens.edge),
        (role.Shadow, tokens.ink),
    ):
        made.setColor(part, QColor(colour))
    for part in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, part, QColor(tokens.muted))
    return made
