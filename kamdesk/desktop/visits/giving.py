"""Visits for calendar programs: those listed, or those of the days one looks at."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import files, looks
from kamdesk.desktop.actions import Action
from kamdesk.desktop.lists import EXPORT_KEY, Otherwise
from kamdesk.desktop.visits.reading import Diary
from kamdesk.domain.visits.store import VisitLine

if TYPE_CHECKING:
    from kamdesk.desktop.pages import Page
    from kamdesk.workspace import Workspace

_MOST: Final = 10_000
"""Visits of one day that are written."""


def write_visits(desk: "Workspace", path: Path, lines: Sequence[VisitLine]) -> int:
    """Write these visits as a calendar file; return how many. Raises ``RuleBroken``."""
    from kamdesk.transfer.calendar.exports import export_visits

    return export_visits(desk.storage, path, [line.id for line in lines], say=looks.said)


AS_CALENDAR: Final = Otherwise(Text("Calendar"), ".ics", write_visits)


def giving_action(page: "Page[Workspace]", shown: Callable[[], Diary | None]) -> Action:
    """Give a page the action that exports all visits of the days ``shown``."""

    def give() -> None:
        if (diary := shown()) is not None:
            _give_days(page, diary)

    name = Text("Export what is seen")
    return page.actions_here.add("visits.give", name, give, keys=EXPORT_KEY, icon="download")


def _give_days(page: "Page[Workspace]", diary: Diary) -> None:
    """Ask where to, and write all visits of the days shown for calendar programs."""
    title, first = Text("Export what is seen"), diary.first
    path = files.ask_where_to(page, title, looks.said(Text("Visits")), Text("Calendar"), ".ics")
    if path is None:
        return

    def write(desk: "Workspace") -> int:
        shown = desk.visits.ask.days(first, diary.days, zone=diary.now.zone, most=_MOST)
        return write_visits(desk, path, [line for day in shown for line in day.lines])

    def done(n: int) -> None:
        said = Text("{n} entry is in {file}.", "{n} entries are in {file}.", n=n, file=path.name)
        page.around.say(said)

    def refused(refusal: Refusal) -> None:
        page.around.say(refusal.said)

    page.ask(write, done, refused, key="export")
