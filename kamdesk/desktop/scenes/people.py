"""Scenes of people: the list, the form for a new one."""

from collections.abc import Sequence
from typing import Any

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Territories, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _add(window: MainWindow[Any]) -> None:
    page: Any = window.page
    page.begin_add()
    page.form.draft.discard()
    page.form.name.setText("欧阳若琳")


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    return (
        Scene("people-list", shown(on, lambda _: Route("people")), both),
        Scene("people-large", shown(on, lambda _: Route("people")), (LARGE,), (1,), (200,)),
        Scene("people-add", shown(on, lambda _: Route("people"), then=_add), (SMALL,)),
    )
