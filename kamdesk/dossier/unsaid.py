"""What the file does not say though this visit turns on it: each gap with what it would change."""

from collections.abc import Iterator
from dataclasses import dataclass

from kamdesk.core.clock import days_between
from kamdesk.core.ids import PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.network import stance_shelf_days
from kamdesk.domain.people.model import NeedLevel, Person
from kamdesk.domain.visits.model import Attendee, Side, Visit
from kamdesk.dossier.customer_file import CustomerFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something not known. ``key`` names the rule, ``person`` and ``role`` whom it concerns."""

    key: str
    said: Text
    person: PersonId | None = None
    role: Role | None = None


def gaps(file: CustomerFile, visit: Visit | None, attendees: list[Attendee]) -> list[Gap]:
    """Return what is not known, weightiest first: the decision, then who will sit there."""
    theirs = [
        file.people[PersonId(seat.who)]
        for seat in attendees
        if seat.side is Side.THEIRS and seat.who in file.people
    ]
    found = [*_of_decision(file), *_of_visit(visit)]
    by_weight = sorted(theirs, key=lambda who: -(file.stands(who.id).influence or 0))
    people = [list(_of_person(file, person)) for person in by_weight]
    for rank in range(max(map(len, people), default=0)):
        found += [own[rank] for own in people if rank < len(own)]
    return found


def _of_decision(file: CustomerFile) -> Iterator[Gap]:
    deciders = file.with_role(Role.DECIDER)
    if not deciders and not file.bodies:
        yield Gap(key="decider", said=Text("Who decides: not known"), role=Role.DECIDER)
    if not file.with_role(Role.APPROVER):
        yield Gap(
            key="approver", said=Text("Who approves the budget: not known"), role=Role.APPROVER
        )
    for who in deciders:
        if who not in file.last_met:
            yield Gap(
                key="decider_met",
                said=Text("{name} decides and was never met", name=file.people[who].name),
                person=who,
                role=Role.DECIDER,
            )
    for body in file.bodies:
        if not body.meets and not body.next_day:
            yield Gap(
                key="body_meets",
                said=Text("When {name} meets next: not known", name=body.name),
                role=Role.APPROVER,
            )
        if body.chair is None:
            yield Gap(key="body_chair", said=Text("Who chairs {name}: not known", name=body.name))


def _of_visit(visit: Visit | None) -> Iterator[Gap]:
    if visit and not visit.objective:
        yield Gap(key="objective", said=Text("What this visit is to bring: not written yet"))


def _of_person(file: CustomerFile, person: Person) -> Iterator[Gap]:
    stands, name, who = file.stands(person.id), person.name, person.id
    role = stands.roles[0] if stands.roles else None
    if not stands.roles:
        yield Gap(
            key="roles",
            said=Text("{name}'s part in the decision: not known", name=name),
            person=who,
        )
    if stands.stance is None:
        yield Gap(
            key="stance",
            said=Text("Where {name} stands: not known", name=name),
            person=who,
            role=role,
        )
    elif stands.stance_since and days_between(stands.stance_since, file.day) > stance_shelf_days(
        in_play=file.in_play
    ):
        yield Gap(
            key="stance_stale",
            said=Text(
                "Where {name} stands: last heard {n} day ago",
                "Where {name} stands: last heard {n} days ago",
                name=name,
                n=days_between(stands.stance_since, file.day),
            ),
            person=who,
            role=role,
        )
    if not person.focus:
        yield Gap(
            key="focus",
            said=Text("What {name} looks at: not known", name=name),
            person=who,
            role=role,
        )
    if stands.influence is None:
        yield Gap(
            key="influence",
            said=Text("How much {name} counts: not known", name=name),
            person=who,
            role=role,
        )
    if not person.their_task:
        yield Gap(
            key="their_task",
            said=Text("{name}'s task this year: not known", name=name),
            person=who,
            role=role,
        )
    needs = file.needs.get(who, [])
    if not any(need.level is NeedLevel.BUSINESS and need.stated for need in needs):
        yield Gap(
            key="need",
            said=Text("What {name} needs for the business: not known", name=name),
            person=who,
            role=role,
        )
    if person.owner is None and (stands.influence or 0) >= 4:
        yield Gap(
            key="owner",
            said=Text("Nobody of us looks after {name}", name=name),
            person=who,
            role=role,
        )
