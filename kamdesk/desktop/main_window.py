"""The main window: it navigates between pages, and nothing else."""

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kamdesk.core.errors import Refusal, StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action, Actions
from kamdesk.desktop.at_the_desk import way_of
from kamdesk.desktop.history import History
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Around, Page, PageKind, Route, WayOut
from kamdesk.desktop.pane_walk import focus_next
from kamdesk.desktop.place_on_screen import PlaceOnScreen
from kamdesk.desktop.rail import Rail
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.top_bar import TopBar
from kamdesk.desktop.widgets.notice import NoticeBar
from kamdesk.desktop.widgets.status_line import StatusLine
from kamdesk.desktop.workbench import Workbench
from kamdesk.settings import Remembered

Desk = TypeVar("Desk")
_KEPT_PAGES = 4


class MainWindow(QMainWindow, Generic[Desk]):
    """The rail, the top bar, one page, the notices, the status line.

    ``number`` tells windows on one workspace apart, each remembers its place; ``all_open`` are
    they all, the one used last at the end.
    Signals: ``search_wanted`` (only with ``searches``) · ``used`` it came to the front ·
    ``closing`` before it closes.
    """

    search_wanted = Signal()
    used = Signal()
    closing = Signal()

    def __init__(
        self,
        workbench: Workbench[Desk],
        kinds: Sequence[PageKind[Desk]],
        remembered: Remembered,
        *,
        searches: bool = False,
        number: int = 1,
        all_open: "Callable[[], Sequence[MainWindow[Any]]] | None" = None,
    ) -> None:
        super().__init__()
        self.number, self.remembered = number, remembered
        self._all_open = all_open or (lambda: (self,))
        self._place = PlaceOnScreen(self, remembered, number)
        self._kinds = {kind.id: kind for kind in kinds}
        self._workbench, self._searches, self._gives_up = workbench, searches, False
        self._around = Around(
            workbench, remembered, self.go, self.say, lambda: self._stack, self.go_back
        )
        self._history, self.actions_here = History(), Actions(self)
        self._pages: OrderedDict[Route, Page[Desk]] = OrderedDict()
        self._standing: tuple[Text, ...] = ()
        self.rail = Rail(())
        self._instead: QWidget | None = None
        self._offered: list[Action] = []
        self._declare()
        self._build()
        workbench.noticed.connect(self._hear_refusal)
        workbench.changed.connect(self._pass_on)
        workbench.unwritten.connect(self._say_unwritten)
        workbench.job_changed.connect(self._show_job)
        self.setMinimumSize(640, 480)
        self._place.take()

    def _declare(self) -> None:
        add = self.actions_here.add
        self._back = add("back", Text("Back"), self.go_back, keys="Alt+Left", icon="chevron-left")
        self._forward = add(
            "forward", Text("Forward"), self.go_forward, keys="Alt+Right", icon="chevron-right"
        )
        add("next_pane", Text("Next part of the window"), self.next_pane, keys="F6")
        self._again = add(
            "try_again", Text("Try to save again"), self._workbench.try_again, keys="Ctrl+R"
        )
        self._again.enable(False)
        if self._searches:
            add("search", Text("Search or run a command"), self.search_wanted.emit, keys="Ctrl+K")
        add("keys", Text("All keys"), self._show_keys, keys="?", icon="keyboard")
        top = [kind for kind in self._kinds.values() if kind.place == "top"]
        for n, kind in enumerate(top[:9], 1):
            self._declare_page(kind, f"Alt+{n}")
        for kind in self._kinds.values():
            if kind.place != "top" and kind.keys:
                self._declare_page(kind, kind.keys)

    def _declare_page(self, kind: PageKind[Desk], keys: str) -> None:
        self.actions_here.add(
            f"page.{kind.id}",
            kind.title,
            lambda: self._open(kind.id),
            keys=keys,
            icon=kind.icon,
        )

    def _build(self) -> None:
        # Made in the order in which Tab walks: page, notices, top bar, rail.
        self._stack = QStackedWidget()
        self.notices = NoticeBar()
        search = self.actions_here["search"] if self._searches else None
        self.top_bar = TopBar(self._back, self._forward, search)
        self.top_bar.wanted.connect(self.go)
        for action in self._offered:
            self.top_bar.offer(action)
        self.rail = Rail(list(self._kinds.values()), self.rail)
        self.rail.wanted.connect(self._open)
        self.status = StatusLine()
        self.status.cancelled.connect(self._stop_job)
        self.status.keys_wanted.connect(self._show_keys)
        whole = QWidget()
        row = QHBoxLayout(whole)
        column = QVBoxLayout()
        for layout in (row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.notices)
        column.addWidget(self.status)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(whole)
        self._narrow()
        self.stand(*self._standing)

    def show_instead(self, part: QWidget) -> None:
        """Show a part in place of the page, until one goes somewhere or to the page anew."""
        self._take_away()
        self._instead = part
        self._stack.addWidget(part)
        self._stack.setCurrentWidget(part)
        self._leave_alone(False)
        self.status.show_keys(())
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def instead(self) -> QWidget | None:
        """What is shown in place of the page."""
        return self._instead

    def show_page_anew(self) -> None:
        """Make the page again where one is; forms that were open in it come back with their drafts.

        A page that cannot even be closed is left to itself.
        """
        from kamdesk.desktop.drafting import open_drafts

        here = self._history.here
        if here is None:
            self._take_away()
            return
        writing: list[str] = []
        if (page := self._pages.pop(here, None)) is not None:
            with contextlib.suppress(Exception):
                writing = [draft.place for draft in open_drafts(page)]
                self._stack.removeWidget(page)
                page.close_page()
        self._show(here)
        QTimer.singleShot(0, self, partial(self._focus_after, writing))

    def _leave_alone(self, alone: bool) -> None:
        for part in (self.rail, self.top_bar, self.status):
            part.setVisible(not alone)

    def _take_away(self) -> None:
        part, self._instead = self._instead, None
        if part is not None:
            self._stack.removeWidget(part)
            part.hide()
            part.deleteLater()

    def offer(self, action: Action) -> None:
        """Show an action of the window in its top bar."""
        self._offered.append(action)
        self.top_bar.offer(action)

    # ---- going

    def knows(self, page: str) -> bool:
        """Whether there is such a page."""
        return page in self._kinds

    def go(self, route: Route) -> None:
        """Show a page; unknown ones are left alone."""
        if route.page in self._kinds:
            self._history.go(route)
            self._show(route)

    def _open(self, page: str) -> None:
        """Go to a page of the rail; one about where one is gets told that place."""
        here = self.page.route if self.page is not None else None
        self.go(self._kinds[page].route_from(here))

    def _show_keys(self) -> None:
        from kamdesk.desktop.help.keys_panel import open_keys

        open_keys(self)

    def go_back(self) -> None:
        """Show the page before."""
        if (route := self._history.back()) is not None:
            self._show(route)

    def go_forward(self) -> None:
        """Show the page we came back from."""
        if (route := self._history.forward()) is not None:
            self._show(route)

    @property
    def page(self) -> Page[Desk] | None:
        """The page shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def rebuild(self) -> None:
        """Build all anew: the language or the size of text is another one now."""
        from kamdesk.desktop.drafting import open_drafts

        writing = [draft.place for draft in open_drafts(self.page)] if self.page else []
        for page in self._pages.values():
            page.close_page()
        self._pages.clear()
        self._take_away()
        self._build()
        if (here := self._history.here) is not None:
            self._show(here)
            QTimer.singleShot(0, self, partial(self._focus_after, writing))

    def _show(self, route: Route) -> None:
        self._take_away()
        self.notices.pass_on()
        page = self._pages.pop(route, None)
        if page is None:
            page = self._kinds[route.page].make(self._around, route)
            page.renamed.connect(self._show_way)
            self._stack.addWidget(page)
        self._pages[route] = page
        self._stack.setCurrentWidget(page)
        self._leave_alone(page.alone)
        while len(self._pages) > _KEPT_PAGES:
            _, oldest = self._pages.popitem(last=False)
            self._stack.removeWidget(oldest)
            oldest.close_page()
        self._back.enable(self._history.can_go_back)
        self._forward.enable(self._history.can_go_forward)
        self.rail.choose(self._part_of(page))
        self._show_way()
        self._focus_page()

    def _focus_after(self, writing: list[str]) -> None:
        """Give the focus anew: what had it has gone away; forms one ``writing`` in open again."""
        self._focus_page()
        for place in writing:
            if self.page is not None:
                self.page.resume(place)

    def _focus_page(self) -> None:
        if self._instead is not None:
            self._instead.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (page := self.page) is not None:
            panes = page.panes()
            (panes[0] if panes else page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_way(self) -> None:
        if (page := self.page) is not None:
            crumbs = page.crumbs()
            self.top_bar.show_way(crumbs)
            self.status.show_keys(page.keys if self._instead is None else ())
            here = looks.said(crumbs[-1].words)
            here = here.replace("[*]", "[*][*]")  # Qt's sign, doubled: as it is
            self.setWindowTitle(f"{here} – KamDesk")

    def _part_of(self, page: Page[Desk]) -> str:
        """Return the rail's page that a page belongs to: the first on the way to it."""
        way = page.crumbs()[0].route
        return way.page if way is not None else page.route.page

    def next_pane(self) -> None:
        """Give the focus to the next part: the page's parts, the top bar, the rail."""
        panes: list[QWidget] = list(self.page.panes()) if self.page else []
        panes += [self.top_bar.search or self.top_bar.back]
        if self.rail.chosen is not None:
            panes.append(self.rail.chosen)
        focus_next(panes)

    # ---- saying

    def say(self, words: Text, *, way_out: WayOut | None = None) -> None:
        """Say something in the notices bar, perhaps with a way out of it."""
        self.notices.say(words, way_out=way_out)

    def _pass_on(self, _: object) -> None:
        if not way_of(self._workbench).telling:  # what comes in is nothing one did next
            self.notices.pass_on()

    def say_refusal(self, refusal: Refusal) -> None:
        """Say why something was refused, when no form takes it."""
        tone = Tone.BRICK if isinstance(refusal, StorageTrouble) else Tone.OCHRE
        self.notices.say(refusal.said, tone=tone)

    def _hear_refusal(self, refusal: Refusal) -> None:
        if self.is_front:  # said once, where one looks
            self.say_refusal(refusal)

    @property
    def is_front(self) -> bool:
        """Whether it is the window used last, of all that are open."""
        every = self._all_open()
        return not every or every[-1] is self

    def stand(self, *parts: Text) -> None:
        """Say in the status line how things stand."""
        self._standing = parts
        self.status.say(*parts)

    def _say_unwritten(self, refusal: StorageTrouble | None) -> None:
        """Say that saves wait for the disk; None: all is saved now."""
        self._again.enable(refusal is not None)
        self._gives_up = False
        if refusal is None:
            self.notices.let_go()
            self.status.say(*self._standing)
            return
        self.status.say(Text("Not everything is saved yet"))
        self.notices.hold(
            Text("{why} KamDesk tries again by itself; what you typed stays.", why=refusal.said),
            tone=Tone.BRICK,
            way_out=(Text("Try again"), "Ctrl+R", self._again.trigger),
        )

    def count(self, page: str, n: int) -> None:
        """Show in the rail how many things on a page want a hand."""
        self.rail.count(page, n)

    def tell(self, page: str, words: Text | None, *, late: bool = False, off: bool = False) -> None:
        """Say in the rail how a page stands; ``late`` in brick, ``off`` there is no contact."""
        self.rail.tell(page, words, late=late, icon="cloud-off" if off else "")

    def _show_job(self, job: Job | None) -> None:
        if job is None:
            self.status.show_job(None)
        else:
            self.status.show_job(job.name, job.share, waiting=self._workbench.jobs - 1)

    def _stop_job(self) -> None:
        if (job := self._workbench.running) is not None:
            job.cancel()

    # ---- size and end

    def _narrow(self) -> None:
        self.rail.narrow(self.width() < theme.now().px(1000))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._narrow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.used.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        is_last = len(self._all_open()) <= 1
        if is_last and self._workbench.refused_by_disk and not self._gives_up:
            self._gives_up = True
            self.notices.say(
                Text("What you typed last is not saved yet. Close once more to give it up."),
                tone=Tone.BRICK,
            )
            event.ignore()
            return
        self._place.keep()
        for page in self._pages.values():
            page.close_page()
        self._pages.clear()
        self.closing.emit()
        super().closeEvent(event)
