"""Who is to be contacted, most urgent first: each customer's strictest duty and their people's."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, ColleagueId, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.cadence import rules
from kamdesk.domain.cadence.cycle import Cycle
from kamdesk.domain.cadence.duties import duties_towards, nothing_asked_because, strictest
from kamdesk.domain.cadence.duty import Channel, DueWord, Duty, Source
from kamdesk.domain.cadence.facts import WorkingDays
from kamdesk.domain.cadence.store import CadenceStore
from kamdesk.domain.working_days.store import working_calendar
from kamdesk.dossier.due_facts import Named, read_facts
from kamdesk.dossier.due_past import Past, read_past
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


_BY_RULE: Final = (Source.CLASS, Source.ROLE)
_RANKS: Final = {
    DueWord.OVERDUE: 0,
    DueWord.SOON: 1,
    DueWord.NEVER: 2,
    DueWord.ON_TRACK: 3,
    DueWord.PAUSED: 4,
}
_ONCE: Final = 5
"""What a duty that is due once counts as, in days, where lateness is weighed."""


class _Owed(NamedTuple):
    """A duty of the list, and towards whom."""

    named: Named
    duty: Duty
    word: DueWord
    over: int


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

    Of every customer its strictest visit duty, and one for each of their people to whom one is
    owed; also the calls and messages agreed or owed to somebody new, and those that are all that
    is asked for. ``touches``: every other call or message due as well. ``me``: only my customers
    and nobody's. ``words``: only what stands so. ``most``: at most so many.

    What is late comes first, by what the class is worth and by how much of its interval it is
    late, up to a whole one; a role weighs half of what its customer does. Then by day.
    """
    if person is not None and account is None:
        account = reader.ask("SELECT account FROM people WHERE id = ? AND shown", person).value()
        if account is None:
            return []
    facts = read_facts(reader, today=today, me=me, account=account)
    subjects = facts.people if person else (*facts.customers, *facts.people)
    owed = _owed(
        (one for one in subjects if person is None or one.subject.person == person),
        today=today,
        working=working_calendar(reader),
        to_improve=CadenceStore(reader).asks_to_improve(),
        touches=touches,
    )
    wanted = [one for one in owed if not words or one.word in words]
    wanted.sort(key=lambda one: _urgency(one, today))
    shown = wanted[:most]
    past = read_past(reader, [(one.named.subject, one.duty) for one in shown], today)
    return [_line(one, past, today) for one in shown]


def due_counts(reader: Reader, *, today: Day, me: ColleagueId | None = None) -> DueCounts:
    """Return how many lines of ``due_list`` (without ``touches``) stand how."""
    facts = read_facts(reader, today=today, me=me)
    to_improve = CadenceStore(reader).asks_to_improve()
    owed = _owed(
        (*facts.customers, *facts.people),
        today=today,
        working=working_calendar(reader),
        to_improve=to_improve,
        touches=False,
    )
    counts: Counter[DueWord] = Counter()
    asked_at = set()
    for one in owed:
        counts[one.word] += 1
        if one.duty.person is None:
            asked_at.add(one.duty.account)
    return DueCounts(
        never=counts[DueWord.NEVER],
        overdue=counts[DueWord.OVERDUE],
        soon=counts[DueWord.SOON],
        on_track=counts[DueWord.ON_TRACK],
        paused=counts[DueWord.PAUSED],
        unclassed=sum(
            one.class_by_hand is None and one.subject.account not in asked_at
            for one in facts.customers
        ),
    )


def no_duty_because(reader: Reader, account: AccountId, *, today: Day) -> Text | None:
    """Return why nothing is asked for at a customer; None when something is, or it is gone."""
    facts = read_facts(reader, today=today, account=account)
    to_improve = CadenceStore(reader).asks_to_improve()
    for one in facts.customers:
        working = working_calendar(reader)
        if not duties_towards(one.subject, today=today, working=working, to_improve=to_improve):
            return nothing_asked_because(one.subject, to_improve=to_improve)
    return None


def _owed(
    subjects: Iterable[Named],
    *,
    today: Day,
    working: WorkingDays,
    to_improve: bool,
    touches: bool,
) -> Iterator[_Owed]:
    for named in subjects:
        duties = duties_towards(
            named.subject, today=today, working=working, to_improve=to_improve, touches=touches
        )
        visit = strictest(duties, Channel.VISIT)
        alone = visit is None or touches
        touch = strictest(
            (duty for duty in duties if alone or duty.source not in _BY_RULE), Channel.TOUCH
        )
        for duty in filter(None, (visit, touch)):
            yield _Owed(named, duty, duty.word(today), duty.days_over(today))


def _urgency(owed: _Owed, today: Day) -> tuple[int, float, Day, str, bytes]:
    duty, named = owed.duty, owed.named
    due = duty.due or Day.max
    worth = 0.0
    rank = _RANKS[owed.word]
    if owed.over:
        rank = 0
        value = rules.WORTH.get(named.class_by_hand or "", rules.WORTH_WITHOUT_CLASS)
        worth = value * (1 + min(1, owed.over / (duty.every or _ONCE)))
        if duty.source is Source.ROLE:
            worth /= 2
    return rank, -worth, due, named.account_name, duty.person or duty.account


def _line(owed: _Owed, past: Past, today: Day) -> DueLine:
    named, duty = owed.named, owed.duty
    return DueLine(
        account=duty.account,
        account_name=named.account_name,
        class_by_hand=named.class_by_hand,
        person=duty.person,
        person_name=named.person_name,
        channel=duty.channel,
        source=duty.source,
        every=duty.every,
        last=duty.last,
        due=duty.due,
        word=owed.word,
        days_over=owed.over,
        planned=duty.planned,
        because=duty.because,
        paused_until=duty.paused_until,
        cycle=past.cycle(duty, named.subject, today),
        paused_because=duty.paused_because,
        too_often=past.too_often(duty, named.subject, today),
    )
