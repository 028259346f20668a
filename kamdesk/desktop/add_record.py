"""The panel that adds a record: its form, the draft of what is typed, the id once it is there."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.panes import SidePanel

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace


class AddRecord(SidePanel):
    """Signals: ``added(id)``, ``closed``. Ctrl+Enter adds, Esc closes."""

    added = Signal(bytes)
    closed = Signal()

    def __init__(self, page: "Page[Workspace]", heading: Text, sentence: Text) -> None:
        super().__init__()
        self._page = page
        self.step = PanelStep(heading, sentence, do=Text("Add"))

    def keep_drafts(self, place: str, editors: Mapping[str, QWidget]) -> None:
        """Show the form; keep what is typed in these fields under ``place``. Enter goes on."""
        self.draft = Drafting(self, self._page.workbench, place, editors)
        self.step.column.insertWidget(0, self.draft.line)
        for editor in editors.values():
            if isinstance(editor, LineEditor):
                editor.returnPressed.connect(editor.focusNextChild)
        self.step.wanted.connect(self.save)
        self.step.closed.connect(self._close)
        fill_panel(self, self.step)

    def begin(self) -> None:
        """Put the focus where one starts typing, and what was typed before in its place."""
        self.draft.begin()
        self.step.begin()

    def save(self) -> None:
        """Add the record as typed, or refuse it at a field."""
        raise NotImplementedError

    def carry_out(
        self, verb: "Callable[[Workspace], tuple[bytes, ChangeSet]]", *, key: str
    ) -> None:
        """Do what adds the record and tells its id; then close."""
        made: list[bytes] = []

        def add(desk: "Workspace") -> ChangeSet:
            record, changes = verb(desk)
            made[:] = [record]
            return changes

        def saved(_: ChangeSet) -> None:
            self.draft.discard()
            self.draft.settle()
            self.closed.emit()
            self.added.emit(made[0])

        self._page.workbench.do(
            self._page, add, saved, self.step.refused, key=key, form=self.step.still
        )

    def _close(self) -> None:
        self.draft.close()
        self.closed.emit()
