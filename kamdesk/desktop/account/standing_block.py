"""Phase and standing tasks on a customer's overview: why this phase, what is due, what is done."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.clock import Day, days_between
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.standing_reading import StandingSeen, read_evidence, read_standing
from kamdesk.desktop.account.standing_steps import PhaseStep, TaskStep
from kamdesk.desktop.drafting import open_drafts
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.verbs import position, undo_of
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import TickBox
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Line, Lines
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.lifecycle.phase import PHASE_WORDS
from kamdesk.domain.lifecycle.rounds import StandingTask
from kamdesk.domain.lifecycle.task import Task, TaskState
from kamdesk.domain.lifecycle.templates import template
from kamdesk.dossier.lifecycle_told import phase_told, task_called

if TYPE_CHECKING:
    from kamdesk.desktop.account.page import AccountPage

_MOST = 6
_SOON = 14


class StandingBlock(QWidget):
    """The section; it asks for itself, and opens its steps at the right of the page."""

    def __init__(self, page: "AccountPage") -> None:
        super().__init__()
        self._page = page
        self.seen: StandingSeen | None = None
        self._folded = True
        self._waiting: list[str] = []
        self.panel: SidePanel | None = None
        self.step: PanelStep | None = None
        add = page.actions_here.add
        change = add("account.phase", Text("Set the phase"), self.begin_phase, keys="H")
        settle = add("account.task", Text("Settle a task"), self.begin_task, keys="T")
        look = theme.now()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._phase = Heading(Text("Phase"), "", right=Button.of(change))
        self._why = Lines()
        self._named = Heading(Text("Standing tasks"), "", right=Button.of(settle))
        self.tasks, self._more, self.settled = Lines(), Lines(), Lines()
        for part in (self._phase, self._why):
            column.addWidget(part)
        column.addSpacing(look.px(24))
        for part in (self._named, self.tasks, self.settled, self._more):
            column.addWidget(part)

    # ---- showing

    def ask(self) -> None:
        """Ask for phase and tasks."""
        account = self._page.account
        self._page.ask(lambda desk: read_standing(desk, account), self._show, key="standing")

    def _show(self, seen: StandingSeen | None) -> None:
        if seen is None:
            return
        self.seen = seen
        reading, today = seen.lifecycle.reading, seen.lifecycle.today
        phase = looks.capital(PHASE_WORDS[reading.shown])
        self._phase.remark.say(phase)
        told = list(phase_told(reading))
        lacking = 1 + reading.by_hand if reading.missing else -1
        if reading.since:
            day = looks.day(reading.since, today=today)
            told.append(Text("{phase} since {day}.", phase=phase, day=day))
        self._why.show_parts(
            PlainLabel(
                words,
                Type.SMALL,
                Tone.OCHRE if n == lacking else Tone.SECOND,
                fit=Fit.WRAP,
            )
            for n, words in enumerate(told)
        )
        self._show_tasks(seen)
        while self._waiting:
            self.resume(self._waiting.pop(0))

    def _show_tasks(self, seen: StandingSeen) -> None:
        lifecycle, today = seen.lifecycle, seen.lifecycle.today
        asked, lapsed = lifecycle.asked, lifecycle.lapsed
        due = sum(one.days_over(today) > 0 or one.due == today for one in asked)
        none: Text | str = Text("none is due") if asked else ""
        self._named.remark.say(Text("{n} task due", "{n} tasks due", n=due) if due else none)
        self.tasks.show_parts(
            [self._line(one, today) for one in asked[:_MOST]],
            Text("Nothing stands open in this phase."),
        )
        rest = len(asked) - _MOST
        folded = len(lapsed) + len(lifecycle.settled) + max(rest, 0)
        parts: list[QWidget] = []
        if folded:
            words = looks.joined(
                Text("{n} later", "{n} later", n=rest) if rest > 0 else "",
                Text("{n} long past", "{n} long past", n=len(lapsed)) if lapsed else "",
                Text("{n} settled", "{n} settled", n=len(lifecycle.settled))
                if lifecycle.settled
                else "",
            )
            verb = Text("Show: {what}", what=words) if self._folded else Text("Show fewer")
            line = PressedLine(looks.said(verb), PlainLabel(verb, Type.SMALL, Tone.ACCENT))
            line.pressed.connect(self._fold)
            parts.append(line)
        self._more.show_parts(parts)
        later = [] if self._folded else [*asked[_MOST:], *lapsed]
        done = [] if self._folded else list(seen.settled)
        self.settled.show_parts(
            [*(self._line(one, today) for one in later), *(self._done(*one) for one in done)]
        )

    def _line(self, one: StandingTask, today: Day) -> QWidget:
        title = looks.said(one.template.title)
        box = TickBox("")
        box.setAccessibleName(looks.said(Text("Done: {what}", what=title)))
        box.setFixedWidth(theme.now().px(18))
        box.toggled.connect(lambda ticked: self._tick(one) if ticked else None)
        late = one.days_over(today) > 0
        due = due_words(one, today)
        line = PressedLine(
            looks.said(looks.joined(title, due)),
            box,
            PlainLabel(title, fit=Fit.WRAP),
            PlainLabel(
                due,
                Type.SMALL_STRONG if late and not one.lapsed(today) else Type.SMALL,
                Tone.BRICK if late and not one.lapsed(today) else Tone.MUTED,
            ),
            wraps=True,
        )
        line.pressed.connect(partial(self._open, one))
        return line

    def _done(self, task: Task, told: Text | str) -> QWidget:
        proven = task.state is TaskState.DONE
        words = looks.joined(task_called(task), told)
        day = looks.day(task.done_on, today=self._today) if task.done_on else looks.DASH
        tone = Tone.SECOND if proven or task.state is TaskState.NOT_NEEDED else Tone.OCHRE
        shown = PlainLabel(looks.cut(words, 200), Type.SMALL, tone, fit=Fit.WRAP)
        settled = PlainLabel(day, Type.SMALL, Tone.MUTED)
        known = template(task.task)
        if known is None:
            return Line(shown, settled, wraps=True)
        line = PressedLine(looks.said(looks.joined(words, day)), shown, settled, wraps=True)
        line.pressed.connect(partial(self._open, StandingTask(known, task, None)))
        return line

    @property
    def _today(self) -> Day:
        return self.seen.lifecycle.today if self.seen else Day.max

    def _fold(self) -> None:
        self._folded = not self._folded
        if self.seen is not None:
            self._show_tasks(self.seen)

    # ---- doing

    def _tick(self, one: StandingTask) -> None:
        said = Text(
            "Said done: {what}. Enter on its line says what shows it.", what=one.template.title
        )
        seen = self._page.seen
        self._page.do(
            lambda desk: desk.lifecycle.say_done(one.task, seen=position(desk, seen)),
            lambda _: self._page.around.say(said, way_out=undo_of(self._page)),
        )

    def begin_task(self) -> None:
        """Open the most urgent task."""
        if self.seen is not None and self.seen.lifecycle.tasks:
            lifecycle = self.seen.lifecycle
            self._open((lifecycle.asked or lifecycle.tasks)[0])

    def _open(self, one: StandingTask) -> None:
        account, first = self._page.account, one.template.shown_by
        self._page.ask(
            lambda desk: read_evidence(desk, account, first),
            lambda shown: self.begin(TaskStep(self._page, one, shown)),
            key="evidence",
        )

    def begin_phase(self) -> None:
        """Open the step that sets the phase."""
        if self.seen is not None:
            account, reading = self.seen.lifecycle.account, self.seen.lifecycle.reading
            self.begin(PhaseStep(self._page, account, reading))

    def resume(self, place: str) -> None:
        """Open the step whose draft is called ``place``."""
        if self.seen is None:
            self._waiting.append(place)
            return
        _, _, what, *rest = place.split(":")
        if what == "phase":
            self.begin_phase()
        for one in self.seen.lifecycle.tasks if what == "task" else ():
            if [one.task.task, str(one.task.round)] == rest:
                self._open(one)

    def begin(self, step: PanelStep) -> None:
        """Show a step at the right of the page; one that stands there closes."""
        self.end_step()
        self._page.go_to("overview")
        step.closed.connect(self.end_step)
        self.step, self.panel = step, SidePanel()
        fill_panel(self.panel, step)
        self.panel.fit(self.window().width())
        self._page.beside(self.panel)
        self.panel.show()
        step.begin()

    def end_step(self) -> None:
        """Close the side panel; what was typed and not saved is kept as a draft."""
        panel, self.panel, self.step = self.panel, None, None
        if panel is not None:
            for draft in open_drafts(panel):
                draft.close()
            panel.hide()
            panel.deleteLater()
            self._page.overview.setFocus()


def due_words(one: StandingTask, today: Day) -> Text | str:
    """Return when a standing task is due: 3 days late, today, in 5 days, 16 Mar, its occasion."""
    if one.due is None:
        return one.template.when or looks.DASH
    over = one.days_over(today)
    if one.lapsed(today):
        return looks.day(one.due, today=today)
    if over:
        return Text("{n} day late", "{n} days late", n=over)
    ahead = days_between(today, one.due)
    if ahead == 0:
        return Text("today")
    if ahead <= _SOON:
        return Text("in {n} day", "in {n} days", n=ahead)
    return looks.day(one.due, today=today)
