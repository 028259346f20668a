"""The small form for a new customer, above the list."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import theme
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import Choice, LineEditor
from kamdesk.desktop.widgets.fields import Form
from kamdesk.desktop.widgets.labels import Heading
from kamdesk.desktop.widgets.still import Still
from kamdesk.desktop.workbench import Workbench
from kamdesk.domain.accounts.model import CLASS_WORDS, AccountClass

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

PLACE = "accounts.new"
"""The place of its draft."""


class NewCustomer(QWidget):
    """Name, short name, class, industry, city. Signals: ``wanted(dict of fields)``, ``closed``.

    Enter saves, Esc closes; a refusal stands at its field and what was typed stays.
    """

    wanted = Signal(dict)
    closed = Signal()

    def __init__(self, workbench: "Workbench[Workspace]") -> None:
        super().__init__()
        look = theme.now()
        self.form, more = Form(), Form()
        self.name, self.short_name = LineEditor(), LineEditor()
        self.industry, self.city = LineEditor(), LineEditor()
        nothing: tuple[object, Text] = (None, Text("not classed yet"))
        self.kind = Choice([nothing, *((one, words) for one, words in CLASS_WORDS.items())])
        self.form.add("name", Text("Name"), self.name)
        self.form.add("short_name", Text("Short name"), self.short_name)
        more.add("class_by_hand", Text("Class"), self.kind)
        more.add("industry", Text("Industry"), self.industry)
        more.add("city", Text("City"), self.city)
        self.form.rows.update(more.rows)
        save = Button(Text("Save"), keys="Enter", kind=Kind.PRIMARY)
        close = Button(Text("Close"), keys="Esc")
        save.clicked.connect(self._save)
        close.clicked.connect(self._close)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(8))
        buttons.addWidget(save)
        buttons.addWidget(close)
        buttons.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(look.px(12))
        left.addWidget(self.form)
        left.addLayout(buttons)
        left.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(look.px(48))
        both.addLayout(left, 1)
        both.addWidget(more, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(4), 0, look.px(12))
        column.setSpacing(look.px(14))
        column.addWidget(Heading(Text("New customer")))
        editors = {
            "name": self.name,
            "short_name": self.short_name,
            "class_by_hand": self.kind,
            "industry": self.industry,
            "city": self.city,
        }
        self.draft = Drafting(self, workbench, PLACE, editors)
        column.addWidget(self.draft.line)
        column.addLayout(both)
        for editor in (self.name, self.short_name, self.industry, self.city):
            editor.returnPressed.connect(self._save)
        self.still = Still(self)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._close)

    def begin(self) -> None:
        """Show the form, with what was typed in it and not saved."""
        self.show()
        self.draft.begin()
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Forget what was typed: it is saved."""
        for editor in (self.name, self.short_name, self.industry, self.city):
            editor.clear()
        self.kind.setCurrentIndex(0)
        self.form.accept()
        self.draft.settle()

    def refused(self, error: Refusal) -> None:
        """Show a refusal at its field."""
        self.form.refused(error)

    def _close(self) -> None:
        self.draft.close()
        self.closed.emit()

    def _save(self) -> None:
        self.form.accept()
        kind = self.kind.value
        self.wanted.emit(
            {
                "name": self.name.text(),
                "short_name": self.short_name.text(),
                "class_by_hand": kind if isinstance(kind, AccountClass) else None,
                "industry": self.industry.text(),
                "city": self.city.text(),
            }
        )
