"""Visits still to come: those of the day itself with full preparation, and the next two weeks."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.ids import VisitId
from kamdesk.demo.account import Telling
from kamdesk.demo.book import Book
from kamdesk.demo.cast import Member
from kamdesk.demo.material import Language, lines
from kamdesk.demo.notes import point_for, room, site_of, talk
from kamdesk.demo.talks import attending
from kamdesk.demo.voice import Scene
from kamdesk.demo.workdays import Diary
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.visits.model import Attendee, Side, Visit, VisitKind
from kamdesk.domain.visits.store import ATTENDEE, VISIT

_GROUP: Final = {
    "open": "early",
    "need": "early",
    "offer": "middle",
    "prove": "middle",
    "decide": "late",
    "buy": "late",
}
_SHARE: Final = {
    AccountClass.CORE: 0.85,
    AccountClass.HIGH_POTENTIAL: 0.4,
    AccountClass.MAINTAIN: 0.13,
    AccountClass.TO_IMPROVE: 0.08,
}
TODAY: Final = {1: (9, 30, 60), 2: (16, 30, 45)}
"""Hour, minute and length of the visits of the day at the second and the third account."""


def tell_ahead(told: Telling, book: Book, diary: Diary) -> None:
    """Add what is planned at an account."""
    if told.firm.index in TODAY:
        hour, minute, minutes = TODAY[told.firm.index]
        plan(told, book, Instant.at(told.desk.day, hour, minute), minutes, full=True)
    elif told.chance.random() < _SHARE[told.firm.grade]:
        earliest = told.desk.day + timedelta(1 + told.chance.randrange(13))
        slot = diary.take(told.owner_number, earliest, "visit", told.chance)
        if slot is not None:
            plan(told, book, *slot, full=told.chance.random() < 0.35)


def plan(told: Telling, book: Book, start: Instant, minutes: int, *, full: bool) -> None:
    """Add one planned visit; a full one has everything a brief wants."""
    day, language = told.desk.day, told.desk.language
    matter = told.matters[-1]
    stage = matter.stage(day)
    theirs = attending(told, stage, day)
    if not theirs:
        theirs = told.cast.now(day)[:1]
    if full and len(theirs) < 3:
        more = [m for m in told.cast.now(day) if m.seen and m not in theirs]
        theirs = [*theirs, *more[: 3 - len(theirs)]]
    scene = told.scene(matter, start.day, theirs[0], theirs)
    visit = Visit(
        id=VisitId(told.desk.ids.new()),
        account=told.id,
        site=site_of(told),
        place=room(told, stage, told.firm.tongue),
        start=start,
        minutes=minutes,
        topic=scene.speak(language, (talk(stage), stage, "topic")),
        objective=scene.speak(language, (talk(stage), stage, "objective")),
        host=theirs[0].id,
        map=told.map,
        kind=VisitKind.VISIT,
    )
    if full:
        visit = _prepared(visit, scene, _GROUP.get(stage, "after"), language)
    book.add(VISIT, visit.checked())
    book.add(ATTENDEE, *_seats(told, visit, theirs, language, full=full))


def _prepared(visit: Visit, scene: Scene, group: str, language: Language) -> Visit:
    def one(key: str) -> str:
        return scene.speak(language, ("prep", group, key))

    def several(key: str, most: int) -> str:
        found = [line for line in lines("prep", group, key) if scene.fits(line)]
        return "\n".join(scene.say(line, language) for line in found[:most])

    return replace(
        visit,
        ask=one("ask"),
        fallback=one("fallback"),
        red_line=several("red_line", 2),
        agenda=several("agenda", 4),
        questions=several("questions", 4),
        materials=several("materials", 3),
    )


def _seats(
    told: Telling, visit: Visit, theirs: list[Member], language: Language, *, full: bool
) -> list[Attendee]:
    ours = [(told.owner, "leads")]
    if full:
        ours += [(told.desk.team["sc"], "presents"), (told.desk.team["sm"], "notes")]
    part = {part.en: part.text(language) for part in lines("rest", "parts")}
    found = []
    for who, does in ours:
        aim = lines("prep", "ours", does)[0].text(language) if full else ""
        found.append(Attendee.at(visit, who, Side.OURS, point=aim, part=part[does]))
    for member in theirs:
        point = point_for(told, member, language) if full else ""
        found.append(Attendee.at(visit, member.id, Side.THEIRS, point=point))
    return found
