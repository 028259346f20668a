"""Where an import begins: a place to drop a file on, and the buttons that ask for one."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, ButtonRow, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.states import IconMark

PATTERNS = "*.csv *.tsv *.txt *.xlsx *.vcf *.zip"


class ChooseFile(QWidget):
    """Takes a file that is dropped on it. Signals: ``dropped(Path)``."""

    dropped = Signal(object)

    def __init__(self, ask: Action, give: Action) -> None:
        super().__init__()
        look = theme.now()
        self._over = False
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(looks.said(ask.name))
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(32), look.px(24), look.px(32), look.px(24))
        column.setSpacing(look.px(8))
        column.addStretch(2)
        column.addWidget(IconMark("upload", 32, Tone.MUTED), 0, middle)
        column.addSpacing(look.px(8))
        column.addWidget(PlainLabel(Text("Drop a file here"), Type.HEADING), 0, middle)
        for words in (
            Text(
                "A list of customers or people, a log of old visits: Excel or CSV as it is, in any"
                " code. Address cards (vCard) from a phone. A bundle with a whole workspace."
            ),
            Text("Nothing is written before you have seen what happens to each row."),
        ):
            label = PlainLabel(words, Type.BODY, Tone.MUTED, fit=Fit.WRAP)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setFixedWidth(look.px(520))
            label.setMinimumHeight(label.heightForWidth(look.px(520)))
            column.addWidget(label, 0, middle)
        column.addSpacing(look.px(16))
        buttons = ButtonRow(Button.of(ask, kind=Kind.PRIMARY), Button.of(give))
        buttons.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        column.addWidget(buttons, 0, middle)
        column.addStretch(3)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if file_in(event) is not None:
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: object) -> None:
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        if (path := file_in(event)) is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.colour("accent" if self._over else "strong_line"), 2 if self._over else 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.colour("soft" if self._over else "page"))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(1, 1, -1, -1), look.px(10), look.px(10)
        )


def file_in(event: QDropEvent) -> Path | None:
    """Return the one file of this computer that is dragged; None for anything else."""
    urls = event.mimeData().urls() if event.mimeData().hasUrls() else []
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
