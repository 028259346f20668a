"""PySide6 6.12.0 loses a reference to None per void call on Python <= 3.11; 6.11.3 does not."""

import sys

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPainter, QPen


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal there, which hides it")
def test_void_calls_leave_the_references_to_none_alone(qapp: object) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter, pen, thing = QPainter(image), QPen(), QObject()
    before = sys.getrefcount(None)
    for n in range(10_000):
        painter.setPen(pen)
        painter.drawLine(0, 0, 1, 1)
        pen.setWidthF(1.0)
        thing.setObjectName("thing" if n % 2 else "other")
    lost = before - sys.getrefcount(None)
    painter.end()
    assert abs(lost) < 100
