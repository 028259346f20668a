"""Above a list: the field that narrows it, and how many lines are chosen for one action."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.stylesheet import SCROLL_BAR
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import PlainLabel


class Finder(QWidget):
    """Hidden until something is looked for; its list handles the keys."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.field = LineEditor(hint=Text("Find in this list"))
        self.field.setAccessibleName(looks.said(Text("Find in this list")))
        self.field.setFixedWidth(look.px(316))
        self._left = PlainLabel("", Type.SMALL, Tone.MUTED)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(8), 0, look.px(8) + SCROLL_BAR, look.px(4))
        row.setSpacing(look.px(8))
        row.addWidget(self.field)
        row.addSpacing(look.px(8))
        row.addWidget(self._left)
        row.addStretch(1)
        row.addWidget(KeyCap("Esc"))
        row.addWidget(PlainLabel(Text("Show all"), Type.SMALL, Tone.SECOND))
        self.hide()

    def count(self, left: int, total: int) -> None:
        """Say how many lines are left."""
        self._left.say(Text("{n} of {total}", n=left, total=total))


class PickedLine(QWidget):
    """Says how many lines are chosen, while that is more than one."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self._words = PlainLabel("", Type.SMALL, Tone.INK)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(8), 0, look.px(8) + SCROLL_BAR, look.px(4))
        row.setSpacing(look.px(8))
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(KeyCap("Esc"))
        row.addWidget(PlainLabel(Text("Choose one again"), Type.SMALL, Tone.SECOND))
        self.hide()

    def count(self, chosen: int, left: int) -> None:
        """Say how many of the lines that are left are chosen."""
        self._words.say(Text("{n} of {total} chosen", n=chosen, total=left))
        self.setVisible(chosen > 1)
