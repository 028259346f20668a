"""The step that sets a PIN, changes it, or does away with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.pages import Page
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.storage.pin import Pin, keep_pin, new_pin

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class PinStep(PanelStep):
    """Asks for a PIN twice; left empty there is none. Signals: ``done(Pin or None)``."""

    done = Signal(object)

    def __init__(self, page: "Page[Workspace]") -> None:
        super().__init__(
            Text("PIN"),
            Text(
                "After the idle lock and after a presentation 4 to 8 digits open it again. After"
                " three wrong ones, after 12 hours and after a restart only the passphrase does."
                " Leave both empty for no PIN."
            ),
            do=Text("Let it count"),
        )
        self._page = page
        self.pin = self.ask("pin", Text("PIN"), secret=True)
        self.again = self.ask("again", Text("The same PIN again"), secret=True)
        self.wanted.connect(self._set)

    def _set(self) -> None:
        digits = self.pin.text()
        self.form.accept()
        if digits != self.again.text():
            self.refused(RuleBroken(Text("The two PINs differ."), field="again"))
            return
        made: list[Pin | None] = [None]

        def keep(desk: "Workspace") -> ChangeSet:
            made[0] = new_pin(digits) if digits else None
            keep_pin(desk.storage, made[0])
            return ChangeSet()

        self.wait(True)
        self._page.workbench.do(
            self, keep, lambda _: self.done.emit(made[0]), self.refused, form=self.still
        )
