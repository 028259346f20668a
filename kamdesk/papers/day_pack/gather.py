"""From a colleague's day to the briefs of its visits, in order of time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import ColleagueId
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.domain.visits.model import VisitState
from kamdesk.dossier.agenda import Agenda
from kamdesk.dossier.week import read_days
from kamdesk.dossier.week_told import told
from kamdesk.figures.route import Route
from kamdesk.papers.brief import gather
from kamdesk.papers.brief.content import Brief
from kamdesk.papers.route import route_of
from kamdesk.storage.database import Reader

MOST: Final = 30
"""More visits than this no day has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The roads of a day: ``leaves`` and ``returns`` are minutes after midnight, None when nobody
    knows where one starts; ``drives`` the minutes to each visit, by its id in hex.
    """

    leaves: int | None = None
    returns: int | None = None
    drive: int = 0
    drives: Mapping[str, int] = field(default_factory=dict)
    route: Route | None = None


def way_of(reader: Reader, day: Day, *, now: Instant, me: ColleagueId | None) -> Way:
    """Return the roads of a day of ``me``."""
    read = read_days(reader, day, 1, me=me, now=now)
    (one,) = told(read).days
    return Way(
        leaves=one.leaves,
        returns=one.returns,
        drive=one.drive,
        drives={line.item.visit.hex(): line.drive for line in one.lines if line.item.visit},
        route=route_of(read, one),
    )


def of_day(
    reader: Reader, day: Day, *, now: Instant, me: ColleagueId | None, language: str
) -> list[Brief]:
    """Return the briefs of the visits of ``me`` on a day (everybody's without one).

    Dropped visits are left out, and those whose customer is not in this workspace.
    """
    begin = Instant.at(day, 0, zone=now.zone)
    end = Instant.at(day + timedelta(days=1), 0, zone=now.zone)
    accounts = AccountStore(reader)
    return [
        gather.of_visit(reader, one.id, now=now, me=me, language=language)
        for one in Agenda(reader, me=me, today=now.day).of_day(begin, end, most=MOST)
        if one.state is not VisitState.DROPPED and accounts.find(one.account)
    ]


def made_by(reader: Reader, me: ColleagueId | None) -> str:
    """Return the name and title of whoever makes the pack; empty when nobody said."""
    maker = ColleagueStore(reader).find(me)
    return "·".join(filter(None, (maker.name, maker.title))) if maker else ""
