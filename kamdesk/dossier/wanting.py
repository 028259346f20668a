"""How much of one account manager's work wants a hand: the numbers beside the pages."""

from datetime import timedelta
from typing import Final, NamedTuple

from kamdesk.core.clock import Instant
from kamdesk.core.ids import ColleagueId
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.promises.store import PromiseStore
from kamdesk.dossier.agenda import Agenda
from kamdesk.dossier.day import WRITE_UP_DAYS
from kamdesk.storage.database import Reader

MOST: Final = 100
"""Counted up to here: beyond it the number says no more than “many”."""


class Wanting(NamedTuple):
    """Promises of ours past their day, and visits to write up, counted as the day lists them."""

    overdue: int
    to_write_up: int


def wanting(reader: Reader, *, now: Instant, me: ColleagueId | None) -> Wanting:
    """Return what wants a hand of the colleague ``me``; of everybody without one."""
    yesterday = now.day - timedelta(days=1)
    agenda = Agenda(reader, me=me, today=now.day)
    return Wanting(
        PromiseStore(reader).count_due(PromiseSide.OURS, by=yesterday, of=me, most=MOST),
        agenda.count_over(now.plus(days=-WRITE_UP_DAYS), now, most=MOST),
    )
