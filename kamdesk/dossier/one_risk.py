"""The one risk worth knowing before the door: the first rule that fires, with its evidence."""

from collections.abc import Iterator
from typing import NamedTuple

from kamdesk.core.clock import Day, days_between
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.network import CONTACT_DAYS
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.dossier.customer_file import CustomerFile

VISIT_EVERY = {
    AccountClass.CORE: 30,
    AccountClass.HIGH_POTENTIAL: 91,
    AccountClass.MAINTAIN: 182,
}
"""Days between visits by class (``field_book.md`` D12)."""


class OneRisk(NamedTuple):
    """A rule that fired, its evidence and day, and what to say, show and avoid."""

    rule: Text
    evidence: Text | str
    on: Day | None
    say: Text
    show: Text
    avoid: Text


def one_risk(file: CustomerFile) -> OneRisk | None:
    """Return the weightiest risk of the file, or None when no rule fires."""
    return next(_risks(file), None)


def _risks(file: CustomerFile) -> Iterator[OneRisk]:
    yield from _broken_word(file)
    yield from _unhandled_opponent(file)
    yield from _decider_unmet(file)
    yield from _single_thread(file)
    yield from _long_silence(file)


def _broken_word(file: CustomerFile) -> Iterator[OneRisk]:
    over = [
        promise
        for promise in file.open_promises()
        if promise.side is PromiseSide.OURS and promise.days_over(file.day) > 0
    ]
    if over:
        worst = max(over, key=lambda promise: promise.days_over(file.day))
        yield OneRisk(
            Text(
                "We are {n} day late with what we promised",
                "We are {n} days late with what we promised",
                n=worst.days_over(file.day),
            ),
            worst.words,
            worst.due,
            Text("say it first, with the new day"),
            Text("what is done already"),
            Text("waiting until they ask"),
        )


def _unhandled_opponent(file: CustomerFile) -> Iterator[OneRisk]:
    for who in file.on_map():
        stands, person = file.stands(who), file.people[who]
        against = stands.stance is not None and stands.stance < 0
        if against and (stands.influence or 0) >= 4 and person.owner is None:
            yield OneRisk(
                Text("{name} is against and nobody of us looks after it", name=person.name),
                Text("influence {n} of 5", n=stands.influence or 0),
                stands.stance_since,
                Text("ask what would have to be different"),
                Text("the answer to the last objection, in figures"),
                Text("winning the point in front of others"),
            )


def _decider_unmet(file: CustomerFile) -> Iterator[OneRisk]:
    for who in file.with_role(Role.DECIDER):
        if who not in file.last_met:
            yield OneRisk(
                Text("{name} decides and none of us ever met them", name=file.people[who].name),
                Text("no visit with them in the file"),
                None,
                Text("ask who could introduce us, and with which reason"),
                Text("one page they can pass up"),
                Text("going over anybody's head"),
            )


def _single_thread(file: CustomerFile) -> Iterator[OneRisk]:
    live = [
        who
        for who in file.people
        if who in file.last_met and days_between(file.last_met[who].day, file.day) <= CONTACT_DAYS
    ]
    if len(live) == 1 and len(file.people) > 1:
        yield OneRisk(
            Text("Everything hangs on {name}", name=file.people[live[0]].name),
            Text("the only one met within {n} days", n=CONTACT_DAYS),
            file.last_met[live[0]].day,
            Text("ask to bring a second person next time"),
            Text("something a second department can use"),
            Text("making them feel bypassed"),
        )


def _long_silence(file: CustomerFile) -> Iterator[OneRisk]:
    every = VISIT_EVERY.get(file.account.class_by_hand or AccountClass.TO_IMPROVE)
    held = file.held_before(None)
    if every and held and held[0].start:
        days = days_between(held[0].start.day, file.day)
        if days > 1.5 * every:
            yield OneRisk(
                Text("No visit for {n} days; {every} is the rule here", n=days, every=every),
                held[0].topic or held[0].objective,
                held[0].start.day,
                Text("ask what moved since"),
                Text("what was delivered since"),
                Text("starting where we stopped, as if nothing happened"),
            )
