"""The clipboard, when it holds a secret: cleared after half a minute, and when KamDesk locks."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

FOR: int = 30_000
"""Milliseconds for which a secret stays on the clipboard."""


class _Clearing(QObject):
    """Clears the clipboard if it still holds what was put there."""

    def __init__(self) -> None:
        super().__init__()
        self._secret = ""
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.clear)

    def soon(self, secret: str) -> None:
        self._secret = secret
        self._later.start(FOR)

    def clear(self) -> None:
        self._later.stop()
        secret, self._secret = self._secret, ""
        board = QApplication.clipboard()
        if secret and board.text() == secret:
            board.clear()


_clearing: list[_Clearing] = []


def copy_secret(secret: str) -> None:
    """Put a secret on the clipboard, for a while."""
    QApplication.clipboard().setText(secret)
    clear_later(secret)


def clear_later(secret: str) -> None:
    """Clear the clipboard in a while, if it then still holds this secret."""
    if not _clearing:
        _clearing.append(_Clearing())
    _clearing[0].soon(secret)


def clear_now() -> None:
    """Clear the clipboard if it holds a secret we know of."""
    for one in _clearing:
        one.clear()
