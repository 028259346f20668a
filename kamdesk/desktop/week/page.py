"""The week plan: proposed at once, better by the second, moved by hand, accepted as one action."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from kamdesk.core.clock import Day, read_day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.week.accepting import Accepting
from kamdesk.desktop.week.body import WeekBody
from kamdesk.desktop.week.draft import place_of
from kamdesk.desktop.week.leg_step import LegStep
from kamdesk.desktop.week.on_block import OnBlock
from kamdesk.desktop.week.panel import WeekPanel
from kamdesk.desktop.week.planner import Planner
from kamdesk.desktop.week.shapes import shapes_of
from kamdesk.desktop.week.under_work import UnderWork
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.desktop.widgets.panes import ToolBar
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.visits.calendar import week_of
from kamdesk.dossier.week import read_week
from kamdesk.dossier.week_read import WeekRead

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_FRIDAY = 4
_ROOMY = 544
"""So many pixels wide at 100 % the days must be beside the panel."""


class WeekPage(Page["Workspace"]):
    """The route's tab is the week's Monday; without one, this week, from Friday on the next."""

    title = Text("Week plan")
    scrolls = False
    follows = ("visit", "attendee", "account", "person", "site", "promise", "absence",
               "appointment", "habits", "learnt_leg", "agreement", "pause")  # fmt: skip
    keys = (
        ("Left+Right", Text("Day")),
        ("Up+Down", Text("Half an hour")),
        ("Space", Text("Pin")),
        ("Del", Text("Put back")),
        ("J+K", Text("From one to the next")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        day = read_day(route.tab)
        self.monday: Day | None = week_of(day) if day else None
        self._panel_wanted: bool | None = None
        super().__init__(around, route)

    # ---- building

    def build(self) -> None:
        self.planner = planner = Planner(self)
        self.work = UnderWork(self, planner)
        self.accepting = Accepting(self, planner, self.work.settle)
        self._give_actions()
        self._build_bar()
        self._build_body()
        self._build_panel()
        self.on_block = OnBlock(self, planner, self.grid, self._ask_way)
        self.use(self._stack, self.panel)
        planner.changed.connect(self._show)
        planner.judged.connect(self._show_panel)
        planner.tried.connect(self._show_trial)
        planner.worked.connect(self.work.go_on)

    def _give_actions(self) -> None:
        add, planner, work = self.actions_here.add, self.planner, self.work
        add("week.back", Text("The week before"), lambda: self.turn(-1), keys="[",
            icon="chevron-left")  # fmt: skip
        add("week.on", Text("The week after"), lambda: self.turn(1), keys="]",
            icon="chevron-right")  # fmt: skip
        add("week.paper", Text("Print"), self._print, keys="Ctrl+P", icon="printer")
        self._propose = add("week.propose", Text("Propose the week"), planner.propose, keys="P",
                            icon="wand-sparkles")  # fmt: skip
        self._accept = add("week.accept", Text("Accept the week"), self.accepting.accept,
                           keys="Ctrl+Return", icon="check")  # fmt: skip
        self._try = add("week.try", Text("Try one left out"), self._try_one, keys="T")
        self._night = add("week.night", Text("What if I stay overnight?"), planner.try_night,
                          keys="O", icon="moon")  # fmt: skip
        self._home = add("week.home", Text("Come home every night again"), planner.come_home,
                         keys="O", icon="house")  # fmt: skip
        self._home.enable(False)
        add("week.panel", Text("Show or hide route and reasons"), self._show_or_hide, keys="I",
            icon="route")  # fmt: skip
        add("week.clear", Text("Take the proposal away"), work.clear, keys="X", icon="x")
        add("week.pattern", Text("Keep the week as a pattern"), self._keep_pattern, keys="R",
            icon="copy")  # fmt: skip
        add("week.away", Text("Say when you are away"), self._be_away, keys="A", icon="calendar")
        add("week.customers", Text("Go to customers"), lambda: self.go("accounts"), keys="C",
            icon="building-2")  # fmt: skip

    def _build_bar(self) -> None:
        actions = self.actions_here
        self._title = PlainLabel(Text("Week plan"), Type.HEADING)
        self._span = PlainLabel("", Type.BODY, Tone.SECOND)
        self._proposing = Button.of(self._propose)
        self._reasons = Button.of(actions["week.panel"], words_shown=False)
        self._to_accept = accept = Button.of(self._accept, kind=Kind.PRIMARY)
        roomy = theme.now().percent <= 150  # else the week's name would be cut
        turners = [Button.of(actions[f"week.{to}"], words_shown=roomy) for to in ("back", "on")]
        for turner in turners:
            turner.shorten(True)
        right = (self._reasons, Button.of(actions["week.paper"]), self._proposing, accept)
        self.above(ToolBar(*turners, self._title, self._span, right=right))

    def _build_body(self) -> None:
        self.body = WeekBody()
        self.grid, self.heads, self.foot = self.body.grid, self.body.heads, self.body.foot
        self.grid.opened.connect(self._open)
        self.grid.pushed.connect(self.planner.move)
        self.grid.dropped.connect(self._dropped)
        self.grid.chosen.connect(self._chosen)
        empty = EmptyState(
            "calendar-check",
            Text("No week to plan yet"),
            Text(
                "Here the customers who are due find their place in the week, each with the reason."
                " Add customers and give them a class: it says how often you go there."
            ),
            self.actions_here["week.customers"],
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.body)
        self._stack.addWidget(empty)

    def _build_panel(self) -> None:
        self.panel = WeekPanel(self._night, self._home)
        self.panel.trial.kept.connect(self.planner.keep)
        self.panel.trial.left.connect(self.planner.leave)
        self.panel.trial.elsewhere.connect(self.planner.try_night_at)
        self.panel.left.try_wanted.connect(self._try_one)
        self.panel.unjudged.wanted.connect(self.around.go)
        self.panel.step_closed.connect(self._step_closed)

    def panes(self) -> tuple[QWidget, ...]:
        rows = self.panel.left.rows
        return (self.grid, rows[0]) if rows else (self.grid,)

    @property
    def here(self) -> Route:
        return Route("week", None, self.monday.isoformat() if self.monday else "")

    @property
    def subject(self) -> bytes | None:
        """The record one looks at, for its history."""
        item = self.planner.item(self.grid.key)
        return (item.visit or item.account) if item is not None else None

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(Text("Visits"), Route("visits")), Crumb(self.title))

    def close_page(self) -> None:
        """End the search as well: nobody hears of it any more."""
        self.planner.search.stop()
        super().close_page()

    def _keep_pattern(self) -> None:
        if self.monday is not None:
            self.go("patterns", None, f"new:{self.monday.isoformat()}")

    def _be_away(self) -> None:
        day = f":{self.monday.isoformat()}" if self.monday is not None else ""
        self.go("calendars", None, f"absence{day}")

    # ---- reading

    def reload(self) -> None:
        wanted = self.monday

        def question(desk: "Workspace") -> WeekRead:
            now = desk.clock.now()
            monday = wanted or week_of(now.day)
            if wanted is None and now.day.weekday() >= _FRIDAY:
                monday += timedelta(days=7)
            return read_week(desk.storage.reader, monday, me=desk.team.sits_here, now=now)

        self.ask(question, self._take)

    def _take(self, read: WeekRead) -> None:
        self.monday = read.monday
        self._title.say(Text("Week {n}", n=read.monday.isocalendar().week))
        last = read.monday + timedelta(days=4)
        self._span.say(f"{looks.day(read.monday)} – {looks.day(last, today=read.now.day)}")
        self.planner.take(read)
        back = self.accepting.taken_back(read)
        if back is not None and not self.work.is_begun:
            self.planner.start_over(back)
        self.work.begin(read.monday, self.panel.offer, self.grid)

    def resume(self, place: str) -> None:
        if self.monday is not None and place == place_of(self.monday):
            self.grid.setFocus()

    # ---- showing

    def _show(self) -> None:
        planner, board = self.planner, self.planner.shown
        if board is None:
            return
        read = board.read
        self._stack.setCurrentIndex(0 if read.has_customers else 1)
        before = planner.trial.before if planner.trial is not None else None
        self.grid.show_shapes(shapes_of(board, before=before), read.now)
        self._fit()
        self.heads.say()
        self._proposing.say(Text("Propose again") if board.proposed else Text("Propose the week"))
        begun = board.proposed or board.changes
        self._proposing.weigh(Kind.QUIET if begun else Kind.PRIMARY)
        self._to_accept.weigh(Kind.PRIMARY if begun else Kind.QUIET)
        can_plan = bool(read.problem.days) and planner.trial is None and read.has_customers
        self._propose.enable(can_plan)
        self._accept.enable(can_plan and board.changes)
        self._try.enable(can_plan and bool(board.waiting))
        others = planner.trial is not None and len(planner.trial.nights) > 1
        alone = can_plan and board.night is None and len(read.problem.days) > 1
        self._night.enable(alone or others)
        self._home.enable(can_plan and board.night is not None)
        self._show_panel()

    def _show_panel(self) -> None:
        board, shapes = self.planner.shown, self.grid.shapes
        if board is not None and shapes is not None:
            verdict = self.planner.verdict
            self.foot.show_board(board, verdict.by_hand if verdict is not None else None)
            later = self.planner.later
            self.panel.show_board(board, shapes, self.grid.column, self.grid.key, verdict, later)

    def _show_trial(self) -> None:
        trial = self.planner.trial
        self.panel.show_trial(trial)
        if trial is not None and trial.key is not None:
            self.grid.choose(trial.key)
        elif trial is not None and trial.nights:
            self._show_day(trial.nights[trial.at].night)
        self._fit()
        (self.panel.trial.keep if trial is not None else self.grid).setFocus()

    def _show_day(self, at: int) -> None:
        """Show a day of the problem."""
        days = self.grid.shapes.days if self.grid.shapes else ()
        for column, day in enumerate(days):
            if day.at == at:
                self.grid.choose_day(column)

    def _step_closed(self) -> None:
        self._fit()
        self.grid.setFocus()

    def _chosen(self) -> None:
        self.heads.update()
        self.planner.look_at(self.grid.key)
        self._show_panel()

    def _show_or_hide(self) -> None:
        self._panel_wanted = self.panel.isHidden()
        self._fit()

    def _fit(self) -> None:
        """Show the panel where there is room for both, else when it is asked for."""
        look, board = theme.now(), self.planner.board
        self.panel.fit(self.window().width())
        roomy = self.width() - self.panel.width() >= look.px(_ROOMY)
        wanted = roomy if self._panel_wanted is None else self._panel_wanted
        known = board is not None and board.read.has_customers
        self.panel.setVisible(known and (wanted or self.panel.is_needed))
        self._span.setVisible(self.width() >= look.px(860))
        self._reasons.setVisible(known and not roomy)
        self.body.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---- doing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves what is tried, then stops the search, then goes back."""
        if event.key() == Qt.Key.Key_Escape and self.planner.trial is not None:
            self.planner.leave()
        elif event.key() == Qt.Key.Key_Escape and self.planner.search.running:
            self.planner.search.stop()
        else:
            super().keyPressEvent(event)

    def turn(self, by: int) -> None:
        """Show the week before or after."""
        if self.monday is not None:
            self.go("week", None, (self.monday + timedelta(days=7 * by)).isoformat())

    def _print(self) -> None:
        board = self.planner.board
        self.work.keep(now=True)  # the paper shows what is kept
        if self.monday is not None:
            self.go("paper", None, f"week:{self.monday.isoformat()}")
        if board is not None and board.changes:
            self.around.say(
                Text("What is only proposed stands in dashed frames: it is not accepted yet.")
            )

    def _open(self, key: bytes) -> None:
        item = self.planner.item(key)
        if self.planner.trial is not None:
            self.planner.keep()
        elif item is not None and item.visit is not None:
            self.go("visit", item.visit)
        elif item is not None and item.account is not None:
            self.go("account", item.account)

    def _dropped(self, key: bytes, column: int, minute: int) -> None:
        shapes = self.grid.shapes
        self.planner.put(key, shapes.days[column].at if shapes else None, minute)

    def _try_one(self) -> None:
        self.planner.try_out(self.panel.left.key)

    def _ask_way(self, step: LegStep) -> None:
        self.panel.correct(step)
        self._fit()
