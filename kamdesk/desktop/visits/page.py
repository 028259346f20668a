"""The visits of all customers: as a log, and as a calendar of a day, a week, a month."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kamdesk.core.clock import Instant, read_day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.accounts.spellings import Spellings, Spelt, spell
from kamdesk.desktop.lists import give_list_actions
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.panel_step import fill_panel
from kamdesk.desktop.theme import Type
from kamdesk.desktop.visits.footing import Footing
from kamdesk.desktop.visits.giving import AS_CALENDAR, giving_action
from kamdesk.desktop.visits.hours import Hours
from kamdesk.desktop.visits.log import VisitLog
from kamdesk.desktop.visits.month import WEEKS, Month, scrolling
from kamdesk.desktop.visits.reading import Diary, Log, read_diary, read_log
from kamdesk.desktop.visits.said import month_words, span_words
from kamdesk.desktop.visits.timetable import Timetable
from kamdesk.desktop.visits.verbs import dropping, moving, undo_of
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel, ToolBar
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.domain.visits.calendar import month_of, week_of
from kamdesk.domain.visits.model import VisitState
from kamdesk.domain.visits.store import VisitLine

if TYPE_CHECKING:
    from kamdesk.desktop.visits.new_visit import NewVisit
    from kamdesk.workspace import Workspace

VIEWS: Final = (
    ("log", Text("Log")),
    ("day", Text("One day")),
    ("week", Text("Week")),
    ("month", Text("Month")),
)
_MOST: Final = {"day": 60, "week": 30, "month": 8}
"""Visits of one day that are read, by what is shown."""
PLACE: Final = "visits::plan"


class VisitsPage(Page["Workspace"]):
    """The route's tab names view and day: ``week:2026-03-12``; without one, the view used last."""

    title = Text("Visits")
    scrolls = False
    follows = ("visit", "attendee", "account", "person", "appointment", "absence", "year_list")
    keys = (
        ("J+K", Text("Visit")),
        ("Shift+Left+Right", Text("Move it")),
        ("N", Text("New visit")),
        ("D+W+M+G", Text("Day, week, month, log")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route, spellings: Spellings) -> None:
        self._spellings = spellings
        view, _, day = route.tab.partition(":")
        kept = around.remembered.get("visits.view")
        self.view = view if view in dict(VIEWS) else kept if isinstance(kept, str) else "week"
        self.view = self.view if self.view in dict(VIEWS) else "week"
        self.day = read_day(day)
        self.today: date | None = None
        self.form: NewVisit | None = None
        self._further: VisitLine | None = None
        self._zone = "UTC"
        super().__init__(around, route)

    # ---- building

    def build(self) -> None:
        add = self.actions_here.add
        back = add("visits.back", Text("Earlier"), lambda: self.turn(-1), keys="[",
                   icon="chevron-left")  # fmt: skip
        on = add("visits.on", Text("Later"), lambda: self.turn(1), keys="]", icon="chevron-right")
        now = add("visits.today", Text("Today"), self.go_today, keys="T")
        for key, letter, words in (
            ("log", "G", Text("Show the log")),
            ("day", "D", Text("Show a day")),
            ("week", "W", Text("Show a week")),
            ("month", "M", Text("Show a month")),
        ):
            add(f"visits.{key}", words, partial(self.show_view, key), keys=letter)
        new = add("visits.new", Text("New visit"), self.begin_new, keys="N", icon="calendar-plus")
        plan = add("visits.plan_week", Text("Plan the week"), self._plan_week, keys="P",
                   icon="wand-sparkles")  # fmt: skip
        older = add("visits.older", Text("Show older visits"), self._show_older, keys="O")
        self._drop = add("visits.drop", Text("Drop this visit"), self.drop, keys="Del")
        self._brief = add("visits.brief", Text("Visit brief"), self._go_brief, keys="B",
                          icon="file-text")  # fmt: skip
        roomy = theme.now().percent <= 150  # else the days shown would be cut
        self._turners = [Button.of(one, words_shown=roomy) for one in (back, on)]
        for turner in self._turners:
            turner.shorten(True)
        self._to_today = Button.of(now)
        self._title = PlainLabel(Text("Visits"), Type.HEADING)
        self._views = SegmentedControl(Text("How visits are shown"), VIEWS, start=self.view)
        self._views.chosen.connect(self.show_view)
        self._new = Button.of(new, kind=Kind.PRIMARY)
        self._planning = Button.of(plan)
        right = (self._planning, self._views, self._new)
        bar = ToolBar(*self._turners, self._to_today, self._title, right=right)
        self.above(bar)
        self.log = VisitLog(self, new, older, self._spellings)
        self._of_log = give_list_actions(self, self.log.list, Text("Visits"), AS_CALENDAR)
        self._give = giving_action(self, lambda: self._calendar.diary)
        self.log.put(*(Button.of(action, words_shown=False) for action in self._of_log))
        self.log.older.connect(self._show_older)
        self.log.filtered.connect(self.reload)
        self.log.list.opened.connect(self.open)
        self.log.list.chosen.connect(lambda _: self._show_chosen())
        self.timetable = Timetable(Text("Calendar"))
        self.month = Month(Text("Calendar of a month"))
        for calendar in (self.timetable.hours, self.month):
            calendar.opened.connect(self.open)
            calendar.wanted.connect(self.begin_new_at)
            calendar.moved.connect(self.move_visit)
            calendar.stuck.connect(self._say_stuck)
            calendar.turned.connect(self._turn_by_key)
            calendar.chosen.connect(self._show_chosen)
        self.month.day_wanted.connect(self._show_day)
        self._stack = QStackedWidget()
        for part in (self.log, self.timetable, scrolling(self.month)):
            self._stack.addWidget(part)
        self._footing = Footing()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(self._footing)
        self.panel = SidePanel()
        self.panel.hide()
        self.use(whole, self.panel)
        self._show_parts()

    def panes(self) -> tuple[QWidget, ...]:
        shown: QWidget = {
            "log": self.log.list, "month": self.month
        }.get(self.view, self.timetable.hours)  # fmt: skip
        return (shown, self.panel) if self.panel.isVisible() else (shown,)

    @property
    def here(self) -> Route:
        day = f":{self.day.isoformat()}" if self.day else ""
        return Route("visits", None, f"{self.view}{day}")

    @property
    def subject(self) -> bytes | None:
        """The record one looks at, for its history."""
        return self.chosen.id if self.chosen is not None else None

    # ---- what is shown

    @property
    def chosen(self) -> VisitLine | None:
        """The visit chosen in what is shown."""
        return self.log.list.current if self.view == "log" else self._calendar.line

    def show_view(self, view: str) -> None:
        """Show the log, a day, a week or a month, around the day chosen."""
        start = self._start()
        if self.view != "log" and start is not None:
            self.day = start.day
        line = self.chosen
        if self.view == "log" and line is not None and line.start is not None:
            self.day = line.start.day
        self.view = view
        self.around.remembered.put("visits.view", view)
        self._views.choose(view)
        self._show_parts()
        self.reload()
        self.panes()[0].setFocus()

    def _show_parts(self) -> None:
        calendar = self.view != "log"
        self._stack.setCurrentIndex({"log": 0, "month": 2}.get(self.view, 1))
        for button in (*self._turners, self._to_today):
            button.setVisible(calendar)
        self._of_log.enable(not calendar)
        self._of_log.columns.enable(not calendar)
        self._give.enable(calendar)
        self._footing.show_view(self.view)

    def reload(self) -> None:
        if self.view == "log":
            which, further = self.log.which, self._further

            def log(desk: "Workspace") -> Log:
                return read_log(desk, which, further)

            def show(found: Log) -> None:
                self._show_log(found, further=further is not None)

            self.ask(log, show)
            return
        view, wanted = self.view, self.day

        def diary(desk: "Workspace") -> Diary:
            day = wanted or desk.clock.today()
            first, days = {
                "day": (day, 1),
                "week": (week_of(day), 7),
                "month": (month_of(day), WEEKS * 7),
            }[view]
            return read_diary(desk, first, days, most=_MOST[view])

        self.ask(diary, self._show_diary)

    def _show_log(self, log: Log, *, further: bool) -> None:
        self._further = None
        self.today, self._zone = log.now.day, log.now.zone
        self.log.show_log(log, further=further)
        self._title.say(Text("Visits"))
        self._show_chosen()
        names = self._spellings.missing(line.account_name for line in log.lines)
        if names:
            self.ask(lambda desk: spell(names, desk.search), self._spelt, key="spell")

    def _spelt(self, spelt: dict[str, Spelt]) -> None:
        self._spellings.learn(spelt)
        self.log.list.show_lines(self.log.list.every)

    def _show_diary(self, diary: Diary) -> None:
        self.today, self._zone = diary.today, diary.now.zone
        day = self.day or diary.today
        if self.view == "month":
            self._title.say(month_words(day))
            self.month.show_diary(diary, day)
        else:
            self._title.say(span_words(diary.first, diary.days, diary.today))
            self.timetable.show_diary(diary)
        self.day = day
        self.renamed.emit()
        self._show_chosen()

    def _show_chosen(self) -> None:
        line = self.chosen
        self._drop.enable(line is not None and line.state is VisitState.PLANNED)
        self._brief.enable(line is not None)
        if self.view == "log":
            return
        diary = self._calendar.diary
        others = diary.clashing.get(line.id, []) if line and diary else []
        where = self.month.day_words(self.month.day) if self.view == "month" else ""
        self._footing.show_line(line, others, diary.now if diary else None, where)

    # ---- going through time

    def turn(self, by: int) -> None:
        """Show the day, week or month before or after."""
        if self.view == "log":
            return
        day = self._start_day()
        if self.view == "month":
            month = day.year * 12 + day.month - 1 + by
            day = date(month // 12, month % 12 + 1, 1)
        else:
            day += timedelta(days=by * (7 if self.view == "week" else 1))
        self._go_to(day)

    def go_today(self) -> None:
        """Show today."""
        if self.today is not None and self.view != "log":
            self._go_to(self.today)

    def _go_to(self, day: date) -> None:
        self.day = day
        if self.view == "month":
            self.month.line = None
            self.month.day = day
        else:
            self.timetable.hours.go_to(day)
        self.reload()

    def _turn_by_key(self, days: int) -> None:
        if self.view == "month":
            self.day = self.month.day
        else:
            self.day = self._start_day() + timedelta(days=days)
        self.reload()

    def _start_day(self) -> date:
        diary = self.timetable.hours.diary
        if self.view in ("day", "week") and diary is not None:
            return self.day or diary.first
        return self.day or self.today or date.today()

    def _show_day(self, day: date) -> None:
        self.day = day
        self.month.line = None
        self.view = "month"
        self.month.day = day
        self.show_view("day")

    @property
    def _calendar(self) -> Month | Hours:
        return self.month if self.view == "month" else self.timetable.hours

    def _start(self) -> Instant | None:
        """The instant chosen in the calendar."""
        return None if self.view == "log" else self._calendar.start

    # ---- doing

    def open(self, line: VisitLine) -> None:
        """Go to a visit."""
        self.go("visit", line.id)

    def _plan_week(self) -> None:
        shown = self.view in ("day", "week") and self.timetable.hours.diary is not None
        self.go("week", None, week_of(self._start_day()).isoformat() if shown else "")

    def _go_brief(self) -> None:
        if self.chosen is not None:
            self.go("brief", self.chosen.id, "visit")

    def _show_older(self) -> None:
        if self.view == "log":
            self._further = self.log.last
            self.reload()

    def move_visit(self, line: VisitLine, start: Instant, minutes: int) -> None:
        """Move a visit to another time, as one action that can be undone."""
        self.do(moving(line.id, start, minutes, self.seen))

    def drop(self) -> None:
        """Say that the visit chosen will not take place; it can be undone."""
        if (line := self.chosen) is not None:
            said = Text("Dropped: {visit}", visit=line.account_name or looks.DASH)
            self.do(
                dropping(line.id, self.seen),
                lambda _: self.around.say(said, way_out=undo_of(self)),
            )

    def _say_stuck(self) -> None:
        self.around.say(
            Text("Only a planned visit can be moved; Enter opens this one to correct its time.")
        )

    # ---- a new visit

    def begin_new(self) -> None:
        """Open the form for a new visit beside what is shown, at the time chosen there."""
        self.begin_new_at(self._start())

    def begin_new_at(self, start: Instant | None) -> None:
        """Open the form for a new visit at a time."""
        from kamdesk.desktop.visits.new_visit import NewVisit

        if self.today is None:  # not answered yet: it opens with the answer
            self.ask(lambda desk: desk.clock.now(), self._resume_at, key="resume")
            return
        if self.form is None:
            self.form = form = NewVisit(self.workbench, PLACE, self.today, self._zone)
            form.planned.connect(self._planned)
            form.closed.connect(self._end_new)
            fill_panel(self.panel, form)
        self.panel.show()
        self.panel.fit(self.window().width())
        self.form.begin_at(start)

    def resume(self, place: str) -> None:
        if place == PLACE:
            self.begin_new_at(None)

    def _resume_at(self, now: Instant) -> None:
        self.today, self._zone = now.day, now.zone
        self.begin_new_at(None)

    def _planned(self, visit: bytes) -> None:
        self._end_new()
        self.around.say(
            Text("The visit is planned."),
            way_out=(Text("Open"), "Alt+O", lambda: self.go("visit", visit)),
        )

    def _end_new(self) -> None:
        self.form = None
        self.panel.hide()
        self.panes()[0].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.fit(self.window().width())
        roomy = self.width() >= theme.now().px(900)
        self._to_today.setVisible(roomy and self.view != "log")
        self._title.setVisible(self.width() >= theme.now().px(640))
        self.renamed.emit()

    def crumbs(self) -> tuple[Crumb, ...]:
        narrow = self._title.isHidden() and self.view != "log"  # the heads name the days
        return (Crumb(month_words(self.day) if narrow and self.day else self.title),)
