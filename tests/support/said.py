"""Everything a window says, as a strict reader finds it."""

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)


def said(top: QWidget) -> str:
    """Return everything a window says: words, cells, figures, tips, names for screen readers."""
    words: list[str] = []
    for widget in (top, *top.findChildren(QWidget)):
        words += [widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.whatsThis()]
        words += [widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
            words.append(widget.text())
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            words.append(widget.placeholderText())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            words += _cells(widget.model())
        if isinstance(widget, QGraphicsView) and widget.scene() is not None:
            words += [i.text() for i in widget.scene().items() if hasattr(i, "text")]
    return "\n".join(words)


def _cells(model: QAbstractItemModel) -> list[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    return [
        found
        for row in range(model.rowCount())
        for column in range(_columns(model))
        for role in roles
        if isinstance(found := model.index(row, column).data(role), str)
    ]


def _columns(model: QAbstractItemModel) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()
