"""One record with what waits in it: a row for each field under mine, theirs, before."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.conflicts.field_row import LABEL_WIDE, FieldRow
from kamdesk.desktop.conflicts.reading import Record
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.storage.catalogue import LIFE


class RecordView(Sheet):
    """Signals: ``decided`` a choice was made. ``mine`` and ``finish`` are its buttons' actions."""

    decided = Signal()

    def __init__(
        self,
        record: Record,
        today: Day,
        go: Callable[[bytes], object],
        mine: Action,
        finish: Action,
    ) -> None:
        super().__init__()
        look = theme.now()
        self.record = record
        self.title = self.head(
            record.named.called,
            "",
            Button.of(mine, words=Text("All mine")),
            Button.of(finish, kind=Kind.PRIMARY),
        )
        self.add(PlainLabel(_sentence(record), Type.BODY, Tone.SECOND, fit=Fit.WRAP))
        self.space(24)
        self.add(_columns(record))
        self.add(Divider(strong=True))
        self.rows = [FieldRow(field, today, go) for field in record.fields]
        for row in self.rows:
            row.chosen.connect(self.decided)
            row.stepped.connect(self.step)
            self.add(row)
        foot = QWidget()
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, look.px(12), 0, 0)
        line.setSpacing(look.px(8))
        line.addWidget(IconMark("history", 16), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(
            PlainLabel(
                Text(
                    "What is not chosen is not lost: it stays in the history, Alt+H brings it back."
                    " What you decide goes to everybody; it is decided once. Undo puts back the"
                    " value shown before and does not ask again."
                ),
                Type.SMALL,
                Tone.SECOND,
                fit=Fit.WRAP,
            ),
            1,
        )
        self.add(foot)
        self.fill()
        self.setFocusProxy(self.rows[0])
        if self._area is not None:
            self._area.verticalScrollBar().rangeChanged.connect(self._show_head)

    @property
    def row(self) -> FieldRow:
        """The row the keys are for: the one with the focus, else the first not yet decided."""
        focus = self.focusWidget()
        at = next((r for r in self.rows if r is focus or r.isAncestorOf(focus)), None)
        if at is not None:
            return at
        return next((row for row in self.rows if not row.choice), self.rows[0])

    def _show_head(self) -> None:
        """Show the head again, where the first field is seen below it: it was being laid out."""
        first, area = self.rows[0], self._area
        inside = area.widget() if area is not None else None
        if area is not None and inside is not None and self.row is first:
            low = first.mapTo(inside, QPoint(0, first.height())).y()
            if low <= area.viewport().height():
                area.verticalScrollBar().setValue(0)

    def step(self, by: int) -> None:
        """Go to the next field, or the one before."""
        at = self.rows.index(self.row) + by
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus(Qt.FocusReason.TabFocusReason)
            self.show_part(self.rows[at])

    def take(self, which: Callable[[FieldRow], None]) -> None:
        """Let the row one is at take something, and go on to the next not yet decided."""
        row = self.row
        which(row)
        after = self.rows[self.rows.index(row) + 1 :]
        (after[0] if after else row).setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_part(after[0] if after else row)


def _sentence(record: Record) -> Text:
    n, who = len(record.fields), looks.cut(record.who, 60)
    lives = next((one for one in record.fields if one.open.conflict.cell == LIFE), None)
    mine = any(value.mine for field in record.fields for value in field.sides)
    if lives is not None and mine:
        deleted = any(value.mine and value.value is None for value in lives.sides)
        said = (
            Text("You deleted it while {who} wrote to it. Delete it, or keep it?", who=who)
            if deleted
            else Text("{who} deleted it while you wrote to it. Delete it, or keep it?", who=who)
        )
    elif mine:
        said = Text(
            "You and {who} wrote to the same field without seeing each other's.",
            "You and {who} wrote to the same {n} fields without seeing each other's.",
            n=n,
            who=who,
        )
    else:
        said = Text(
            "Colleagues wrote to the same field without seeing each other's.",
            "Colleagues wrote to the same {n} fields without seeing each other's.",
            n=n,
        )
    if not record.kept:
        return said
    kept = Text(
        "{n} other change needed no decision and is kept.",
        "{n} other changes needed no decision and are kept.",
        n=record.kept,
    )
    return Text("{one} {two}", one=said, two=kept)


def _columns(record: Record) -> QWidget:
    look = theme.now()
    sides = [value for field in record.fields for value in field.sides]
    mine = next((one for one in sides if one.mine), None)
    others = dict.fromkeys(one.who for one in sides if one is not mine and not one.mine)
    heads = (
        (
            ("1", Text("Mine"), Text("{who}, here", who=mine.who))
            if mine
            else ("1", Text("One"), record.fields[0].sides[0].who)
        ),
        ("2", Text("Theirs") if mine else Text("Other"), looks.listed(list(others))),
        ("3", Text("Before"), Text("what both had seen")),
    )
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(look.px(LABEL_WIDE) + look.px(12), 0, 0, 0)
    row.setSpacing(look.px(12))
    for key, name, remark in heads:
        part = QWidget()
        part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        cells = QHBoxLayout(part)
        cells.setContentsMargins(look.px(12), 0, 0, look.px(4))
        cells.setSpacing(look.px(8))
        top = Qt.AlignmentFlag.AlignTop
        cells.addWidget(KeyCap(key), 0, top)
        cells.addWidget(PlainLabel(name, Type.STRONG), 0, top)
        cells.addWidget(PlainLabel(remark, Type.SMALL, Tone.SECOND, fit=Fit.WRAP), 1, top)
        row.addWidget(part, 1)
    return holder
