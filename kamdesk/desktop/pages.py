"""Pages: what the window shows one of at a time, and how one is built in a few lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.actions import Actions
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.desktop.widgets.status_line import Hint
from kamdesk.desktop.workbench import Workbench
from kamdesk.settings import Remembered

Desk = TypeVar("Desk")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Route:
    """Where one can be in the window: a page, the record it shows, its tab."""

    page: str
    record: bytes | None = None
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to a page: its words, and where it leads (None: here)."""

    words: Text | str
    route: Route | None = None


@dataclass(frozen=True)
class Around(Generic[Desk]):
    """What a page is given: the workbench, what is remembered, ways to go and to say something."""

    workbench: Workbench[Desk]
    remembered: Remembered
    go: Callable[[Route], None]
    say: Callable[[Text], None]


class Page(QWidget, Generic[Desk]):
    """One page. A kind of page sets the fields below, and writes ``build`` and ``reload``.

    ``follows`` names the kinds of record it shows: when one changes it reloads, at once if it is
    seen, else when it is seen next. ``keys`` are the hints in the status line.
    Signals: ``renamed`` its crumbs are others now.
    """

    renamed = Signal()

    title: Text = Text("Page")
    follows: tuple[str, ...] = ()
    keys: tuple[Hint, ...] = ()
    scrolls: bool = True

    def __init__(self, around: Around[Desk], route: Route) -> None:
        super().__init__()
        self.around, self.route = around, route
        self.workbench = around.workbench
        self.actions_here = Actions(self)
        self.seen: object = None
        self.closed = False
        self._stale = True
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._column = QVBoxLayout()
        look = theme.now()
        self._column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(24))
        self._column.setSpacing(look.px(8))
        if self.scrolls:
            self._outer.addWidget(_scrolling(self._column))
        else:
            self._outer.addLayout(self._column)
        self.build()
        self.workbench.changed.connect(self._heard)

    # ---- for kinds of page to write

    def build(self) -> None:
        """Put the page's parts together; no question is asked yet."""

    def reload(self) -> None:
        """Ask for what is shown."""

    def crumbs(self) -> tuple[Crumb, ...]:
        """Return the way to this page; the last one is where we are."""
        return (Crumb(self.title),)

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 walks through: main list or canvas, side panel, tool bar."""
        return ()

    # ---- parts, in the page's margins

    def head(self, title: Text | str, remark: Text | str = "", *buttons: QWidget) -> "PageHead":
        """Add the page's title, with a quiet remark and its buttons at the right."""
        made = PageHead(title, remark, buttons)
        self.add(made)
        return made

    def section(
        self, name: Text, remark: Text | str = "", *, right: QWidget | None = None
    ) -> Heading:
        """Add a section's heading."""
        self._column.addSpacing(theme.now().px(20))
        made = Heading(name, remark, right=right)
        self.add(made)
        return made

    def table(
        self,
        name: Text,
        columns: Sequence[Column[Any]],
        *,
        key: str,
        empty: EmptyState | None = None,
        two_lines: bool = False,
    ) -> RecordTable[Any]:
        """Add a list that fills the rest of the page."""
        made: RecordTable[Any] = RecordTable(
            name,
            columns,
            key=key,
            remembered=self.around.remembered,
            empty=empty,
            two_lines=two_lines,
        )
        self.add(made, bleed=True, stretch=1)
        return made

    def add(self, part: QWidget, *, bleed: bool = False, stretch: int = 0) -> None:
        """Add a part; ``bleed`` lets it reach 8 px into the margins, as lists do."""
        row = QHBoxLayout()
        inset = 0 if bleed else theme.now().px(8)
        row.setContentsMargins(inset, 0, inset, 0)
        row.addWidget(part)
        self._column.addLayout(row, stretch)

    def space(self, pixels: int) -> None:
        """Leave so much room."""
        self._column.addSpacing(theme.now().px(pixels) - self._column.spacing())

    def fill(self) -> None:
        """Leave the rest of the page free."""
        self._column.addStretch(1)

    def whole(self, part: QWidget) -> None:
        """Add a part from edge to edge: a tool bar, a strip of tabs, a canvas."""
        self._outer.insertWidget(self._outer.count() - 1, part)

    # ---- asking and doing

    def ask(
        self,
        question: Callable[[Desk], Answer],
        then: Callable[[Answer], object],
        failed: Callable[[Refusal], object] | None = None,
        *,
        key: str = "reload",
    ) -> None:
        """Ask in the background; a later question with the same ``key`` takes its place."""
        self.workbench.ask(self, question, then, failed, key=key)

    def do(
        self,
        verb: Callable[[Desk], ChangeSet],
        then: Callable[[ChangeSet], object] | None = None,
    ) -> None:
        """Do something; a broken rule comes to ``refused``."""
        self.workbench.do(self, verb, then)

    def refused(self, error: RuleBroken) -> None:
        """Say a refusal that no form of the page takes."""
        self.around.say(error.said)

    def go(self, page: str, record: bytes | None = None, tab: str = "") -> None:
        """Go to another page."""
        self.around.go(Route(page, record, tab))

    def close_page(self) -> None:
        """Hear no more answers and go away."""
        self.closed = True
        self.workbench.changed.disconnect(self._heard)
        self.hide()
        self.deleteLater()

    def _heard(self, changes: ChangeSet) -> None:
        if changes.touches(self.follows):
            self._stale = True
            if self.isVisible():
                self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()


@dataclass(frozen=True)
class PageKind(Generic[Desk]):
    """A kind of page as the window knows it; ``place`` is where the rail shows it."""

    id: str
    title: Text
    icon: str
    make: Callable[[Around[Desk], Route], Page[Desk]]
    place: str = "top"
    keys: str = ""


class PageHead(QWidget):
    """A page's title at 20 px, a remark on its baseline, buttons at the right."""

    def __init__(
        self, title: Text | str, remark: Text | str = "", buttons: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        look = theme.now()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        self.title = PlainLabel(title, Type.TITLE)
        self.remark = PlainLabel(remark, Type.BODY, Tone.SECOND, fit=Fit.ELIDE)
        self.remark.setContentsMargins(look.px(8), look.px(4), 0, 0)
        row.addWidget(self.title)
        row.addWidget(self.remark, 1)
        for button in buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(look.px(32))


def _scrolling(column: QVBoxLayout) -> QScrollArea:
    inside = QWidget()
    inside.setLayout(column)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
