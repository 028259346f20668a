"""The days of a week under their heads, with the figures below: scrolled where there is no room."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kamdesk.desktop import theme
from kamdesk.desktop.week.foot import WeekFoot
from kamdesk.desktop.week.grid import WeekGrid
from kamdesk.desktop.week.heads import WeekHeads

_TALL = 500
"""So many pixels high at 100 % the page must be for the foot to stand below the hours."""


class WeekBody(QWidget):
    """Grid, heads and foot."""

    def __init__(self) -> None:
        super().__init__()
        look = theme.now()
        self.grid = WeekGrid()
        self.heads = WeekHeads(self.grid)
        self.foot = WeekFoot()
        self.heads.pressed.connect(self.grid.choose_day)
        self.grid.revealed.connect(self._reveal)
        inside = QWidget()
        self._scrolled = QVBoxLayout(inside)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        self._whole = QVBoxLayout(self)
        for column, right in ((self._whole, look.px(16)), (self._scrolled, 0)):
            column.setContentsMargins(0, 0, right, 0)
            column.setSpacing(0)
        self._scrolled.addWidget(self.grid)
        self._whole.addWidget(self.heads)
        self._whole.addWidget(self._area, 1)
        self._whole.addWidget(self.foot)
        self.setFocusProxy(self.grid)

    def fit(self) -> None:
        """Use the room there is: the foot below the hours, or at their end where it is low."""
        home = self._whole if self.height() >= theme.now().px(_TALL) else self._scrolled
        if home.indexOf(self.foot) < 0:
            home.addWidget(self.foot)
        below = self.foot.height() if home is self._scrolled else 0
        self.grid.fit(self._area.viewport().height() - below)

    def _reveal(self, box: QRect) -> None:
        middle, half = box.center(), box.height() // 2 + theme.now().px(8)
        self._area.ensureVisible(middle.x(), middle.y(), 0, half)
