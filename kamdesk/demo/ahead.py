"""Visits still to come: those of the day itself with full preparation, and of the next weeks."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.ids import VisitId
from kamdesk.core.spot import kilometres
from kamdesk.demo.account import Telling
from kamdesk.demo.book import Book
from kamdesk.demo.cast import Member
from kamdesk.demo.chance import dice, weighted
from kamdesk.demo.material import Language, line, lines, read
from kamdesk.demo.notes import point_for, room, site_of, talk
from kamdesk.demo.rounds import Rounds
from kamdesk.demo.talks import attending
from kamdesk.demo.voice import Scene
from kamdesk.demo.where import home, spot_of
from kamdesk.domain.accounts.model import AccountClass, Site
from kamdesk.domain.visits.model import Attendee, Firmness, Side, Visit, VisitKind
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
    AccountClass.CORE: 0.95,
    AccountClass.HIGH_POTENTIAL: 0.35,
    AccountClass.MAINTAIN: 0.13,
    AccountClass.TO_IMPROVE: 0.08,
}
_LONG_AGO: Final = timedelta(150)
_OVERDUE: Final = 0.75
"""Share of those met long ago whom one has agreed to see."""
_AHEAD: Final = 25
"""Days within which one tries to come."""
_TOO_FAR_KM: Final = 120.0
"""Whoever is farther away is met by video."""
_FIRM: Final = ((Firmness.AGREED, 6), (Firmness.PINNED, 2), (Firmness.LOOSE, 1))
TODAY: Final = {1: (9, 30, 60), 2: (16, 30, 45)}
"""Hour, minute and length of the visits of the day at the second and the third account."""


def tell_ahead(told: Telling, book: Book, rounds: Rounds) -> None:
    """Add what is planned at an account."""
    if told.firm.index in TODAY:
        hour, minute, minutes = TODAY[told.firm.index]
        start = Instant.at(told.desk.day, hour, minute)
        plan(told, book, start, minutes, told.sites[0], full=True)
        return
    chance = dice("ahead", told.id.hex())
    if chance.random() >= _share(told):
        return
    site: Site | None = site_of(told)
    spot = spot_of(site) if site else None
    if spot is None or kilometres(spot, home()) > _TOO_FAR_KM:
        site = spot = None
    earliest = told.desk.day + timedelta(1 + chance.randrange(_AHEAD))
    slot = rounds.take(told.owner_number, earliest, spot, chance)
    if slot is not None:
        full = chance.random() < 0.35
        firm = Firmness.AGREED if full else weighted(chance, _FIRM)
        plan(told, book, *slot, site, full=full, firm=firm)


def _share(told: Telling) -> float:
    """Return how likely one has agreed to come."""
    usual = _SHARE[told.firm.grade]
    last = max((one.day for one in told.meetings), default=None)
    long_ago = last is None or told.desk.day - last > _LONG_AGO
    return max(usual, _OVERDUE) if long_ago or _somebody_new(told) else usual


def _somebody_new(told: Telling) -> bool:
    """True when somebody came into a post lately and was not met yet."""
    since = told.desk.day - _LONG_AGO
    return any(
        one.since is not None and one.since > since and one.id not in told.met
        for one in told.cast.now(told.desk.day)
    )


def plan(
    told: Telling,
    book: Book,
    start: Instant,
    minutes: int,
    site: Site | None,
    *,
    full: bool,
    firm: Firmness = Firmness.AGREED,
) -> None:
    """Add one planned visit, by video where there is no site; a full one has all a brief wants."""
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
        site=site.id if site else None,
        place=room(told, stage, told.firm.tongue)
        if site
        else line(read("rest")["video"]).text(language),
        start=start,
        minutes=minutes,
        topic=scene.speak(language, (talk(stage), stage, "topic")),
        objective=scene.speak(language, (talk(stage), stage, "objective")),
        host=theirs[0].id if site else None,
        map=told.map,
        kind=VisitKind.VISIT if site else VisitKind.VIDEO,
        firmness=firm,
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
