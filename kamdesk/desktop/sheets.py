"""Sheets: parts one below the other in the page's margins, on the grid."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.stylesheet import SCROLL_BAR
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, give_way
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel


class PageHead(QWidget):
    """A page's title at 20 px, a remark on its baseline, buttons at the right.

    Where there is no room for all buttons the first ones show their icon and key alone, then the
    remark goes, then the last one's words, then the first ones go; the last one stays, and what the
    others do is done by their keys and from the search box.
    """

    def __init__(
        self, title: Text | str, remark: Text | str = "", buttons: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        look = theme.now()
        self._buttons: list[QWidget] = []
        self._away: set[QWidget] = set()
        self._row = row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        self.title = PlainLabel(title, Type.TITLE, fit=Fit.ELIDE)
        self.remark = PlainLabel(remark, Type.BODY, Tone.SECOND)
        self.remark.setContentsMargins(look.px(8), 0, 0, 0)
        self.title.setContentsMargins(0, 0, 0, look.px(5))  # one baseline with remark and buttons
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(self.title)
        row.addWidget(self.remark)
        row.addStretch(1)
        self.put(*buttons)
        self.setFixedHeight(look.px(32))

    def put(self, *buttons: QWidget) -> None:
        """Add buttons at the right."""
        self._buttons += buttons
        for button in buttons:
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _fit(self) -> None:
        """Shorten buttons from the left, then take them away, until the rest has room."""
        gap = self._row.spacing()
        wanted = [one for one in self._buttons if one in self._away or not one.isHidden()]
        room = self.width() - gap - self.title.sizeHint().width()
        beside = self.remark.sizeHint().width() if self.remark.text() else 0
        if beside and wanted:
            last = wanted[-1]
            kept = last.wide(short=False) if isinstance(last, Button) else last.sizeHint().width()
            if give_way(wanted[:-1], room - beside - kept - gap, gap) < 0:
                beside = 0
            elif isinstance(last, Button):
                last.shorten(False)
        if not beside:
            give_way(wanted, room, gap)
        if self.remark.isHidden() is bool(beside):  # an empty one would take room as well
            self.remark.setVisible(bool(beside))
        room -= beside
        for n, button in enumerate(reversed(wanted)):
            room -= button.sizeHint().width() + gap
            away = n > 0 and room < 0
            if away != (button in self._away):
                (self._away.add if away else self._away.discard)(button)
                button.setVisible(not away)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a button or the remark says other words
            self._fit()
        return super().event(event)


class Sheet(QWidget):
    """A column of parts with the page's margins: 32 at the sides, 18 above.

    The scroll bar of the sheet, or of a list on it, lies in the right margin: nothing moves when
    it comes.
    """

    def __init__(
        self,
        *,
        scrolls: bool = True,
        top: int = 18,
        foot: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        look = theme.now()
        self._scrolls = scrolls
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, look.px(top), 0, look.px(foot))
        self._column.setSpacing(look.px(8))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area: QScrollArea | None = None
        if scrolls:
            self._area = _scrolling(self._column)
            whole.addWidget(self._area)
        else:
            whole.addLayout(self._column)

    def head(self, title: Text | str, remark: Text | str = "", *buttons: QWidget) -> PageHead:
        """Add a title, with a quiet remark and buttons at the right."""
        made = PageHead(title, remark, buttons)
        self.add(made)
        return made

    def section(
        self, name: Text, remark: Text | str = "", *, right: QWidget | None = None
    ) -> Heading:
        """Add a section's heading, with room above."""
        if self._column.count():
            self.space(28)
        made = Heading(name, remark, right=right)
        self.add(made)
        return made

    def add(self, part: QWidget, *, reach: str = "margin", stretch: int = 0) -> None:
        """Add a part reaching to the ``margin``, as ``list`` 8 px beyond, or to the ``edge``."""
        look = theme.now()
        left = {"margin": look.px(32), "list": look.px(24), "edge": 0}[reach]
        bar = SCROLL_BAR if self._scrolls or reach == "list" else 0
        row = QHBoxLayout()
        row.setContentsMargins(left, 0, left - bar if left else 0, 0)
        row.addWidget(part)
        self._column.addLayout(row, stretch)

    def insert(self, at: int, part: QWidget) -> None:
        """Put a part in between, reaching to the margin."""
        left = theme.now().px(32)
        row = QHBoxLayout()
        row.setContentsMargins(left, 0, left, 0)
        row.addWidget(part)
        self._column.insertLayout(at, row)

    def space(self, pixels: int) -> None:
        """Leave so much room."""
        self._column.addSpacing(max(theme.now().px(pixels) - self._column.spacing(), 0))

    def show_part(self, part: QWidget) -> None:
        """Scroll until a part is seen."""
        if self._area is not None:
            self._area.ensureWidgetVisible(part, 0, theme.now().px(48))

    def fill(self) -> None:
        """Leave the rest free."""
        self._column.addStretch(1)


def emptied(column: QVBoxLayout) -> QVBoxLayout:
    """Return a column from which all parts were taken away."""
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    return column


class _Area(QScrollArea):
    """Keeps in sight what one types in, when the window becomes smaller."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside, had = self.widget(), self.window().focusWidget()
        if inside is not None and inside.isAncestorOf(had):  # of nobody: False
            QTimer.singleShot(0, had, partial(self.ensureWidgetVisible, had, 0, theme.now().px(48)))


def _scrolling(column: QVBoxLayout) -> QScrollArea:
    inside = QWidget()
    inside.setLayout(column)
    area = _Area()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
