"""Walking with F6: the focus goes from one part of the window to the next that can take it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def focus_next(panes: Sequence[QWidget]) -> None:
    """Give the focus to the pane after the one that has it; to the first when none has."""
    focus = QApplication.focusWidget()
    holding = [n for n, pane in enumerate(panes) if focus and _holds(pane, focus)]
    now = holding[-1] if holding else len(panes) - 1  # a page may be a pane, and hold others
    for step in range(1, len(panes) + 1):
        pane = panes[(now + step) % len(panes)]
        if pane.isVisible() and pane.isEnabled():
            pane.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _holds(pane: QWidget, focus: QWidget) -> bool:
    return pane is focus or pane.isAncestorOf(focus) or pane.focusProxy() is focus
