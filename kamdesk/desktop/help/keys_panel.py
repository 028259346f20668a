"""The keys that act here: a panel over the window, read off the actions themselves."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.floating import Floating
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Divider, Fit, PlainLabel
from kamdesk.desktop.widgets.status_line import Hint


def open_keys(window: MainWindow[Any]) -> None:
    """Open the panel over a window, once."""
    if window.findChild(KeysPanel) is None:
        KeysPanel(window)


def keys_of_page(window: MainWindow[Any]) -> list[Hint]:
    """Return what acts on the page shown: its moves, then its actions and those of its parts."""
    page = window.page
    if page is None:
        return []
    seen = (action for action in page.findChildren(Action) if _is_seen(action))
    return _once([*page.keys, *_declared(seen)])


def keys_of_window(window: MainWindow[Any]) -> list[Hint]:
    """Return what acts wherever one is."""
    return _once(_declared(window.actions_here))


def _declared(actions: Iterable[Action]) -> list[Hint]:
    return [(action.keys, action.name) for action in actions if action.keys]


def _once(hints: Iterable[Hint]) -> list[Hint]:
    found: dict[str, Hint] = {}
    for keys, name in hints:
        found.setdefault(keys, (keys, name))
    return list(found.values())


def _is_seen(action: Action) -> bool:
    owner = action.parent()
    return isinstance(owner, QWidget) and owner.isVisible()


class KeysPanel(Floating):
    """Two columns: the page's keys and the window's."""

    def __init__(self, window: MainWindow[Any]) -> None:
        super().__init__(window, wide=820)
        look = theme.now()
        page = window.page
        here = looks.said(page.crumbs()[0].words) if page is not None else ""
        self.lists = (keys_of_page(window), keys_of_window(window))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setStyleSheet("background: transparent;")
        area.setAccessibleName(looks.said(Text("Keys")))
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(look.px(24), look.px(8), look.px(24), look.px(16))
        columns.setSpacing(look.px(48))
        columns.addLayout(_column(Text("On this page"), here, self.lists[0]), 1)
        columns.addLayout(_column(Text("In the whole window"), "", self.lists[1]), 1)
        area.setWidget(inside)
        self._inside = inside
        title = QHBoxLayout()
        title.setContentsMargins(look.px(24), 0, look.px(24), 0)
        title.addWidget(PlainLabel(Text("Keys"), Type.HEADING))
        title.addStretch(1)
        title.addWidget(KeyCap("Esc"))
        title.addSpacing(look.px(6))
        title.addWidget(PlainLabel(Text("Close"), Type.SMALL, Tone.SECOND))
        head = QWidget()
        head.setLayout(title)
        head.setFixedHeight(look.px(52))
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for part in (head, Divider(), area):
            column.addWidget(part)
        self.open(area)

    def wanted_height(self) -> int:
        return theme.now().px(52) + 3 + self._inside.sizeHint().height()


def _column(name: Text, remark: str, hints: list[Hint]) -> QVBoxLayout:
    look = theme.now()
    column = QVBoxLayout()
    column.setSpacing(0)
    head = QHBoxLayout()
    head.setContentsMargins(0, look.px(10), 0, look.px(6))
    head.setSpacing(look.px(10))
    head.addWidget(PlainLabel(name, Type.SMALL_STRONG, Tone.SECOND))
    head.addWidget(PlainLabel(remark, Type.SMALL, Tone.MUTED, fit=Fit.ELIDE), 1)
    column.addLayout(head)
    for keys, does in hints:
        row = QHBoxLayout()
        row.setContentsMargins(0, look.px(4), 0, look.px(4))
        row.setSpacing(look.px(12))
        row.addWidget(PlainLabel(does, fit=Fit.WRAP), 1)
        cap = QVBoxLayout()
        cap.setContentsMargins(0, look.px(2), 0, 0)  # on the first line of what it does
        cap.addWidget(KeyCap(keys))
        cap.addStretch(1)
        row.addLayout(cap)
        column.addLayout(row)
        column.addWidget(Divider())
    if not hints:
        column.addWidget(PlainLabel(Text("No keys of its own here."), Type.BODY, Tone.MUTED))
    column.addStretch(1)
    return column
