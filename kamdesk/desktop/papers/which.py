"""Which paper of several is shown: side by side, or as a list that opens where there is no room."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.papers.offered import KIND_WORDS, PaperKind
from kamdesk.desktop.widgets.editors import Choice
from kamdesk.desktop.widgets.segmented import SegmentedControl


class WhichPaper(QWidget):
    """Signals: ``chosen(PaperKind)`` by a press or by keys."""

    chosen = Signal(object)

    def __init__(self, kinds: Sequence[PaperKind], start: PaperKind) -> None:
        super().__init__()
        named = [(kind.value, KIND_WORDS[kind]) for kind in kinds]
        self.beside = SegmentedControl(Text("Paper"), named, start=start.value)
        self.below = Choice(named, start=start.value)
        self.below.setAccessibleName(looks.said(Text("Paper")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self.beside, self.below):
            row.addWidget(part)
        self.below.hide()
        self.beside.chosen.connect(lambda key: self.chosen.emit(PaperKind(key)))
        self.below.activated.connect(lambda _: self.chosen.emit(PaperKind(str(self.below.value))))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The papers there are to choose from."""
        return self.beside.choices

    @property
    def key(self) -> str:
        """The paper that is chosen."""
        return self.beside.key

    def choose(self, kind: PaperKind) -> None:
        """Choose without telling."""
        self.beside.choose(kind.value)
        self.below.choose(kind.value)

    def fit(self, room: int) -> None:
        """Stand side by side where there is room for it."""
        wide = self.beside.sizeHint().width() <= room
        if self.beside.isHidden() is wide:
            has = QApplication.focusWidget()
            focused = has is not None and self.isAncestorOf(has)
            self.beside.setVisible(wide)
            self.below.setVisible(not wide)
            if focused:
                (self.beside if wide else self.below).setFocus()

    def sizeHint(self) -> QSize:
        return (self.below if self.beside.isHidden() else self.beside).sizeHint()
