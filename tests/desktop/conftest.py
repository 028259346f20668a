"""Qt without a screen, the theme and the words as the program sets them."""

import json
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kamdesk import settings
from kamdesk.desktop import looks, theme
from kamdesk.desktop.application import Application
from kamdesk.settings import MachineSettings, Remembered
from kamdesk.storage import key_file

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


@pytest.fixture(autouse=True, scope="session")
def _a_secret_is_derived_once() -> Iterator[None]:
    """Argon2 is made to take its time; whatever it made of a secret and a salt stays the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_file, "derived", cache(key_file.derived))
        yield


@pytest.fixture
def application(qapp: object, tmp_path: Path) -> Iterator[Application]:
    """The program on a config folder of its own; light, English, 100 %."""
    config = tmp_path / "config"
    config.mkdir(mode=0o700, exist_ok=True)
    chosen = {settings.LANGUAGE.key: "en", settings.THEME.key: "light"}
    (config / "settings.json").write_text(json.dumps(chosen), "utf-8")
    made = Application(MachineSettings(config), Remembered(config))
    yield made
    made.sweeper.stop()
    made.appearance.choose(theme="light", percent=100, chinese=False)
    made.qt.styleHints().colorSchemeChanged.disconnect(made.appearance._follow)
    looks.speak("en")
    assert theme.now().percent == 100
