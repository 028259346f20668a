"""Which duties there are towards a customer or a person today, and when each falls due. Pure."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day, days_between
from kamdesk.core.wording import Text
from kamdesk.domain.cadence import rules
from kamdesk.domain.cadence.duty import Channel, Duty, Source
from kamdesk.domain.cadence.facts import Subject, WorkingDays
from kamdesk.domain.cadence.model import Agreement

_WEEKLY: Final = Text("Onboarding: weekly in the first month, video counts")
_FORTNIGHTLY: Final = Text("Onboarding: every two weeks until the third month ends, video counts")
_GREET: Final = Text("New in the post: greet within 24 hours")
_FIRST_VISIT: Final = Text("New in the post: first visit within five working days")
_NO_CLASS: Final = Text("No class yet: set one, and KamDesk says when the next visit is due.")
_LOST: Final = Text("The customer is set down as lost: nothing is asked for.")
_SWITCHED_OFF: Final = Text("Contacts with customers to improve are switched off.")


def duties_towards(
    subject: Subject,
    *,
    today: Day,
    working: WorkingDays,
    to_improve: bool = True,
    touches: bool = True,
) -> list[Duty]:
    """Return every duty that holds today towards a customer or a person, in no order.

    A duty is counted from the last real contact that counts for it: what is planned resets
    nothing, and a touch never resets a visit. Who was never met is counted from the day they came
    into the file. ``to_improve``: whether anything is asked for at customers to improve.
    ``touches``: also the calls and messages that a rule asks for between its visits.
    """
    reckoning = _Reckoning(subject, today, working, touches=touches)
    found = list(reckoning.agreed())
    if subject.phase_by_hand != rules.LOST:
        if subject.person is not None:
            found += [*reckoning.of_role(), *reckoning.of_new_post()]
        else:
            found += reckoning.of_onboarding()
            if to_improve or subject.class_word != rules.TO_IMPROVE:
                found += reckoning.of_class()
    return found


def strictest(duties: Iterable[Duty], channel: Channel) -> Duty | None:
    """Return the duty of a channel that holds: the first to fall due; None without any."""
    return min(
        (duty for duty in duties if duty.channel is channel),
        key=lambda duty: (duty.due or Day.max, duty.every),
        default=None,
    )


def nothing_asked_because(subject: Subject, *, to_improve: bool = True) -> Text:
    """Return why there is no duty towards a customer that has none."""
    if subject.phase_by_hand == rules.LOST:
        return _LOST
    if subject.class_word == rules.TO_IMPROVE and not to_improve:
        return _SWITCHED_OFF
    return _NO_CLASS


class _Reckoning:
    """Reckons the duties towards one subject on one day."""

    def __init__(
        self, subject: Subject, today: Day, working: WorkingDays, *, touches: bool
    ) -> None:
        self._subject, self._today, self._working = subject, today, working
        self._touches = touches
        self._pause = subject.paused_by(today) if subject.pauses else None

    def of_class(self) -> Iterator[Duty]:
        """Yield what the class of a customer asks for."""
        rule = rules.CLASSES.get(self._subject.class_word)
        if rule is not None:
            yield from self._by(rule, Source.CLASS)

    def of_role(self) -> Iterator[Duty]:
        """Yield what is owed to an executive of a core customer."""
        if self._subject.executive and self._subject.class_word == rules.EXECUTIVES_OF:
            yield from self._by(rules.EXECUTIVE, Source.ROLE)

    def of_onboarding(self) -> Iterator[Duty]:
        """Yield what the first three months ask for."""
        onboarding = self._subject.onboarding
        if onboarding is None or not onboarding.runs_on(self._today):
            return
        weekly = onboarding.weekly_until is not None and self._today < onboarding.weekly_until
        yield self._duty(
            _WEEKLY if weekly else _FORTNIGHTLY,
            source=Source.PHASE,
            every=rules.WEEKLY if weekly else rules.FORTNIGHTLY,
            begins=onboarding.signed,
        )

    def of_new_post(self) -> Iterator[Duty]:
        """Yield greeting and first visit of somebody new in a post, until each was done."""
        since = self._subject.in_post_since
        if since is None or not self._subject.class_word:
            return
        days = days_between(since, self._today)
        visit_by = since
        for _ in range(rules.FIRST_VISIT_WORKING_DAYS):
            visit_by = self._working.next_working(visit_by + timedelta(days=1))
        greet_by = since + timedelta(days=rules.GREET_WITHIN_DAYS)
        for channel, said, due, asked_for in (
            (Channel.TOUCH, _GREET, greet_by, rules.GREETED_FOR_DAYS),
            (Channel.VISIT, _FIRST_VISIT, visit_by, rules.NEW_FOR_DAYS),
        ):
            last = self._subject.last.last(channel)
            if 0 <= days <= asked_for and (last is None or last < since):
                yield self._due_on(due, said, source=Source.NEW_CONTACT, channel=channel)

    def agreed(self) -> Iterator[Duty]:
        """Yield what was agreed in so many words."""
        for one in self._subject.agreements:
            if not one.at_most and one.holds_on(self._today):
                yield self._duty(
                    _agreed_words(one),
                    source=Source.AGREEMENT,
                    channel=one.channel,
                    every=one.every,
                    not_before=one.since,
                )

    def _by(self, rule: rules.Rule, source: Source) -> Iterator[Duty]:
        if rule.visit_said is not None:
            yield self._duty(
                rule.visit_said, source=source, every=rule.visit, in_person=rule.in_person
            )
        if self._touches or rule.visit_said is None:
            yield self._duty(
                rule.touch_said, source=source, every=rule.touch, channel=Channel.TOUCH
            )

    def _duty(
        self,
        because: Text,
        *,
        source: Source,
        every: int,
        channel: Channel = Channel.VISIT,
        in_person: bool = False,
        begins: Day | None = None,
        not_before: Day | None = None,
    ) -> Duty:
        """Return a duty that comes round: counted from the last contact, or from its beginning."""
        last = self._subject.last.last(channel, in_person=in_person)
        known = [day for day in (last, begins) if day is not None]
        start = max(known) if known else not_before or self._subject.known_since
        due = None if start is None else start + timedelta(days=every)
        if due is not None and not_before is not None:
            due = max(due, not_before)
        return self._due_on(
            due, because, source=source, channel=channel, every=every, last=last,
            in_person=in_person,
        )  # fmt: skip

    def _due_on(
        self,
        due: Day | None,
        because: Text,
        *,
        source: Source,
        channel: Channel,
        every: int = 0,
        last: Day | None = None,
        in_person: bool = False,
    ) -> Duty:
        """Return a duty, its day pushed back by a ceiling agreed, by pauses and by holidays."""
        if due is not None:
            due, because = self._at_most(due, because, channel)
            due, because = self._free(due, because)
        return Duty(
            account=self._subject.account,
            person=self._subject.person,
            because=because,
            channel=channel,
            source=source,
            every=every,
            last=last,
            due=due,
            planned=self._subject.planned.next(channel, in_person=in_person),
            paused_until=self._pause.until if self._pause else None,
            paused_because=self._pause.because if self._pause else "",
        )

    def _at_most(self, due: Day, because: Text, channel: Channel) -> tuple[Day, Text]:
        for most in self._subject.agreements:
            if not (most.at_most and most.channel is channel and most.holds_on(self._today)):
                continue
            last = self._subject.last.last(channel)
            if last is not None and due < last + timedelta(days=most.every):
                due = last + timedelta(days=most.every)
                because = Text(
                    "{because}; but at most every {days} days, as agreed",
                    because=because,
                    days=most.every,
                )
        return due, because

    def _free(self, due: Day, because: Text) -> tuple[Day, Text]:
        """Return the first day on or after ``due`` outside pauses and public holidays."""
        while True:
            pause = self._subject.paused_by(due) if self._subject.pauses else None
            if pause is not None:
                due = pause.until + timedelta(days=1)
            elif (name := self._working.name(due)) is not None and not self._working.works(due):
                due = self._working.next_working(due)
                because = Text(
                    "{because}; moved behind the holiday: {name}", because=because, name=name
                )
            else:
                return due, because


def _agreed_words(agreement: Agreement) -> Text:
    said = Text("Agreed: {how}", how=agreement.how_often)
    return Text("{said} ({note})", said=said, note=agreement.note) if agreement.note else said
