"""The phase of a customer: the lower of what time and what evidence say, with what is missing."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from kamdesk.core.clock import Day, days_between
from kamdesk.core.stored import read_word
from kamdesk.core.wording import Text


class Phase(StrEnum):
    """Where the relationship with a customer stands (``field_book.md`` D11)."""

    PROSPECT = "prospect"
    ONBOARDING = "onboarding"
    ESTABLISHED = "established"
    EMBEDDED = "embedded"
    CO_CREATION = "co-creation"
    DORMANT = "dormant"
    LOST = "lost"


PHASE_WORDS: Final = {
    Phase.PROSPECT: Text("prospect"),
    Phase.ONBOARDING: Text("onboarding"),
    Phase.ESTABLISHED: Text("established"),
    Phase.EMBEDDED: Text("embedded"),
    Phase.CO_CREATION: Text("co-creation"),
    Phase.DORMANT: Text("dormant"),
    Phase.LOST: Text("lost to us"),
}
LADDER: Final = (
    Phase.PROSPECT,
    Phase.ONBOARDING,
    Phase.ESTABLISHED,
    Phase.EMBEDDED,
    Phase.CO_CREATION,
)
"""The phases a relationship climbs."""
_MONTHS: Final = {
    Phase.ONBOARDING: 0,
    Phase.ESTABLISHED: 3,
    Phase.EMBEDDED: 12,
    Phase.CO_CREATION: 36,
}
"""Months after the first signing from which each phase is open."""
LIVE_DAYS: Final = 180
"""So many days after being met somebody is a live contact (``field_book.md`` D10)."""
ENOUGH_CONTACTS: Final = 3
_QUIET_DAYS: Final = 183
_QUIET_GAPS: Final = 1.5
_LOST_MONTHS: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the file holds that speaks for a phase.

    ``orders``: the days of the deals won, earliest first; ``orders_kept``: whether deals of this
    customer are kept here at all. ``deal_open``: one is being worked on. ``kickoff``: the day of
    the first visit held after the first signing. ``live_contacts``: people met in the last 180
    days. ``executive``: one of theirs at the decision level was met, or a plan to meet one closed.
    """

    orders: tuple[Day, ...] = ()
    orders_kept: bool = False
    deal_open: bool = False
    kickoff: Day | None = None
    live_contacts: int = 0
    executive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseReading:
    """A customer's phase and why.

    ``shown`` is the lower of the two, or what was set by hand. ``missing`` says what the evidence
    lacks for the phase that time allows, ``not_judged`` what the workspace cannot know. ``since``:
    the day ``shown`` began; None where that is not known.
    """

    shown: Phase
    by_time: Phase
    by_evidence: Phase
    missing: tuple[Text, ...] = ()
    not_judged: tuple[Text, ...] = ()
    by_hand: bool = False
    because: str = ""
    since: Day | None = None


class _Looked(NamedTuple):
    """What a rung of the ladder lacks, and what of it cannot be judged here.

    ``reached`` is False as well where nothing of it can be judged: not known is not good.
    """

    missing: tuple[Text, ...]
    not_judged: tuple[Text, ...]
    judged: bool = True

    @property
    def reached(self) -> bool:
        """Whether what the file holds speaks for the rung."""
        return self.judged and not self.missing


def phase_of(
    first_signed: Day | None,
    evidence: Evidence,
    *,
    today: Day,
    by_hand: str = "",
    because: str = "",
    opened: Day | None = None,
    set_on: Day | None = None,
) -> PhaseReading:
    """Return the phase of a customer (``field_book.md`` D11).

    ``by_hand`` is a phase the user set on ``set_on``, with a reason; ``opened`` the day their file
    was begun, from which a prospect is one.
    """
    by_time = phase_by_time(first_signed, today)
    looked = {phase: _looked(phase, first_signed, evidence) for phase in LADDER[1:]}
    by_evidence = LADDER[0]
    for phase in LADDER[1:]:
        if not looked[phase].reached:
            break
        by_evidence = phase
    open_to_time = LADDER[1 : LADDER.index(by_time) + 1]
    quiet = _quiet_since(evidence, today)
    if quiet is not None:
        by_evidence, lost = Phase.DORMANT, months_after(quiet, _LOST_MONTHS)
        if lost <= today:
            by_evidence, quiet = Phase.LOST, lost
    derived = by_evidence if quiet else min(by_time, by_evidence, key=LADDER.index)
    set_to = read_word(Phase, by_hand, None)
    shown = set_to or derived
    return PhaseReading(
        shown=shown,
        by_time=by_time,
        by_evidence=by_evidence,
        missing=tuple(text for phase in open_to_time for text in looked[phase].missing),
        not_judged=tuple(text for phase in open_to_time for text in looked[phase].not_judged),
        by_hand=set_to is not None,
        because=because if set_to else "",
        since=set_on if set_to else quiet or _began(shown, first_signed, opened),
    )


def months_after(day: Day, months: int) -> Day:
    """Return the same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (Day(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return Day(year, month + 1, min(day.day, last))


def phase_by_time(first_signed: Day | None, today: Day) -> Phase:
    """Return the phase that the time since the first signing allows; a prospect before it."""
    if first_signed is None or today < first_signed:
        return Phase.PROSPECT
    reached = (one for one in LADDER[:0:-1] if months_after(first_signed, _MONTHS[one]) <= today)
    return next(reached)


def _began(phase: Phase, first_signed: Day | None, opened: Day | None) -> Day | None:
    if phase is Phase.PROSPECT or first_signed is None:
        return opened
    return months_after(first_signed, _MONTHS[phase])


def _looked(phase: Phase, first_signed: Day | None, evidence: Evidence) -> _Looked:
    match phase:
        case Phase.ONBOARDING:
            signed = first_signed is not None or bool(evidence.orders)
            return _Looked(() if signed else (Text("a signed contract"),), ())
        case Phase.ESTABLISHED:
            missing = [] if evidence.kickoff else [Text("a kickoff visit")]
            if evidence.live_contacts < ENOUGH_CONTACTS:
                met = Text(
                    "live contacts: {n} of {most}",
                    n=evidence.live_contacts,
                    most=ENOUGH_CONTACTS,
                )
                missing.append(met)
            unknown = Text("first delivery accepted"), Text("no complaint past its time")
            return _Looked(tuple(missing), unknown)
        case Phase.EMBEDDED:
            missing = [] if evidence.executive else [Text("a meeting with an executive of theirs")]
            again = Text("a second order")
            unknown = Text("two value reports shown to them"), Text("paid as agreed")
            if not evidence.orders_kept:
                return _Looked(tuple(missing), (again, *unknown))
            return _Looked((*missing, *([] if _ordered_again(first_signed, evidence) else [again])),
                           unknown)  # fmt: skip
        case _:
            unknown_all = (
                Text("alliance level of a partner"),
                Text("a joint yearly plan"),
                Text("two solution areas in use"),
                Text("something published together"),
            )
            return _Looked((), unknown_all, judged=False)


def _ordered_again(first_signed: Day | None, evidence: Evidence) -> bool:
    """Return whether there was a second order: the first is the one that was signed first."""
    later = [day for day in evidence.orders if first_signed and day > months_after(first_signed, 1)]
    return len(evidence.orders) > 1 or bool(later)


def _quiet_since(evidence: Evidence, today: Day) -> Day | None:
    """Return since when a customer has been dormant, by its own rhythm of orders; None: is not.

    Fewer than two orders have no rhythm.
    """
    days = evidence.orders
    if evidence.deal_open or len(days) < 2:
        return None
    gap = median(days_between(one, other) for one, other in pairwise(days))
    began = days[-1] + timedelta(days=max(_QUIET_DAYS, round(_QUIET_GAPS * gap)))
    return began if began <= today else None
