"""F9: the desk makes way for the customer's view, and comes back for who knows the secret."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer

from kamdesk.core.wording import Text
from kamdesk.desktop.drafting import open_drafts
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.signs import LockSigns
from kamdesk.desktop.room.asking import Asking
from kamdesk.desktop.room.bench import RoomBench
from kamdesk.desktop.room.finder import RoomFinder
from kamdesk.desktop.room.kinds import FIRST, kinds
from kamdesk.settings import Remembered

if TYPE_CHECKING:
    from kamdesk.desktop.program import Program
    from kamdesk.storage.pin import Sealed


class Presenting(QObject):
    """Shows the room in the desk's place. The desk lives on behind it, unseen, drafts kept."""

    def __init__(self, program: "Program") -> None:
        super().__init__(program)
        self._program = program
        self.room: MainWindow[Any] | None = None
        self._sealed: Sealed | None = None

    def begin(self, window: MainWindow[Any]) -> None:
        """Show the customer's view of whose file one is in; harmless when it is shown already."""
        program = self._program
        if self.room is not None or program.bench is None:
            return
        for one in program.application.windows:
            for draft in open_drafts(one):
                draft.keep()
        route = window.page.here if window.page is not None else None
        bench = RoomBench(program.bench, route)
        room: MainWindow[Any] = MainWindow(bench, kinds(), Remembered(None), searches=True)
        bench.setParent(room)
        room.offer(
            room.actions_here.add(
                "room.end", Text("Presentation view"), self.ask, keys="F9", icon="presentation"
            )
        )
        room.search_wanted.connect(lambda: self._find(room, bench))
        room.stand(Text("Presentation view"))
        room.setGeometry(window.geometry())
        room.setWindowState(window.windowState())
        room.closing.connect(bench.close)
        room.closing.connect(self._closed)
        room.go(FIRST)
        program.cover(room)
        self.room, self._sealed = room, program.locking.quick.sealed()
        handle = room.windowHandle()
        for one in program.application.windows:  # who types in the room is not away
            for signs in one.findChildren(LockSigns):
                handle.installEventFilter(signs)
        room.activateWindow()

    def _find(self, room: MainWindow[Any], bench: RoomBench) -> None:
        if room.findChild(RoomFinder) is None:
            RoomFinder(room, bench)

    def ask(self) -> None:
        """Ask for the secret that brings the desk back."""
        if self.room is not None and self.room.findChild(Asking) is None:
            asking = Asking(self.room, self._program, self._sealed)
            asking.passed.connect(self.end)
            asking.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end(self) -> None:
        """Bring the desk back."""
        if self.room is not None:
            self.room.closing.disconnect(self._closed)
            self.room = None
            self._program.uncover()

    def drop(self) -> None:
        """Let go of the room: something else is shown in its place by now."""
        if (room := self.room) is not None:
            self.room = None
            room.closing.disconnect(self._closed)
            room.close()
            room.deleteLater()

    def _closed(self) -> None:
        """Leave the program with the room: what lies behind it does not come up by itself."""
        self.room = None
        for window in list(self._program.application.windows):
            QTimer.singleShot(0, window.close)
