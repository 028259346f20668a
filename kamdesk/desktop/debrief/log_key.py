"""The key L: log a visit from anywhere; a page that has a way of its own goes first."""

from typing import Any

from kamdesk.core.wording import Text
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route

KEY = "L"


def give_log_key(window: MainWindow[Any]) -> None:
    """Let L write up the visit that waits, of the customer whose page is shown or of anybody."""

    def log() -> None:
        page = window.page
        own = [action for action in page.actions_here if action.keys == KEY] if page else []
        if own:
            own[0].trigger()
        elif page is not None and page.route.page == "account" and page.route.record:
            window.go(Route("debrief", None, page.route.record.hex()))
        else:
            window.go(Route("debrief"))

    window.actions_here.add("log_visit", Text("Log a visit"), log, keys=KEY, icon="pencil")
