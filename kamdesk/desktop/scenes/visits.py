"""Scenes of visits: the log, the calendar, a new visit, the page of one."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Territories, quiet, shown, trigger
from kamdesk.desktop.shots import LARGE, SMALL, Scene


def _new(window: MainWindow[Any]) -> None:
    trigger("visits.new")(window)
    page: Any = window.page
    quiet(page.workbench)
    page.form.customer.field.setText("澜" if page.form.customer.field.text() else "l")
    page.form.customer.typed.emit("l")
    quiet(page.workbench)


def _next(window: MainWindow[Any]) -> None:
    page: Any = window.page
    window.go(Route("visit", page.content.next.id))


def _last(window: MainWindow[Any]) -> None:
    page: Any = window.page
    window.go(Route("visit", page.content.last.id))


def _stays(window: MainWindow[Any]) -> None:
    """Keep the first note on this computer, ask about the second, tick a third."""
    _last(window)
    page: Any = window.page
    quiet(page.workbench)
    facts = page.body.facts
    first, *more = page.content.facts
    if not first.here:
        facts._change_readers(first)
        quiet(page.workbench)
    if more:
        facts._ask(more[0].id)
    facts.words.setText("预算四月批")
    facts.here.setChecked(True)


def _customer(star: bytes) -> Route:
    return Route("account", star)


def _tab(tab: str, _star: object) -> Route:
    return Route("visits", None, tab)


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    week, month, day, log = (
        shown(on, partial(_tab, tab))
        for tab in ("week:2026-03-12", "month:2026-03-12", "day:2026-03-12", "log")
    )
    return (
        Scene("week", week, both, (1, 2)),
        Scene("week-large", week, (LARGE,), (1,), (200,)),
        Scene("month", month, both),
        Scene("day", day, (SMALL,)),
        Scene("month-holidays", shown(on, partial(_tab, "month:2026-02-24")), both),
        Scene("week-holidays", shown(on, partial(_tab, "week:2026-02-24")), both),
        Scene("log", log, both),
        Scene("visit", shown(on, _customer, then=_next), both, (1, 2)),
        Scene("visit-large", shown(on, _customer, then=_next), (LARGE,), (1,), (200,)),
        Scene("visit-held", shown(on, _customer, then=_last), both),
        Scene("visit-note-stays", shown(on, _customer, then=_stays), (LARGE,)),
        Scene(
            "visit-new",
            shown(on, lambda _: Route("visits", None, "week:2026-03-12"), then=_new),
            (SMALL,),
        ),
    )
