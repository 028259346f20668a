"""Holding a form still while it is saved: nothing flickers, the focus stays, Esc still closes."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_TYPED = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.ContextMenu,
        QEvent.Type.Drop,
    }
)


class Still(QObject):
    """Takes away what is typed and pressed in ``form`` while it waits."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._held: list[QWidget] = []

    def wait(self, waiting: bool) -> None:
        """Hold the form still, or let it go."""
        for part in self._held:
            if shiboken6.isValid(part):  # a form may have changed meanwhile
                part.removeEventFilter(self)
        self._held = [self._form, *self._form.findChildren(QWidget)] if waiting else []
        for part in self._held:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            return False
        return event.type() in _TYPED
