"""Actions: what can be done here, each with a name, a key and whether it can be done now."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text


class Action(QObject):
    """One thing that can be done: by its button, its key, or from the search box.

    ``id`` is for programs (``account.new``), ``name`` for people. A single letter as key acts
    only while no field has the focus: Qt gives fields their letters first.
    Signals: ``enabled_changed(bool)``.
    """

    enabled_changed = Signal(bool)

    def __init__(
        self, id: str, name: Text, do: Callable[[], object], *, keys: str = "", icon: str = ""
    ) -> None:
        super().__init__()
        self.id, self.name, self.keys, self.icon = id, name, keys, icon
        self._do = do
        self._enabled = True

    @property
    def enabled(self) -> bool:
        """Whether it can be done now."""
        return self._enabled

    def enable(self, enabled: bool = True) -> None:
        """Say whether it can be done now."""
        if enabled != self._enabled:
            self._enabled = enabled
            self.enabled_changed.emit(enabled)

    def trigger(self) -> None:
        """Do it, if it can be done now."""
        if self._enabled:
            self._do()


class Actions:
    """The actions of one window or page; their keys work while it is seen.

    ``within`` lets the keys work only while the owner, or a part of it, has the focus.
    """

    def __init__(self, owner: QWidget, *, within: bool = False) -> None:
        self._owner = owner
        self._context = (
            Qt.ShortcutContext.WidgetWithChildrenShortcut
            if within
            else Qt.ShortcutContext.WindowShortcut
        )
        self._actions: dict[str, Action] = {}

    def __iter__(self) -> Iterator[Action]:
        return iter(self._actions.values())

    def __getitem__(self, id: str) -> Action:
        return self._actions[id]

    def add(
        self, id: str, name: Text, do: Callable[[], object], *, keys: str = "", icon: str = ""
    ) -> Action:
        """Declare an action and let its key do it."""
        if id in self._actions:
            raise ValueError(f"two actions are called {id}")
        action = Action(id, name, do, keys=keys, icon=icon)
        action.setParent(self._owner)
        self._actions[id] = action
        if keys:
            shortcut = QShortcut(QKeySequence(keys), self._owner)
            shortcut.setContext(self._context)
            shortcut.activated.connect(action.trigger)
            shortcut.activatedAmbiguously.connect(action.trigger)  # window's and page's: either
            shortcut.setEnabled(action.enabled)
            action.enabled_changed.connect(shortcut.setEnabled)
        return action
