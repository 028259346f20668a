"""The quiet signs of the exchange: the item in the rail, its count, the status line."""

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text
from kamdesk.desktop.exchange.said import is_late, rail_words, status_words
from kamdesk.desktop.pages import Route
from kamdesk.desktop.workbench import Workbench

if TYPE_CHECKING:
    from kamdesk.desktop.exchanging import Exchanging
    from kamdesk.desktop.main_window import MainWindow
    from kamdesk.sync.told import Told
    from kamdesk.workspace import Workspace

SAVED: Final = Text("Everything is saved on this computer")
_EVERY: Final = 600_000  # what waits grows old


class ExchangeSigns(QObject):
    """Asks once the window stands, whenever something is written or exchanged, and now and then."""

    def __init__(self, window: "MainWindow[Any]", bench: "Workbench[Workspace]") -> None:
        super().__init__(window)
        self._window, self._bench = window, bench
        self._heard_of: Exchanging | None = None
        bench.changed.connect(self._changed)
        timer = QTimer(self, interval=_EVERY)
        timer.timeout.connect(self.ask)
        timer.start()
        QTimer.singleShot(0, self, self.ask)

    def ask(self) -> None:
        """Ask how the exchange stands."""
        from kamdesk.desktop.exchanging import exchanging_of

        if self._heard_of is None and (found := exchanging_of(self._bench)) is not None:
            self._heard_of = found
            found.stood.connect(lambda _: self.ask())
            found.exchanged.connect(lambda _: self.ask())
        self._bench.ask(self, _told, self._show, key="exchange")

    def _changed(self, _: ChangeSet) -> None:
        self.ask()

    def _show(self, found: "tuple[Told, Instant, int]") -> None:
        told, now, deciding = found
        late = is_late(told, now)
        self._window.count("exchange", deciding)
        self._window.tell("exchange", rail_words(told, now.day), late=late, off=bool(told.trouble))
        self._window.stand(SAVED, *status_words(told, now.day))


def give_exchange_key(window: "MainWindow[Any]", bench: "Workbench[Workspace]") -> None:
    """Let Ctrl+Shift+S exchange at once, and lead to the page where nothing can be exchanged."""
    from kamdesk.desktop.exchanging import exchanging_of

    def now() -> None:
        exchanging = exchanging_of(bench)
        if exchanging is not None and exchanging.standing.on:
            exchanging.now()
            window.say(Text("Exchanging with the team …"))
        else:
            window.go(Route("exchange"))

    window.actions_here.add(
        "exchange_now", Text("Exchange now"), now, keys="Ctrl+Shift+S", icon="refresh-cw"
    )


def _told(desk: "Workspace") -> "tuple[Told, Instant, int]":
    from kamdesk.sync.sharing import deciding
    from kamdesk.sync.told import told

    return told(desk.storage), desk.clock.now(), deciding(desk.storage)
