"""When visits come too often: more than agreed, or more than twice what the class asks. Pure."""

from collections.abc import Collection
from datetime import timedelta

from kamdesk.core.clock import Day
from kamdesk.core.wording import Text
from kamdesk.domain.cadence import rules
from kamdesk.domain.cadence.duty import Channel
from kamdesk.domain.cadence.facts import Subject


def too_often(subject: Subject, visits: Collection[Day], today: Day) -> Text | None:
    """Return a word of warning when a customer is visited too often; None when not.

    ``visits`` are the days of the real visits, those of the last ``days_looked_at`` at least. While
    a new customer is brought in nothing is too often, unless that was agreed.
    """
    for agreed in subject.agreements:
        if agreed.at_most and agreed.channel is Channel.VISIT and agreed.holds_on(today):
            n = _within(visits, agreed.every, today)
            if n > 1:
                return Text(
                    "{n} visit in {days} days, more than agreed",
                    "{n} visits in {days} days, more than agreed",
                    n=n,
                    days=agreed.every,
                )
    every = _asked_every(subject)
    if every == 0 or (subject.onboarding and subject.onboarding.runs_on(today)):
        return None
    n = _within(visits, every, today)
    if n <= rules.TOO_OFTEN:
        return None
    return Text(
        "{n} visit in {days} days, more than twice what the class asks",
        "{n} visits in {days} days, more than twice what the class asks",
        n=n,
        days=every,
    )


def days_looked_at(subject: Subject) -> int:
    """Return how many days back visits are counted to tell whether they come too often."""
    return max([_asked_every(subject), *(one.every for one in subject.agreements if one.at_most)])


def _asked_every(subject: Subject) -> int:
    rule = rules.CLASSES.get(subject.class_word)
    return rule.visit if rule else 0


def _within(visits: Collection[Day], days: int, today: Day) -> int:
    first = today - timedelta(days=days - 1)
    return len({day for day in visits if first <= day <= today})
