"""The palette: one field over the window that finds customers, people, notes and commands."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.finding.results import Found, Results
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.keycap import KeyCap
from kamdesk.desktop.widgets.labels import Divider, PlainLabel
from kamdesk.desktop.widgets.states import IconMark
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.search.hits import Hit, Names
    from kamdesk.workspace import Workspace

_NAMES, _NOTES, _COMMANDS = 5, 4, 5
_ICONS = {"account": "building-2", "person": "user-round", "visit": "calendar-check"}


def open_palette(window: MainWindow[Any], bench: "Workbench[Workspace] | None") -> None:
    """Open the palette over a window, once."""
    if bench is not None and window.findChild(Palette) is None:
        Palette(window, bench)


class Palette(QWidget):
    """Covers the window; Esc or a click beside it closes."""

    def __init__(self, window: MainWindow[Any], bench: "Workbench[Workspace]") -> None:
        super().__init__(window)
        self._window, self._bench = window, bench
        self.closed = False
        self._before = window.focusWidget()
        self._names: list[tuple[Text, list[Found]]] = []
        self._notes: list[Found] = []
        self._build()
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self._typed("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build(self) -> None:
        look = theme.now()
        self._panel = QWidget(self)
        self.field = QLineEdit()
        self.field.setObjectName("palette")
        self.field.setFrame(False)
        self.field.setStyleSheet("border: 0; background: transparent; padding: 0;")
        self.field.setFont(look.font(Type.HEADING))
        self.field.setPlaceholderText(looks.said(Text("Search or run a command")))
        self.field.setAccessibleName(looks.said(Text("Search or run a command")))
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        head = QHBoxLayout()
        head.setContentsMargins(look.px(20), 0, look.px(20), 0)
        head.setSpacing(look.px(14))
        head.addWidget(IconMark("search", 18))
        head.addWidget(self.field, 1)
        self._how_many = PlainLabel("", Type.SMALL, Tone.MUTED)
        head.addWidget(self._how_many)
        top = QWidget()
        top.setLayout(head)
        top.setFixedHeight(look.px(55))
        self.results = Results()
        self.results.itemClicked.connect(lambda _: self._enter())
        foot = QHBoxLayout()
        foot.setContentsMargins(look.px(20), 0, look.px(20), 0)
        foot.setSpacing(look.px(8))
        hints = (
            ("Up+Down", Text("Choose")),
            ("Enter", Text("Open")),
            (">", Text("Commands only")),
            ("Esc", Text("Close")),
        )
        for keys, does in hints:
            foot.addWidget(KeyCap(keys))
            foot.addWidget(PlainLabel(does, Type.SMALL, Tone.SECOND))
            foot.addSpacing(look.px(10))
        foot.addStretch(1)
        low = QWidget()
        low.setLayout(foot)
        low.setFixedHeight(look.px(36))
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for part in (top, Divider(), self.results, Divider(), low):
            column.addWidget(part)

    # ---- finding

    def _typed(self, text: str) -> None:
        typed = text.strip()
        only = typed.startswith(">")
        self._commands = self._fitting(typed.removeprefix(">").strip(), every=only or not typed)
        if only or not typed:
            self._names, self._notes = [], []
            self._bench.ask(self, lambda _desk: None, lambda _: None, key="names")
            self._bench.ask(self, lambda _desk: None, lambda _: None, key="notes")
            self._lay_out()
            return
        self._bench.ask(
            self, lambda desk: desk.search.names(typed, _NAMES), self._show_names, key="names"
        )
        self._bench.ask(
            self, lambda desk: desk.search.notes(typed, _NOTES), self._show_notes, key="notes"
        )

    def _show_names(self, names: "Names") -> None:
        accounts = [self._row(hit) for hit in names.accounts]
        people = [self._row(hit) for hit in names.people]
        self._names = [(Text("Customers"), accounts), (Text("People"), people)]
        self._lay_out()

    def _show_notes(self, hits: "list[Hit]") -> None:
        self._notes = [self._note(hit) for hit in hits]
        self._lay_out()

    def _fitting(self, typed: str, *, every: bool) -> list[Found]:
        page = self._window.page
        actions = [*(page.actions_here if page else ()), *self._window.actions_here]
        words = typed.casefold().split()
        found = []
        for action in actions:
            name = looks.said(action.name)
            fits = all(word in name.casefold() for word in words)
            if fits and action.enabled and action.id not in ("search", "next_pane"):
                icon = action.icon or "chevron-right"
                found.append(Found(icon=icon, title=name, keys=action.keys, do=action.trigger))
        return found[: 12 if every else _COMMANDS]

    def _row(self, hit: "Hit") -> Found:
        same = hit.matched == hit.title
        firm = hit.account_name if hit.kind == "person" else ""
        beside = looks.joined("" if same or hit.matched == firm else hit.matched, firm)
        marks = hit.marks if same else ()
        return Found(
            icon=_ICONS.get(hit.kind, "file-text"),
            title=looks.plain(hit.title),
            beside=beside,
            marks=marks,
            do=lambda: self._open(hit),
        )

    def _note(self, hit: "Hit") -> Found:
        day = looks.day(hit.day) if hit.day else ""
        where = looks.joined(hit.account_name, hit.place, day)
        return Found(
            icon=_ICONS.get(hit.kind, "message-square"),
            title=looks.plain(" ".join(hit.matched.split()))[:120],
            beside=where,
            do=lambda: self._open(hit),
        )

    def _open(self, hit: "Hit") -> None:
        account = hit.id if hit.kind == "account" else hit.account
        tab = {"person": f"people:{hit.id.hex()}", "visit": f"visits:{hit.id.hex()}"}
        if account is not None:
            self._window.go(Route("account", bytes(account), tab.get(hit.kind, "")))

    # ---- showing

    def _lay_out(self) -> None:
        groups = [*self._names, (Text("Notes"), self._notes), (Text("Commands"), self._commands)]
        self.results.show_groups(groups)
        found = sum(len(rows) for _, rows in self._names) + len(self._notes)
        typed = self.field.text().strip()
        said: Text | str = ""
        if typed and not typed.startswith(">"):
            said = Text("{n} found", "{n} found", n=found) if found else Text("nothing found")
        self._how_many.say(said)
        self._place()

    def _place(self) -> None:
        look = theme.now()
        wide = min(look.px(680), self.width() - look.px(32))
        top = min(look.px(112), self.height() // 8)
        fixed = look.px(55 + 36) + 4
        room = self.height() - top - look.px(24) - fixed
        listed = min(self.results.wanted_height + look.px(8), room)
        self._panel.setGeometry((self.width() - wide) // 2, top, wide, fixed + max(listed, 8))
        self.update()

    def close_palette(self) -> None:
        """Go away; the focus goes back to where it was."""
        if self.closed:
            return
        self.closed = True
        self._window.removeEventFilter(self)
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _enter(self) -> None:
        found = self.results.found
        if found is not None:
            self.close_palette()
            found.do()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self._place()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while it is open the keys are the palette's
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.results.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            before = self._before
            self.close_palette()
            if before is not None:
                before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            pass
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(look.colour("shade")))
        painter.setPen(QPen(look.colour("strong_line"), 1))
        painter.setBrush(look.colour("raised"))
        box = QRectF(self._panel.geometry()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, look.px(12), look.px(12))
