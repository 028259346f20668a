"""The preview of a paper: its pages one below the other, drawn when they are seen."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme

_GAP = 16
_KEPT = 12


class Preview(QAbstractScrollArea):
    """Shows a PDF, fitted to the width. Page keys turn pages, + − 0 zoom.

    Signals: ``page_changed(number, pages)``, counted from 1.
    """

    page_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(looks.said(Text("Preview")))
        self._document: Any = None
        self._sizes: list[tuple[float, float]] = []
        self._images: dict[tuple[int, int], QImage] = {}
        self._zoom = 1.0
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._draw_seen)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_paper(self, paper: bytes | Path) -> None:
        """Show a PDF; raises ``StorageTrouble`` when it cannot be read."""
        import pypdfium2

        self.clear()
        try:
            self._document = pypdfium2.PdfDocument(paper)
        except (pypdfium2.PdfiumError, OSError) as trouble:
            raise StorageTrouble(Text("This paper cannot be shown.")) from trouble
        self._sizes = [self._document.get_page_size(n) for n in range(len(self._document))]
        self.setAccessibleDescription(looks.said(Text("{n} page", "{n} pages", n=len(self._sizes))))
        self._lay_out()
        self.viewport().update()

    def clear(self) -> None:
        """Show nothing and let the file go."""
        if self._document is not None:
            self._document.close()
        self._document, self._sizes = None, []
        self._images.clear()
        self._lay_out()

    @property
    def page(self) -> int:
        """The number of the page seen most, from 1; 0 without a paper."""
        top = self.verticalScrollBar().value() + self.viewport().height() / 3
        seen = 0
        for n, box in enumerate(self._boxes(), 1):
            if box.top() <= top:
                seen = n
        return seen

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def turn_to(self, page: int) -> None:
        """Go to a page, counted from 1."""
        boxes = self._boxes()
        if boxes:
            box = boxes[min(max(page, 1), len(boxes)) - 1]
            self.verticalScrollBar().setValue(round(box.top()) - theme.now().px(_GAP))

    def zoom(self, factor: float) -> None:
        """Show it larger or smaller; 0 fits the width again."""
        self._zoom = min(max(self._zoom * factor, 0.25), 4.0) if factor else 1.0
        self._lay_out()
        self.viewport().update()

    def _scale(self) -> float:
        widest = max((wide for wide, _ in self._sizes), default=1.0)
        room = self.viewport().width() - 2 * theme.now().px(_GAP)
        return max(room, 100) / widest * self._zoom

    def _boxes(self) -> list[QRectF]:
        scale, gap = self._scale(), theme.now().px(_GAP)
        boxes, top = [], float(gap)
        for wide, high in self._sizes:
            left = max((self.viewport().width() - wide * scale) / 2, gap)
            boxes.append(QRectF(round(left), round(top), round(wide * scale), round(high * scale)))
            top += round(high * scale) + gap
        return boxes

    def _lay_out(self) -> None:
        boxes, view = self._boxes(), self.viewport().size()
        gap = theme.now().px(_GAP)
        high = round(boxes[-1].bottom()) + gap if boxes else 0
        wide = round(max((box.right() for box in boxes), default=0)) + gap
        for bar, whole, room in (
            (self.verticalScrollBar(), high, view.height()),
            (self.horizontalScrollBar(), wide, view.width()),
        ):
            bar.setRange(0, max(whole - room, 0))
            bar.setPageStep(room)
            bar.setSingleStep(theme.now().px(40))

    def _scrolled(self) -> None:
        self.viewport().update()
        self.page_changed.emit(self.page, len(self._sizes))

    def _seen(self) -> list[tuple[int, QRectF]]:
        dx, dy = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        view = QRectF(self.viewport().rect())
        moved = [(n, box.translated(-dx, -dy)) for n, box in enumerate(self._boxes())]
        return [(n, box) for n, box in moved if box.intersects(view)]

    def paintEvent(self, event: QPaintEvent) -> None:
        look, missing = theme.now(), False
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.colour("rail"))
        for n, box in self._seen():
            painter.fillRect(box, Qt.GlobalColor.white)
            image = self._images.get((n, self._pixels(box)))
            if image is None:
                missing = True
            else:
                painter.drawImage(box.topLeft(), image)  # never stretched: a line would be cut
            painter.setPen(QPen(look.colour("strong_line"), 1))
            painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))
        if missing:
            self._later.start()

    def _pixels(self, box: QRectF) -> int:
        return round(box.width() * self.devicePixelRatio())

    def _draw_seen(self) -> None:
        for n, box in self._seen():
            key = (n, self._pixels(box))
            if key not in self._images:
                self._images[key] = self._drawn(*key)
                while len(self._images) > _KEPT:
                    self._images.pop(next(iter(self._images)))
                self.viewport().update()
                self._later.start()  # one page at a time: keys are answered in between
                return

    def _drawn(self, n: int, pixels: int) -> QImage:
        page = self._document[n]
        try:
            bitmap = page.render(scale=pixels / self._sizes[n][0], prefer_bgrx=True)
            image = QImage(
                bytes(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGB32,
            ).copy()
            image.setDevicePixelRatio(self.devicePixelRatio())
            return image
        finally:
            page.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
        zooms = {"+": 1.25, "=": 1.25, "-": 0.8, "0": 0.0}
        key = Qt.Key(event.key())
        if key in turns:
            self.turn_to(self.page + turns[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.turn_to(1 if key == Qt.Key.Key_Home else len(self._sizes))
        elif event.text() in zooms:
            self.zoom(zooms[event.text()])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.1 if event.angleDelta().y() > 0 else 1 / 1.1)
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        page = self.page
        super().resizeEvent(event)
        self._lay_out()
        if page > 1:
            self.turn_to(page)

    def sizeHint(self) -> QSize:
        return QSize(theme.now().px(640), theme.now().px(480))
