"""The week plan as the window prints it: the proposal one has under work, else what stands."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from kamdesk.core.clock import Day
from kamdesk.core.ids import ColleagueId
from kamdesk.desktop.week.draft import place_of, read_back
from kamdesk.domain.visits.calendar import week_of
from kamdesk.domain.week import planning
from kamdesk.domain.week.model import Proposal
from kamdesk.dossier.week import read_week
from kamdesk.dossier.week_next import next_weeks
from kamdesk.dossier.week_read import WeekRead
from kamdesk.dossier.week_told import told
from kamdesk.papers.day_pack.gather import made_by
from kamdesk.papers.week_plan.drawing import draw_week

if TYPE_CHECKING:
    from kamdesk.papers.voice import Language
    from kamdesk.workspace import Workspace


def week_paper(
    desk: "Workspace", day: Day, *, me: ColleagueId | None, language: "Language"
) -> bytes:
    """Return the plan of a day's week as PDF."""
    reader, now = desk.storage.reader, desk.clock.now()
    read = read_week(reader, week_of(day), me=me, now=now)
    proposal, pins = _under_work(desk, read)
    later = next_weeks(reader, read) if proposal is not None else None
    shown = told(read, proposal, pins=pins, later=later)
    return draw_week(shown, language=language, made_by=made_by(reader, me))


def _under_work(desk: "Workspace", read: WeekRead) -> tuple[Proposal | None, Collection[bytes]]:
    """Return what one has made of the week and not accepted yet, and what one pinned in it."""
    draft = desk.drafts.at(place_of(read.monday))
    board = read_back(draft.content, read) if draft else None
    if board is None or not board.changes:
        return None, ()
    costs = {left.key: left for left in planning.judged(board.problem, board.plan).left_out}
    left = tuple(
        costs.get(one.key, one)
        for one in board.plan.left_out
        if board.items[one.key].is_due and one.key not in board.out
    )
    return replace(board.plan, left_out=left), board.pins
