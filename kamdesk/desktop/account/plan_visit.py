"""The form that plans a visit: when, what for, with whom."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account.reading import AccountSeen
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.typed import read_day, read_minutes, read_time
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import LineEditor, TextEditor, TickBox
from kamdesk.desktop.widgets.fields import Form
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.still import Still

if TYPE_CHECKING:
    from kamdesk.desktop.account.page import AccountPage
    from kamdesk.workspace import Workspace

_MOST = 40


class PlanVisit(QWidget):
    """Signals: ``planned(visit id)``, ``closed``. Ctrl+Enter saves, Esc closes."""

    planned = Signal(bytes)
    closed = Signal()

    def __init__(self, page: "AccountPage", seen: AccountSeen) -> None:
        super().__init__()
        look = theme.now()
        self._page, self._seen = page, seen
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(14))
        column.addWidget(Heading(Text("Plan a visit")))
        self.form = Form()
        self.day, self.time = LineEditor(hint=Text("2026-03-16, tomorrow, +3")), LineEditor("10:00")
        self.minutes = LineEditor("60")
        self.topic, self.objective = LineEditor(), TextEditor(lines=2)
        self.ask, self.fallback = LineEditor(), LineEditor()
        add = self.form.add
        add("day", Text("Day"), self.day, beside=False)
        add("time", Text("Time"), self.time, beside=False)
        add("minutes", Text("Length in minutes"), self.minutes, beside=False)
        add(
            "topic",
            Text("Topic"),
            self.topic,
            help=Text("Neutral words: they also stand on the page for the table"),
            beside=False,
        )
        add("objective", Text("What the visit is to bring"), self.objective, beside=False)
        add("ask", Text("What we ask of them"), self.ask, beside=False)
        add("fallback", Text("If they do not go along"), self.fallback, beside=False)
        column.addWidget(self.form)
        self.people: dict[bytes, TickBox] = {}
        if seen.people:
            column.addWidget(PlainLabel(Text("Who will sit there"), Type.SMALL, Tone.MUTED))
            boxes = QVBoxLayout()
            boxes.setSpacing(look.px(2))
            for row in sorted(seen.people, key=lambda row: -(row.influence or 0))[:_MOST]:
                self.people[row.id] = box = TickBox(row.name)
                box.setAccessibleName(looks.joined(row.name, row.post))
                pair = QHBoxLayout()
                pair.setSpacing(look.px(4))
                pair.addWidget(box)
                pair.addWidget(PlainLabel(row.post, Type.SMALL, Tone.MUTED, fit=Fit.ELIDE), 1)
                boxes.addLayout(pair)
            column.addLayout(boxes)
        editors: dict[str, QWidget] = {
            "day": self.day,
            "time": self.time,
            "minutes": self.minutes,
            "topic": self.topic,
            "objective": self.objective,
            "ask": self.ask,
            "fallback": self.fallback,
        }
        editors |= {who.hex(): box for who, box in self.people.items()}
        place = f"account:{seen.file.account.id.hex()}:plan"
        self.draft = Drafting(self, page.workbench, place, editors)
        column.insertWidget(1, self.draft.line)
        save, close = (
            Button(Text("Save"), keys="Ctrl+Enter", kind=Kind.PRIMARY),
            Button(Text("Close"), keys="Esc"),
        )
        save.clicked.connect(self._save)
        close.clicked.connect(self._close)
        row_of = QHBoxLayout()
        row_of.setSpacing(look.px(8))
        row_of.addWidget(save)
        row_of.addWidget(close)
        row_of.addStretch(1)
        column.addLayout(row_of)
        column.addStretch(1)
        self.still = Still(self)
        for keys, does in (("Ctrl+Return", self._save), ("Esc", self._close)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(does)

    def begin(self) -> None:
        """Put the focus where one starts typing, and what was typed before in its place."""
        self.draft.begin()
        self.day.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refused(self, error: Refusal) -> None:
        """Show a refusal at its field."""
        self.form.refused(error)

    def _close(self) -> None:
        self.draft.close()
        self.closed.emit()

    def _save(self) -> None:
        self.form.accept()
        try:
            day = read_day(self.day.text(), self._seen.today, field="day")
            hour, minute = read_time(self.time.text(), field="time")
            minutes = read_minutes(self.minutes.text(), field="minutes")
            start = Instant.at(day, hour, minute, zone=self._seen.file.at.zone)
        except RuleBroken as error:
            self.refused(error)
            return
        account = self._seen.file.account.id
        with_whom = [who for who, box in self.people.items() if box.isChecked()]
        words = {
            "topic": self.topic.text(),
            "objective": self.objective.toPlainText(),
            "ask": self.ask.text(),
            "fallback": self.fallback.text(),
        }
        made: list[bytes] = []

        def verb(desk: "Workspace") -> ChangeSet:
            from kamdesk.core.ids import Id
            from kamdesk.domain.visits.model import Attendee, Side

            visit = replace(desk.visits.new(account, start), minutes=minutes, **words)  # type: ignore[arg-type]
            made[:] = [visit.id]
            seats = [Attendee.at(visit, Id(who), Side.THEIRS) for who in with_whom]
            if (me := desk.storage.remembered("me")) is not None:
                seats.append(Attendee.at(visit, Id(me), Side.OURS))
            return desk.visits.plan(visit, *seats)

        def saved(_: ChangeSet) -> None:
            self.draft.settle()
            self.planned.emit(made[0])

        self._page.workbench.do(self._page, verb, saved, self.refused, key="plan", form=self.still)
