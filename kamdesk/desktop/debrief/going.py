"""Ways out of the debrief: back to where one came from, past the page that asked which visit."""

from typing import TYPE_CHECKING, Any

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page


def leave(page: "Page[Any]") -> None:
    """Go back to what was shown before; to the list of customers when nothing was."""
    window = page.window()
    if isinstance(window, MainWindow):
        for _ in range(2):
            window.go_back()
            if window.page is not None and window.page.route.page != "debrief":
                return
    page.around.go(Route("accounts"))
