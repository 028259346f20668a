"""A user's hand on the program: keys, texts and clicks as Qt gets them from outside, counted."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.program import Program
from kamdesk.workspace import Workspace

_PATIENCE = 20_000


class Hand:
    """Presses, types and clicks in the window in front; each is waited for until all is answered.

    ``actions`` counts them: a key with what is held, a click, and a text typed in one go are one
    each. Keys go to the window, not to a widget: Qt decides by focus and shortcuts who gets them.
    """

    def __init__(self, program: Program, qtbot: QtBot) -> None:
        self.program, self._qtbot, self.actions = program, qtbot, 0

    # ---- acting

    def press(self, *keys: str) -> None:
        """Press keys by their names, like ``B``, ``Ctrl+Return``, ``F9``."""
        for key in keys:
            self.actions += 1
            held = QKeySequence(key)[0]
            QTest.keyClick(self._front(), held.key(), held.keyboardModifiers())
            self.settled()

    def type(self, words: str) -> None:
        """Type a text; what is on no key comes whole, as an input method gives it."""
        self.actions += 1
        self._write(words)
        self.settled()

    def click(self, widget: QWidget) -> None:
        """Click into the middle of a part of the window."""
        self.actions += 1
        middle = widget.mapTo(widget.window(), widget.rect().center())
        left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(widget.window().windowHandle(), left, plain, middle)
        self.settled()

    def press_and_name(self, key: str, path: object) -> None:
        """Press a key that asks for a file; type its path into the dialog, Enter. Three actions."""
        named = []

        def name() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog) and dialog.isActiveWindow():
                later.stop()
                self._write(str(path))
                QTest.keyClick(self._front(), Qt.Key.Key_Return)
                self.actions += 2
                named.append(path)

        def give_up() -> None:
            if isinstance(dialog := QApplication.activeModalWidget(), QDialog):
                dialog.reject()

        later = QTimer(interval=10, timeout=name)
        later.start()
        latest = QTimer(interval=_PATIENCE, singleShot=True, timeout=give_up)
        latest.start()
        self.press(key)
        later.stop()
        latest.stop()
        assert named == [path]

    def _write(self, words: str) -> None:
        if words.isascii():
            for sign in words:
                QTest.keyClick(self._front(), ord(sign))
        else:
            event = QInputMethodEvent()
            event.setCommitString(words)
            QApplication.sendEvent(QGuiApplication.focusObject(), event)

    def _front(self) -> QWindow:
        """Return the window that has the focus; where none has it, what is shown takes it.

        A window manager does that when a window closes; Qt without a screen has none.
        """
        if QGuiApplication.focusWindow() is None and self.program.shown is not None:
            self.program.shown.activateWindow()
        self.until(QGuiApplication.focusWindow)
        return QGuiApplication.focusWindow()

    # ---- waiting

    def until(self, found: Callable[[], object]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(lambda: bool(found()), timeout=_PATIENCE)

    def settled(self) -> None:
        """Wait until nothing is asked or done any more."""
        QApplication.processEvents()
        benches = [one for one in (self.program.bench, self.program.helping) if one is not None]
        self.until(lambda: not any(one.busy for one in benches))
        QApplication.processEvents()

    def front(self, title: str) -> None:
        """Wait until a window of this title is in front."""
        self.until(lambda: self._titled() == title and self.program.shown is not None)
        self.settled()

    @staticmethod
    def _titled() -> str:
        window = QApplication.activeWindow()
        return window.windowTitle() if window is not None else ""

    def at(self, page: str) -> Any:
        """Wait until a page is shown; return it."""

        def shown() -> bool:
            window = self.program.shown
            here = window.page if isinstance(window, MainWindow) else None
            return here is not None and here.route.page == page

        self.until(shown)
        self.settled()
        window = self.program.shown
        assert isinstance(window, MainWindow)
        return window.page

    def told(self, words: str) -> None:
        """Wait until the notices bar says something."""
        self.until(lambda: self.program.application.window.notices.words == words)

    # ---- looking

    def asked(self, question: Callable[[Workspace], Any]) -> Any:
        """Ask the open workspace something, beside the window."""
        answers: list[Any] = []
        assert self.program.bench is not None
        self.program.bench.ask(None, question, answers.append)
        self.until(lambda: answers)
        return answers[0]

    @property
    def here(self) -> Route | None:
        """Where the window is."""
        window = self.program.shown
        return window.page.here if isinstance(window, MainWindow) and window.page else None
