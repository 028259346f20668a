"""A step that brings one more of ours into the matrix: a column to set steps in."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kamdesk.core.ids import ColleagueId
from kamdesk.core.wording import Text
from kamdesk.desktop.account.naming import colleagues_like, colleagues_meant
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.widgets.name_editor import NameEditor

if TYPE_CHECKING:
    from kamdesk.desktop.chain.matrix_page import MatrixPage
    from kamdesk.workspace import Workspace


class OursStep(PanelStep):
    """Signals: ``added(colleague id)``."""

    added = Signal(bytes)

    def __init__(self, page: "MatrixPage") -> None:
        super().__init__(
            Text("Add one of ours"),
            Text("Their column stays once a relationship is set in it."),
            do=Text("Add"),
        )
        self._page = page
        self.name = NameEditor(
            lambda text, then: page.ask(
                lambda desk: colleagues_like(desk, text), then, key="names"
            ),
            hint=Text("name; pinyin will do"),
        )
        self.form.add("colleague", Text("Who"), self.name, beside=False)
        self.name.returnPressed.connect(self._press)
        self.wanted.connect(self._take)

    def _take(self) -> None:
        named = self.name.value

        def question(desk: "Workspace") -> ColleagueId:
            return colleagues_meant(desk, [named], field="colleague")[0]

        self._page.ask(question, self.added.emit, self.refused, key="ours")
