"""When one of us is away: the list that teaches, and the step that adds or changes an absence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.clock import read_day as read_iso
from kamdesk.core.ids import ColleagueId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.pages import Page
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.record_step import RecordStep, Verb
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.typed import read_day
from kamdesk.desktop.visits.verbs import position, undo_of
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import Choice
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Lines
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.team.model import Colleague
from kamdesk.domain.working_days.absence import (
    Absence,
    read_stretch,
    stretch_said,
    write_stretch,
)

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_AHEAD = timedelta(days=3 * 366)
_EVERYBODY = ""


class AbsencesSeen(NamedTuple):
    """The absences from today on, our people, who I am, and the day."""

    absences: list[Absence]
    colleagues: list[Colleague]
    me: ColleagueId | None
    today: Day


def read_absences(desk: "Workspace") -> AbsencesSeen:
    """Return the absences that are not over."""
    today = desk.clock.today()
    return AbsencesSeen(
        desk.working_days.ask.absences(today, today + _AHEAD),
        desk.team.ask.everybody(),
        desk.team.sits_here,
        today,
    )


class AbsenceStep(RecordStep["Page[Workspace]"]):
    """First and last day, at which time, who, what for. Its drafts are those of ``calendars``.

    ``first`` is the day it begins with, where one came from a day of the week page.
    """

    of = "calendars"

    def __init__(
        self,
        page: "Page[Workspace]",
        seen: AbsencesSeen,
        base: Absence | None = None,
        *,
        first: Day | None = None,
    ) -> None:
        super().__init__(
            page,
            Text("Change the absence") if base else Text("Say when you are away"),
            f"absence:{base.id.hex()}" if base else "absence",
            Text("The week plan then puts nothing there."),
        )
        self._base, self._today = base, seen.today
        start = base.first if base else first
        days = Text("2026-05-06, 5-6, +3")
        self.first = self.ask("first", Text("First day"), hint=days)
        self.last = self.ask("last", Text("Last day"), hint=Text("the same day"))
        self.time = self.ask("time", Text("Time"), hint=Text("all day; 9-12, afternoon"))
        names: list[tuple[object, Text | str]] = [
            (one.id.hex(), one.name) for one in seen.colleagues
        ]
        self.who = Choice([*names, (_EVERYBODY, Text("the whole house"))])
        self.form.add("colleague", Text("Who"), self.who, beside=False)
        self.words = self.ask("words", Text("What for"), hint=Text("leave, training, trade fair"))
        self.first.setText(start.isoformat() if start else "")
        who = base.colleague if base else seen.me
        self.who.choose(who.hex() if who else _EVERYBODY)
        if base is not None:
            self.last.setText(base.last.isoformat())
            self.time.setText(write_stretch(base.begins, base.ends))
            self.words.setText(base.words)
            drop = Button(Text("Delete the absence"), kind=Kind.DANGER)
            drop.clicked.connect(self._drop)
            self.below(drop)
        self.keep_drafts(
            {
                "first": self.first,
                "last": self.last,
                "time": self.time,
                "colleague": self.who,
                "words": self.words,
            }
        )

    def verb(self) -> Verb:
        """Return what writes the absence. Raises ``RuleBroken`` at a field."""
        first = read_day(self.first.text(), self._today, field="first")
        typed = self.last.text().strip()
        last = read_day(typed, self._today, field="last") if typed else first
        begins, ends = read_stretch(self.time.text())
        chosen, words = str(self.who.value or ""), self.words.text()
        who = ColleagueId(Id(bytes.fromhex(chosen))) if chosen else None
        base, seen = self._base, self.page.seen

        def verb(desk: "Workspace") -> ChangeSet:
            absence = replace(
                base or desk.working_days.new(first),
                first=first,
                last=last,
                begins=begins,
                ends=ends,
                colleague=who,
                words=words,
            )
            if base is None:
                return desk.working_days.add(absence)
            return desk.working_days.change(absence, base=base, seen=position(desk, seen))

        return verb

    def _drop(self) -> None:
        base = self._base
        if base is None:
            return
        page = self.page
        back = undo_of(page)

        def dropped(_: ChangeSet) -> None:
            if self.draft is not None:
                self.draft.settle()
            self.closed.emit()
            page.around.say(Text("The absence is deleted."), way_out=back)

        page.do(lambda desk: desk.working_days.drop(base.id), dropped)


class AbsencesPart(QWidget):
    """A section of a page: heading with its button, a line an absence; Enter on one changes it.

    ``open_step`` shows a step in the page's side panel. The page follows ``absence`` and calls
    ``ask`` when it reloads. A route with the tab ``absence``, or ``absence:<day>``, opens the form.
    """

    def __init__(self, page: "Page[Workspace]", open_step: Callable[[PanelStep], object]) -> None:
        super().__init__()
        self._page, self._open_step = page, open_step
        self.seen: AbsencesSeen | None = None
        opens, _, day = page.route.tab.partition(":")
        self._wanted, self._first = opens == "absence", read_iso(day)
        add = page.actions_here.add(
            "absence.add", Text("Say when you are away"), self.begin, keys="A", icon="calendar"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = Heading(Text("Absences"), "", right=Button.of(add))
        self.lines = Lines()
        column.addWidget(self.head)
        column.addWidget(self.lines)

    def ask(self) -> None:
        """Ask for the absences."""
        self._page.ask(read_absences, self._show, key="absences")

    def begin(self) -> None:
        """Open the form for a new absence."""
        if self.seen is not None:
            first = self._first or self.seen.today
            self._open_step(AbsenceStep(self._page, self.seen, first=first))

    def resume(self, place: str) -> None:
        """Open the form whose draft is called ``place``: ``calendars::absence[:<hex>]``."""
        record = place.split(":")[3:]
        if not record:
            self.begin()
        for one in self.seen.absences if self.seen and record else ():
            if one.id.hex() == record[0]:
                self._change(one)

    def _show(self, seen: AbsencesSeen) -> None:
        self.seen = seen
        names = {one.id: one.name for one in seen.colleagues}
        self.lines.show_parts(
            [self._line(one, names, seen.today) for one in seen.absences],
            Text(
                "Holidays, trainings, days in the office: say them here, and the week plan and"
                " patterns leave those hours free."
            ),
        )
        if self._wanted:
            self._wanted = False
            self.begin()

    def _line(self, one: Absence, names: dict[ColleagueId, str], today: Day) -> QWidget:
        days = looks.day(one.first, today=today)
        if one.last != one.first:
            days = f"{days} – {looks.day(one.last, today=today)}"
        time = stretch_said(one.begins, one.ends) or Text("all day")
        who: Text | str = Text("the whole house")
        if one.colleague is not None:
            who = names.get(one.colleague, looks.DASH)
        words = looks.joined(who, one.words)
        line = PressedLine(
            looks.said(looks.joined(days, time, words)),
            PlainLabel(days, Type.STRONG),
            PlainLabel(time, Type.SMALL, Tone.MUTED),
            PlainLabel(looks.cut(words, 160), fit=Fit.WRAP),
            wraps=True,
        )
        line.setMinimumHeight(theme.now().px(32))
        line.pressed.connect(partial(self._change, one))
        return line

    def _change(self, one: Absence) -> None:
        if self.seen is not None:
            self._open_step(AbsenceStep(self._page, self.seen, one))
