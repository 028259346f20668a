"""Looks at a window as a strict user does: names for a screen reader, no text cut anywhere."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetricsF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from kamdesk.desktop.widgets.labels import Fit, PlainLabel

_CONTROLS = (
    QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView, QComboBox, QGraphicsView,
    QAbstractSpinBox,
)  # fmt: skip
_NO_ROLE = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane)


def nameless(top: QWidget) -> list[str]:
    """Return the controls seen in a window that a screen reader cannot name or tell apart."""
    found = []
    for widget in _shown(top):
        takes = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not isinstance(widget, _CONTROLS) or not takes or _inside_another(widget):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name) if told else ""
        if not name.strip():
            found.append(f"{_what(widget)} has no name")
        elif told.role() in _NO_ROLE and not isinstance(widget, QGraphicsView):
            found.append(f"{_what(widget)} “{name[:40]}” has no role")
    return found


def cut(top: QWidget) -> list[str]:
    """Return the texts seen in a window for which there is no room; data may end in an ellipsis."""
    found = []
    for widget in _shown(top):
        if isinstance(widget, QLabel):
            found += _cut_label(widget)
        elif isinstance(widget, QAbstractButton):
            wanted = widget.sizeHint().width()
            ignores = widget.sizePolicy().horizontalPolicy() == widget.sizePolicy().Policy.Ignored
            if widget.text() and not ignores and widget.width() < wanted - 1:
                found.append(f"{_what(widget)} “{widget.text()}” {widget.width()} < {wanted}")
        elif isinstance(widget, QTableView):
            found += _cut_heads(widget)
    return found


def beyond(top: QWidget) -> list[str]:
    """Return what sticks out of the window at its right or lower edge, scrolling parts apart."""
    return [
        f"{_what(widget)} reaches {place.x() + widget.width()}"
        for widget in _shown(top)
        if isinstance(widget, _CONTROLS) and not _scrolls(widget, top)
        if (place := widget.mapTo(top, widget.rect().topLeft())).x() + widget.width()
        > top.width() + 1
        or place.y() + widget.height() > top.height() + 1
    ]


def _cut_label(label: QLabel) -> Iterator[str]:
    text, area = label.text(), label.contentsRect()
    fit = label._fit if isinstance(label, PlainLabel) else Fit.KEEP
    if not text or label.pixmap():
        return
    metrics = QFontMetricsF(label.font())
    if fit is Fit.WRAP or label.wordWrap():
        high = label.heightForWidth(label.width())
        if high > label.height() + 1:
            yield f"label “{text[:50]}” is {label.height()} high, wants {high}"
    elif fit is Fit.KEEP and metrics.horizontalAdvance(text) > area.width() + 1:
        wide = round(metrics.horizontalAdvance(text))
        yield f"label “{text[:50]}” is {area.width()} wide, wants {wide}"
    if metrics.ascent() + metrics.descent() > label.height() + 6:
        yield f"label “{text[:50]}” is too flat: {label.height()}"


def _cut_heads(table: QTableView) -> Iterator[str]:
    head, model = table.horizontalHeader(), table.model()
    if not head.isVisible() or model is None:
        return
    metrics = QFontMetricsF(head.font())
    for column in range(model.columnCount()):
        title = model.headerData(column, Qt.Orientation.Horizontal)
        room = head.sectionSize(column)
        if isinstance(title, str) and not head.isSectionHidden(column):
            wide = metrics.horizontalAdvance(title)
            if wide > room:
                yield f"column “{title}” is {room} wide, wants {round(wide)}"


def _shown(top: QWidget) -> Iterator[QWidget]:
    for widget in (top, *top.findChildren(QWidget)):
        if widget.isVisibleTo(top) and widget.width() > 0 and widget.height() > 0:
            yield widget


def _scrolls(widget: QWidget, top: QWidget) -> bool:
    above: QWidget | None = widget.parentWidget()
    while above is not None and above is not top:
        if above.objectName() == "qt_scrollarea_viewport":
            return True
        above = above.parentWidget()
    return False


def _inside_another(widget: QWidget) -> bool:
    above = widget.parentWidget()
    return isinstance(above, QComboBox | QAbstractSpinBox | QAbstractItemView)


def _what(widget: QWidget) -> str:
    above = widget.parentWidget()
    return f"{type(widget).__name__} in {type(above).__name__ if above else 'nothing'}"
