"""Pages: what the window shows one of at a time, and how one is built in a few lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.actions import Actions
from kamdesk.desktop.sheets import PageHead, Sheet
from kamdesk.desktop.widgets.labels import Heading
from kamdesk.desktop.widgets.status_line import Hint
from kamdesk.desktop.workbench import Workbench
from kamdesk.settings import Remembered

if TYPE_CHECKING:  # the window is painted before these are needed
    from kamdesk.core.changes import ChangeSet
    from kamdesk.desktop.widgets.columns import Column
    from kamdesk.desktop.widgets.record_table import RecordTable
    from kamdesk.desktop.widgets.states import EmptyState

Desk = TypeVar("Desk")
Answer = TypeVar("Answer")


WayOut = tuple[Text, str, Callable[[], object]]
"""A button in a notice: its words, its key, what it does."""


class Say(Protocol):
    """Says something in the notices bar, perhaps with a way out of it."""

    def __call__(self, words: Text, *, way_out: WayOut | None = None) -> None:
        """Say it."""
        ...


class Route(NamedTuple):
    """Where one can be in the window: a page, the record it shows, its tab."""

    page: str
    record: bytes | None = None
    tab: str = ""


class Crumb(NamedTuple):
    """One step of the way to a page: its words, and where it leads (None: here)."""

    words: Text | str
    route: Route | None = None


@dataclass(frozen=True)
class Around(Generic[Desk]):
    """What a page is given: the workbench, what is remembered, ways to go and to say something.

    ``within`` names the widget it is made in: parts that are put into each other before they stand
    in a window are styled anew at every step.
    """

    workbench: Workbench[Desk]
    remembered: Remembered
    go: Callable[[Route], None]
    say: Say
    within: Callable[[], QWidget | None] = lambda: None
    back: Callable[[], object] = lambda: None


class Page(QWidget, Generic[Desk]):
    """One page. A kind of page sets the fields below, and writes ``build`` and ``reload``.

    ``follows`` names the kinds of record it shows: when one changes it reloads, at once if it is
    seen, else when it is seen next. ``keys`` are the hints in the status line. ``alone``
    it has the window to itself: no rail, no top bar, no status line; it says its keys itself.
    Signals: ``renamed`` its crumbs are others now.
    """

    renamed = Signal()

    title: Text = Text("Page")
    follows: tuple[str, ...] = ()
    keys: tuple[Hint, ...] = ()
    scrolls: bool = True
    alone: bool = False

    def __init__(self, around: Around[Desk], route: Route) -> None:
        super().__init__(around.within())
        self.around, self.route = around, route
        self.workbench = around.workbench
        self.actions_here = Actions(self)
        self.seen: object = None
        self.closed = False
        self._stale = True
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(looks.said(self.title))
        self.sheet = Sheet(scrolls=self.scrolls)
        self._below = QWidget()
        self._side_by_side = QHBoxLayout(self._below)
        self._side_by_side.setContentsMargins(0, 0, 0, 0)
        self._side_by_side.setSpacing(0)
        self._side_by_side.addWidget(self.sheet, 1)
        self._outer.addWidget(self._below, 1)
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

    @property
    def here(self) -> Route:
        """Where one is on this page, to come back to."""
        return self.route

    def resume(self, place: str) -> None:
        """Open the form whose draft is called ``place``: one was writing in it."""

    # ---- parts, in the page's margins: see Sheet

    def head(self, title: Text | str, remark: Text | str = "", *buttons: QWidget) -> PageHead:
        """Add the page's title, with a quiet remark and its buttons at the right."""
        return self.sheet.head(title, remark, *buttons)

    def section(
        self, name: Text, remark: Text | str = "", *, right: QWidget | None = None
    ) -> Heading:
        """Add a section's heading."""
        return self.sheet.section(name, remark, right=right)

    def table(
        self,
        name: Text,
        columns: "Sequence[Column[Any]]",
        *,
        key: str,
        empty: "EmptyState | None" = None,
        two_lines: bool = False,
    ) -> "RecordTable[Any]":
        """Add a list that fills the rest of the page; ``key`` names it where widths are kept."""
        from kamdesk.desktop.widgets.record_table import RecordTable

        made: RecordTable[Any] = RecordTable(
            name,
            columns,
            key=key,
            remembered=self.around.remembered,
            empty=empty,
            two_lines=two_lines,
        )
        self.sheet.add(made, reach="list", stretch=1)
        return made

    def add(self, part: QWidget, *, reach: str = "margin", stretch: int = 0) -> None:
        """Add a part to the page's sheet."""
        self.sheet.add(part, reach=reach, stretch=stretch)

    def above(self, part: QWidget) -> None:
        """Add a part above the sheet that does not scroll: tool bar, head, strip of tabs."""
        self._outer.insertWidget(self._outer.indexOf(self._below), part)

    def beside(self, part: QWidget) -> None:
        """Add a part at the right of the sheet: a side panel."""
        self._side_by_side.addWidget(part)

    def use(self, *parts: QWidget) -> None:
        """Show these, from edge to edge and side by side, in place of the sheet.

        The first takes the room: a canvas and its side panel, or a stack of sheets.
        """
        self.sheet.hide()
        for n, part in enumerate(parts):
            self._side_by_side.addWidget(part, 0 if n else 1)

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
        verb: "Callable[[Desk], ChangeSet]",
        then: "Callable[[ChangeSet], object] | None" = None,
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
        from kamdesk.desktop.drafting import open_drafts

        for draft in open_drafts(self):
            draft.keep()
        self.closed = True
        self.workbench.changed.disconnect(self._heard)
        self.hide()
        self.deleteLater()

    def _heard(self, changes: "ChangeSet") -> None:
        if changes.touches(self.follows):
            self._stale = True
            if self.isVisible():
                self._refresh()

    def _refresh(self) -> None:
        self._stale = False
        self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc where nothing on the page takes it, from a page below another."""
        if event.key() == Qt.Key.Key_Escape and len(self.crumbs()) > 1:
            self.around.back()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()


@dataclass(frozen=True)
class PageKind(Generic[Desk]):
    """A kind of page as the window knows it; ``place`` is where the rail shows it.

    One that is ``about_here`` opens at the place one comes from: its tab is that page's kind.
    """

    id: str
    title: Text
    icon: str
    make: Callable[[Around[Desk], Route], Page[Desk]]
    place: str = "top"
    keys: str = ""
    about_here: bool = False

    def route_from(self, here: Route | None) -> Route:
        """Return the route that the rail's item or the key leads to."""
        about = self.about_here and here is not None and here.page != self.id
        return Route(self.id, None, here.page if about and here is not None else "")
