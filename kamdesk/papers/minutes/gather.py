"""From a visit to its minutes: only what both sides may read, by the catalogue's tags."""

from collections.abc import Iterable

from kamdesk.core.clock import Instant
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import ColleagueId, VisitId
from kamdesk.core.privacy import Mode, veil
from kamdesk.core.text.neutral import is_neutral
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import AccountStore
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.domain.visits.model import Attendee, Side, Visit
from kamdesk.domain.visits.store import ATTENDEE, VISIT, VisitStore
from kamdesk.dossier.customer_file import CustomerFile, read_file
from kamdesk.papers.minutes import content as paper
from kamdesk.papers.table_page.gather import participants, points_of
from kamdesk.storage.database import Reader


def of_visit(
    reader: Reader, visit: VisitId, *, now: Instant, me: ColleagueId | None
) -> paper.Minutes:
    """Return the minutes of a visit.

    Raises ``LookupError``, and ``RuleBroken`` for a visit whose customer is not here.
    """
    store = VisitStore(reader)
    found = veil(store.get(visit), VISIT.tags, Mode.ROOM)
    if AccountStore(reader).find(found.account) is None:
        raise RuleBroken(Text("The customer of this visit is not in this workspace."))
    file = read_file(reader, found.account, at=now)
    seats = [veil(seat, ATTENDEE.tags, Mode.ROOM) for seat in store.attendees(visit)]
    sat = [seat for seat in seats if not seat.absent]
    promises = [veil(promise, PROMISE.tags, Mode.ROOM) for promise in file.promises]
    later = {v.id for v in file.visits if v.start and found.start and v.start > found.start}
    neutral = _Neutral()
    maker = ColleagueStore(reader).find(me)
    coming = _next_meeting(file, found)
    return paper.Minutes(
        visit=visit.hex(),
        customer=file.account.name,
        topic=neutral.one(found.topic),
        start=found.start,
        minutes=found.minutes,
        place=neutral.one(found.place),
        participants=participants(file, sat),
        not_shown=_hidden(file, sat),
        discussed=neutral.lines(points_of(found.agenda)),
        agreed=neutral.agreed(file, (p for p in promises if _made_at(p, found))),
        open=neutral.agreed(file, (p for p in promises if _still_open(p, found, later))),
        next_step=neutral.one(found.next_step),
        next_step_by=found.next_step_by,
        next_meeting=coming.start if coming else None,
        next_place=neutral.one(coming.place) if coming else "",
        sender=" · ".join(filter(None, (maker.name, maker.title))) if maker else "",
        as_of=now,
        left_out=neutral.left_out,
    )


class _Neutral:
    """Takes lines that the customer may read, and counts those that were left out."""

    def __init__(self) -> None:
        self.left_out = 0

    def one(self, words: str) -> str:
        if is_neutral(words):
            return words
        self.left_out += 1
        return ""

    def lines(self, lines: Iterable[str]) -> tuple[str, ...]:
        return tuple(line for line in map(self.one, lines) if line)

    def agreed(self, file: CustomerFile, promises: Iterable[Promise]) -> tuple[paper.Agreed, ...]:
        return tuple(
            paper.Agreed(
                what=words,
                ours=promise.side is PromiseSide.OURS,
                who=file.name_of(promise.colleague or promise.person),
                due=promise.due,
            )
            for promise in promises
            if (words := self.one(promise.words))
        )


def _made_at(promise: Promise, visit: Visit) -> bool:
    return promise.visit == visit.id and promise.state is not PromiseState.DROPPED


def _still_open(promise: Promise, visit: Visit, later: set[VisitId]) -> bool:
    """True for what was promised before this visit and is not done."""
    before = promise.visit != visit.id and promise.visit not in later
    return before and promise.state is PromiseState.OPEN


def _hidden(file: CustomerFile, seats: list[Attendee]) -> int:
    return sum(seat.who in file.hidden for seat in seats if seat.side is Side.THEIRS)


def _next_meeting(file: CustomerFile, visit: Visit) -> Visit | None:
    """Return the first visit agreed after this one."""
    after = visit.start or file.at
    ahead = [one for one in file.visits if one.is_agreed and one.start and one.start > after]
    first = min(ahead, key=lambda one: one.start or after, default=None)
    return veil(first, VISIT.tags, Mode.ROOM) if first else None
