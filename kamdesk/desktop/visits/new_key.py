"""N anywhere plans a visit: on the page's own form where it has one, else on the calendar's."""

from typing import Any, Final

from kamdesk.core.wording import Text
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route

KEY: Final = "N"


def give_new_visit_key(window: MainWindow[Any]) -> None:
    """Let N plan a visit wherever no field has the focus and N means nothing else."""

    def plan() -> None:
        page = window.page
        own = [action for action in page.actions_here if action.keys == KEY] if page else []
        if own:
            own[0].trigger()
            return
        window.go(Route("visits"))
        shown: Any = window.page
        if shown is not None and shown.route.page == "visits":
            shown.begin_new()

    window.actions_here.add("new_visit", Text("Plan a visit"), plan, keys=KEY, icon="calendar-plus")
