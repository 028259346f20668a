"""Today: the page one starts from; one's visits on their hours, and what waits for one."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.clock import Day, read_day
from kamdesk.core.ids import PromiseId, VisitId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.pages import Crumb, Page, Route
from kamdesk.desktop.today.agenda_view import AgendaView
from kamdesk.desktop.today.cards import CARDS, Card, MovesCard
from kamdesk.desktop.today.moves import DueRow
from kamdesk.desktop.visits.verbs import settle_promise
from kamdesk.desktop.when import ago
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.promises.store import PromiseLine
from kamdesk.domain.visits.model import VisitState
from kamdesk.dossier.agenda import Meeting
from kamdesk.dossier.day import DayRead
from kamdesk.dossier.day import read_day as read

if TYPE_CHECKING:
    from kamdesk.dossier.day_moves import DayMoves
    from kamdesk.dossier.due import DueLine
    from kamdesk.dossier.moves import Move
    from kamdesk.workspace import Workspace

_MINUTE: Final = 60_000
_AGENDA, _GAP = 408, 48  # the hours stand left of 360 px of blocks


class TodayPage(Page["Workspace"]):
    """The agenda at the left, cards at the right. The route's tab names another day than today."""

    title = Text("Today")
    follows = (
        "visit", "attendee", "promise", "account", "person", "site", "reading", "map", "holding",
        "agreement", "pause", "task", "seat", "tie", "appointment",
    )  # fmt: skip
    keys = (
        ("J+K", Text("Move")),
        ("Enter", Text("Open")),
        ("N", Text("New visit")),
        ("Ctrl+P", Text("Day pack")),
    )

    def build(self) -> None:
        self.day: Day | None = read_day(self.route.tab)
        self.content: DayRead | None = None
        self.moves: DayMoves | None = None
        add = self.actions_here.add
        before = add("today.before", Text("Day before"), lambda: self._turn(-1), keys="[")
        after = add("today.after", Text("Day after"), lambda: self._turn(1), keys="]")
        back = add("today.back", Text("Back to today"), lambda: self._go_to(None), keys="T")
        pack = add("today.pack", Text("Print day pack"), self._pack, keys="Ctrl+P", icon="printer")
        add("today.brief", Text("Visit brief"), self._brief, keys="B", icon="file-text")
        add("today.down", Text("Next line"), lambda: self._step(1), keys="J")
        add("today.up", Text("Line before"), lambda: self._step(-1), keys="K")
        add("today.due", Text("All contacts due"), lambda: self.go("due"), keys="U", icon="clock")
        add("today.promises", Text("All promises"), lambda: self.go("promises"), keys="M",
            icon="check")  # fmt: skip
        add("today.plan", Text("Plan a visit with whoever is due"), self._plan_due, keys="P")
        for n, name in enumerate(
            (Text("Make the first move"), Text("Make the second move"), Text("Make the third move"))
        ):
            add(f"today.move{n + 1}", name, partial(self._make, n), keys=str(n + 1))
        customers = Action(  # its key is the window's
            "today.customers", Text("To the customers"), self._customers, keys="Alt+2"
        )
        customers.setParent(self)
        log = Button(Text("Log a visit"), icon="pencil", keys="L")
        log.clicked.connect(lambda: self.go("debrief"))
        week = Button(Text("Plan the week"), icon="wand-sparkles", keys="Ctrl+Shift+W")
        week.clicked.connect(lambda: self.go("week"))
        self._back = Button.of(back)
        self._head = self.head(
            "",
            "",
            Button.of(before, kind=Kind.BARE),
            Button.of(after, kind=Kind.BARE),
            self._back,
            week,
            log,
            Button.of(pack, kind=Kind.PRIMARY),
        )
        plan = Button(Text("New visit"), icon="calendar-plus", keys="N")
        plan.clicked.connect(self._plan)
        self._body = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._sides.setContentsMargins(theme.now().px(8), theme.now().px(6), 0, 0)
        self._sides.setSpacing(theme.now().px(_GAP))
        self.agenda = AgendaView(self._open, plan)
        self._sides.addWidget(self.agenda, 0, Qt.AlignmentFlag.AlignTop)
        self._sides.addLayout(self._build_cards(), 1)
        self.add(self._body, reach="list")
        self._first = EmptyState(
            "sun",
            Text("Your day begins with your customers"),
            Text(
                "Import a list or add the first customer. Visits you plan then stand here on their"
                " hours, with what to prepare, what to write up and what was promised."
            ),
            customers,
        )
        self.add(self._first, stretch=1)
        self._first.hide()
        self._clock = QTimer(self, interval=_MINUTE)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def _build_cards(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        self.cards: list[Card] = [kind(self) for kind in CARDS]
        for card in self.cards:
            column.addWidget(card)
            card.hide()
        column.addStretch(1)
        return column

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(self.title),)

    @property
    def here(self) -> Route:
        return Route("today", None, self.day.isoformat() if self.day else "")

    def panes(self) -> tuple[QWidget, ...]:
        stops = self._stops()
        coming = self.content.next() if self.content else None
        first = next((b for b in self.agenda.blocks if coming and b.meeting.id == coming.id), None)
        return (first or (stops[0] if stops else self),)

    # ---- asking

    def reload(self) -> None:
        day = self.day

        def question(desk: "Workspace") -> DayRead:
            me = desk.team.sits_here
            return read(desk.storage.reader, day, now=desk.clock.now(), me=me)

        self.ask(question, self._show)
        if self.moves is not None or self.content is not None:
            self._ask_moves()

    def _ask_moves(self) -> None:
        """Ask what the day is to bring; after the day itself is seen, for it takes longer."""

        def question(desk: "Workspace") -> "DayMoves":
            from kamdesk.dossier.day_moves import read_moves

            me = desk.team.sits_here
            return read_moves(desk.storage, now=desk.clock.now(), me=me)

        self.ask(question, self._show_moves, key="moves")

    def _ask_ways(self, seen: DayRead) -> None:
        """Ask how long the ways of a day are; after the day itself is seen."""
        if not seen.meetings:
            return

        def question(desk: "Workspace") -> Mapping[VisitId, int]:
            from kamdesk.dossier.day_ways import ways_of_day

            me = desk.team.sits_here
            return ways_of_day(desk.storage.reader, seen.day, now=seen.now, me=me)

        self.ask(question, self.agenda.show_ways, key="ways")

    def _show_moves(self, moves: "DayMoves") -> None:
        if moves == self.moves:
            return
        self.moves = moves
        for card in self.cards:
            if isinstance(card, MovesCard):
                card.show_moves(moves)

    def _tick(self) -> None:
        """Once a minute: the line of now moves, what is over is to be written up, days turn."""
        if self.isVisible():
            self.reload()
        else:
            self._stale = True

    def _show(self, read: DayRead) -> None:
        if read == self.content:
            return
        first, self.content = self.content is None, read
        held = self._held()
        self._body.setVisible(read.has_customers)
        self._first.setVisible(not read.has_customers)
        self._head.title.say(looks.long_day(read.day))
        count = sum(1 for one in read.meetings)
        visits = Text("{n} visit", "{n} visits", n=count) if count else ""
        self._head.remark.say(
            looks.joined("" if read.day == read.today else ago(read.day, read.today), visits)
        )
        self._back.setVisible(read.day != read.today)
        self.agenda.show_day(read)
        self._ask_ways(read)
        for card in self.cards:
            if not isinstance(card, MovesCard):
                card.show_day(read)
            elif first and read.has_customers:
                card.wait()
        if first:
            QTimer.singleShot(0, self, self._ask_moves)
        if first and self.isVisible() and self._held() is None:
            self.panes()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif held is not None and self._held() is None:  # its line went: on to the nearest
            stops = self._stops()
            nearest = stops[min(held, len(stops) - 1)] if stops else self
            nearest.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- going

    def _turn(self, days: int) -> None:
        if self.content is not None:
            self._go_to(self.content.day + timedelta(days=days))

    def _go_to(self, day: Day | None) -> None:
        today = self.content.today if self.content else None
        self.day = None if day == today else day
        self.reload()

    def _open(self, meeting: Meeting) -> None:
        now = self.content.now if self.content else meeting.start
        over = meeting.end <= now and meeting.state is not VisitState.CLOSED
        if over or meeting.state is VisitState.HELD:
            self.write_up(meeting)
        else:
            self.open_visit(meeting)

    def open_visit(self, meeting: Meeting) -> None:
        """Go to a visit that lies ahead."""
        self.go("visit", meeting.id)

    def write_up(self, meeting: Meeting) -> None:
        """Go and write down what came of a visit."""
        self.go("debrief", meeting.id)

    def open_customer(self, line: PromiseLine) -> None:
        """Go to the customer of a promise."""
        self.go("account", line.account)

    def way(self, action: str) -> QWidget:
        """Return the button of an action of the page."""
        return Button.of(self.actions_here[action], kind=Kind.BARE)

    def make_move(self, move: "Move") -> None:
        """Go where a move is made."""
        from kamdesk.dossier.moves import Ground

        if move.ground is Ground.PROMISE:
            self.go("promises", move.account)
        elif move.ground is Ground.CHAIN:
            self.go("chain", move.account)
        elif move.person is not None:
            self.go("person", move.person)
        else:
            self.go("account", move.account)

    def _make(self, n: int) -> None:
        if self.moves is not None and n < len(self.moves.moves):
            self.make_move(self.moves.moves[n])

    def open_due(self, line: "DueLine") -> None:
        """Go to whoever is due for a contact."""
        if line.person is not None:
            self.go("person", line.person)
        else:
            self.go("account", line.account)

    def _plan_due(self) -> None:
        """Plan a visit with whoever one stands on, else with the most urgent."""
        lines = self.moves.due if self.moves is not None else ()
        rows = [row for card in self.cards for row in card.rows if isinstance(row, DueRow)]
        line = next((row.line for row in rows if row.hasFocus()), lines[0] if lines else None)
        if line is not None:
            self.go("due", None, f"plan:{(line.person or line.account).hex()}")

    def _customers(self) -> None:
        self.go("accounts")

    def _plan(self) -> None:
        """Do what N does everywhere in the window."""
        window: Any = self.window()
        action = next((a for a in window.actions_here if a.keys == "N"), None)
        if action is not None:
            action.trigger()

    def _pack(self) -> None:
        if self.content is not None:
            self.go("daypack", None, self.content.day.isoformat())

    def _brief(self) -> None:
        chosen = next((b.meeting for b in self.agenda.blocks if b.hasFocus()), None)
        meeting = chosen or (self.content.next() if self.content else None)
        if meeting is not None:
            self.go("brief", meeting.id, "visit")

    # ---- doing

    def keep(self, line: PromiseLine) -> None:
        """Say that a promise was kept; Ctrl+Z says it was not."""
        settle_promise(self, line.id, line.words)

    def keep_move(self, move: "Move") -> None:
        """Say that the promise of a move was kept."""
        if move.record is not None:
            settle_promise(self, PromiseId(move.record), move.words)

    # ---- moving

    def _stops(self) -> list[QWidget]:
        return [*self.agenda.blocks, *(row for card in self.cards for row in card.rows)]

    def _held(self) -> int | None:
        """Return which of the stops has the focus, itself or in it."""
        for n, stop in enumerate(self._stops()):
            if any(part.hasFocus() for part in (stop, *stop.findChildren(QWidget))):
                return n
        return None

    def _step(self, by: int) -> None:
        stops = self._stops()
        if not stops:
            return
        now = self._held()
        at = (0 if by > 0 else len(stops) - 1) if now is None else now + by
        if 0 <= at < len(stops):
            stops[at].setFocus(Qt.FocusReason.TabFocusReason)
            self.sheet.show_part(stops[at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if (by := steps.get(Qt.Key(event.key()))) is not None:
            self._step(by)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.now()
        narrow = self.width() < look.px(32 + _AGENDA + _GAP + 360 + 32)
        way = QBoxLayout.Direction
        self._sides.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        if narrow:
            self.agenda.setMinimumWidth(0)
            self.agenda.setMaximumWidth(16_777_215)
            self.agenda.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            self.agenda.setFixedWidth(look.px(_AGENDA))
