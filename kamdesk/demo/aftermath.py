"""What visits leave behind: promises of both sides, kept or not, and facts learnt."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import PromiseId
from kamdesk.demo.account import Meeting, Telling
from kamdesk.demo.book import Book
from kamdesk.demo.notes import colleagues, talk
from kamdesk.demo.workdays import working
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.visits.model import Fact, VisitKind, VisitState
from kamdesk.domain.visits.store import FACT

_SHARES: Final = {PromiseSide.OURS: (0.5, 0.2), PromiseSide.THEIRS: (0.34, 0.14)}


def tell_aftermath(told: Telling, book: Book) -> None:
    """Add the promises and facts of the visits that were written up."""
    chance = told.chance
    for meeting in told.meetings:
        if meeting.visit.state is not VisitState.CLOSED:
            continue
        if meeting.visit.kind is VisitKind.EVENT or meeting.visit.no_next_step_because:
            continue
        call = meeting.visit.kind is VisitKind.CALL
        for side, shares in _SHARES.items():
            if chance.random() < shares[call]:
                book.add(PROMISE, _promise(told, meeting, side))
        if chance.random() < (0.1 if call else 0.38):
            words = meeting.scene.speak(
                meeting.language, (talk(meeting.stage), meeting.stage, "fact")
            )
            if words:
                book.add(FACT, _fact(told, meeting, words))


def _fact(told: Telling, meeting: Meeting, words: str) -> Fact:
    about = meeting.theirs[0].id if told.chance.random() < 0.25 else None
    return Fact(
        id=told.desk.ids.new(),
        account=told.id,
        words=words,
        day=meeting.day,
        visit=meeting.visit.id,
        about=about,
    ).checked()


def _promise(told: Telling, meeting: Meeting, side: PromiseSide) -> Promise:
    chance, key = told.chance, meeting.stage
    due = working(meeting.day + timedelta(chance.choice((3, 5, 7, 7, 10, 14, 14, 21, 30))))
    ours = side is PromiseSide.OURS
    promise = Promise(
        id=PromiseId(told.desk.ids.new()),
        account=told.id,
        side=side,
        words=meeting.scene.speak(meeting.language, (talk(key), key, side.value)),
        due=due if chance.random() < 0.93 else None,
        visit=meeting.visit.id,
        colleague=chance.choice(colleagues(told, meeting)) if ours else None,
        person=None if ours else meeting.theirs[0].id,
    )
    return _settled(told, meeting, promise, due).checked()


def _settled(told: Telling, meeting: Meeting, promise: Promise, due: Day) -> Promise:
    """Return the promise as it stands today: most kept, some late, few broken, the newest open."""
    today, chance, fate = told.desk.day, told.chance, told.chance.random()
    late = promise.side is PromiseSide.THEIRS
    if due >= today:
        if fate > 0.15 or meeting.day >= today - timedelta(1):
            return promise
        kept = working(meeting.day + timedelta(1))
        return promise.settled(PromiseState.KEPT, kept) if kept < today else promise
    over = (today - due).days
    if over < 75 and fate < (0.34 if late else 0.2):
        return promise
    owed = meeting.stage == "pay"
    if fate > 0.93 and not owed:
        note = meeting.scene.speak(meeting.language, ("rest", "broken"))
        return replace(promise.settled(PromiseState.BROKEN, due), note=note)
    if fate > 0.91 and not owed:
        return promise.settled(PromiseState.DROPPED, due)
    slack = chance.randint(1, 18) if fate > (0.6 if late else 0.72) else -chance.randint(0, 3)
    on = working(max(due + timedelta(slack), meeting.day))
    if on >= today:
        return promise
    note = ""
    if slack > 7 and chance.random() < 0.5:
        note = meeting.scene.speak(meeting.language, ("rest", "late_" + promise.side.value))
    return replace(promise.settled(PromiseState.KEPT, on), note=note)
