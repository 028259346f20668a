"""The key that shows the history of what one looks at, on whatever page."""

from typing import Any

from kamdesk.core.wording import Text
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route


def give_history_key(window: MainWindow[Any]) -> None:
    """Let Ctrl+H show the history of the record that is chosen, or that the page is about."""

    def show() -> None:
        page = window.page
        record = subject_of(page) if page is not None else None
        if record is None:
            window.say(Text("Choose a record first; then Ctrl+H shows what happened to it."))
        elif page is not None and page.route.page != "history":
            window.go(Route("history", record))

    window.actions_here.add(
        "history", Text("History of this record"), show, keys="Ctrl+H", icon="history"
    )


def subject_of(page: Any) -> bytes | None:
    """Return the record one looks at: what the page says, the line one stands on, its own."""
    told = getattr(page, "subject", None)
    line = getattr(getattr(page, "list", None), "current", None)
    chosen = getattr(line, "id", None)
    for record in (told, page.route.record, chosen):
        if isinstance(record, bytes) and len(record) == 16:
            return record
    return None
