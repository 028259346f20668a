"""The log: visits of all customers, newest first, narrowed by how far they have come."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.accounts.spellings import Spellings
from kamdesk.desktop.actions import Action
from kamdesk.desktop.pages import Page
from kamdesk.desktop.row_signs import RowSigns
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.visits.reading import Log
from kamdesk.desktop.visits.said import moment, names, overdue, state_words, what
from kamdesk.desktop.when import moments_at_widest
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.columns import Column
from kamdesk.desktop.widgets.labels import PlainLabel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.visits.model import KIND_WORDS, VisitState
from kamdesk.domain.visits.store import LogFilter, VisitLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from kamdesk.workspace import Workspace

FILTERS = (
    (LogFilter.ALL, Text("All")),
    (LogFilter.PLANNED, Text("Planned")),
    (LogFilter.TO_WRITE_UP, Text("To write up")),
    (LogFilter.CLOSED, Text("Closed")),
    (LogFilter.DROPPED, Text("Dropped")),
)
_NONE_SUCH = {
    LogFilter.PLANNED: (Text("Nothing is planned"), Text("N plans the next visit.")),
    LogFilter.TO_WRITE_UP: (
        Text("All is written up"),
        Text("Visits that are past wait here until you have said what they brought."),
    ),
    LogFilter.CLOSED: (
        Text("No visit is closed yet"),
        Text("A visit is closed once both sides know what comes next."),
    ),
    LogFilter.DROPPED: (
        Text("No visit was dropped"),
        Text("Visits that will not take place stand here; they can be planned again."),
    ),
}


class VisitLog(QWidget):
    """Filter, list, and a way to older visits. Signals: ``older`` · ``filtered``."""

    older = Signal()
    filtered = Signal()

    def __init__(
        self,
        page: "Page[Workspace]",
        plan: Action,
        older: Action,
        spellings: Spellings,
    ) -> None:
        super().__init__()
        look = theme.now()
        self._plan = plan
        self.now: Instant | None = None
        self.filter = SegmentedControl(Text("Which visits"), FILTERS)
        self.filter.chosen.connect(lambda _: self.filtered.emit())
        self.count = PlainLabel("", Type.SMALL, Tone.MUTED)
        self.more = Button.of(older)
        self._top = top = QHBoxLayout()
        top.setContentsMargins(look.px(32), look.px(12), look.px(32), look.px(4))
        top.setSpacing(look.px(12))
        top.addWidget(self.filter)
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(12))
        column.setSpacing(look.px(4))
        column.addLayout(top)
        self.list: RecordTable[VisitLine] = RecordTable(
            Text("Visits"),
            columns(lambda: self.now, spellings),
            key="visits",
            remembered=page.around.remembered,
            empty=EmptyState(
                "calendar-check",
                Text("No visits yet"),
                Text(
                    "Every visit, call and meeting with any customer stands here. Plan the next"
                    " one: a customer and a day are enough."
                ),
                plan,
            ),
        )
        RowSigns(page, self.list)
        self._none = {
            which: EmptyState("calendar-check", *words, None) for which, words in _NONE_SUCH.items()
        }
        holder = QHBoxLayout()
        holder.setContentsMargins(look.px(24), 0, look.px(18), 0)
        holder.addWidget(self.list)
        for empty in self._none.values():
            holder.addWidget(empty)
            empty.hide()
        column.addLayout(holder, 1)
        self.setFocusProxy(self.list)

    def put(self, *buttons: QWidget) -> None:
        """Put buttons of the list at the right, above it."""
        for button in buttons:
            self._top.insertWidget(self._top.count() - 1, button)

    @property
    def which(self) -> LogFilter:
        """Which visits are wanted."""
        return LogFilter(self.filter.key)

    @property
    def last(self) -> VisitLine | None:
        """The oldest visit read that has a day."""
        dated = [line for line in self.list.every if line.start is not None]
        return min(dated, key=lambda line: (str(line.start), line.id), default=None)

    def show_log(self, log: Log, *, further: bool = False) -> None:
        """Show these visits, or ``further`` ones below those shown."""
        first = self.now is None
        self.now = log.now
        known = {line.id for line in log.lines}
        before = [one for one in self.list.every if one.id not in known] if further else []
        self.list.show_lines([*before, *log.lines])
        n = len(self.list.every)
        self.count.say(Text("{n} visit", "{n} visits", n=n) if n else "")
        self.more.setVisible(log.older)
        self.filter.setEnabled(True)
        empty = None if n else self._none.get(self.which)
        self.list.setVisible(empty is None)
        for which, state in self._none.items():
            state.setVisible(which is self.which and empty is not None)
        if self.list.current is None and n and first:
            self._choose_next(log.now)

    def _choose_next(self, now: Instant) -> None:
        """Choose the visit that comes next, else the newest."""
        ahead = [
            line
            for line in self.list.every
            if line.start is not None and line.start >= now and line.state is VisitState.PLANNED
        ]
        line = min(ahead, key=lambda one: str(one.start), default=self.list.every[0])
        self.list.choose(line.id)


def columns(
    now: "Callable[[], Instant | None]", spellings: Spellings
) -> tuple[Column[VisitLine], ...]:
    """Return the columns of the log; ``now`` says when it was read."""

    def late(line: VisitLine) -> bool:
        moment = now()
        return moment is not None and overdue(line, moment)

    def when(line: VisitLine) -> str:
        read = now()
        return moment(line, read) if read else ""

    def state(line: VisitLine) -> str:
        read = now()
        return looks.capital(state_words(line, read)) if read else ""

    def tone(line: VisitLine) -> Tone:
        if late(line):
            return Tone.OCHRE
        return Tone.ACCENT if line.state is VisitState.PLANNED else Tone.SECOND

    return (
        Column(
            Text("When"),
            show=when,
            sort_by=lambda line: str(line.start) if line.start else None,
            widest=moments_at_widest,
        ),
        Column(
            Text("Customer"),
            show=lambda line: line.account_name,
            sort_by=lambda line: spellings.of(line.account_name).sort,
            found=lambda line: spellings.of(line.account_name).found,
            strong=True,
            width=200,
        ),
        Column(
            Text("Kind"),
            show=lambda line: looks.capital(KIND_WORDS[line.kind]),
            sort_by=lambda line: line.kind.value,
            width=116,
        ),
        Column(
            Text("Topic or objective"),
            show=what,
            found=lambda line: f"{line.topic} {line.objective}",
            least=200,
        ),
        Column(Text("With"), show=names, found=names),
        Column(
            Text("State"),
            show=state,
            sort_by=lambda line: line.state.value,
            tone=tone,
            sign=lambda line: "pencil" if late(line) else "",
            width=124,
        ),
        Column(
            Text("Next step"),
            show=lambda line: line.next_step,
            found=lambda line: line.next_step,
            hidden=True,
        ),
    )
