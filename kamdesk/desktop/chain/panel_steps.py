"""The place of the side panel where a form stands: one at a time, closed with its draft kept."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.ids import Id
from kamdesk.desktop.chain.person_editor import ChainStep

if TYPE_CHECKING:
    from kamdesk.desktop.chain.panel import ChainPanel


class PanelSteps(QWidget):
    """Signals: ``changed`` a form opened or closed. The focus goes back where it came from."""

    changed = Signal()

    def __init__(self, back_to: QWidget) -> None:
        super().__init__()
        self._back_to = back_to
        self.step: ChainStep | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def begin(self, step: ChainStep) -> None:
        """Open a form in place of the one that is open; one on the same thing just stays open."""
        if self.step is not None and _place(self.step) == _place(step):
            step.deleteLater()
            self.step.begin()
            return
        self.close_step(back=False)
        self.step = step
        step.closed.connect(lambda: self.close_step())
        self._column.addWidget(step)
        self.show()
        step.show()
        self.changed.emit()
        step.begin()

    def close_step(self, *, back: bool = True) -> None:
        """Close the form that is open; what was typed unsaved is kept for the next time.

        ``back``: the focus goes back to the page.
        """
        step, self.step = self.step, None
        if step is None:
            return
        if step.draft is not None and step.draft.open:
            step.draft.close()
        step.hide()
        step.deleteLater()
        self.hide()
        self.changed.emit()
        if back:
            self._back_to.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self, error: Refusal) -> bool:
        """Say a refusal in the form that is open; False when none is."""
        if self.step is None:
            return False
        self.step.refused(error)
        return True


def _place(step: ChainStep) -> str:
    return step.draft.place if step.draft is not None else type(step).__name__


def resumed(panel: "ChainPanel", what: str) -> Id | None:
    """Open the form whose draft is called so, ``judge:<node>``, ``tie:<tie>`` …; return of whom."""
    kind, _, record = what.partition(":")
    net = panel.seen.net if panel.seen else None
    tie = next((one for one in net.ties if one.id.hex() == record), None) if net else None
    node = next((one.id for one in net.nodes if one.id.hex() == record), None) if net else None
    if tie is not None:
        panel.choose_tie(tie)
    elif node is not None:
        panel.choose(node)
    else:
        return None
    (panel.begin_evidence if kind == "evidence" else panel.begin_edit)()
    return node
