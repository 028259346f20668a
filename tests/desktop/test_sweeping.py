"""What is found in a cycle is taken down on the window's thread, whatever the others do."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kamdesk.desktop.lanes import ThreadLane
from kamdesk.desktop.sweeping import Sweeper
from kamdesk.transfer.uncollected import uncollected


class _Knot(QObject):
    """Holds itself, so that only a search for cycles finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.myself = self


def _busy(_desk: object) -> None:
    """Make more than any generation counts to before it is searched."""
    kept: list[list[object]] = [[] for _ in range(gc.get_threshold()[0] * 2)]
    assert kept


def _taken_down_on(qtbot: QtBot) -> list[threading.Thread]:
    """Return the threads on which a knot went while a lane was busy; then the window had time."""
    gone: list[threading.Thread] = []
    knot = _Knot()
    weakref.finalize(knot, lambda: gone.append(threading.current_thread()))
    del knot
    lane = ThreadLane("busy", lambda: object(), lambda _trouble: None)
    lane.put(_busy)
    lane.close(finish=True)
    assert gone == [] or not gc.isenabled() or gone[0] is not threading.main_thread()
    if not gone:
        qtbot.waitUntil(lambda: bool(gone), timeout=5000)
    return gone


@pytest.fixture
def _little_counts() -> object:
    before = gc.get_threshold()
    gc.collect()
    gc.set_threshold(50, 5, 5)
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("_little_counts", "qapp")
def test_a_lane_takes_nothing_down(qtbot: QtBot) -> None:
    sweeper = Sweeper()
    sweeper.start()
    try:
        assert _taken_down_on(qtbot) == [threading.main_thread()]
    finally:
        sweeper.stop()
    assert gc.isenabled()


@pytest.mark.usefixtures("_little_counts", "qapp")
def test_control_left_to_python_it_goes_on_the_lane(qtbot: QtBot) -> None:
    gc.enable()
    (there,) = _taken_down_on(qtbot)
    assert there.name == "busy"


@pytest.mark.usefixtures("_little_counts", "qapp")
def test_while_a_large_table_comes_in_nothing_is_searched() -> None:
    sweeper = Sweeper()
    sweeper.start()
    try:
        _busy(None)
        with uncollected():
            before = gc.get_count()[1]
            sweeper.sweep()
            assert gc.get_count()[1] == before
        sweeper.sweep()
        assert gc.get_count()[0] < gc.get_threshold()[0]
    finally:
        sweeper.stop()
