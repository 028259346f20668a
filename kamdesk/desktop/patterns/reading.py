"""What the page of patterns is given, and the words for weekdays and times of a pattern."""

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import ColleagueId, Id
from kamdesk.core.minutes import hours_minutes
from kamdesk.core.stored import read_word
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.domain.patterns.model import Pattern, PatternStop
from kamdesk.domain.visits.model import KIND_WORDS, VisitKind
from kamdesk.dossier.patterns import StopLine, stop_lines

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

WEEKDAYS = (
    Text("Monday"), Text("Tuesday"), Text("Wednesday"), Text("Thursday"), Text("Friday"),
    Text("Saturday"), Text("Sunday"),
)  # fmt: skip


class PatternsSeen(NamedTuple):
    """All patterns, the visits of the one looked at, who I am, and the day."""

    patterns: list[Pattern]
    pattern: Pattern | None
    stops: list[StopLine]
    me: ColleagueId | None
    today: Day

    @property
    def monday(self) -> Day:
        """The Monday of this week."""
        return self.today - timedelta(days=self.today.weekday())


class StopRow(NamedTuple):
    """A visit of a pattern as the list shows it."""

    id: Id
    stop: PatternStop
    name: str
    gone: bool


def read_patterns(desk: "Workspace", wanted: bytes | None) -> PatternsSeen:
    """Return the patterns and the visits of the wanted one, else of the first."""
    patterns = desk.patterns.ask.all()
    first = patterns[0] if patterns else None
    chosen = next((one for one in patterns if one.id == wanted), first)
    stops = stop_lines(desk.storage, chosen.id) if chosen else []
    return PatternsSeen(patterns, chosen, stops, desk.team.sits_here, desk.clock.today())


def rows(stops: list[StopLine]) -> list[StopRow]:
    """Return the lines of the list."""
    return [StopRow(one.stop.id, one.stop, one.account_name, one.gone) for one in stops]


COLUMNS: tuple[Column[StopRow], ...] = (
    Column(
        Text("Week"),
        show=lambda row: looks.capital(Text("week {n}", n=row.stop.week)),
        sort_by=lambda row: (row.stop.week, row.stop.weekday, row.stop.begins),
        width=72,
    ),
    Column(
        Text("Day"),
        show=lambda row: WEEKDAYS[row.stop.weekday],
        sort_by=lambda row: (row.stop.weekday, row.stop.begins),
        width=104,
    ),
    Column(
        Text("Time"),
        show=lambda row: hours_minutes(row.stop.begins),
        width=64,
    ),
    Column(
        Text("Minutes"),
        show=lambda row: str(row.stop.minutes),
        sort_by=lambda row: row.stop.minutes,
        align=Align.RIGHT,
        width=76,
    ),
    Column(
        Text("Customer"),
        show=lambda row: Text("deleted: {name}", name=row.name) if row.gone else row.name,
        tone=lambda row: Tone.MUTED if row.gone else Tone.INK,
        strong=True,
        least=160,
    ),
    Column(
        Text("Kind"),
        show=lambda row: looks.capital(
            KIND_WORDS[read_word(VisitKind, row.stop.kind, VisitKind.VISIT)]
        ),
        width=104,
    ),
)
