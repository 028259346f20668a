"""Ctrl+P anywhere: the paper of what one looks at; a page that has a way of its own goes first."""

from typing import Any, Final

from kamdesk.core.wording import Text
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.past.key import subject_of

KEY: Final = "Ctrl+P"
_OF_CUSTOMERS: Final = frozenset({"account", "accounts"})


def give_paper_key(window: MainWindow[Any]) -> None:
    """Let Ctrl+P show the paper of the page, or of the customer or visit chosen in it."""

    def show() -> None:
        page = window.page
        if page is None:
            return
        own = [action for action in page.actions_here if action.keys == KEY]
        brief = [action for action in page.actions_here if action.id.endswith(".brief")]
        record = subject_of(page)
        if able := [action for action in (*own, *brief) if action.enabled]:
            able[0].trigger()
        elif page.route.page in _OF_CUSTOMERS and record is not None:
            window.go(Route("brief", record, "account"))
        elif (calendar := _of_calendar(page.here)) is not None:
            window.go(calendar)
        else:
            window.say(
                Text("There is no paper of this. Choose a customer or a visit, then press Ctrl+P.")
            )

    window.actions_here.add(
        "paper_here", Text("Brief or other paper of this page"), show, keys=KEY, icon="printer"
    )


def _of_calendar(here: Route) -> Route | None:
    """Return the paper of the day, week or month a calendar shows; None for any other page."""
    view, _, day = here.tab.partition(":")
    if here.page != "visits" or view not in ("day", "week", "month"):
        return None
    return Route("daypack", None, day) if view == "day" else Route("paper", None, here.tab)
