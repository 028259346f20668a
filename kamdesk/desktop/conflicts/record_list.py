"""The left of the page: what waits, record by record, and what came together by itself."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.conflicts.reading import ConflictsSeen, Record
from kamdesk.desktop.naming_records import ICONS
from kamdesk.desktop.sheets import emptied
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel, plain_tip
from kamdesk.desktop.widgets.lines import Line
from kamdesk.desktop.widgets.panes import scrolled
from kamdesk.desktop.widgets.pressable import Pressable
from kamdesk.desktop.widgets.wrapping import wrapped
from kamdesk.storage.catalogue import LIFE

_WIDE = 264
"""Of the list, at 100 %."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1}


class RecordRow(Pressable):
    """A record that waits: its name, in two lines where it needs them, what it is, who wrote."""

    def __init__(self, record: Record, today: Day) -> None:
        n = len(record.fields)
        self._count = looks.said(
            Text("{n} text", "{n} texts", n=n)
            if all(field.text for field in record.fields)
            else Text("deleted")
            if all(field.open.conflict.cell == LIFE for field in record.fields)
            else Text("{n} field", "{n} fields", n=n)
        )
        self._lines = (record.named.of, looks.joined(record.who, moment_words(record.at, today)))
        self.record = record
        super().__init__(looks.plain(record.named.called))
        self.setAccessibleName(looks.joined(self.text(), self._count, *self._lines))
        self.setToolTip(plain_tip(looks.joined(self.text(), *self._lines)))
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Leave it to the list which one is chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()  # a button would go to the next one without choosing it
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(240), theme.now().px(22 + 18 * len(self._parts())))

    def _parts(self) -> list[tuple[str, Type, Tone]]:
        """Return the lines as they stand; beside the first ones there is room for the count."""
        look = theme.now()
        room = look.px(_WIDE - 24 - 26 - 20)
        small = look.font_for(Type.SMALL, self._count)
        beside = QFontMetricsF(small).horizontalAdvance(self._count) + look.px(8)
        strong = look.font_for(Type.STRONG, self.text())
        parts = [
            (part, Type.STRONG, Tone.INK) for part in wrapped(self.text(), strong, room - beside, 2)
        ]
        for line in self._lines:
            font = look.font_for(Type.SMALL, line)
            parts += [(part, Type.SMALL, Tone.SECOND) for part in wrapped(line, font, room, 2)]
        return parts

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, chosen = QRectF(self.rect()), self.isChecked()
        if chosen or self.underMouse():
            painter.fillRect(box, look.colour("soft" if chosen else "hover"))
        if chosen:
            painter.fillRect(QRectF(0, 0, look.px(3), box.height()), look.colour(Tone.ACCENT))
        side, left = look.px(16), look.px(24)
        tint = look.colour(Tone.ACCENT if chosen else Tone.SECOND)
        place = QRectF(left, look.px(14), side, side)
        icons.paint(painter, ICONS.get(self.record.kind, "file-text"), place, tint)
        left += side + look.px(10)
        right = box.right() - look.px(20)
        for n, (words, role, tone) in enumerate(self._parts()):
            font = look.font_for(role, words)
            middle = look.px(22) + n * look.px(18)
            base = round(middle + 0.365 * font.pixelSize())
            painter.setFont(font)
            painter.setPen(look.colour(tone))
            painter.drawText(QPointF(left, base), words)
        small = look.font_for(Type.SMALL, self._count)
        wide = QFontMetricsF(small).horizontalAdvance(self._count)
        painter.setFont(small)
        painter.setPen(look.colour(Tone.INK))
        base = round(look.px(22) + 0.365 * small.pixelSize())
        painter.drawText(QPointF(right - wide, base), self._count)
        line = QRectF(look.px(24), box.bottom() - 1, box.width() - look.px(44), 1)
        painter.fillRect(line, look.colour("line"))
        if self.hasFocus():
            theme.focus_ring(painter, box, look.px(4))


class RecordList(QWidget):
    """Of a fixed width, a hairline at its right. Signals: ``wanted(record id)``."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.rows: list[RecordRow] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, look.px(18), 0, look.px(16))
        column.setSpacing(0)
        self._title = PlainLabel(Text("Waits for you"), Type.TITLE)
        self._count = PlainLabel("", Type.SMALL, Tone.SECOND)
        top = QHBoxLayout()
        top.setContentsMargins(look.px(24), 0, look.px(20), look.px(12))
        top.addWidget(self._title, 1)
        top.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(top)
        self._records = QVBoxLayout()
        self._records.setSpacing(0)
        column.addLayout(self._records)
        self._rest = QVBoxLayout()
        self._rest.setContentsMargins(look.px(24), look.px(16), look.px(20), 0)
        self._rest.setSpacing(0)
        column.addLayout(self._rest)
        column.addStretch(1)
        area = scrolled(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 0)
        whole.addWidget(area)
        self._area = area
        self.setFixedWidth(look.px(_WIDE))

    def show_seen(self, seen: ConflictsSeen, chosen: bytes | None) -> None:
        """Show what waits and what came together."""
        had = any(row.hasFocus() for row in self.rows)
        emptied(self._records)
        self.rows = []
        for record in seen.records:
            row = RecordRow(record, seen.today)
            row.clicked.connect(lambda _=False, id=record.id: self.wanted.emit(id))
            self._records.addWidget(row)
            self.rows.append(row)
        n = len(seen.records) + seen.more
        self._count.say(Text("{n} record", "{n} records", n=n) if n else "")
        emptied(self._rest)
        if seen.more:
            more = Text("{n} more wait", "{n} more wait", n=seen.more)
            self._rest.addWidget(PlainLabel(more, Type.SMALL, Tone.MUTED))
        self._show_alone(seen)
        self.choose(chosen)
        if had:
            self.setFocus()

    def _show_alone(self, seen: ConflictsSeen) -> None:
        alone = seen.alone
        sum_ = PlainLabel(str(alone.every) if alone.complete else f"{alone.every}+", Type.BODY)
        self._rest.addWidget(Heading(Text("Merged by itself"), right=sum_))
        for words, count in (
            (Text("Different fields, both kept"), alone.fields),
            (Text("Texts merged by sentence"), alone.texts),
            (Text("Both wrote the same"), alone.same),
        ):
            label = PlainLabel(words, Type.SMALL, Tone.SECOND, fit=Fit.ELIDE)
            self._rest.addWidget(Line(label, PlainLabel(str(count), Type.SMALL, Tone.SECOND)))
        said = PlainLabel(Text("In the last 7 days"), Type.SMALL, Tone.MUTED)
        said.setContentsMargins(0, theme.now().px(8), 0, 0)
        self._rest.addWidget(said)

    def choose(self, record: bytes | None) -> None:
        """Show which record is looked at."""
        for row in self.rows:
            row.setChecked(row.record.id == record)
            if row.isChecked():
                self.setFocusProxy(row)
                self._area.ensureWidgetVisible(row)

    def step(self, by: int) -> None:
        """Look at the next record, or the one before."""
        now = next((n for n, row in enumerate(self.rows) if row.isChecked()), -1)
        at = now + by
        if 0 <= at < len(self.rows):
            self.wanted.emit(self.rows[at].record.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _STEPS.get(Qt.Key(event.key()), 0)
        if by:
            self.step(by)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        QPainter(self).fillRect(self.width() - 1, 0, 1, self.height(), look.colour("line"))
