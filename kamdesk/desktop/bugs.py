"""Bugs of ours: noted without a customer's word, and told on a page with three ways on."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from PySide6.QtCore import QCoreApplication

from kamdesk.desktop.application import Application
from kamdesk.desktop.errands import Crash


class Bugs:
    """Takes what nobody caught. ``KAMDESK_TRACE`` set: it also goes to the terminal."""

    def __init__(self, application: Application, restart: Callable[[], object]) -> None:
        self._application, self._restart = application, restart
        self._telling = False

    def crashed_behind(self, crash: Crash) -> None:
        """Note and tell a bug behind the window, or in what was done with an answer."""
        self._take(crash)
        if os.environ.get("KAMDESK_TRACE"):
            sys.stderr.write(crash)

    def crashed_here(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Note and tell a bug in what a key or a click did."""
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.exit(130)
            return
        self._take(Crash.of(error.with_traceback(trace)))
        if os.environ.get("KAMDESK_TRACE"):
            sys.__excepthook__(kind, error, trace)

    def _take(self, crash: Crash) -> None:
        from kamdesk.logs import crash_report, keep_report

        window = self._application.window
        page = window.page if window is not None else None
        doing = f"page {page.route.page}" if page is not None else "window"
        report = crash_report(crash.found, doing=doing)
        keep_report(report)
        if self._telling or window is None or window.instead is not None:
            return  # one is told already: another may come of it
        self._telling = True
        try:
            self._tell(report)
        finally:
            self._telling = False

    def _tell(self, report: str) -> None:
        from kamdesk.desktop.bug_page import BugPage
        from kamdesk.desktop.drafting import open_drafts

        if (window := self._application.window) is None:
            return
        for draft in open_drafts(window):
            with suppress(Exception):  # the bug may lie there: the others are kept all the same
                draft.keep()
        told = BugPage(report)
        told.goes_on.connect(window.show_page_anew)
        told.restarts.connect(self._restart)
        window.show_instead(told)
