"""Parts that flow over lines, as words do."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Flow(QWidget):
    """Parts side by side, on as many lines as they need; ``line`` pixels between the lines."""

    def __init__(self, parts: Sequence[QWidget], *, gap: int, line: int) -> None:
        super().__init__()
        self._parts, self._gap, self._line = parts, gap, line
        for part in parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, wide: int) -> int:
        return self._place(wide, moves=False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a part is wider now, or hidden
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        high = self._place(self.width(), moves=True)
        if high != self.height():
            self.setFixedHeight(high)

    def _place(self, wide: int, *, moves: bool) -> int:
        margins = self.contentsMargins()
        left, top, right = margins.left(), margins.top(), wide - margins.right()
        row: list[QWidget] = []
        for part in (one for one in self._parts if not one.isHidden()):
            if row and left + part.sizeHint().width() > right:
                top += self._row(row, margins.left(), top, moves=moves) + self._line
                left, row = margins.left(), []
            left += part.sizeHint().width() + self._gap
            row.append(part)
        return top + self._row(row, margins.left(), top, moves=moves) + margins.bottom()

    def _row(self, row: Sequence[QWidget], left: int, top: int, *, moves: bool) -> int:
        """Place one line, its parts on one middle; return how high it is."""
        sizes = [part.sizeHint() for part in row]
        high = max((size.height() for size in sizes), default=0)
        for part, size in zip(row, sizes, strict=True) if moves else ():
            part.setGeometry(left, top + (high - size.height()) // 2, size.width(), size.height())
            left += size.width() + self._gap
        return high
