"""Printing a paper: the system's dialog, and its pages drawn at the printer's resolution."""

from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks

_FINEST = 600


def ask_and_print(parent: QWidget, paper: bytes) -> bool:
    """Ask for a printer and print; false when the user thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("KamDesk")  # a printer's queue and log show it to everybody
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(looks.said(Text("Print")))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    print_paper(printer, paper)
    return True


def print_paper(printer: QPrinter, paper: bytes) -> None:
    """Draw all pages of a PDF, or those asked for, on a printer."""
    import pypdfium2

    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    document = pypdfium2.PdfDocument(paper)
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
