"""The one place that knows where fonts, icons, words and other shipped files are."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from kamdesk.core import wording

_HERE = Path(__file__).resolve().parent
ROOT = _HERE / "resources" if (_HERE / "resources").is_dir() else _HERE.parent / "resources"
"""``resources/`` beside the package in a checkout, inside it once installed."""


def asset(*parts: str) -> Path:
    """Return the path of a shipped file, as ``asset("fonts", "NotoSansSC-Regular.ttf")``."""
    return ROOT.joinpath(*parts)


@cache
def catalogue(language: str) -> NullTranslations:
    """Return the translations into ``language``; English has none, nor has a missing file."""
    name = {"zh": "zh_CN"}.get(language, language)
    path = asset("i18n", f"{name}.mo")
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)


def install_words() -> None:
    """Let ``core.wording.say`` find the shipped translations."""
    wording.use_catalogues(catalogue)
