"""What duties are reckoned from: customer or person, with the contacts there were. Values only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.cadence.duty import Channel
from kamdesk.domain.cadence.model import Agreement, Pause


class WorkingDays(Protocol):
    """Tells working days; a day that is off and has a ``name`` is a public holiday."""

    def works(self, day: Day) -> bool:
        """Return whether a day is worked."""
        ...

    def next_working(self, day: Day) -> Day:
        """Return the first working day on or after a day."""
        ...

    def name(self, day: Day) -> Text | str | None:
        """Return what a day is called that is off, or worked instead of another."""
        ...


class Contacts(NamedTuple):
    """A day for each sort of contact, the last there was or the next that is planned.

    ``visit``: face to face; ``video``: the other real visit; ``touch``: a call, an event, and a
    visit too short or without a purpose. None: none.
    """

    visit: Day | None = None
    video: Day | None = None
    touch: Day | None = None

    def that_count(self, channel: Channel, *, in_person: bool = False) -> list[Day]:
        """Return the days of those that count; any real visit is a touch, too."""
        days = [self.visit]
        if not in_person:
            days.append(self.video)
        if channel is Channel.TOUCH:
            days.append(self.touch)
        return [day for day in days if day is not None]

    def last(self, channel: Channel, *, in_person: bool = False) -> Day | None:
        """Return the latest day that counts, or None."""
        return max(self.that_count(channel, in_person=in_person), default=None)

    def next(self, channel: Channel, *, in_person: bool = False) -> Day | None:
        """Return the earliest day that counts, or None."""
        return min(self.that_count(channel, in_person=in_person), default=None)


NO_CONTACTS: Final = Contacts()


class Onboarding(NamedTuple):
    """The time after the first signing; ``signed`` None: set by hand, without a day or an end."""

    signed: Day | None = None
    weekly_until: Day | None = None
    until: Day | None = None

    def runs_on(self, day: Day) -> bool:
        """Return whether it runs on a day."""
        return (self.signed is None or self.signed <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom duties are towards: a customer, or with ``person`` one of theirs.

    ``class_word`` and ``phase_by_hand`` are the customer's. ``known_since``: the day they came into
    the file, from which somebody never met is counted. ``executive``: has a say at the decision
    level. ``in_post_since``: since when somebody holds a new post, or the day we learnt it.
    """

    account: AccountId
    person: PersonId | None = None
    class_word: str = ""
    phase_by_hand: str = ""
    onboarding: Onboarding | None = None
    known_since: Day | None = None
    executive: bool = False
    in_post_since: Day | None = None
    last: Contacts = NO_CONTACTS
    planned: Contacts = NO_CONTACTS
    agreements: tuple[Agreement, ...] = ()
    pauses: tuple[Pause, ...] = ()

    def paused_by(self, day: Day) -> Pause | None:
        """Return the pause that holds on a day, the longest of several."""
        return longest(pause for pause in self.pauses if pause.holds_on(day))


def longest(pauses: Iterable[Pause]) -> Pause | None:
    """Return the pause that ends last, or None."""
    return max(pauses, key=lambda pause: pause.until, default=None)
