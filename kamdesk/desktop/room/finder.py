"""Search while the customer looks on: their own people and the pages of the room, nothing else."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.finding.results import Found, Results
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.room.kinds import FIRST, kinds
from kamdesk.desktop.theme import Type
from kamdesk.desktop.widgets.floating import Floating
from kamdesk.desktop.widgets.labels import Divider

if TYPE_CHECKING:
    from kamdesk.desktop.room.bench import RoomBench
    from kamdesk.dossier.their_view import Face


class RoomFinder(Floating):
    """Finds who is who by name, in characters or as it is said. Enter shows, Esc closes."""

    def __init__(self, window: MainWindow[Any], bench: "RoomBench") -> None:
        super().__init__(window, wide=680)
        self._main, self._bench = window, bench
        look = theme.now()
        self.field = QLineEdit()
        self.field.setFrame(False)
        self.field.setStyleSheet("border: 0; background: transparent;")
        self.field.setFont(look.font(Type.HEADING))
        self.field.setFixedHeight(look.px(55))
        self.field.setTextMargins(look.px(20), 0, look.px(20), 0)
        self.field.setPlaceholderText(looks.said(Text("Search or run a command")))
        self.field.setAccessibleName(looks.said(Text("Search or run a command")))
        self.field.textChanged.connect(self._typed)
        self.results = Results()
        self.results.itemClicked.connect(lambda _: self._enter())
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for part in (self.field, Divider(), self.results):
            column.addWidget(part)
        self._show([])
        self.open(self.field)

    def wanted_height(self) -> int:
        return theme.now().px(68) + self.results.wanted_height

    def _typed(self, text: str) -> None:
        typed = text.strip()
        if typed:
            self._bench.ask(self, lambda desk: desk.found(typed), self._show, key="find")
        else:
            self._show([])

    def _show(self, faces: "list[Face]") -> None:
        people = [
            Found(icon="user-round", title=face.name, beside=face.post, do=self._to(face.id))
            for face in faces
        ]
        typed = self.field.text().strip().casefold()
        pages = [
            Found(icon=kind.icon, title=name, do=self._to_page(kind.id))
            for kind in kinds()
            if typed in (name := looks.said(kind.title)).casefold()
        ]
        self.results.show_groups([(Text("Contacts"), people), (Text("Pages"), pages)])
        self.place()

    def _to(self, person: bytes) -> Callable[[], object]:
        return lambda: self._main.go(Route(FIRST.page, person))

    def _to_page(self, page: str) -> Callable[[], object]:
        return lambda: self._main.go(Route(page))

    def key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if (step := steps.get(Qt.Key(event.key()))) is not None:
            self.results.step(step)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            return True
        return super().key(event)

    def _enter(self) -> None:
        if (found := self.results.found) is not None:
            self.go_away()
            found.do()
