"""The page of calendars: other programs' in and ours out, days away, public holidays."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import files, looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.calendars.absences import AbsencesPart
from kamdesk.desktop.calendars.columns import CALENDARS, NEXT
from kamdesk.desktop.calendars.reading import DAYS_AHEAD, Shown, read_calendars
from kamdesk.desktop.calendars.steps import ImportStep, NameStep
from kamdesk.desktop.calendars.working_days import WorkingDaysPart
from kamdesk.desktop.drafting import open_drafts
from kamdesk.desktop.importing.choosing import file_in
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.visits.verbs import undo_of
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.states import EmptyState

if TYPE_CHECKING:
    from kamdesk.transfer.calendar import imports
    from kamdesk.workspace import Workspace

_PATTERNS: Final = "*.ics *.ical *.ifb *.vcs"
_HEAD, _ROW, _MOST_ROWS = 36, 32, 6
"""Pixels at 100 % of the head and a row of the list; rows before it scrolls."""
_NO_LIMIT: Final = (1 << 24) - 1


class CalendarsPage(Page["Workspace"]):
    """Imported calendars above, what comes next in them below; days away or a step beside them.

    A file dropped on the page is looked at like one chosen.
    """

    title = Text("Calendars")
    scrolls = False
    follows = ("calendar", "appointment", "absence", "year_list", "colleague")
    keys = (
        ("Ctrl+O", Text("Import a calendar")),
        ("R", Text("Bring up to date")),
        ("A", Text("Say when you are away")),
        ("Ctrl+E", Text("Give yours out")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self.step: PanelStep | None = None
        self._resumed = ""
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        take = add(
            "calendars.import", Text("Import a calendar"), self._choose_file, keys="Ctrl+O",
            icon="upload",
        )  # fmt: skip
        again = add(
            "calendars.again", Text("Bring up to date"), self._choose_again, keys="R",
            icon="history",
        )  # fmt: skip
        name = add("calendars.name", Text("Rename"), self._rename, keys="E", icon="pencil")
        forget = add("calendars.forget", Text("Forget"), self._forget, keys="Del", icon="x")
        give = add(
            "calendars.give", Text("Give your visits out"), partial(give_calendar, self),
            keys="Ctrl+E", icon="download",
        )  # fmt: skip
        self._of_one = (again, name, forget)
        self.head(
            self.title,
            "",
            *(Button.of(one) for one in (forget, name, again, give)),
            Button.of(take, kind=Kind.PRIMARY),
        )
        self._build_lists(take)
        self._build_aside()
        self.setAcceptDrops(True)
        self._show_next(0)
        self._allow()

    def _build_lists(self, take: Action) -> None:
        self.list = self.table(
            self.title,
            CALENDARS,
            key="calendars",
            empty=EmptyState(
                "calendar",
                Text("No calendar has been imported yet"),
                Text(
                    "Let your calendar program write a file (.ics) and drop it here: a week is"
                    " then planned around your appointments. They stay on this device."
                ),
                take,
            ),
        )
        self.list.opened.connect(lambda _: self._rename())
        self.list.chosen.connect(lambda _: self._allow())
        self._soon = self.section(Text("The next four weeks"))
        self.next = self.table(
            Text("The next four weeks"),
            NEXT,
            key="calendars.next",
            empty=EmptyState(
                "calendar",
                Text("Nothing stands in them for {n} days", n=DAYS_AHEAD),
                Text("What is only shown as free keeps no time in the plan of a week."),
            ),
        )

    def _build_aside(self) -> None:
        self.absences = AbsencesPart(self, self._begin)
        self.working_days = WorkingDaysPart(self)
        self.aside, self.panel = SidePanel(), SidePanel()
        for part in (self.absences, self.working_days):
            self.aside.column.addWidget(part)
            self.aside.column.addSpacing(theme.now().px(28))
        self.aside.column.addStretch(1)
        self.panel.hide()
        for panel in (self.aside, self.panel):
            self.beside(panel)

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(Text("Visits"), Route("visits")), Crumb(self.title))

    def panes(self) -> tuple[QWidget, ...]:
        beside = self.panel if self.panel.isVisible() else self.aside
        return (self.list, *((self.next,) if self.next.isVisible() else ()), beside)

    # ---- what is shown

    def reload(self) -> None:
        self.absences.ask()
        self.working_days.ask()
        self.ask(read_calendars, self._show)

    def _show(self, shown: Shown) -> None:
        self.list.show_lines(shown.calendars)
        self.next.show_lines(shown.next)
        self._show_next(len(shown.calendars))
        self._go_on()
        self._allow()

    def _show_next(self, calendars: int) -> None:
        """Show what comes next where there are calendars; these take the room of some rows then."""
        high = theme.now().px(_HEAD + _ROW * (min(calendars, _MOST_ROWS) + 1))
        self.list.setMaximumHeight(high if calendars else _NO_LIMIT)
        self._soon.setVisible(calendars > 0)
        self.next.setVisible(calendars > 0)

    def _allow(self) -> None:
        for action in self._of_one:
            action.enable(self.list.current is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for panel in (self.aside, self.panel):
            panel.fit(self.window().width())

    # ---- taking a file in

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if file_in(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if (path := file_in(event)) is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, partial(self.look, path))

    def _choose_file(self) -> None:
        path = files.ask_for_file(
            self, Text("Import a calendar"), Text("Calendar files"), _PATTERNS
        )
        if path is not None:
            self.look(path)

    def _choose_again(self) -> None:
        row = self.list.current
        if row is None:
            return
        title = Text("Bring “{name}” up to date", name=row.calendar.name)
        path = files.ask_for_file(self, title, Text("Calendar files"), _PATTERNS)
        if path is not None:
            self.look(path, name=row.calendar.name)

    def look(self, path: Path, *, name: str = "") -> None:
        """Read a calendar file and show beside the list what importing it would do."""

        def work(desk: "Workspace", job: Job) -> "imports.Shown":
            return desk.calendar_files.look(path, name=name, stopped=lambda: job.cancelled)

        said = Text("Reading {file}", file=path.name)
        self.workbench.job(self, said, work, self._looked, self._not_read)

    def _looked(self, shown: "imports.Shown") -> None:
        step = ImportStep(self, shown)
        said = Text("“{name}” is in.", name=shown.calendar.name)
        back = undo_of(self)
        step.saved.connect(lambda _: self.around.say(said, way_out=back))
        self._begin(step)

    def _not_read(self, refusal: Refusal) -> None:
        self.around.say(refusal.said)

    # ---- steps

    def resume(self, place: str) -> None:
        self._resumed = place
        self._go_on()

    def _go_on(self) -> None:
        """Open the step one was writing in, as soon as what it is about is there."""
        _, record, what, *_ = (*self._resumed.split(":"), "", "")
        if what == "absence" and self.absences.seen is not None:
            self.absences.resume(self._resumed)
        elif not (what == "name" and self.list.choose(bytes.fromhex(record))):
            return
        else:
            self._rename()
        self._resumed = ""

    def _rename(self) -> None:
        if (row := self.list.current) is not None:
            self._begin(NameStep(self, row.calendar))

    def _begin(self, step: PanelStep) -> None:
        self.end_step()
        self.step = step
        step.closed.connect(self.end_step)
        fill_panel(self.panel, step)
        self.aside.hide()
        self.panel.show()
        step.begin()

    def end_step(self) -> None:
        """Close the side panel; what was typed is kept as a draft."""
        if self.step is not None:
            for draft in open_drafts(self.panel):
                draft.close()
            self.step = None
            self.panel.hide()
            self.aside.show()
            self.list.setFocus()

    def _forget(self) -> None:
        row = self.list.current
        if row is not None:
            back = undo_of(self)
            said = Text("Forgotten: {calendar}", calendar=row.calendar.name)
            self.do(
                lambda desk: desk.appointments.forget(row.calendar),
                lambda _: self.around.say(said, way_out=back),
            )


def give_calendar(page: "Page[Workspace]") -> None:
    """Ask where to, and write the user's visits and promises for calendar programs."""
    title = Text("Give your visits out")
    path = files.ask_where_to(page, title, "kamdesk", Text("Calendar"), ".ics")
    if path is None:
        return

    def work(desk: "Workspace", _job: Job) -> int:
        from kamdesk.transfer.calendar.exports import export_calendar

        return export_calendar(desk.storage, path, say=looks.said)

    def done(n: int) -> None:
        page.around.say(
            Text("{n} entry is in {file}.", "{n} entries are in {file}.", n=n, file=path.name)
        )

    page.workbench.job(
        page,
        Text("Writing {file}", file=path.name),
        work,
        done,
        lambda refusal: page.around.say(refusal.said),
    )
