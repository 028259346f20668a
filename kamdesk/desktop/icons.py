"""Lucide icons from ``resources/icons``, in the colours of the theme, crisp at any scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap

from kamdesk.assets import asset
from kamdesk.desktop import theme


@lru_cache(maxsize=512)
def _drawn(name: str, side: int, colour: str) -> QImage:
    from PySide6.QtSvg import QSvgRenderer

    source = asset("icons", f"{name}.svg").read_bytes()
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(QByteArray(source.replace(b"currentColor", colour.encode())))
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


def paint(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Paint an icon into ``rect``, in pixels of the device it is painted on."""
    ratio = painter.deviceTransform().m11()  # also right where a window is drawn into a picture
    image = QImage(_drawn(name, max(round(rect.width() * ratio), 1), colour.name()))
    image.setDevicePixelRatio(ratio)
    left = round(rect.left() * ratio) / ratio
    top = round(rect.top() * ratio) / ratio
    painter.drawImage(QRectF(left, top, rect.width(), rect.height()), image)


def icon(name: str, tone: str = "second", side: int = 16) -> QIcon:
    """Return an icon for menus, in 1, 2 and 3 pixels to the point."""
    made = QIcon()
    colour = theme.now().colour(tone).name()
    for ratio in (1, 2, 3):
        image = QImage(_drawn(name, theme.now().px(side) * ratio, colour))
        image.setDevicePixelRatio(ratio)
        made.addPixmap(QPixmap.fromImage(image))
    return made
