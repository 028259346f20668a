"""Starting the window: fonts, theme, language; and changing them while it is open."""

import gc
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from kamdesk import assets, settings
from kamdesk.desktop import looks, theme
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.opening.giving_back import hold_little
from kamdesk.desktop.pages import PageKind, Route
from kamdesk.desktop.sweeping import Sweeper
from kamdesk.desktop.workbench import Workbench
from kamdesk.settings import MachineSettings, Remembered


class Application:
    """The running program: one Qt application, its look, its windows.

    ``windows`` are the open ones on the one workspace, the one used last at the end.
    """

    def __init__(
        self,
        chosen: MachineSettings,
        remembered: Remembered,
        arguments: Sequence[str] = (),
    ) -> None:
        self.chosen, self.remembered = chosen, remembered
        running = QApplication.instance()
        if isinstance(running, QApplication):
            self.qt = running
            if not self.qt.styleSheet():  # dressed already: anew it would ask every widget
                self.qt.setStyle("Fusion")
        else:  # by argument: setStyle hands back a QStyle, whose enums alone cost 4 ms
            self.qt = QApplication([*(arguments or ["kamdesk"]), "-style", "fusion"])
        self.qt.setApplicationName("KamDesk")
        self.qt.setDesktopFileName("kamdesk")
        theme.load_fonts()
        assets.install_words()
        self._translator: QTranslator | None = None
        self.windows: list[MainWindow[Any]] = []
        self.sweeper = Sweeper()
        self.sweeper.start()
        self.appearance = theme.Appearance(self.qt)
        self._speak()
        self.appearance.choose(
            theme=chosen.get(settings.THEME),
            percent=chosen.get(settings.TEXT_SIZE),
            chinese=looks.language() == "zh",
        )
        self.appearance.remeasured.connect(self._rebuild)

    @property
    def window(self) -> MainWindow[Any] | None:
        """The window that was used last; None while none is open. Set, it is the only one."""
        return self.windows[-1] if self.windows else None

    @window.setter
    def window(self, window: MainWindow[Any] | None) -> None:
        self.windows = [] if window is None else [window]

    def open_window(
        self,
        workbench: Workbench[Any],
        kinds: Sequence[PageKind[Any]],
        *,
        start: Route,
        resumed: Sequence[str] = (),
        searches: bool = False,
    ) -> MainWindow[Any]:
        """Show a window on its first page; ``resumed`` forms of it are open again.

        The first one starts the workbench, the last one to close ends it.
        """
        taken = {window.number for window in self.windows}
        window = MainWindow(
            workbench,
            kinds,
            self.remembered,
            searches=searches,
            number=next(n for n in range(1, len(taken) + 2) if n not in taken),
            all_open=lambda: self.windows,
        )
        self.windows.append(window)
        window.used.connect(partial(self._used, window))
        window.closing.connect(partial(self._closed, window, workbench))
        window.show()
        _AfterPaint(window, partial(self._first_page, window, workbench, start, resumed))
        return window

    def _used(self, window: MainWindow[Any]) -> None:
        if window in self.windows:
            self.windows.remove(window)
            self.windows.append(window)

    def _closed(self, window: MainWindow[Any], workbench: Workbench[Any]) -> None:
        if window in self.windows:
            self.windows.remove(window)
        if self.windows:
            window.deleteLater()
        else:
            workbench.close()

    def _first_page(
        self,
        window: MainWindow[Any],
        workbench: Workbench[Any],
        start: Route,
        resumed: Sequence[str],
    ) -> None:
        """Build the first page and open the desks, now that the frame is seen."""
        if window.page is None:
            window.go(start)
        for place in resumed:
            if window.page is not None:
                window.page.resume(place)
        hold_little()
        workbench.start()

    def choose_language(self, language: str) -> None:
        """Speak another language from now on (``en``, ``zh``, ``system``)."""
        self.chosen.choose(settings.LANGUAGE, language)
        before = looks.language()
        self._speak()
        if looks.language() != before:
            self.appearance.choose(chinese=looks.language() == "zh")

    def choose_paper_language(self, language: str) -> None:
        """Propose new papers in another language from now on (``window``, ``en``, ``zh``, both)."""
        self.chosen.choose(settings.PAPER_LANGUAGE, language)
        looks.write(language)

    def choose_theme(self, name: str) -> None:
        """Use another theme from now on (``light``, ``dark``, ``system``)."""
        self.chosen.choose(settings.THEME, name)
        self.appearance.choose(theme=name)

    def choose_text_size(self, percent: int) -> None:
        """Use another size of text from now on."""
        self.chosen.choose(settings.TEXT_SIZE, percent)
        self.appearance.choose(percent=percent)

    def _speak(self) -> None:
        wanted = self.chosen.get(settings.LANGUAGE)
        looks.speak(language_of_system() if wanted == "system" else wanted)
        looks.write(self.chosen.get(settings.PAPER_LANGUAGE))
        if self._translator is not None:
            self.qt.removeTranslator(self._translator)
            self._translator = None
        if looks.language() == "zh":
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            self._translator = QTranslator(self.qt)
            if self._translator.load("qtbase_zh_CN", folder):
                self.qt.installTranslator(self._translator)

    def _rebuild(self) -> None:
        for window in self.windows:
            window.rebuild()


class _AfterPaint(QObject):
    """Does something once a window has been painted for the first time."""

    def __init__(self, window: QWidget, do: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._do = window, do
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._go_on)
        return False

    def _go_on(self) -> None:
        gc.freeze()  # what the start made stays
        self._do()


def language_of_system() -> str:
    """Return ``zh`` where the system speaks Chinese, else ``en``."""
    chinese = QLocale.system().language() == QLocale.Language.Chinese
    return "zh" if chinese else "en"
