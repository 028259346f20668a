"""Starting: until the shell is painted, beside a blank window of the same toolkit."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.rows import Result, late, middle
from tests.bench.territory import PASSPHRASE, made

BLANK = """
import time, sys
started = time.perf_counter()
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
class Paint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print((time.perf_counter() - started) * 1000, flush=True)
            import os; os._exit(0)
        return False
app = QApplication([])
window = QWidget(); window.resize(1280, 800)
paint = Paint(); window.installEventFilter(paint)
window.show(); app.exec()
"""
_OURS = """
import gc; gc.disable()
import time
started = time.perf_counter()
import sys, os
from PySide6.QtCore import QEvent
from kamdesk.desktop import application
def painted(self, watched, event):
    if event.type() == QEvent.Type.Paint:
        print((time.perf_counter() - started) * 1000, flush=True)
        os._exit(0)
    return False
application._AfterPaint.eventFilter = painted
os.environ["KAMDESK_WORKSPACE"] = sys.argv[1]
sys.argv = ["kamdesk"]
from kamdesk.__main__ import main
main()
"""


def run(rounds: int) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as folder:
        yield _shell(made(Path(folder, "territory"), accounts=20), "S", rounds)


def run_large(rounds: int, large: Path) -> Iterator[Result]:
    yield _shell(large, "L", rounds)


def _shell(place: Path, scale: str, rounds: int) -> Result:
    ours, blank = [], []
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "KAMDESK_PASSPHRASE": PASSPHRASE,
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPATH": ".",
            **dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), folder),
        }
        for number in range(max(7, rounds // 2) + 2):
            for program, times in ((_OURS, ours), (BLANK, blank)):
                said = subprocess.run(
                    [sys.executable, "-c", program, str(place)],
                    env=environment,
                    check=True,
                    capture_output=True,
                    text=True,
                ).stdout
                if number > 1:
                    times.append(float(said.split()[-1]))
    return Result(
        name="start: shell painted",
        scale=scale,
        ours=middle(ours),
        p95=late(ours),
        limit=middle(blank),
        limit_is="blank window of PySide6",
        bar_ratio=1.5,
    )
