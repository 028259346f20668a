"""The last talks with the bearing maker before the day, with the promises left open."""

from datetime import timedelta
from typing import Any

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import PromiseId, VisitId
from kamdesk.demo.account import Telling
from kamdesk.demo.book import Book
from kamdesk.demo.cast import Member
from kamdesk.demo.material import line, lines, read, rows
from kamdesk.demo.voice import Scene
from kamdesk.demo.workdays import Diary, working
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState
from kamdesk.domain.promises.store import PROMISE
from kamdesk.domain.visits.model import Atmosphere, Attendee, Fact, Side, Visit, VisitKind
from kamdesk.domain.visits.store import ATTENDEE, FACT, VISIT


def tell_talks(told: Telling, book: Book, diary: Diary) -> None:
    """Add the talks of the last weeks, oldest first."""
    people = {member.role.key: member for member in told.cast.members}
    part = {part.en: part.text(told.desk.language) for part in lines("rest", "parts")}
    for talk in read("star")["talk"]:
        theirs = [people[key] for key in talk["who"].split()]
        kind = VisitKind.CALL if talk.get("call") else VisitKind.VISIT
        day = working(told.desk.day - timedelta(talk["days"]), back=True)
        slot = diary.take(told.owner_number, day, kind.value, told.chance, before=told.desk.day)
        if slot is None:
            continue
        scene = told.scene(told.matters[-1], slot[0].day, theirs[0], theirs)
        visit = _visit(told, talk, kind, slot, scene)
        book.add(VISIT, visit)
        book.add(ATTENDEE, Attendee.at(visit, told.owner, Side.OURS, part=part["leads"]))
        if kind is VisitKind.VISIT:
            consultant = told.desk.team["sc"]
            book.add(ATTENDEE, Attendee.at(visit, consultant, Side.OURS, part=part["presents"]))
        for member in theirs:
            book.add(ATTENDEE, Attendee.at(visit, member.id, Side.THEIRS))
        for row in rows(talk["promises"]):
            book.add(PROMISE, _promise(told, row, visit, slot[0].day, people))
        for about, words in rows(talk["facts"]):
            fact = Fact(
                id=told.desk.ids.new(),
                account=told.id,
                words=scene.say(line(words), told.desk.language),
                day=slot[0].day,
                visit=visit.id,
                about=people[about].id,
            )
            book.add(FACT, fact.checked())


def _visit(
    told: Telling,
    talk: dict[str, Any],
    kind: VisitKind,
    slot: tuple[Instant, int],
    scene: Scene,
) -> Visit:
    def said(key: str) -> str:
        return scene.say(line(talk[key]), told.desk.language)

    call = kind is VisitKind.CALL
    visit = Visit(
        id=VisitId(told.desk.ids.new()),
        account=told.id,
        site=None if call else told.sites[0].id,
        place="" if call else line(read("star")["room"]).text(told.desk.language),
        start=slot[0],
        minutes=slot[1],
        kind=kind,
        topic=said("topic"),
        objective=said("objective"),
        host=None if call else scene.lead.id,
        said=said("said"),
        outcome=said("outcome"),
        atmosphere=Atmosphere(talk["mood"]),
        next_step=said("next"),
        next_step_by=told.desk.day,
    )
    return visit.checked().held().closed()


def _promise(
    told: Telling, row: list[str], visit: Visit, day: Day, people: dict[str, Member]
) -> Promise:
    side, who, words, days, state = row
    due = max(working(told.desk.day - timedelta(int(days)), back=int(days) > 0), day)
    ours = side == "ours"
    promise = Promise(
        id=PromiseId(told.desk.ids.new()),
        account=told.id,
        side=PromiseSide(side),
        words=line(words).text(told.desk.language),
        due=due,
        visit=visit.id,
        colleague=told.desk.team[who] if ours else None,
        person=None if ours else people[who].id,
    ).checked()
    return promise.settled(PromiseState(state), due)
