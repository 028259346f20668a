"""What is agreed on how often to meet somebody, and where we keep quiet for a while. Rules only."""

from dataclasses import dataclass
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, AgreementId, PauseId, PersonId
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text
from kamdesk.domain.cadence.duty import Channel

EVERY: Final = range(1, 1097)
"""Days from one contact to the next that can be agreed: up to three years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How often we meet a customer, or one ``person`` of theirs, by word of our own or theirs.

    ``every``: days from one contact to the next. ``at_most``: not more often than that, instead of
    at least so often. It holds from ``since`` to ``until`` (None: from always, until ended).
    """

    id: AgreementId
    account: AccountId
    person: PersonId | None = None
    channel: Channel = Channel.VISIT
    every: int = 30
    at_most: bool = False
    since: Day | None = None
    until: Day | None = None
    note: str = ""

    @property
    def how_often(self) -> Text:
        """How often by what means, in words that a sentence can go on with."""
        n = self.every
        if self.channel is Channel.TOUCH:
            return Text("a word every day", "a word every {n} days", n=n)
        return Text("a visit every day", "a visit every {n} days", n=n)

    def checked(self) -> "Agreement":
        """Return this agreement with its note cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self, long=("note",))
        if neat.every not in EVERY:
            raise RuleBroken(
                Text("Write how many days lie between two contacts: 1 to {most}.", most=EVERY[-1]),
                field="every",
            )
        if neat.since and neat.until and neat.until < neat.since:
            raise RuleBroken(Text("It cannot end before it begins."), field="until")
        return neat

    def holds_on(self, day: Day) -> bool:
        """Return whether it holds on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A time in which nothing falls due at a customer, or with one ``person`` of theirs.

    Both ``since`` and ``until`` belong to it; ``because`` says why (quiet period of a tender …).
    """

    id: PauseId
    account: AccountId
    until: Day
    because: str
    person: PersonId | None = None
    since: Day | None = None

    def checked(self) -> "Pause":
        """Return this pause with its reason cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self)
        if not neat.because:
            raise RuleBroken(
                Text("Say why it is paused: a tender's quiet period, on leave …"), field="because"
            )
        if neat.since and neat.until < neat.since:
            raise RuleBroken(Text("It cannot end before it begins."), field="until")
        return neat

    def holds_on(self, day: Day) -> bool:
        """Return whether it is quiet on a day."""
        return (self.since is None or self.since <= day) and day <= self.until
