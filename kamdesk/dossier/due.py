"""Who is to be contacted, most urgent first: each customer's strictest duty and their people's."""

from collections.abc import Collection
from typing import NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, ColleagueId, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.cadence.cycle import Cycle
from kamdesk.domain.cadence.duty import Channel, DueWord, Source
from kamdesk.storage.database import Reader


class DueLine(NamedTuple):
    """One duty as lists show it. ``every``: days from contact to contact; 0: once.

    ``last``: the last real contact that counts; ``due`` None: it has not begun; ``planned``: the
    day of the next planned contact that would count. ``too_often``: said when they are visited
    more often than asked for.
    """

    account: AccountId
    account_name: str
    class_by_hand: AccountClass | None
    person: PersonId | None
    person_name: str
    channel: Channel
    source: Source
    every: int
    last: Day | None
    due: Day | None
    word: DueWord
    days_over: int
    planned: Day | None
    because: Text
    paused_until: Day | None
    cycle: Cycle
    paused_because: str = ""
    too_often: Text | None = None


class DueCounts(NamedTuple):
    """How many lines of the list stand how; ``unclassed``: customers nothing is asked for."""

    never: int = 0
    overdue: int = 0
    soon: int = 0
    on_track: int = 0
    paused: int = 0
    unclassed: int = 0


def due_list(
    reader: Reader,
    *,
    today: Day,
    me: ColleagueId | None = None,
    account: AccountId | None = None,
    person: PersonId | None = None,
    words: Collection[DueWord] = (),
    touches: bool = False,
    most: int | None = None,
) -> list[DueLine]:
    """Return who is to be contacted, most urgent first.

    Of every customer its strictest visit duty, and one line for each of their people to whom a
    duty is owed. ``touches``: also by call or message. ``me``: only my customers and nobody's.
    ``words``: only those that stand so. ``most``: at most so many.
    """
    return []


def due_counts(reader: Reader, *, today: Day, me: ColleagueId | None = None) -> DueCounts:
    """Return how many lines of ``due_list`` stand how."""
    return DueCounts()


def no_duty_because(reader: Reader, account: AccountId) -> Text | None:
    """Return why nothing is asked for at a customer; None when something is."""
    return None
