"""Files dropped on a page or pasted into it, and the sign that is shown while one drags."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QDropEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.theme import Tone, Type
from kamdesk.domain.files.model import Incoming


class DropSign(QWidget):
    """A frame over the page with a sentence, while files are held over it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page, self._words = page, ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, words: Text) -> None:
        """Show the sign."""
        self._words = looks.said(words)
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        veil = look.colour("page")
        veil.setAlphaF(0.86)
        painter.setBrush(veil)
        painter.setPen(QPen(look.colour("accent"), 2))
        painter.drawRoundedRect(box, look.px(10), look.px(10))
        painter.setFont(look.font_for(Type.HEADING, self._words))
        painter.setPen(look.colour(Tone.INK))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._words)


class Dropping(QObject):
    """Takes files dropped on ``page``; ``take`` gets their paths, ``words`` say where they go."""

    def __init__(
        self, page: QWidget, take: Callable[[list[Path]], object], words: Callable[[], Text]
    ) -> None:
        super().__init__(page)
        self._take, self._words = take, words
        self.sign = DropSign(page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.DragLeave:
            self.sign.hide()
        elif isinstance(event, QDropEvent) and (paths := paths_in(event.mimeData())):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if kind == QEvent.Type.DragEnter:
                self.sign.say(self._words())
            elif kind == QEvent.Type.Drop:
                self.sign.hide()
                self._take(paths)
            return True
        return super().eventFilter(watched, event)


def paths_in(mime: QMimeData | None) -> list[Path]:
    """Return the files that lie on this computer among what is dragged or copied."""
    if mime is None:
        return []
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def picture_in(mime: QMimeData | None, now: datetime) -> Incoming | None:
    """Return a copied picture as a file named by the moment; None when there is none."""
    image = mime.imageData() if mime is not None and mime.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt a text
    name = looks.said(Text("Picture {when}", when=f"{now:%Y-%m-%d %H.%M.%S}"))
    return Incoming(name=f"{name}.png", data=bytes(buffer.data().data()))
