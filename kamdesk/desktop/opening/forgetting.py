"""Forgetting on locking: what was remembered of a customer's words to be quicker."""

import gc

from PySide6.QtCore import QCoreApplication, QEvent

from kamdesk.core.memos import forget_memos
from kamdesk.desktop.opening.giving_back import give_back


def forget_words() -> None:
    """Let go of closed windows, and empty every memo the program keeps."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    forget_memos()
    gc.collect()
    give_back()
