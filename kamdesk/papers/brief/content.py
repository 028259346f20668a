"""What a visit brief holds, whole and uncut, before an edition or a page takes from it."""

from dataclasses import dataclass

from kamdesk.core.clock import Day, Instant
from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.figures.chain import ChainMap
from kamdesk.figures.layout.plan import Plan
from kamdesk.papers.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Whom we visit, when and where. ``number`` is our number of the account."""

    account: str
    other_name: str = ""
    short_name: str = ""
    number: str = ""
    unit: str = ""
    topic: str = ""
    kind: Words = ""
    start: Instant | None = None
    minutes: int = 60
    place: str = ""
    gate: str = ""
    host: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What the visit is for: the outcome to earn, the ask, the fallback and the red lines.

    ``price`` is the price corridor: printed only when ticked, never for a consultant.
    """

    outcome: str = ""
    ask: str = ""
    fallback: str = ""
    red_lines: tuple[str, ...] = ()
    price: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForTheBoss:
    """The five lines a boss reads first."""

    why_you_come: str = ""
    whom_you_sit_opposite: str = ""
    what_to_say: str = ""
    what_not_to_promise: str = ""
    what_they_want: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure of the facts strip; ``value`` None is said as not known. ``alarm``: it worries."""

    label: Text
    value: Words | None
    note: Words = ""
    alarm: bool = False
    privacy: Privacy = Privacy.BUSINESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that happened since the last visit; ``amount`` stands apart as it may be hidden."""

    on: Day | None
    what: Words
    amount: Words | None = None
    privacy: Privacy = Privacy.BUSINESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What to say, what to show and what to avoid."""

    say: Words = ""
    show: Words = ""
    avoid: Words = ""

    @property
    def empty(self) -> bool:
        """True when nothing is advised."""
        return not (self.say or self.show or self.avoid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """Someone of theirs who will be there; ``id`` is that of the card on the map.

    ``stance`` (−2 to 2) and ``influence`` (1 to 5) are None when unknown. ``reading`` says how
    rare characters are read. ``concern`` is the rule-of-thumb hint where no focus is known.
    """

    id: str
    name: str
    reading: str = ""
    address: str = ""
    post: str = ""
    department: str = ""
    roles: tuple[Text | str, ...] = ()
    first_meeting: bool = False
    last_met: Day | None = None
    focus: str = ""
    concern: Words = ""
    horizon: Words = ""
    advice: Advice = Advice()
    stance: int | None = None
    stance_since: Day | None = None
    influence: int | None = None
    decides: bool = False
    motive: str = ""
    rival_tie: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """The one risk worth knowing before the door."""

    rule: Words
    evidence: Words = ""
    on: Day | None = None
    advice: Advice = Advice()
    privacy: Privacy = Privacy.BUSINESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An open promise; ``ours`` or theirs. ``waiting`` names what it waits for on our side."""

    what: str
    ours: bool
    who: str = ""
    due: Day | None = None
    waiting: Words = ""
    privacy: Privacy = Privacy.BUSINESS


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """A visit held before: who was there, what was said, what came of it."""

    on: Day
    people: tuple[str, ...] = ()
    said: str = ""
    result: str = ""
    atmosphere: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """Something under way: an opportunity, an order, a contract that ends, a payment due."""

    kind: Words
    name: str
    step: Words = ""
    on: Day | None = None
    amount: Words | None = None
    margin: Words | None = None
    missing: Words = ""
    overdue: bool = False
    privacy: Privacy = Privacy.BUSINESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to ask, tied to a gap in this file by ``reason``."""

    text: Words
    reason: Words = ""
    whom: str = ""
    privacy: Privacy = Privacy.BUSINESS


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirQuestion:
    """A question they may ask, our answer in a line, and who gives it."""

    question: Words
    answer: Words = ""
    who: str = ""
    privacy: Privacy = Privacy.BUSINESS


@dataclass(frozen=True, slots=True, kw_only=True)
class OurPart:
    """One of ours: the part taken (leads, presents, listens, notes), topic and counterpart."""

    name: str
    part: Words = ""
    topic: str = ""
    counterpart: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalMove:
    """What a competitor did here, when, and who says so."""

    on: Day | None
    what: str
    source: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueVisit:
    """A colleague was here lately: whom they met and what they promised."""

    on: Day
    who: str
    whom: str = ""
    promised: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A birthday, a festival, a jubilee within the next two weeks."""

    on: Day
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A visit brief, complete: an edition takes away what its reader must not see.

    ``visit`` is the visit's id as hex, empty when the brief is about an account without one.
    ``as_of`` is the moment the data were read; ``last_here`` the day of our last visit.
    Their people who are known by name only stand in ``named_only``; ``not_shown`` counts those
    who sit there and must not be shown. ``chain_plan`` says where all of ``chain`` stands in as
    much room as a page has for it; without one it is laid out when it is drawn.
    """

    visit: str = ""
    heading: Heading
    made_by: str = ""
    as_of: Instant
    purpose: Purpose = Purpose()
    boss: ForTheBoss | None = None
    facts: tuple[Fact, ...] = ()
    last_here: Day | None = None
    changes: tuple[Change, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    named_only: tuple[str, ...] = ()
    not_shown: int = 0
    chain: ChainMap | None = None
    chain_plan: Plan | None = None
    risk: Risk | None = None
    promises: tuple[Promise, ...] = ()
    visits: tuple[PastVisit, ...] = ()
    business: tuple[Business, ...] = ()
    questions: tuple[Question, ...] = ()
    their_questions: tuple[TheirQuestion, ...] = ()
    our_side: tuple[OurPart, ...] = ()
    rivals: tuple[RivalMove, ...] = ()
    colleagues: tuple[ColleagueVisit, ...] = ()
    bring: tuple[Words, ...] = ()
    calendar: tuple[Occasion, ...] = ()
    not_in_file: tuple[Words, ...] = ()
    opinions: bool = True
    """False when stance and influence must not be seen at all."""
