"""The card one writes on the canvas: a name, Tab, a post, Enter; ready for the next one at once."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.still import Still

if TYPE_CHECKING:
    from kamdesk.desktop.chain.canvas import ChainCanvas
    from kamdesk.desktop.workbench import Workbench
    from kamdesk.workspace import Workspace


class NewCard(QWidget):
    """Signals: ``written(name, post)`` Enter with a name · ``closed`` Esc, or Enter with nothing.

    ``place`` names its draft.
    """

    written = Signal(str, str)
    closed = Signal()

    def __init__(
        self, canvas: "ChainCanvas", workbench: "Workbench[Workspace]", place: str
    ) -> None:
        super().__init__(canvas)
        look = theme.now()
        self._canvas = canvas
        self.heading = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.ELIDE)
        self.name = LineEditor(hint=Text("Name"))
        self.post = LineEditor(hint=Text("Post"))
        self.name.setAccessibleName(looks.said(Text("Name of the new person")))
        self.post.setAccessibleName(looks.said(Text("Post of the new person")))
        self.refusal = PlainLabel("", Type.SMALL, Tone.BRICK, fit=Fit.WRAP)
        self.refusal.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(10), look.px(8), look.px(10), look.px(8))
        column.setSpacing(look.px(6))
        keep, leave = Button(Text("Add"), keys="Return"), Button(Text("Close"), keys="Esc")
        keep.clicked.connect(self._enter)
        leave.clicked.connect(self.close_card)
        self.draft = Drafting(self, workbench, place, {"name": self.name, "post": self.post})
        for part in (self.heading, self.draft.line, self.name, self.post, self.refusal):
            column.addWidget(part)
        column.addWidget(ButtonRow(keep, leave, shortens=True))
        for field in (self.name, self.post):
            field.returnPressed.connect(self._enter)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close_card)
        self.still = Still(self)
        self.hide()

    def begin(self, heading: Text, at: QPoint) -> None:
        """Open it with its upper left corner near a point of the canvas."""
        self.heading.say(heading)
        self.stand(at)
        self.show()
        self.raise_()
        self.draft.begin()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def stand(self, at: QPoint) -> None:
        """Stand near a point of the canvas, wholly within it."""
        look, room = theme.now(), self._canvas.viewport().rect()
        self.resize(look.px(232), self.sizeHint().height())
        right = room.width() - self.width() - look.px(8)
        bottom = room.height() - self.height() - look.px(8)
        self.move(max(8, min(at.x(), right)), max(8, min(at.y(), bottom)))

    def next_one(self) -> None:
        """What was written is kept: ready for the next one."""
        self.refusal.hide()
        self.draft.discard()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self, error: Refusal) -> None:
        """Say why it was refused, at the field; what was typed stays."""
        field = self.post if getattr(error, "field", "") in ("title", "post") else self.name
        self.refusal.say(error.said)
        self.refusal.show()
        self.resize(self.width(), self.sizeHint().height())
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_card(self) -> None:
        """Close it; what stands in it is kept as a draft."""
        if self.isVisible():
            self.draft.close()
            self.hide()
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
            self.closed.emit()

    def wait(self, waiting: bool) -> None:
        """Hold still while it is saved."""
        self.still.wait(waiting)

    def _enter(self) -> None:
        if self.name.text().strip():
            self.written.emit(self.name.text().strip(), self.post.text().strip())
        else:
            self.close_card()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()  # what a field leaves over is not for the canvas behind

    def paintEvent(self, event: QPaintEvent) -> None:
        theme.raised_box(QPainter(self), QRectF(self.rect()), 6, edge="accent", line=2)
