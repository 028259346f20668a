"""Scenes of the calendars: none yet, what an import would do, what comes next, another name."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Route
from kamdesk.desktop.scenes.staging import Territories, bare, settle_until, shown, trigger
from kamdesk.desktop.shots import LARGE, SMALL, Scene

_EVENTS = (
    ("Weekly sales meeting", "20260309T010000Z", "20260309T020000Z", "RRULE:FREQ=WEEKLY;COUNT=20"),
    ("季度业务评审", "20260317T060000Z", "20260317T080000Z", "LOCATION:总部 3 楼"),
    ("Industry fair", "20260323", "20260326", "LOCATION:Shanghai"),
    ("Dentist", "20260319T083000Z", "20260319T093000Z", "TRANSP:TRANSPARENT"),
    ("Somebody forgot the day", "", "", ""),
)


def _written(folder: Path) -> Path:
    lines = ["BEGIN:VCALENDAR", "X-WR-CALNAME:Office"]
    for n, (title, starts, ends, more) in enumerate(_EVENTS):
        lines += ["BEGIN:VEVENT", f"UID:{n}", f"SUMMARY:{title}"]
        lines += [f"DTSTART:{starts}", f"DTEND:{ends}"] if starts else []
        lines += [more] if more else []
        lines.append("END:VEVENT")
    path = folder / "office.ics"
    path.write_text("\n".join([*lines, "END:VCALENDAR", ""]), "utf-8")
    return path


def _looked(territories: Territories) -> Callable[[MainWindow[Any]], object]:
    def do(window: MainWindow[Any]) -> None:
        page: Any = window.page
        page.end_step()
        page.look(_written(Path(os.fsdecode(territories.file())).parent))
        settle_until(lambda: page.step is not None)

    return do


def _taken(territories: Territories) -> Callable[[MainWindow[Any]], object]:
    def do(window: MainWindow[Any]) -> None:
        _looked(territories)(window)
        page: Any = window.page
        page.step.wanted.emit()
        settle_until(lambda: bool(page.list.lines) and page.step is None)
        window.notices.clear()
        page.list.choose(page.list.lines[0].id)

    return do


def _rename(territories: Territories) -> Callable[[MainWindow[Any]], object]:
    def do(window: MainWindow[Any]) -> None:
        _taken(territories)(window)
        trigger("calendars.name")(window)

    return do


def _here(_star: object) -> Route:
    return Route("calendars")


def _week(_star: object) -> Route:
    return Route("visits", None, "week:2026-03-17")


def scenes(on: Territories) -> Sequence[Scene]:
    """Return them."""
    both = (LARGE, SMALL)
    return (
        Scene("calendars-empty", bare(on, Route("calendars")), (SMALL,)),
        Scene(
            "calendars-look",
            shown(on, _here, then=_looked(on), aside="calendars"),
            both,
            (1,),
            (100,),
        ),
        Scene(
            "calendars", shown(on, _here, then=_taken(on), aside="calendars"), both, (1,), (100,)
        ),
        Scene(
            "calendars-large",
            shown(on, _here, then=_taken(on), aside="calendars"),
            (LARGE,),
            (1,),
            (200,),
        ),
        Scene("calendars-name", shown(on, _here, then=_rename(on), aside="calendars"), (SMALL,)),
        Scene("calendars-week", shown(on, _week, aside="calendars"), both),
    )
