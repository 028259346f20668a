"""What stands beside the agenda: cards, each with its rows; later ones join the list of kinds."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.today.moves import TALL, DueRow, MoveRow
from kamdesk.desktop.today.rows import INSET, MeetingRow, PromiseRow, Row
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.domain.promises.store import PromiseLine
from kamdesk.dossier.agenda import Meeting
from kamdesk.dossier.day import DayRead

if TYPE_CHECKING:  # the day is seen before these are needed
    from kamdesk.dossier.day_moves import DayMoves
    from kamdesk.dossier.due import DueLine
    from kamdesk.dossier.moves import Move


class Ways(Protocol):
    """What the rows of a card do."""

    def open_visit(self, meeting: Meeting) -> None:
        """Go to a visit that lies ahead."""
        ...

    def write_up(self, meeting: Meeting) -> None:
        """Go and write down what came of a visit."""
        ...

    def open_customer(self, line: PromiseLine) -> None:
        """Go to the customer of a promise."""
        ...

    def keep(self, line: PromiseLine) -> None:
        """Say that a promise was kept."""
        ...

    def keep_move(self, move: "Move") -> None:
        """Say that the promise of a move was kept."""
        ...

    def make_move(self, move: "Move") -> None:
        """Go where a move is made."""
        ...

    def open_due(self, line: "DueLine") -> None:
        """Go to whoever is due for a contact."""
        ...

    def way(self, action: str) -> QWidget:
        """Return the button of an action of the page."""
        ...


class Card(QWidget):
    """A heading and rows; away while it has none, unless it teaches what belongs there."""

    title: Text
    teaches: Text | None = None
    way: str = ""
    """The action whose button stands at the right of the heading."""

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        self.ways = ways
        self.rows: list[Row] = []
        self._heading = Heading(self.title, "", right=ways.way(self.way) if self.way else None)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, theme.now().px(28))
        self._column.setSpacing(0)
        inset = theme.now().px(INSET)
        head = QVBoxLayout()
        head.setContentsMargins(inset, 0, inset, 0)
        head.addWidget(self._heading)
        self._column.addLayout(head)
        self._quiet = PlainLabel(self.teaches or "", Type.BODY, Tone.MUTED, fit=Fit.WRAP)
        self._quiet.setContentsMargins(inset, inset, inset, 0)
        self._column.addWidget(self._quiet)

    def show_day(self, read: DayRead) -> None:
        """Show what this card says of a day."""
        self.show_rows(self.rows_of(read), self.remark_of(read))

    def show_rows(self, rows: list[Row], remark: Text | str) -> None:
        """Show these rows; whoever stood in one stands in the nearest then."""
        held = next((n for n, row in enumerate(self.rows) if _holds_focus(row)), None)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = rows
        for row in self.rows:
            self._column.addWidget(row)
        self._heading.remark.say(remark)
        self._quiet.setVisible(not self.rows and self.teaches is not None)
        self.setVisible(bool(self.rows) or self.teaches is not None)
        if held is not None and self.rows:
            nearest = self.rows[min(held, len(self.rows) - 1)]
            nearest.setFocus(Qt.FocusReason.OtherFocusReason)

    def rows_of(self, read: DayRead) -> list[Row]:
        """Return the rows; to be written by each card."""
        raise NotImplementedError

    def remark_of(self, read: DayRead) -> Text | str:
        """Return the quiet words beside the heading."""
        return ""


class ToWriteUp(Card):
    """Visits that are over and were not closed."""

    title = Text("To write up")

    def rows_of(self, read: DayRead) -> list[Row]:
        return [
            _on_click(MeetingRow(one, read.today, ()), self.ways.write_up, one)
            for one in read.to_write_up
        ]

    def remark_of(self, read: DayRead) -> Text | str:
        if "to_write_up" in read.more:
            return Text("the latest {n}; all stand in the log", n=len(read.to_write_up))
        return Text("a minute each: L begins with the latest")


class ToPrepare(Card):
    """Visits of the coming days that lack something."""

    title = Text("To prepare")

    def rows_of(self, read: DayRead) -> list[Row]:
        return [
            _on_click(MeetingRow(one, read.today, one.lacks), self.ways.open_visit, one)
            for one in read.to_prepare
        ]

    def remark_of(self, read: DayRead) -> Text | str:
        return Text("visits of the next 7 days that lack something")


class PromisesDue(Card):
    """Open promises that fall due within a week, ours before theirs, overdue first."""

    title = Text("Promises")
    way = "today.promises"
    teaches = Text(
        "No promise of either side falls due this week. What is promised at a visit stands here,"
        " overdue first, until its box is ticked."
    )

    def rows_of(self, read: DayRead) -> list[Row]:
        rows: list[Row] = []
        for line in (*read.ours, *read.theirs):
            row = PromiseRow(line, read.today)
            row.box.toggled.connect(lambda on, one=line: self.ways.keep(one) if on else None)
            rows.append(_on_click(row, self.ways.open_customer, line))
        return rows

    def remark_of(self, read: DayRead) -> Text | str:
        if not (read.ours or read.theirs):
            return ""
        ours, theirs = (
            f"{len(lines)}{'+' if name in read.more else ''}"
            for name, lines in (("ours", read.ours), ("theirs", read.theirs))
        )
        return Text("due within a week: ours {ours}, theirs {theirs}", ours=ours, theirs=theirs)


class MovesCard(Card):
    """A card that is told a moment after the day is shown; its place is kept free till then."""

    waits_for: int
    """Rows it keeps room for."""
    tall: int = 36

    def wait(self) -> None:
        """Stand there with its heading, as tall as it will be."""
        look = theme.now()
        self._quiet.hide()
        self.setMinimumHeight(look.px(self.waits_for * self.tall + 36 + 28))
        self.show()

    def show_moves(self, read: "DayMoves") -> None:
        """Show what this card says of the day."""
        self.setMinimumHeight(0)
        self.show_rows(self.rows_told(read), self.remark_told(read))

    def rows_told(self, read: "DayMoves") -> list[Row]:
        """Return the rows; to be written by each card."""
        raise NotImplementedError

    def remark_told(self, read: "DayMoves") -> Text | str:
        """Return the quiet words beside the heading."""
        raise NotImplementedError


class MovesWorthMaking(MovesCard):
    """Three things to do today, each with its reason; 1, 2 and 3 go there."""

    title = Text("Moves worth making")
    teaches = Text(
        "Nothing presses today: no promise of ours is late, nobody waits too long. Set classes, and"
        " KamDesk says here whom to see next, and why."
    )
    waits_for, tall = 3, TALL

    def rows_told(self, read: "DayMoves") -> list[Row]:
        rows: list[Row] = []
        for n, move in enumerate(read.moves, 1):
            row = MoveRow(move, str(n), read.today)
            if row.box is not None:
                row.box.toggled.connect(
                    lambda on, one=move: self.ways.keep_move(one) if on else None
                )
            rows.append(_on_click(row, self.ways.make_move, move))
        return rows

    def remark_told(self, read: "DayMoves") -> Text | str:
        if not read.moves:
            return ""
        how = Text("by worth and lateness")
        unjudged = ", ".join(looks.said(words) for words in read.not_judged)
        return looks.joined(how, Text("not judged: {what}", what=unjudged) if unjudged else "")


class ContactsDue(MovesCard):
    """Who is due for a contact, the most urgent first."""

    title = Text("Contact due")
    teaches = Text("Nobody is due for a contact this week. P plans a visit with whoever is next.")
    way = "today.due"
    waits_for = 5

    def rows_told(self, read: "DayMoves") -> list[Row]:
        return [_on_click(DueRow(line, read.today), self.ways.open_due, line) for line in read.due]

    def remark_told(self, read: "DayMoves") -> Text | str:
        counts = read.counts
        return looks.joined(
            Text("{n} overdue", "{n} overdue", n=counts.overdue) if counts.overdue else "",
            Text("{n} never visited", "{n} never visited", n=counts.never) if counts.never else "",
            Text("P plans a visit") if read.due else "",
        )


CARDS: Sequence[type[Card]] = (MovesWorthMaking, ContactsDue, PromisesDue, ToWriteUp, ToPrepare)
"""From top to bottom. Risks join here once there is somebody to ask."""


def _on_click(row: Row, do: Callable[..., object], what: object) -> Row:
    row.clicked.connect(lambda _=False: do(what))
    return row


def _holds_focus(row: Row) -> bool:
    return row.hasFocus() or any(child.hasFocus() for child in row.findChildren(QWidget))
