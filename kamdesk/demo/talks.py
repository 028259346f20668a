"""Three years of visits to an account: when, with whom, what was said and what came of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.demo.account import Telling
from kamdesk.demo.book import Book
from kamdesk.demo.cast import Member
from kamdesk.demo.chance import weighted
from kamdesk.demo.notes import hold, seats
from kamdesk.demo.story import Matter
from kamdesk.demo.workdays import Diary, spring_festival, working
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.visits.model import VisitKind
from kamdesk.domain.visits.store import ATTENDEE, VISIT

_CONTACTS: Final = {
    AccountClass.CORE: 54,
    AccountClass.HIGH_POTENTIAL: 31,
    AccountClass.MAINTAIN: 20,
    AccountClass.TO_IMPROVE: 15,
}
_SILENCE: Final = {
    AccountClass.CORE: (1, 26),
    AccountClass.HIGH_POTENTIAL: (2, 85),
    AccountClass.MAINTAIN: (4, 180),
    AccountClass.TO_IMPROVE: (10, 90),
}
_JUST_SEEN: Final = frozenset({4, 9, 17, 25, 41})
"""Among each 80: accounts visited in the last days, mostly not yet written up."""
_CALLS: Final = {
    AccountClass.CORE: 0.26,
    AccountClass.HIGH_POTENTIAL: 0.26,
    AccountClass.MAINTAIN: 0.34,
    AccountClass.TO_IMPROVE: 0.48,
}
_BY_VIDEO: Final = frozenset({"offer", "decide", "buy", "serve"})
_WHO: Final = {
    "open": "user tech project",
    "need": "user tech quality",
    "offer": "tech it user",
    "prove": "user tech quality",
    "decide": "finance vice tech boss project",
    "buy": "buyer legal finance",
    "deliver": "user it project",
    "serve": "user tech quality safety",
    "pay": "finance buyer",
    "trouble": "user tech",
    "exec": "boss vice",
    "greet": "user buyer gate tech",
}


def tell_past(told: Telling, book: Book, diary: Diary, *, scale: float) -> None:
    """Invent the visits of the last three years; ``scale`` 1 is the pace of one manager."""
    day = told.desk.day
    exec_after = day - timedelta(1095 - told.chance.randint(20, 150))
    for at in _days(told, scale):
        matter = _matter(told, at)
        stage, exec_after = _stage(told, matter, at, exec_after)
        kind = _kind(told, stage)
        theirs = attending(told, stage, at, alone=kind is VisitKind.CALL)
        if not theirs:
            continue
        if kind is VisitKind.VISIT and _is_new(told, theirs[0], at):
            stage = "newcomer"
        slot = diary.take(told.owner_number, at, kind.value, told.chance, before=day)
        if slot is None:
            continue
        on_site = kind in (VisitKind.VISIT, VisitKind.EVENT)
        scene = told.scene(matter, slot[0].day, theirs[0], theirs, on_site=on_site)
        meeting = hold(told, scene, stage, kind, slot, theirs)
        told.meetings.append(meeting)
        told.met.update(member.id for member in theirs)
        book.add(VISIT, meeting.visit)
        book.add(ATTENDEE, *seats(told, meeting))


def _days(told: Telling, scale: float) -> Iterator[Day]:
    """Yield about evenly spread days, the last some time ago."""
    first = told.desk.day - timedelta(1095)
    if told.matters[0].start > first and told.firm.grade is not AccountClass.CORE:
        first = told.matters[0].start
    low, high = _SILENCE[told.firm.grade] if told.firm.index else (34, 40)
    last = told.desk.day - timedelta(told.chance.randint(low, high))
    span = (last - first).days
    many = round(_CONTACTS[told.firm.grade] * scale * (0.85 + 0.3 * told.chance.random()))
    many = max(2, round(many * max(span, 200) / 1095)) if span < 900 else many
    for at in range(many):
        share = (at + 1 + (told.chance.random() - 0.5) * 0.7) / many
        yield working(first + timedelta(min(span, round(share * span))), back=True)
    if told.firm.index % 80 in _JUST_SEEN:
        yield working(told.desk.day - timedelta(told.chance.randint(1, 4)), back=True)


def _matter(told: Telling, at: Day) -> Matter:
    open_now = [matter for matter in told.matters if matter.start <= at] or told.matters[:1]
    return weighted(told.chance, [(m, 1.0 if m.stage(at) == "serve" else 2.2) for m in open_now])


def _stage(told: Telling, matter: Matter, at: Day, exec_after: Day) -> tuple[str, Day]:
    """Return what the meeting is about, and from when the next of both managements is due."""
    stage, fate = matter.stage(at), told.chance.random()
    boss = told.cast.first("boss", at)
    if (
        told.firm.grade in (AccountClass.CORE, AccountClass.HIGH_POTENTIAL)
        and at >= exec_after
        and boss is not None
        and boss.seen
    ):
        core = told.firm.grade is AccountClass.CORE
        return "exec", at + timedelta(180 if core else 420)
    if stage in ("deliver", "serve") and fate < 0.07:
        return "pay", exec_after
    if stage == "serve" and fate < 0.12:
        return "trouble", exec_after
    if 0 < (spring_festival(at.year) - at).days < 15 and fate < 0.5:
        return "greet", exec_after
    return stage, exec_after


def _kind(told: Telling, stage: str) -> VisitKind:
    fate = told.chance.random()
    if stage in ("exec", "trouble"):
        return VisitKind.VISIT
    if fate < _CALLS[told.firm.grade]:
        return VisitKind.CALL
    if stage in _BY_VIDEO and fate > 0.84:
        return VisitKind.VIDEO
    return VisitKind.EVENT if fate > 0.975 else VisitKind.VISIT


def _is_new(told: Telling, lead: Member, at: Day) -> bool:
    """True when somebody took over lately and is met for the first time."""
    return lead.id not in told.met and lead.since is not None and 0 <= (at - lead.since).days < 200


def attending(told: Telling, stage: str, day: Day, *, alone: bool = False) -> list[Member]:
    """Return who of theirs is there, the one who leads first; nobody we never meet."""
    there = [member for member in told.cast.now(day) if member.seen]
    wanted = _WHO[stage].split()
    ranked: list[Member] = []
    for function in wanted:
        found = [member for member in there if member.role.function == function]
        told.chance.shuffle(found)
        ranked.extend(found)
    if not ranked:
        ranked = there
    if not ranked:
        return []
    lead = ranked[0 if told.chance.random() < 0.6 else told.chance.randrange(len(ranked))]
    if alone:
        return [lead]
    rest = [member for member in ranked if member is not lead]
    many = weighted(told.chance, [(0, 3), (1, 4), (2, 3), (3, 1.2)])
    return [lead, *rest[:many]]
