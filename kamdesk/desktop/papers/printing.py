"""Printing a paper: the system's dialog, then the PDF itself to CUPS, or its pages drawn."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.papers.cups import prints_here, send

_FINEST = 600
SENT = Text("Sent to the printer.")


def ask_and_print(parent: QWidget, paper: bytes, told: Callable[[Text], object]) -> QPrintDialog:
    """Ask for a printer beside the window, print, and tell what came of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("KamDesk")  # a printer's queue and log show it to everybody
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(looks.said(Text("Print")))
    dialog.accepted.connect(lambda: print_on(parent, printer, paper, told))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)
    return dialog


def print_on(
    parent: QWidget, printer: QPrinter, paper: bytes, told: Callable[[Text], object]
) -> None:
    """Print on the printer chosen: where CUPS serves it, it gets the PDF as it is."""
    if prints_here(printer):
        send(parent, printer, paper, told)
        return
    print_paper(printer, paper)
    told(SENT)


def print_paper(printer: QPrinter, paper: bytes) -> None:
    """Draw all pages of a PDF, or those asked for, on a printer."""
    import pypdfium2

    document = pypdfium2.PdfDocument(paper)
    wide, high = document.get_page_size(0)
    way = QPageLayout.Orientation
    printer.setPageOrientation(way.Landscape if wide > high else way.Portrait)
    first = max(printer.fromPage(), 1)
    last = printer.toPage() or len(document)
    painter = QPainter(printer)
    try:
        for n in range(first - 1, min(last, len(document))):
            if n > first - 1:
                printer.newPage()
            _draw_page(painter, printer, document[n])
    finally:
        painter.end()
        document.close()


def _draw_page(painter: QPainter, printer: QPrinter, page: Any) -> None:
    wide, high = page.get_size()
    dots = min(printer.resolution(), _FINEST)
    bitmap = page.render(scale=dots / 72, prefer_bgrx=True)
    image = QImage(
        bytes(bitmap.buffer),
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        QImage.Format.Format_RGB32,
    )
    scale = printer.resolution() / 72
    painter.drawImage(QRectF(0, 0, wide * scale, high * scale), image)
    page.close()
