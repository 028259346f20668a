"""From a colleague's day to the briefs of its visits, in order of time."""

from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import ColleagueId
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.domain.visits.model import VisitState
from kamdesk.dossier.agenda import Agenda
from kamdesk.papers.brief import gather
from kamdesk.papers.brief.content import Brief
from kamdesk.storage.database import Reader

MOST: Final = 30
"""More visits than this no day has."""


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
