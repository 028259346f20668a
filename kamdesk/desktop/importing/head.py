"""The head of an import, over the list and the panel beside it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kamdesk.desktop import theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.pages import Page
from kamdesk.desktop.sheets import PageHead
from kamdesk.desktop.widgets.buttons import Button


def head_above(page: Page[Any], title: str, buttons: Sequence[QWidget]) -> PageHead:
    """Put a head in the page's margins above all of it, and return it."""
    holder, look = QWidget(), theme.now()
    row = QHBoxLayout(holder)
    row.setContentsMargins(look.px(32), look.px(18), look.px(32), look.px(8))
    head = PageHead(title, "", buttons)
    row.addWidget(head)
    page.above(holder)
    return head


def shown_while_possible(action: Action) -> Button:
    """Return a button that is there only while it can be pressed."""
    made = Button.of(action)
    made.setVisible(action.enabled)
    action.enabled_changed.connect(made.setVisible)
    return made
