"""A PDF sent to a printer of CUPS as it is: sharp, small, and with the choices of the dialog."""

import shutil
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QProcess
from PySide6.QtPrintSupport import QPrinter

from kamdesk.core.wording import Text

_SIDES: Final = {
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
    QPrinter.DuplexMode.DuplexNone: "one-sided",
}


def prints_here(printer: QPrinter) -> bool:
    """True when a printer is one of CUPS: it has a name, and there is its command."""
    to_file = (
        printer.outputFileName() or printer.outputFormat() != printer.OutputFormat.NativeFormat
    )
    return not to_file and bool(printer.printerName()) and shutil.which("lp") is not None


def options(printer: QPrinter) -> list[str]:
    """Return what was chosen in the dialog, as ``lp`` takes it."""
    chosen = ["-d", printer.printerName(), "-n", str(max(printer.copyCount(), 1)), "-t", "KamDesk"]
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        last = printer.toPage() or printer.fromPage()
        chosen += ["-P", f"{printer.fromPage()}-{last}"]
    if (sides := _SIDES.get(printer.duplex())) is not None:
        chosen += ["-o", f"sides={sides}"]
    if printer.colorMode() is QPrinter.ColorMode.GrayScale:
        chosen += ["-o", "print-color-mode=monochrome"]
    return [*chosen, "-o", "media=A4"]


def send(
    owner: QObject, printer: QPrinter, paper: bytes, told: Callable[[Text], object]
) -> QProcess:
    """Hand a PDF over; nothing of it touches the disk here. ``told`` says what came of it."""
    name = printer.printerName()
    process = QProcess(owner)

    def ended(code: int, status: QProcess.ExitStatus) -> None:
        process.deleteLater()
        if code == 0 and status is QProcess.ExitStatus.NormalExit:
            told(Text("Sent to the printer."))
        else:
            told(_not_taken(name))

    def failed(error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            process.deleteLater()
            told(_not_taken(name))

    process.finished.connect(ended)
    process.errorOccurred.connect(failed)
    process.start("lp", options(printer))
    process.write(paper)
    process.closeWriteChannel()
    return process


def _not_taken(name: str) -> Text:
    return Text(
        "The printer {name} did not take the paper. Look whether it is on, then print again;"
        " or save the paper as PDF.",
        name=name,
    )
