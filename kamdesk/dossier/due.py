"""Who is to be contacted, most urgent first: each customer's strictest duty and their people's."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, ColleagueId, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.cadence.cycle import Cycle
from kamdesk.domain.cadence.duties import duties_towards, nothing_asked_because, strictest
from kamdesk.domain.cadence.duty import Channel, DueWord, Duty, Source
from kamdesk.domain.cadence.rules import worth_of
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


class DueRead(NamedTuple):
    """A due list, and how many lines of the whole one (without ``touches``) stand how.

    ``unclassed`` are the customers nothing is asked for: by no class, agreement or else.
    """

    lines: list[DueLine]
    counts: DueCounts
    unclassed: list[Named]


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
    asking = _Asking(reader, today, me=me, account=account)
    owed = [
        one
        for one in asking.owed(touches=touches, people_alone=person is not None)
        if person is None or one.duty.person == person
    ]
    return asking.lines(owed, words, most)


def read_due(
    reader: Reader,
    *,
    today: Day,
    me: ColleagueId | None = None,
    words: Collection[DueWord] = (),
    touches: bool = False,
    most: int | None = None,
) -> DueRead:
    """Return what ``due_list`` does and how many stand how, the file asked once."""
    asking = _Asking(reader, today, me=me)
    owed = asking.owed()
    listed = asking.owed(touches=True) if touches else owed
    return DueRead(asking.lines(listed, words, most), asking.counts(owed), asking.unclassed(owed))


def no_duty_because(reader: Reader, account: AccountId, *, today: Day) -> Text | None:
    """Return why nothing is asked for at a customer; None when something is, or it is gone."""
    facts = read_facts(reader, today=today, account=account)
    to_improve = CadenceStore(reader).asks_to_improve()
    for one in facts.customers:
        working = working_calendar(reader)
        if not duties_towards(one.subject, today=today, working=working, to_improve=to_improve):
            return nothing_asked_because(one.subject, to_improve=to_improve)
    return None


class _Asking:
    """What may be owed to whom, read once: of one ``account``, of my customers, or of all."""

    def __init__(
        self,
        reader: Reader,
        today: Day,
        *,
        me: ColleagueId | None = None,
        account: AccountId | None = None,
    ) -> None:
        self._reader, self._today = reader, today
        self._facts = read_facts(reader, today=today, me=me, account=account)
        self._working = working_calendar(reader)
        self._to_improve = CadenceStore(reader).asks_to_improve()

    def owed(self, *, touches: bool = False, people_alone: bool = False) -> list[_Owed]:
        """Return the duties a list tells, in no order."""
        customers = () if people_alone else self._facts.customers
        return [
            _Owed(named, duty, duty.word(self._today), duty.days_over(self._today))
            for named in (*customers, *self._facts.people)
            for duty in self._told(named, touches=touches)
        ]

    def lines(
        self, owed: Iterable[_Owed], words: Collection[DueWord], most: int | None
    ) -> list[DueLine]:
        """Return the most urgent of some words as lines."""
        today = self._today
        wanted = [one for one in owed if not words or one.word in words]
        wanted.sort(key=lambda one: _urgency(one, today))
        shown = wanted[:most]
        past = read_past(self._reader, [(one.named.subject, one.duty) for one in shown], today)
        return [_line(one, past, today) for one in shown]

    def counts(self, owed: Sequence[_Owed]) -> DueCounts:
        """Return how many stand how."""
        counts = Counter(one.word for one in owed)
        return DueCounts(
            never=counts[DueWord.NEVER],
            overdue=counts[DueWord.OVERDUE],
            soon=counts[DueWord.SOON],
            on_track=counts[DueWord.ON_TRACK],
            paused=counts[DueWord.PAUSED],
            unclassed=len(self.unclassed(owed)),
        )

    def unclassed(self, owed: Iterable[_Owed]) -> list[Named]:
        """Return the customers without a class at whom nothing is asked for."""
        asked_at = {one.duty.account for one in owed if one.duty.person is None}
        return [
            one
            for one in self._facts.customers
            if one.class_by_hand is None and one.subject.account not in asked_at
        ]

    def _told(self, named: Named, *, touches: bool) -> Iterator[Duty]:
        duties = duties_towards(
            named.subject,
            today=self._today,
            working=self._working,
            to_improve=self._to_improve,
            touches=touches,
        )
        visit = strictest(duties, Channel.VISIT)
        alone = visit is None or touches
        touch = strictest(
            (duty for duty in duties if alone or duty.source not in _BY_RULE), Channel.TOUCH
        )
        return filter(None, (visit, touch))


def _urgency(owed: _Owed, today: Day) -> tuple[int, float, Day, str, bytes]:
    duty, named = owed.duty, owed.named
    due = duty.due or Day.max
    worth = 0.0
    rank = _RANKS[owed.word]
    if owed.over:
        rank = 0
        value = worth_of(named.class_by_hand)
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
