"""The phase of a customer: the lower of what time and what evidence say, with what is missing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
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
    Phase.LOST: Text("lost"),
}
_MONTHS: Final = ((36, Phase.CO_CREATION), (12, Phase.EMBEDDED), (3, Phase.ESTABLISHED))


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseReading:
    """A customer's phase and why.

    ``shown`` is the lower of the two, or what was set by hand. ``missing`` says what the next
    phase lacks, ``not_judged`` what the workspace cannot know. ``since``: the day ``shown``
    began by time; None where time does not tell.
    """

    shown: Phase
    by_time: Phase
    by_evidence: Phase
    missing: tuple[Text, ...] = ()
    not_judged: tuple[Text, ...] = ()
    by_hand: bool = False
    because: str = ""
    since: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the file holds that speaks for a phase.

    ``won``: opportunities won (contracts). ``kickoff``: the day of the first visit held since the
    first signing. ``live_contacts``: people met or spoken to in the last 180 days. ``executive``:
    an executive of theirs was met. ``last_won``: the day of the last contract.
    """

    won: int = 0
    kickoff: Day | None = None
    live_contacts: int = 0
    executive: bool = False
    last_won: Day | None = None


def phase_of(
    first_signed: Day | None,
    evidence: Evidence,
    *,
    today: Day,
    by_hand: str = "",
    because: str = "",
) -> PhaseReading:
    """Return the phase of a customer; ``by_hand`` is a phase the user set, with a reason."""
    by_time = phase_by_time(first_signed, today)
    set_to = read_word(Phase, by_hand, None)
    return PhaseReading(
        shown=set_to or by_time,
        by_time=by_time,
        by_evidence=by_time,
        by_hand=set_to is not None,
        because=because if set_to else "",
    )


def months_after(day: Day, months: int) -> Day:
    """Return the same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return Day(year, month + 1, number)
        except ValueError:
            continue
    return Day(year, month + 1, min(day.day, 28))


def phase_by_time(first_signed: Day | None, today: Day) -> Phase:
    """Return the phase that the time since the first signing allows; a prospect before it."""
    if first_signed is None or today < first_signed:
        return Phase.PROSPECT
    reached = (phase for n, phase in _MONTHS if months_after(first_signed, n) <= today)
    return next(reached, Phase.ONBOARDING)
