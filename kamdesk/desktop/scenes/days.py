"""Scenes of the day: today, another day, nothing yet."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kamdesk.core.clock import Instant
from kamdesk.desktop import looks
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import DAY, Territories, bare, shown
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _today(_: Any) -> Route:
    return Route("today")


def _full(window: MainWindow[Any]) -> None:
    """Plan two more visits on the day: one clashes, one lacks everything."""
    page: Any = window.page
    zh = looks.language() == "zh"

    def verb(desk: Any) -> Any:
        names = ("华宁重工", "晨光电气") if zh else ("Harwick Castings", "Dawnlight Electric")
        touched = None
        for name, hour, minutes in zip(names, (15, 11), (45, 30), strict=True):
            account = desk.accounts.new(name)
            desk.accounts.add(account)
            visit = desk.visits.new(account.id, Instant.at(DAY, hour, 0))
            touched = desk.visits.plan(replace(visit, minutes=minutes))
        return touched

    page.do(verb)


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    return (
        Scene("today", shown(on, _today), (LARGE, SMALL), (1, 2)),
        Scene("today-large", shown(on, _today), (LARGE,), (1,), (200,)),
        Scene("today-full", shown(on, _today, then=_full), (LARGE,)),
        Scene("today-other", shown(on, lambda _: Route("today", None, "2026-03-14")), (LARGE,)),
        Scene("today-empty", bare(on, Route("today")), (SMALL,)),
    )
