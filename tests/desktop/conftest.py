"""Qt without a screen, the theme and the words as the program sets them."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamdesk.desktop import looks, theme
from kamdesk.desktop.application import Application
from kamdesk.settings import MachineSettings, Remembered

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The plugin without a screen warns of what only a window manager can do."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(
                pytest.mark.qt_log_ignore(
                    "plugin does not support (propagateSizeHints|raise|grabbing)"
                )
            )


@pytest.fixture
def application(qapp: object, tmp_path: Path) -> Iterator[Application]:
    """The program on a config folder of its own; light, English, 100 %."""
    made = Application(MachineSettings(tmp_path / "config"), Remembered(tmp_path / "config"))
    made.choose_language("en")
    made.choose_theme("light")
    yield made
    made.sweeper.stop()
    made.appearance.choose(theme="light", percent=100, chinese=False)
    made.qt.styleHints().colorSchemeChanged.disconnect(made.appearance._follow)
    looks.speak("en")
    assert theme.now().percent == 100
