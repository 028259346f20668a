"""Which years' public holidays are known: a line a year, and a newer list taken in from a file."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.pages import Page
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.verbs import undo_of
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.lines import Line, Lines
from kamdesk.domain.working_days.calendar import Calendar, YearList

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class KnownYears(NamedTuple):
    """The calendar, which years' lists are the house's own, and the day."""

    calendar: Calendar
    own: frozenset[int]
    today: Day


def read_years(desk: "Workspace") -> KnownYears:
    """Return what is known of working days."""
    own = frozenset(one.year for one in desk.working_days.ask.year_lists())
    return KnownYears(desk.working_days.calendar(), own, desk.clock.today())


class WorkingDaysPart(QWidget):
    """A section of a page that follows ``year_list`` and calls ``ask`` when it reloads."""

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__()
        self._page = page
        take = page.actions_here.add(
            "holidays.take", Text("Take in a holiday list"), self._take, keys="H", icon="download"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Heading(Text("Working days"), "", right=Button.of(take)))
        self.lines = Lines()
        column.addWidget(self.lines)

    def ask(self) -> None:
        """Ask for what is known."""
        self._page.ask(read_years, self._show, key="years")

    def _show(self, known: KnownYears) -> None:
        year = known.today.year
        self.lines.show_parts([_line(known, year), _line(known, year + 1)])

    def _take(self) -> None:
        from kamdesk.desktop.files import ask_for_file

        kinds = "*.ics *.csv *.json"
        title = Text("Take in a holiday list")
        path = ask_for_file(self, title, Text("Holiday lists"), kinds)
        if path is None:
            return
        page, back = self._page, undo_of(self._page)

        def verb(desk: "Workspace") -> ChangeSet:
            from kamdesk.transfer.holiday_lists import read_lists

            return desk.working_days.take_lists(read_lists(path))

        page.do(
            verb,
            lambda _: page.around.say(
                Text("The holiday list is taken in from {file}.", file=path.name), way_out=back
            ),
        )


def _line(known: KnownYears, year: int) -> QWidget:
    found = known.calendar.of_year(year)
    words = _words(found, own=year in known.own)
    return Line(
        PlainLabel(str(year), Type.STRONG),
        PlainLabel(words, tone=Tone.SECOND if found else Tone.OCHRE, fit=Fit.WRAP),
        wraps=True,
    )


def _words(found: YearList | None, *, own: bool) -> str:
    if found is None:
        return looks.said(
            Text(
                "not known yet: only weekends are left free. The State Council publishes the list"
                " late in the year before; take it in as a calendar file, a table or JSON."
            )
        )
    return looks.joined(
        Text("{n} day off", "{n} days off", n=len(found.off)),
        Text("{n} make-up day", "{n} make-up days", n=len(found.worked)),
        Text("taken in from a file") if own else Text("comes with KamDesk"),
    )
