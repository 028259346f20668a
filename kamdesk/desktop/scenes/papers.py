"""Scenes of papers beside their choices: minutes, the day pack, tables of key people."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import DAY, Shown, Territories, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _minutes(territories: Territories) -> Callable[[Application], QWidget]:
    """Go to the minutes of the star's last visit that brought promises of both sides."""

    def make(app: Application) -> QWidget:
        program = Shown(app, territories.of(looks.language()), territories.keys)
        window: MainWindow[Any] = program.window()
        found: list[bytes] = []

        def ask(desk: Any) -> bytes:
            (star,) = desk.accounts.ask.by_number("KA-0001")
            visits = [one for one in desk.visits.ask.whole(star) if one.took_place]
            most = max(visits, key=lambda one: len(desk.promises.ask.of_visit(one.id)))
            return bytes(most.id)

        assert window.page is not None  # noqa: S101  (just shown)
        window.page.ask(ask, found.append, key="scene")
        program.answered()
        window.go(Route("paper", found[0], "minutes"))
        program.answered()
        return window

    return make


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    return (
        Scene("minutes", _minutes(on), (LARGE, SMALL)),
        Scene("day-pack", shown(on, lambda _: Route("daypack", None, DAY.isoformat())), (LARGE,)),
        Scene("week-paper", shown(on, lambda _: Route("paper", None, f"week:{DAY}")), (LARGE,)),
        Scene("month-paper", shown(on, lambda _: Route("paper", None, f"month:{DAY}")), (SMALL,)),
        Scene("map-paper", shown(on, lambda star: Route("paper", star, "map")), (LARGE, SMALL)),
        Scene("film-paper", shown(on, lambda star: Route("paper", star, "film")), (LARGE,)),
        Scene("influence-table", shown(on, lambda star: Route("paper", star, "influence"))),
        Scene(
            "paper-large",
            shown(on, lambda star: Route("paper", star, "matrix")),
            (SMALL,),
            (1,),
            (200,),
        ),
        Scene("key-people", shown(on, lambda star: Route("paper", star, "key_people")), (SMALL,)),
    )
