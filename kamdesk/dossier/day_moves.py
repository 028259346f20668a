"""Reads what the day is to bring beside its visits: contacts due, and the moves worth making."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, ColleagueId, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.cadence.duty import DueWord
from kamdesk.domain.cadence.rules import WORTH_WITHOUT_CLASS, worth_of
from kamdesk.domain.chain.analysis import findings
from kamdesk.domain.promises.model import PromiseSide
from kamdesk.domain.promises.store import PromiseLine, PromiseStore
from kamdesk.domain.visits.model import VisitState
from kamdesk.dossier.agenda import Agenda, Meeting
from kamdesk.dossier.chain_view import read_chain
from kamdesk.dossier.due import DueCounts, DueLine, read_due
from kamdesk.dossier.lifecycle import tasks_of_owner
from kamdesk.dossier.moves import (
    Ground,
    Move,
    chain_worth,
    chosen,
    contact_worth,
    promise_worth,
    task_worth,
)
from kamdesk.dossier.playbook import Playbook
from kamdesk.storage.database import Reader
from kamdesk.storage.storage import Storage

SHOWN: Final = 5
"""Contacts due that the day names."""
_LOOKED_AT: Final = 24
_AHEAD_DAYS: Final = 7
_CHAINS: Final = 2
"""Decision chains judged for a day: those of the customers met next."""
_CLASSES: Final = "SELECT id, class_by_hand FROM accounts WHERE id IN ({marks})"
_URGENT: Final = (DueWord.OVERDUE, DueWord.NEVER, DueWord.SOON)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMoves:
    """Contacts due, the most urgent first, how many there are; the moves; what was not judged."""

    today: Day
    counts: DueCounts
    due: tuple[DueLine, ...] = ()
    moves: tuple[Move, ...] = ()
    not_judged: tuple[Text, ...] = ()


def read_moves(storage: Storage, *, now: Instant, me: ColleagueId | None) -> DayMoves:
    """Return what the day of a colleague is to bring; of everybody without one."""
    reader, today = storage.reader, now.day
    urgent, counts, _ = read_due(reader, today=today, me=me, words=_URGENT, most=_LOOKED_AT)
    due = [line for line in urgent if line.days_over or line.word is DueWord.SOON]
    coming = _coming(reader, now, me)
    visits = {one.account: one.start.day for one in reversed(coming)}
    owed = _owed(reader, today, me)
    known = (*(line.account for line in due), *visits, *(line.account for line in owed))
    values = _values(reader, known)
    found = [
        *_promises(owed, today, values, visits),
        *_contacts(due, values, visits),
        *_chains(storage, now, coming, values),
        *_tasks(storage, today, me, values),
    ]
    return DayMoves(
        today=today,
        due=tuple(due[:SHOWN]),
        counts=counts,
        moves=chosen(found),
        not_judged=tuple(_not_judged(counts)),
    )


def _coming(reader: Reader, now: Instant, me: ColleagueId | None) -> list[Meeting]:
    """Return the visits planned for the next days, one a customer, the next first."""
    agenda = Agenda(reader, me=me, today=now.day)
    ahead = agenda.of_day(now, now.plus(days=_AHEAD_DAYS), most=40)
    planned = (one for one in ahead if one.state is VisitState.PLANNED)
    return list({one.account: one for one in reversed(list(planned))}.values())[::-1]


def _owed(reader: Reader, today: Day, me: ColleagueId | None) -> list[PromiseLine]:
    """Return the promises of ours that are overdue."""
    due = PromiseStore(reader).due(by=today - timedelta(days=1), of=me)
    return [line for line in due if line.side is PromiseSide.OURS]


def _values(reader: Reader, accounts: Sequence[AccountId]) -> dict[AccountId, float]:
    """Return what customers are worth by the class set for them."""
    some = list(dict.fromkeys(accounts))[:400]
    marks = ", ".join("?" * len(some))
    rows = reader.ask(_CLASSES.format(marks=marks), *some)
    return {AccountId(row["id"]): worth_of(row["class_by_hand"]) for row in rows}


def _promises(
    owed: Sequence[PromiseLine],
    today: Day,
    values: Mapping[AccountId, float],
    visits: Mapping[AccountId, Day],
) -> Iterator[Move]:
    for line in owed:
        if line.due is not None:
            late, soon = (today - line.due).days, visits.get(line.account)
            value = values.get(line.account, WORTH_WITHOUT_CLASS)
            yield Move(
                ground=Ground.PROMISE,
                account=line.account,
                account_name=line.account_name,
                worth=promise_worth(value, late, visit_soon=soon is not None),
                words=line.words,
                late=late,
                due=line.due,
                visit_on=soon,
                record=line.id,
            )


def _contacts(
    due: Sequence[DueLine], values: Mapping[AccountId, float], visits: Mapping[AccountId, Day]
) -> Iterator[Move]:
    for line in due:
        planned = line.planned or (None if line.person else visits.get(line.account))
        if line.days_over and planned is None:
            value = values.get(line.account, WORTH_WITHOUT_CLASS)
            yield Move(
                ground=Ground.CONTACT,
                account=line.account,
                account_name=line.account_name,
                person=line.person,
                person_name=line.person_name,
                worth=contact_worth(
                    value, line.days_over, line.every, of_person=line.person is not None
                ),
                because=line.because,
                late=line.days_over,
                due=line.due,
                last=line.last,
                every=line.every,
            )


def _chains(
    storage: Storage, now: Instant, coming: Sequence[Meeting], values: Mapping[AccountId, float]
) -> Iterator[Move]:
    """Yield the weightiest gap of those met next, with what to do about it at the visit."""
    book = Playbook(storage)
    pack, quiet = book.in_force(), book.quiet()
    for meeting in coming[:_CHAINS]:
        try:
            net = read_chain(storage.reader, meeting.account, at=now)
        except LookupError:  # the visit came from another desk, its customer did not
            continue
        found = findings(net, pack=pack, quiet=quiet)
        finding = next((one for one in found if one.quiet is None), None)
        if finding is not None:
            about = net.by_id.get(finding.people[0]) if finding.people else None
            yield Move(
                ground=Ground.CHAIN,
                account=meeting.account,
                account_name=meeting.account_name,
                person=PersonId(about.id) if about is not None else None,
                worth=chain_worth(values.get(meeting.account, WORTH_WITHOUT_CLASS), finding.weight),
                advice=finding.advice,
                finding=finding.said,
                visit_on=meeting.start.day,
            )


def _tasks(
    storage: Storage, today: Day, me: ColleagueId | None, values: Mapping[AccountId, float]
) -> Iterator[Move]:
    for customer in tasks_of_owner(storage, me) if me is not None else ():
        for one in customer.asked:
            late = one.days_over(today)
            yield Move(
                ground=Ground.TASK,
                account=customer.account,
                account_name=customer.called,
                worth=task_worth(values.get(customer.account, WORTH_WITHOUT_CLASS), late),
                advice=one.template.title,
                late=late,
                due=one.due,
            )


def _not_judged(counts: DueCounts) -> Iterator[Text]:
    if counts.unclassed:
        yield Text("{n} without a class", "{n} without a class", n=counts.unclassed)
