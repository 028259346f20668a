"""What the record of a customer gives a brief: facts, promises, visits, who was here."""

from kamdesk.core.clock import Day, days_between
from kamdesk.core.ids import ColleagueId
from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import CLASS_WORDS
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.visits.model import ATMOSPHERE_WORDS, PART_WORDS, Attendee, Side, Visit
from kamdesk.domain.visits.store import VisitStore
from kamdesk.dossier.customer_file import CustomerFile
from kamdesk.papers.brief import content as paper
from kamdesk.storage.database import Reader


def facts(file: CustomerFile) -> tuple[paper.Fact, ...]:
    account, day = file.account, file.day
    held = file.held_before(None)
    promises = file.open_promises()
    ours = sum(promise.side is PromiseSide.OURS for promise in promises)
    over = sum(promise.days_over(day) > 0 for promise in promises)
    met = sum(who in file.last_met for who in file.people)
    last = held[0].start.day if held and held[0].start else None
    return (
        paper.Fact(
            label=Text("Class"),
            value=CLASS_WORDS[account.class_by_hand] if account.class_by_hand else None,
            note=account.industry,
            privacy=Privacy.INTERNAL if account.class_by_hand is None else Privacy.BUSINESS,
        ),
        paper.Fact(
            label=Text("Customer since"),
            value=f"{account.first_signed:%Y-%m}" if account.first_signed else None,
            note=_years(account.first_signed, day),
        ),
        paper.Fact(
            label=Text("Last visit"),
            value=last.isoformat() if last else None,
            note=Text("{n} day ago", "{n} days ago", n=days_between(last, day)) if last else "",
        ),
        paper.Fact(
            label=Text("Open promises"),
            value=Text("{ours} ours · {theirs} theirs", ours=ours, theirs=len(promises) - ours),
            note=Text("{n} overdue", "{n} overdue", n=over) if over else Text("none overdue"),
            alarm=over > 0,
        ),
        paper.Fact(
            label=Text("People met"),
            value=Text("{met} of {all}", met=met, all=len(file.people)) if file.people else None,
            note=Text("{n} never met", "{n} never met", n=len(file.people) - met)
            if met < len(file.people)
            else "",
        ),
    )


def _years(since: Day | None, today: Day) -> Text | str:
    if since is None or since > today:
        return ""
    months = (today.year - since.year) * 12 + today.month - since.month
    if months < 12:
        return Text("{n} month", "{n} months", n=months)
    return Text("{n} year", "{n} years", n=months // 12)


def promises(file: CustomerFile) -> tuple[paper.Promise, ...]:
    found = sorted(
        file.open_promises(),
        key=lambda p: (p.side is not PromiseSide.OURS, -p.days_over(file.day), p.due or Day.max),
    )
    return tuple(
        paper.Promise(
            what=promise.words,
            ours=promise.side is PromiseSide.OURS,
            who=file.name_of(promise.colleague or promise.person),
            due=promise.due,
        )
        for promise in found
    )


def past_visits(
    reader: Reader, file: CustomerFile, visit: Visit | None
) -> tuple[paper.PastVisit, ...]:
    store = VisitStore(reader)
    return tuple(
        paper.PastVisit(
            on=found.start.day,
            people=tuple(
                file.name_of(seat.who)
                for seat in store.attendees(found.id)
                if seat.side is Side.THEIRS and seat.who in file.people
            ),
            said=found.said or found.objective,
            result=found.outcome or found.next_step,
            atmosphere=ATMOSPHERE_WORDS[found.atmosphere] if found.atmosphere else "",
        )
        for found in file.held_before(visit)[:6]
        if found.start
    )


def our_side(file: CustomerFile, seats: list[Attendee]) -> tuple[paper.OurPart, ...]:
    return tuple(
        paper.OurPart(
            name=file.name_of(seat.who), part=PART_WORDS.get(seat.part, seat.part), topic=seat.point
        )
        for seat in seats
        if seat.side is Side.OURS and file.name_of(seat.who)
    )


def colleagues(
    reader: Reader, file: CustomerFile, visit: Visit | None, me: ColleagueId | None
) -> tuple[paper.ColleagueVisit, ...]:
    store = VisitStore(reader)
    lines: list[paper.ColleagueVisit] = []
    for found in file.held_before(visit)[:20]:
        if found.start is None or days_between(found.start.day, file.day) > 90:
            continue
        seats = store.attendees(found.id)
        ours = [seat.who for seat in seats if seat.side is Side.OURS]
        if not ours or me in ours:
            continue
        promised = [p.words for p in file.promises if p.visit == found.id]
        lines.append(
            paper.ColleagueVisit(
                on=found.start.day,
                who="、".join(filter(None, (file.name_of(who) for who in ours))),
                whom="、".join(file.name_of(seat.who) for seat in seats if seat.who in file.people),
                promised="；".join(promised),
            )
        )
    return tuple(lines)
