"""The help page: what one reads at the left, all help pages at the right."""

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.help.library import PAGES, Block, Is, page_for, read
from kamdesk.desktop.pages import Crumb, Page, Route
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel

_MEASURE: Final = 640
"""Pixels of a line one still reads with ease."""


class HelpPage(Page[Any]):
    """Shows the help for the place its tab names; [ and ] turn the pages."""

    title = Text("Help")
    keys = (("[+]", Text("Page before, after")), ("Alt+Left", Text("Back")))

    def build(self) -> None:
        self.shown = page_for(self.route.tab or "help")
        add = self.actions_here.add
        add("help.before", Text("Page before"), lambda: self._turn(-1), keys="[")
        add("help.after", Text("Page after"), lambda: self._turn(1), keys="]")
        self.ways: list[Button] = []
        help = read(self.shown, looks.language())
        text = Sheet()
        text.head(help.title)
        text.space(8)
        for block in help.blocks:
            self._add(text, block)
        text.fill()
        self.contents = SidePanel()
        self.contents.column.addWidget(PlainLabel(Text("Help"), Type.HEADING))
        self.contents_ways = [self._way(page) for page in PAGES]
        for way in self.contents_ways:
            self.contents.column.addWidget(way)
        self.contents.column.addStretch(1)
        self.use(text, self.contents)

    def crumbs(self) -> tuple[Crumb, ...]:
        title = read(self.shown, looks.language()).title
        return Crumb(Text("Help"), Route("help")), Crumb(title)

    def panes(self) -> tuple[QWidget, ...]:
        return (self, self.contents_ways[PAGES.index(self.shown)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.contents.setVisible(self.width() >= theme.now().px(760))

    def _turn(self, by: int) -> None:
        at = PAGES.index(self.shown) + by
        if 0 <= at < len(PAGES):
            self.go("help", None, PAGES[at])

    def _add(self, sheet: Sheet, block: Block) -> None:
        if block.is_ is Is.HEADING:
            sheet.space(20)
            sheet.add(Heading(block.words, rule=False))
        elif block.is_ is Is.KEY:
            sheet.add(_measured(_words(block.words), KeyCap(block.keys), 128))
        elif block.is_ is Is.POINT:
            sheet.add(_measured(_words(block.words), PlainLabel("•", Type.BODY, Tone.MUTED), 16))
        elif block.is_ is Is.WAY:
            sheet.add(_measured(self._way(block.words)))
        else:
            sheet.add(_measured(_words(block.words)))

    def _way(self, page: str) -> Button:
        here = page == self.shown
        made = Button(read(page, looks.language()).title, kind=Kind.CRUMB if here else Kind.LINK)
        made.clicked.connect(lambda: self.go("help", None, page))
        self.ways.append(made)
        return made


def _words(words: str) -> PlainLabel:
    label = PlainLabel(words, Type.BODY, fit=Fit.WRAP)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
    return label


def _measured(words: QWidget, before: QWidget | None = None, room: int = 0) -> QWidget:
    """Return words in the measure; ``before`` them, in so much ``room``, a cap or a dot."""
    look = theme.now()
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    if before is not None:
        first = QWidget()
        first.setFixedSize(look.px(room), look.line(Type.BODY))
        inner = QHBoxLayout(first)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(before)
        inner.addStretch(1)
        row.addWidget(first, 0, Qt.AlignmentFlag.AlignTop)
    words.setMaximumWidth(look.px(_MEASURE - room))
    row.addWidget(words, 1)
    row.addStretch(0)
    return holder
