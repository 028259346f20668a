"""Bugs of ours: noted without a customer's word, and said in the notices."""

import os
import sys
from types import TracebackType

from PySide6.QtCore import QCoreApplication

from kamdesk.core.wording import Text
from kamdesk.desktop.application import Application
from kamdesk.desktop.theme import Tone


class Bugs:
    """Takes what nobody caught. ``KAMDESK_TRACE`` set: it also goes to the terminal."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def crashed_behind(self, trace: str) -> None:
        """Say that something behind the window had a bug."""
        self._say()
        if os.environ.get("KAMDESK_TRACE"):
            sys.stderr.write(trace)

    def crashed_here(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Note a bug in what a key or a click did, and say so."""
        from kamdesk.logs import crash_note

        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(130)
            return
        crash_note(error.with_traceback(trace), doing="window")
        self._say()
        if os.environ.get("KAMDESK_TRACE"):
            sys.__excepthook__(kind, error, trace)

    def _say(self) -> None:
        if (window := self._application.window) is not None:
            window.notices.say(
                Text("Something is wrong in KamDesk itself. What was saved is safe."),
                tone=Tone.BRICK,
            )
