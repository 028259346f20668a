"""The parts a page is divided into: tool bar, side panel, two columns."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop import theme
from kamdesk.desktop.widgets.buttons import give_way


class ToolBar(QWidget):
    """48 px under the top bar: what is shown at the left, what can be done at the right.

    Where there is no room the first buttons at the right show their icon and key alone.
    """

    def __init__(self, *left: QWidget, right: tuple[QWidget, ...] = ()) -> None:
        super().__init__()
        look = theme.now()
        self._left, self._right = left, right
        self.setFixedHeight(look.px(48))
        self._row = row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(look.px(24), 0, look.px(24), 1)
        row.setSpacing(look.px(8))
        for part in left:
            row.addWidget(part)
            row.addSpacing(look.px(4))
        row.addStretch(1)
        for part in right:
            row.addWidget(part)

    def _fit(self) -> None:
        look, gap = theme.now(), self._row.spacing()
        left = [
            min(one.sizeHint().width(), one.maximumWidth())
            for one in self._left
            if not one.isHidden()
        ]
        room = self.width() - look.px(48) - sum(left) - len(self._left) * (look.px(4) + gap)
        give_way([one for one in self._right if not one.isHidden()], room, gap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a part says other words
            self._fit()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.now().colour("line"))


def scrolled(inside: QWidget) -> QScrollArea:
    """Return what lets a column be moved up and down, without a frame and without the focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area


class SidePanel(QWidget):
    """336 px at the right (304 in a window narrower than 1,400), divided off by a hairline."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.column = QVBoxLayout()
        self.column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        self.column.setSpacing(look.px(8))
        inside = QWidget()
        inside.setLayout(self.column)
        area = scrolled(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(area)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.fit(look.px(1440))

    def fit(self, window: int) -> None:
        """Take the width that suits a window of so many pixels."""
        look = theme.now()
        self.setFixedWidth(look.px(336 if window >= look.px(1400) else 304))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, 1, self.height(), theme.now().colour("line"))


class TwoColumns(QWidget):
    """A column of story and one of duty, side by side; widths in the ratio ``shares``."""

    def __init__(self, shares: tuple[int, int] = (736, 408), gap: int = 56) -> None:
        super().__init__()
        look = theme.now()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(gap))
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column, share in ((self.left, shares[0]), (self.right, shares[1])):
            column.setSpacing(look.px(8))
            holder = QWidget()
            holder.setLayout(column)
            column.setContentsMargins(0, 0, 0, 0)
            holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            row.addWidget(holder, share, Qt.AlignmentFlag.AlignTop)

    def stack(self, stacked: bool) -> None:
        """Put the columns one below the other where side by side is too narrow."""
        way = QHBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if stacked else way.LeftToRight)
