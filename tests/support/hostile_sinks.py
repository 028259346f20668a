"""Looks at every place in a window that shows words, and says which would read them as markup."""

import html
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as Markup
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGraphicsTextItem,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QTextEdit,
    QWidget,
)

_SPAN = ("<span>", "</span>")
_LONGEST = 2_000
_READ_OUT = 2 * _LONGEST
"""A screen reader says of a value what it is first: a name of the user's own, perhaps."""
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_ROWS = 60


def alive(top: QWidget) -> list[str]:
    """Return what in ``top`` and below it is shown as markup, too long, or turning direction."""
    wrong = []
    for widget in (top, *top.findChildren(QWidget)):
        place = type(widget).__name__
        for words in (widget.toolTip(), widget.statusTip(), widget.whatsThis()):
            wrong += [f"{place} tip: {said}" for said in _tip(words)]
        wrong += [f"{place}: {said}" for said in _words(widget)]
        for words in (widget.accessibleName(), widget.accessibleDescription()):
            wrong += [f"{place} as it is read out: {said}" for said in _wrong(words, _READ_OUT)]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for words in _cells(widget.model(), Qt.ItemDataRole.AccessibleTextRole):
                wrong += [f"{place} cell read out: {said}" for said in _wrong(words, _READ_OUT)]
        if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty():
            wrong.append(f"{place}: a key out of words: {widget.text()[:60]!r}")
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            wrong.append(f"{place}: a label that may read markup: {widget.text()[:60]!r}")
        if isinstance(widget, QTextEdit):
            wrong.append(f"{place}: an editor that takes rich text")
        if isinstance(widget, QGraphicsView) and widget.scene() is not None:
            items = widget.scene().items()
            wrong += [f"{place}: rich text" for i in items if isinstance(i, QGraphicsTextItem)]
    for action in top.findChildren(QAction):
        wrong += [f"action tip: {said}" for said in _tip(action.toolTip())]
    return wrong


def shown(top: QWidget) -> str:
    """Return all words shown in ``top``, to tell that something was there to be looked at."""
    return "\n".join(said for widget in top.findChildren(QWidget) for said in _said(widget))


def _said(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget.model(), Qt.ItemDataRole.DisplayRole)
    if isinstance(widget, QGraphicsView) and widget.scene() is not None:
        for item in widget.scene().items():
            text = getattr(item, "text", None)
            if callable(text):
                yield text()


def _cells(model: QAbstractItemModel, role: Qt.ItemDataRole) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for column in range(columns):
        head = model.headerData(column, Qt.Orientation.Horizontal)
        if isinstance(head, str):
            yield head
    for row in range(min(model.rowCount(), _ROWS)):
        for column in range(columns):
            words = model.index(row, column).data(role)
            if isinstance(words, str):
                yield words


def _words(widget: QWidget) -> Iterator[str]:
    for said in _said(widget):
        yield from _wrong(said)


def _wrong(said: str, longest: int = _LONGEST) -> Iterator[str]:
    if len(said) > longest + 100:
        yield f"{len(said)} characters are shown"
    if any(mark in said for mark in _TURNING):
        yield f"turns its direction: {said[:60]!r}"


def _tip(words: str) -> Iterator[str]:
    """Yield what is wrong with a tip: Qt reads one as markup when it looks like it."""
    if not Markup.mightBeRichText(words):
        return
    inside = words.removeprefix(_SPAN[0]).removesuffix(_SPAN[1])
    if words != f"{_SPAN[0]}{inside}{_SPAN[1]}" or "<" in inside or ">" in inside:
        yield f"markup: {words[:60]!r}"
    elif html.escape(html.unescape(inside), quote=False) != inside:
        yield f"half escaped: {words[:60]!r}"
