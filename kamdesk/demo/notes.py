"""What is written down of a visit: topic, aim, what was said, what came of it, who sat there."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.ids import ColleagueId, VisitId
from kamdesk.demo.account import Meeting, Telling
from kamdesk.demo.cast import Member
from kamdesk.demo.material import Language, line, lines, read, spaced
from kamdesk.demo.persons import told_of
from kamdesk.demo.voice import Scene
from kamdesk.demo.workdays import working
from kamdesk.domain.accounts.model import Site
from kamdesk.domain.visits.model import Atmosphere, Attendee, Side, Visit, VisitKind, VisitState

_ON_THE_FLOOR: Final = frozenset({"open", "need", "prove", "deliver", "serve", "trouble"})
_EARLY: Final = frozenset({"open", "need", "offer", "prove"})
_WITH_US: Final = {
    "offer": ("sc", "presents", 0.75),
    "prove": ("sc", "presents", 0.5),
    "need": ("sc", "notes", 0.4),
    "deliver": ("pm", "presents", 0.8),
    "serve": ("sm", "presents", 0.45),
    "trouble": ("sm", "presents", 0.9),
    "exec": ("exec", "leads", 1.0),
    "decide": ("sc", "presents", 0.25),
}
_MOODS: Final = {
    "trouble": "stiff flat",
    "pay": "flat smooth flat",
    "buy": "flat stiff smooth",
    "decide": "flat smooth stiff smooth",
    "prove": "warm smooth flat smooth",
    "exec": "warm smooth smooth",
    "serve": "smooth smooth flat warm",
}
_PARTS: Final = {part.en: part for part in lines("rest", "parts")}


def talk(stage: str) -> str:
    """Return the file that holds the lines of a stage."""
    return "talk_early" if stage in _EARLY else "talk_late"


def hold(
    told: Telling,
    scene: Scene,
    stage: str,
    kind: VisitKind,
    slot: tuple[Instant, int],
    theirs: list[Member],
) -> Meeting:
    """Return a visit that took place; the newest may not be written up yet, few were dropped."""
    chance, language = told.chance, told.tongue()
    key = "call" if kind is VisitKind.CALL else stage
    event = kind is VisitKind.EVENT
    topic = ("rest", "event") if event else (talk(key), key, "topic")
    visit = Visit(
        id=VisitId(told.desk.ids.new()),
        account=told.id,
        site=site_of(told).id if kind is VisitKind.VISIT else None,
        place=_place(told, kind, stage, language),
        start=slot[0],
        minutes=slot[1],
        kind=kind,
        topic=scene.speak(language, topic),
        objective=scene.speak(
            language, ("rest", "event_aim") if event else (talk(key), key, "objective")
        ),
        host=theirs[0].id if kind is VisitKind.VISIT else None,
    )
    meeting = Meeting(
        visit=visit, day=slot[0].day, stage=key, theirs=theirs, scene=scene, language=language
    )
    recent = (told.desk.day - meeting.day).days <= 12 and chance.random() < 0.85
    if recent:
        meeting.visit = _unwritten(told, meeting)
    elif chance.random() < 0.02:
        dropped = replace(visit.dropped(), outcome=scene.speak(language, ("rest", "dropped")))
        meeting.visit = dropped.checked()
    else:
        meeting.visit = _written(told, meeting)
    return meeting


def site_of(told: Telling) -> Site:
    """Return where a visit takes place: mostly the first site."""
    at = 0 if told.chance.random() < 0.75 else told.chance.randrange(len(told.sites))
    return told.sites[at]


def room(told: Telling, stage: str, language: Language) -> str:
    """Return a meeting room; beside the machines when the talk is about them."""
    floor = stage in _ON_THE_FLOOR and told.firm.segment.kind == "maker"
    pool = lines("rest", "floor" if floor and told.chance.random() < 0.4 else "rooms")
    found = pool[told.chance.randrange(len(pool))].text(language)
    return spaced(found.format_map({"few": told.chance.randint(2, 5)}))


def _place(told: Telling, kind: VisitKind, stage: str, language: Language) -> str:
    match kind:
        case VisitKind.VIDEO:
            return line(read("rest")["video"]).text(language)
        case VisitKind.VISIT:
            return room(told, stage, told.firm.tongue) if told.chance.random() < 0.7 else ""
    return ""


def _unwritten(told: Telling, meeting: Meeting) -> Visit:
    """Return a visit that was held and still has to be written up."""
    scrap = ""
    if told.chance.random() < 0.6:
        scrap = meeting.scene.speak(meeting.language, ("rest", "scraps"))
    return replace(meeting.visit, said=scrap).checked().held()


def _written(told: Telling, meeting: Meeting) -> Visit:
    chance, scene, language, key = told.chance, meeting.scene, meeting.language, meeting.stage
    file, call = talk(key), key == "call"
    turns = 1 + (chance.random() < 0.35)
    if call:
        turns = int(chance.random() < 0.5)
    event = meeting.visit.kind is VisitKind.EVENT
    opening = ("rest", "welcome") if event else (file, key, "open")
    beats = [opening, *[(file, key, "turn")] * (0 if event else turns)]
    if not event and chance.random() < (0.25 if call else 0.65):
        beats.append((file, key, "close"))
    said = scene.speak(language, *beats)
    reason = scene.draw("rest", "no_next") if chance.random() < 0.08 else None
    by = working(meeting.day + timedelta(chance.randint(4, 32)))
    dated = reason is None and chance.random() < 0.65
    written = replace(
        meeting.visit,
        said=said,
        outcome=_outcome(scene, language, file, key) if not reason and not event else "",
        atmosphere=Atmosphere(chance.choice(_MOODS.get(key, "smooth flat smooth warm").split())),
        next_step=""
        if reason
        else scene.speak(language, ("rest", "event_next") if event else (file, key, "next")),
        next_step_by=by if dated else None,
        no_next_step_because=scene.say(reason, language) if reason else "",
    )
    return written.checked().held().closed()


def _outcome(scene: Scene, language: Language, file: str, key: str) -> str:
    line = scene.draw(file, key, "outcome")
    return scene.say(line, language) if line else ""


def seats(told: Telling, meeting: Meeting) -> list[Attendee]:
    """Return who sat there of both sides; nobody at a visit that was dropped."""
    visit, chance = meeting.visit, told.chance
    if visit.state is VisitState.DROPPED:
        return []
    language = meeting.language
    found = [
        Attendee.at(visit, told.owner, Side.OURS, part=_PARTS["leads"].text(language)),
    ]
    who, part, share = _WITH_US.get(meeting.stage, ("sc", "listens", 0.12))
    colleague = told.desk.team[who]
    if visit.kind is not VisitKind.CALL and colleague != told.owner and chance.random() < share:
        found.append(Attendee.at(visit, colleague, Side.OURS, part=_PARTS[part].text(language)))
        if part == "leads":
            found[0] = replace(found[0], part=_PARTS["notes"].text(language))
    for member in meeting.theirs:
        point = point_for(told, member, language) if chance.random() < 0.12 else ""
        found.append(Attendee.at(visit, member.id, Side.THEIRS, point=point))
    return found


def point_for(told: Telling, member: Member, language: Language) -> str:
    """Return what to say to or show somebody, by what they stand for."""
    key = told_of(told.firm, member.role.function, "point")
    return spaced(told.hand.some(key, lines(*key)).text(language))


def colleagues(told: Telling, meeting: Meeting) -> list[ColleagueId]:
    """Return who of ours may have promised something at a meeting."""
    who, _, share = _WITH_US.get(meeting.stage, ("sc", "listens", 0.12))
    return [told.owner, told.owner, told.desk.team[who]] if share > 0.4 else [told.owner]
