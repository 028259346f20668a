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
        left, top, line = margins.left(), margins.top(), 0
        for part in self._parts:
            if part.isHidden():
                continue
            size = part.sizeHint()
            if left > margins.left() and left + size.width() > wide - margins.right():
                left, top = margins.left(), top + line + self._line
                line = 0
            if moves:
                part.setGeometry(left, top, size.width(), size.height())
            left += size.width() + self._gap
            line = max(line, size.height())
        return top + line + margins.bottom()
