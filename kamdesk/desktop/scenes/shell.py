"""Scenes of the window itself: help, keys, the palette, a bug told."""

from collections.abc import Sequence
from typing import Any

from kamdesk.desktop import looks
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Do, Territories, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _palette(english: str, chinese: str) -> Do:
    def do(window: MainWindow[Any]) -> None:
        from kamdesk.desktop.finding.palette import Palette

        window.search_wanted.emit()
        palette = window.findChild(Palette)
        if palette is not None:
            palette.field.setText(chinese if looks.language() == "zh" else english)

    return do


def _keys(window: MainWindow[Any]) -> None:
    window.actions_here["keys"].trigger()


def _bug(window: MainWindow[Any]) -> None:
    from kamdesk.desktop.bug_page import BugPage
    from kamdesk.logs import crash_report

    found = ("builtins.LookupError", "  kamdesk/desktop/pages.py:188 _refresh")
    window.show_instead(BugPage(crash_report(found, doing="page accounts")))


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    return (
        Scene("help", shown(on, lambda _: Route("help", None, "visits")), both),
        Scene(
            "help-large", shown(on, lambda _: Route("help", None, "keys")), (SMALL,), (1,), (200,)
        ),
        Scene("keys", shown(on, lambda _: Route("accounts"), then=_keys), both),
        Scene("palette", shown(on, then=_palette("ce", "c")), both),
        Scene("palette-empty", shown(on, then=_palette("", "")), (SMALL,)),
        Scene("palette-commands", shown(on, then=_palette("> lo", "> suo")), (SMALL,)),
        Scene("bug", shown(on, then=_bug), (SMALL,)),
    )
