"""An executive engagement plan and its steps (``field_book.md`` P5). Rules only."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccessPlanId, AccessStepId, AccountId, ColleagueId, PersonId
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text

HALF_YEAR: Final = 182
"""Days within which executives of a core customer meet again."""
MOST_OPEN: Final = 8
"""Open plans somebody can really drive; more are warned of (``field_book.md`` G56)."""
LONG: Final = (
    "why_now", "must_deliver", "way", "second_way", "topics", "party", "passed_over", "result",
    "our_part", "their_part",
)  # fmt: skip
"""Texts of several lines. ``topics`` has one a line: the topic, ``|``, the fact they do not know.
"""


class PlanState(StrEnum):
    """Where a plan stands."""

    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"


STATE_WORDS: Final = {
    PlanState.OPEN: Text("open"),
    PlanState.CLOSED: Text("closed"),
    PlanState.DROPPED: Text("given up"),
}


class Tender(StrEnum):
    """Whether a tender is running, as far as we asked."""

    RUNS = "runs"
    NONE = "none"


TENDER_WORDS: Final = {
    Tender.RUNS: Text("a tender is running: meet only as its rules allow"),
    Tender.NONE: Text("no tender is running"),
}

STANDARD_STEPS: Final = (
    Text("Prepare: topics, one page, our executive briefed"),
    Text("Introduce: a go-between asks for half an hour"),
    Text("Meet"),
    Text("Follow up in 24 hours: thanks, both next steps"),
)

FIELD_WORDS: Final = {
    "target": Text("person to meet"),
    "peer": Text("our executive"),
    "remit": Text("remit"),
    "term": Text("term of office"),
    "office": Text("office and secretary"),
    "why_now": Text("why now, in their business"),
    "must_deliver": Text("what they must deliver"),
    "measured_by": Text("measured by"),
    "horizon": Text("horizon"),
    "heard_from": Text("who says so"),
    "aim": Text("our aim"),
    "gains": Text("what they gain"),
    "gain_standing": Text("their gain in standing"),
    "way": Text("way in"),
    "second_way": Text("second way"),
    "borrowed": Text("borrowed strength"),
    "occasion": Text("occasion"),
    "window": Text("date window"),
    "topics": Text("topics"),
    "first_sentence": Text("first sentence"),
    "avoid": Text("topic to avoid"),
    "material": Text("material"),
    "handed_by": Text("handed over by"),
    "party": Text("party and seats"),
    "interpreter": Text("interpreter"),
    "tender": Text("tender"),
    "hospitality": Text("hospitality checked"),
    "passed_over": Text("who might feel passed over"),
    "result": Text("what came of it"),
    "moved": Text("what moved in their stance, and by what"),
    "our_step": Text("our next step"),
    "their_step": Text("their next step"),
    "thanked_on": Text("thanks sent on"),
    "next_contact": Text("next contact"),
    "meets_on": Text("day of the meeting"),
    "theme": Text("theme"),
    "our_wish": Text("our wish"),
    "their_wish": Text("their wish"),
    "our_part": Text("we prepare"),
    "their_part": Text("they prepare"),
    "of_plan": Text("executive plan"),
    "what": Text("step"),
    "step_of": Text("who, by when"),
    "done_on": Text("done on"),
}
"""What the cells of plans and steps are called, where they are not called as everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPlan:
    """The plan to bring one of our executives (``colleague``) to one of theirs (``person``).

    ``place`` to ``their_part`` are what both sides may read; ``meets_on`` is the day of the
    meeting, ``briefed_on`` when our executive was briefed, ``thanked_on`` when thanks were sent.
    """

    id: AccessPlanId
    account: AccountId
    person: PersonId
    colleague: ColleagueId | None = None
    briefed_on: Day | None = None
    state: PlanState = PlanState.OPEN
    closed_on: Day | None = None
    remit: str = ""
    term: str = ""
    office: str = ""
    why_now: str = ""
    must_deliver: str = ""
    measured_by: str = ""
    horizon: str = ""
    heard_from: str = ""
    aim_from: str = ""
    aim_to: str = ""
    aim_by: Day | None = None
    gain_more: str = ""
    gain_sooner: str = ""
    gain_surer: str = ""
    gain_standing: str = ""
    way: str = ""
    second_way: str = ""
    borrowed_person: str = ""
    borrowed_thing: str = ""
    borrowed_occasion: str = ""
    occasion: str = ""
    window_from: Day | None = None
    window_until: Day | None = None
    topics: str = ""
    first_sentence: str = ""
    avoid: str = ""
    material: str = ""
    handed_by: str = ""
    party: str = ""
    interpreter: str = ""
    tender: Tender | None = None
    hospitality: str = ""
    passed_over: str = ""
    result: str = ""
    moved: str = ""
    our_next: str = ""
    our_next_by: Day | None = None
    their_next: str = ""
    their_next_by: Day | None = None
    thanked_on: Day | None = None
    next_contact: Day | None = None
    meets_on: Day | None = None
    place: str = ""
    theme: str = ""
    our_wish: str = ""
    their_wish: str = ""
    our_part: str = ""
    their_part: str = ""

    def checked(self) -> "AccessPlan":
        """Return this plan cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self, long=LONG)
        if neat.window_from and neat.window_until and neat.window_until < neat.window_from:
            raise RuleBroken(Text("It cannot end before it begins."), field="window_until")
        return neat

    def closed(self, on: Day, *, core: bool) -> "AccessPlan":
        """Return this plan closed on a day.

        Raises ``RuleBroken`` at the field that lacks what both sides agreed: a meeting of
        executives ends with a next step of ours and of theirs, and at a core customer (``core``)
        they meet again within half a year.
        """
        if not self.our_next:
            raise RuleBroken(
                Text("Write what we do next: a meeting of executives ends with a step of ours."),
                field="our_next",
            )
        if not self.their_next:
            raise RuleBroken(
                Text(
                    "Write what they do next: without a step of theirs it was only a visit. Ask for"
                    " one, then close."
                ),
                field="their_next",
            )
        last = (self.meets_on or on) + timedelta(days=HALF_YEAR)
        if core and (self.next_contact is None or self.next_contact > last):
            raise RuleBroken(
                Text(
                    "Write when they meet again: at a core customer by {day} at the latest.",
                    day=last.isoformat(),
                ),
                field="next_contact",
            )
        return replace(self, state=PlanState.CLOSED, closed_on=on)

    @property
    def talking_points(self) -> tuple[tuple[str, str], ...]:
        """The topics, each with the fact of ours they do not know yet (empty: none noted)."""
        lines = (line.partition("|") for line in self.topics.splitlines() if line.strip())
        return tuple((topic.strip(), fact.strip()) for topic, _, fact in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessStep:
    """One step of a plan: what, who of ours, by when, and the day it was done (None: not yet).

    ``person`` is the plan's target: what is about a person goes with them.
    """

    id: AccessStepId
    account: AccountId
    plan: AccessPlanId
    person: PersonId
    what: str
    colleague: ColleagueId | None = None
    due: Day | None = None
    done_on: Day | None = None

    def checked(self) -> "AccessStep":
        """Return this step cleaned. Raises ``RuleBroken`` without words."""
        neat = cleaned(self)
        if not neat.what:
            raise RuleBroken(Text("Say what is to be done."), field="what")
        return neat
