"""Lines of a section: words side by side on a hairline, rebuilt when the customer changed."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel


class Line(QWidget):
    """One line, 36 px high: parts side by side, a hairline below."""

    def __init__(self, *parts: QWidget, wraps: bool = False) -> None:
        super().__init__()
        look = theme.now()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(10))
        middle = Qt.AlignmentFlag.AlignVCenter
        for part in parts:
            grows = part.sizePolicy().horizontalPolicy() in (
                QSizePolicy.Policy.Ignored,
                QSizePolicy.Policy.Expanding,
            )
            folds = isinstance(part, PlainLabel) and part.wordWrap()
            row.addWidget(part, 1 if grows or folds else 0, middle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(4 if wraps else 0), 0, 0)
        column.setSpacing(look.px(4) if wraps else 0)
        column.addLayout(row, 1)
        column.addWidget(Divider())
        if wraps:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        else:
            self.setFixedHeight(look.px(36))


class Lines(QWidget):
    """The lines of one section; says something quiet when there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_parts(self, parts: Iterable[QWidget], none: Text | str = "") -> None:
        """Show these instead of what was there; ``none`` where there is nothing."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        shown = list(parts)
        if not shown and none:
            quiet = PlainLabel(none, Type.BODY, Tone.MUTED, fit=Fit.WRAP)
            quiet.setContentsMargins(0, theme.now().px(6), 0, 0)
            shown.append(quiet)
        for part in shown:
            self._column.addWidget(part)


def fixed(
    words: Text | str, width: int, tone: Tone = Tone.MUTED, role: Type = Type.SMALL
) -> QWidget:
    """Return words in a column of a fixed width."""
    label = PlainLabel(words, role, tone, fit=Fit.ELIDE)
    label.setFixedWidth(theme.now().px(width))
    return label
