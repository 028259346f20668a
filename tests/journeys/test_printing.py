"""Printing: through the system's dialog to a real print queue, which gets the PDF itself."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.paper_contents import a_brief
from support.print_queue import CUPSD, Queue, private_queue

from kamdesk import assets
from kamdesk.core import wording
from kamdesk.papers.brief.drawing import draw_brief

pytestmark = pytest.mark.skipif(
    CUPSD is None or sys.platform != "linux", reason="there is no cupsd here to be had"
)

PRINTING = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from kamdesk.core.wording import say
from kamdesk.desktop.papers.printing import ask_and_print, print_on

qInstallMessageHandler(lambda *_: None)  # a plugin without a screen warns of what it cannot do
app, paper = QApplication([]), Path(sys.argv[1]).read_bytes()
window, told = QWidget(), []
window.show()

def answered():
    while not told:
        QTest.qWait(20)
    print(say(told.pop(), "en"), flush=True)
    input()

def tell(words):
    told.append(words)

dialog = ask_and_print(window, paper, tell)
QTest.qWait(50)
print(dialog.isVisible(), dialog.printer().printerName(), dialog.printer().docName(), flush=True)
QTest.keyClick(dialog, Qt.Key.Key_Return)
answered()

dialog = ask_and_print(window, paper, tell)
QTest.keyClick(dialog, Qt.Key.Key_Escape)
QTest.qWait(50)
print("thought better of it", told, flush=True)

printer = QPrinter(QPrinter.PrinterMode.HighResolution)
printer.setPrinterName("desk")
printer.setCopyCount(2)
printer.setColorMode(QPrinter.ColorMode.GrayScale)
print_on(window, printer, paper, tell)
answered()
"""


@pytest.fixture
def queue() -> Iterator[Queue]:
    with private_queue() as made:
        yield made


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "brief.pdf"
    with wording.catalogues(assets.catalogue):
        path.write_bytes(draw_brief(a_brief(), language="zh"))
    return path


def test_a_paper_reaches_the_queue_as_it_is(queue: Queue, paper: Path) -> None:
    window = subprocess.Popen(
        [sys.executable, "-c", PRINTING, str(paper)],
        env={**queue.environment, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said, typed = window.stdout, window.stdin
        assert said
        assert typed
        assert said.readline() == "True desk KamDesk\n"
        assert said.readline() == "Sent to the printer.\n"
        assert queue.printed() == paper.read_bytes()
        title, copies, options = queue.said
        assert (title, copies) == ("KamDesk", "1")  # a queue shows its titles to everybody
        assert "华" not in options
        queue.paper.unlink()
        typed.write("\n")
        typed.flush()
        assert said.readline() == "thought better of it []\n"
        assert said.readline() == "Sent to the printer.\n"
        assert queue.printed() == paper.read_bytes()
        _, copies, options = queue.said
        assert copies == "2"
        assert "print-color-mode=monochrome" in options
        rest, _ = window.communicate("\n", timeout=20)
        assert (rest, window.returncode) == ("", 0)
    finally:
        window.kill()
        window.communicate()


def test_a_printer_that_refuses_is_told_in_plain_words(queue: Queue, paper: Path) -> None:
    queue.run(str(Path(str(CUPSD)).with_name("cupsreject")), "desk")
    script = PRINTING.split("dialog = ask_and_print")[0] + (
        "printer = QPrinter(QPrinter.PrinterMode.HighResolution)\n"
        "printer.setPrinterName('desk')\n"
        "print_on(window, printer, paper, tell)\nanswered()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(paper)],
        env={**queue.environment, "QT_QPA_PLATFORM": "offscreen"},
        input="\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith("The printer desk did not take the paper.")
    assert not queue.paper.exists()
