"""Screenshots of every page: ``python -m kamdesk.desktop.shots DIR``, both languages and themes."""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kamdesk import settings
from kamdesk.desktop.application import Application
from kamdesk.settings import MachineSettings, Remembered

LARGE, SMALL = QSize(1440, 900), QSize(1280, 720)


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing to see: its name in the files, and how its window is made."""

    name: str
    make: Callable[[Application], QWidget]
    sizes: Sequence[QSize] = (LARGE,)
    ratios: Sequence[int] = (1,)
    percents: Sequence[int] = (100,)


def shoot(scenes: Sequence[Scene], folder: Path) -> list[Path]:
    """Make the pictures of all scenes; returns where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    with tempfile.TemporaryDirectory() as config:
        app = Application(MachineSettings(Path(config)), Remembered(None), ["kamdesk"])
        for language in ("en", "zh"):
            app.choose_language(language)
            for theme in ("light", "dark"):
                app.choose_theme(theme)
                for scene in scenes:
                    made += _shoot(app, scene, folder, f"{language}-{theme}")
    return made


def _shoot(app: Application, scene: Scene, folder: Path, look: str) -> list[Path]:
    made = []
    for percent in scene.percents:
        app.choose_text_size(percent)
        for size in scene.sizes:
            window = scene.make(app)
            window.resize(size)
            window.show()
            settle()
            for ratio in scene.ratios:
                parts = [scene.name, look, f"{size.width()}x{size.height()}"]
                parts += [f"{percent}pc"] if percent != 100 else []
                parts += [f"at{ratio}"] if ratio != 1 else []
                path = folder / ("-".join(parts) + ".png")
                picture(window, ratio).save(str(path))
                made.append(path)
            window.close()
            window.deleteLater()
            settle()
    app.choose_text_size(settings.TEXT_SIZE.default)
    return made


def picture(window: QWidget, ratio: int = 1) -> QImage:
    """Return a picture of a window, with so many pixels to the point."""
    image = QImage(window.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    QWidget.render(window, painter, QPoint())  # a canvas has a render of its own
    painter.end()
    return image


def settle(milliseconds: int = 60) -> None:
    """Let answers come and layouts be made."""
    QTest.qWait(milliseconds)


def main(arguments: Sequence[str]) -> int:
    """Make the pictures in the folder named, of scenes named after it or all; return the status."""
    if not arguments or arguments[0].startswith("-"):
        print("usage: python -m kamdesk.desktop.shots DIR [SCENE ...]", file=sys.stderr)
        return 2
    from kamdesk.desktop.scenes import scenes

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        wanted = [
            one for one in scenes(Path(place)) if one.name in arguments[1:] or not arguments[1:]
        ]
        for path in shoot(wanted, Path(arguments[0])):
            print(path)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from kamdesk.desktop.shots import main as make_pictures  # not as __main__: scenes import it

    raise SystemExit(make_pictures(sys.argv[1:]))
