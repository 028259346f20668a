"""What stands beside the agenda: cards, each with its rows; later ones join the list of kinds."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.today.rows import INSET, MeetingRow, PromiseRow, Row
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.domain.promises.store import PromiseLine
from kamdesk.dossier.agenda import Meeting
from kamdesk.dossier.day import DayRead


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


class Card(QWidget):
    """A heading and rows; away while it has none, unless it teaches what belongs there."""

    title: Text
    teaches: Text | None = None

    def __init__(self, ways: Ways) -> None:
        super().__init__()
        self.ways = ways
        self.rows: list[Row] = []
        self._heading = Heading(self.title, "")
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
        held = next((n for n, row in enumerate(self.rows) if _holds_focus(row)), None)
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = self.rows_of(read)
        for row in self.rows:
            self._column.addWidget(row)
        self._heading.remark.say(self.remark_of(read))
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


CARDS: Sequence[type[Card]] = (ToWriteUp, ToPrepare, PromisesDue)
"""From top to bottom. Moves, contacts due and risks join here once there is somebody to ask."""


def _on_click(row: Row, do: Callable[..., object], what: object) -> Row:
    row.clicked.connect(lambda _=False: do(what))
    return row


def _holds_focus(row: Row) -> bool:
    return row.hasFocus() or any(child.hasFocus() for child in row.findChildren(QWidget))
