"""Who still holds a word: every string the collector can reach, and every widget that is alive."""

import gc
import types
from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

_SKIPPED = (types.FrameType,)  # frames of the test itself hold what it looks for


def strings_with(word: str) -> list[str]:
    """Return the strings that hold ``word`` and are reachable from anything alive."""
    gc.collect()
    gc.unfreeze()
    found: dict[int, str] = {}
    seen: set[int] = set()
    todo: list[object] = list(gc.get_objects())
    while todo:
        thing = todo.pop()
        if id(thing) in seen or isinstance(thing, _SKIPPED):
            continue
        seen.add(id(thing))
        if type(thing) is str:
            if word in thing:
                found[id(thing)] = thing
        elif type(thing) is bytes:
            if word.encode() in thing:
                found[id(thing)] = repr(thing[:60])
        elif not isinstance(thing, int | float):
            todo.extend(gc.get_referents(thing))
    return list(found.values())


def widgets_with(word: str) -> list[str]:
    """Return what live widgets say that holds ``word``."""
    return [said for widget in QApplication.allWidgets() for said in _said(widget) if word in said]


def _said(widget: QWidget) -> Iterator[str]:
    yield from (widget.windowTitle(), widget.accessibleName(), widget.toolTip())
    if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
