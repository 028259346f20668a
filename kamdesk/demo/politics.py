"""Decision chains: who sits on the map, where each stands and since when, by what evidence."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import Id, MapId, PersonId, SeatId
from kamdesk.demo.account import Meeting, Telling
from kamdesk.demo.book import Book
from kamdesk.demo.cast import Member
from kamdesk.demo.chance import weighted
from kamdesk.demo.material import Language, lines, read
from kamdesk.demo.persons import written_as
from kamdesk.domain.accounts.model import AccountClass
from kamdesk.domain.chain.model import Map, Role, Seat
from kamdesk.domain.chain.standing import Reading, Sureness, What
from kamdesk.domain.chain.store import MAP, READING, SEAT
from kamdesk.domain.visits.model import VisitState

_GOAL: Final = {
    "user": ((2, 3), (1, 4), (0, 2), (-1, 1)),
    "tech": ((2, 1), (1, 4), (0, 3), (-1, 2)),
    "finance": ((1, 1), (0, 4), (-1, 4), (-2, 1)),
    "buyer": ((1, 2), (0, 4), (-1, 3), (-2, 1)),
    "it": ((1, 2), (0, 3), (-1, 3), (-2, 1)),
    "boss": ((2, 1), (1, 3), (0, 5), (-1, 1)),
    "vice": ((1, 3), (0, 4), (-1, 2)),
}
_ANY: Final = ((1, 3), (0, 4), (-1, 2))
_NOTES: Final = {2: "p2", 1: "p1", 0: "z0", -1: "m1", -2: "m2"}
_SURENESS: Final = (Sureness.HIGH, Sureness.MEDIUM, Sureness.MEDIUM, Sureness.LOW)
_GUIDES: Final = frozenset({"user", "gate", "tech", "quality"})


def tell_politics(told: Telling, book: Book) -> None:
    """Draw the map of an account and judge the people on it; small accounts get little or none."""
    seated = _seated(told)
    if not seated:
        return
    told.map = MapId(told.desk.ids.new())
    book.add(MAP, Map(id=told.map, account=told.id))
    for member in seated:
        book.add(SEAT, seat(told, person=member.id, label=written_as(told.firm, member)))
    if told.firm.grade in (AccountClass.CORE, AccountClass.HIGH_POTENTIAL):
        for post, role in told.cast.vacant:
            book.add(SEAT, seat(told, post=post, label=role.title.text(told.firm.tongue)))
        roles = {role for member in seated for role in member.role.roles.split()}
        for wanted in _wanting(roles, told.chance):
            book.add(SEAT, seat(told, wanted=(wanted,)))
    judge = Judge(told)
    for member in seated:
        book.add(READING, *judge.readings(member))


def seat(
    told: Telling,
    *,
    person: PersonId | None = None,
    post: Id | None = None,
    body: Id | None = None,
    wanted: tuple[Role, ...] = (),
    label: str = "",
) -> Seat:
    """Return a seat on the account's map."""
    return Seat(
        id=SeatId(told.desk.ids.new()),
        account=told.id,
        map=map_of(told),
        post=post,  # type: ignore[arg-type]  # ids of one kind
        person=person,
        body=body,  # type: ignore[arg-type]  # here too
        wanted=wanted,
        label=label,
    )


def map_of(told: Telling) -> MapId:
    """Return the account's map. Raises ``LookupError`` when it has none."""
    if told.map is None:
        raise LookupError("no map")
    return told.map


def _seated(told: Telling) -> list[Member]:
    now, chance = told.cast.now(told.desk.day), told.chance
    match told.firm.grade:
        case AccountClass.CORE:
            return now
        case AccountClass.HIGH_POTENTIAL:
            return now[: max(8, len(now) - chance.randint(0, 2))]
        case AccountClass.MAINTAIN if chance.random() < 0.35:
            return now[: chance.randint(3, 5)]
        case AccountClass.TO_IMPROVE if chance.random() < 0.1:
            return now[:2]
    return []


def _wanting(filled: set[str], chance: Random) -> list[Role]:
    """Return roles nobody fills; now and then one we only believe to exist."""
    missing = [role for role in Role if role.value not in filled]
    if not missing and chance.random() < 0.5:
        missing = [Role.APPROVER]
    return missing[:2]


def _pool(member: Member, value: int) -> str:
    """Return which evidence fits a stance: leaders and IT show it in their own ways."""
    key = _NOTES[value]
    special = "_it" if member.role.function == "it" else "_high"
    fits = special == "_it" or member.role.influence >= 4
    return key + special if fits and key + special in read("politics")["stance"] else key


class Judge:
    """Judges people by the meetings they sat in."""

    def __init__(
        self, told: Telling, *, coached: bool | None = None, language: Language | None = None
    ) -> None:
        self._language = language
        self._told, self._chance = told, told.chance
        self._met: dict[Id, list[Meeting]] = {}
        self._last: Meeting | None = None
        for meeting in told.meetings:
            if meeting.visit.state is VisitState.CLOSED:
                self._last = meeting
                for member in meeting.theirs:
                    self._met.setdefault(member.id, []).append(meeting)
        self._coach = told.chance.random() < 0.55 if coached is None else coached
        self._rival = told.chance.random() < 0.6

    def readings(
        self, member: Member, goals: list[tuple[Day, int]] | None = None
    ) -> Iterator[Reading]:
        """Yield all judgements of a member; ``goals`` prescribe the stance day by day."""
        role, chance = member.role, self._chance
        met = self._met.get(member.id, [])
        if goals and not met:  # we only heard of them
            yield self.reading(member, What.ROLES, role.roles, goals[0][0])
            yield self.reading(member, What.INFLUENCE, str(role.influence), goals[0][0])
            closed = [m for m in self._told.meetings if m.visit.state is VisitState.CLOSED]
            yield from self._stances(member, closed[-1:], goals)
            return
        first = (
            met[0].day if met else self._told.desk.day - timedelta(self._chance.randint(30, 500))
        )
        if met or chance.random() < 0.7:
            yield self.reading(member, What.ROLES, role.roles, first)
        if met or chance.random() < 0.45:
            sure = Sureness.MEDIUM if met else Sureness.LOW
            yield self.reading(member, What.INFLUENCE, str(role.influence), first, sureness=sure)
        if not met:
            return
        yield from self._stances(member, met, goals)
        yield from self._relation(member, met)
        if (
            role.function in ("legal", "safety", "it")
            and role.influence >= 2
            and chance.random() < 0.3
        ):
            note = self.note(met[-1], "evidence", "veto")
            yield self.reading(member, What.VETO, "1", met[0].day, met[0], note=note)
        if self._rival and role.function in ("buyer", "it", "tech") and chance.random() < 0.3:
            self._rival = False
            note = self.note(met[-1], "evidence", "rival")
            name = self._told.rivals[0].text(met[-1].language)
            yield self.reading(member, What.RIVAL, name, met[-1].day, met[-1], note=note)

    def reading(
        self,
        member: Member,
        what: What,
        value: str,
        day: Day,
        meeting: Meeting | None = None,
        *,
        note: str = "",
        sureness: Sureness | None = None,
    ) -> Reading:
        """Return one judgement with its evidence."""
        return Reading(
            id=self._told.desk.ids.new(),
            account=self._told.id,
            map=map_of(self._told),
            subject=member.id,
            what=what,
            value=value,
            valid_from=day,
            source=meeting.visit.id if meeting else None,
            sureness=sureness,
            note=note,
        ).checked()

    def note(self, meeting: Meeting, *key: str) -> str:
        """Return an evidence that fits a meeting, in its language; empty when none does."""
        line = meeting.scene.draw("politics", *key)
        return meeting.scene.say(line, self._language or meeting.language) if line else ""

    def _stances(
        self, member: Member, met: list[Meeting], goals: list[tuple[Day, int]] | None
    ) -> Iterator[Reading]:
        chance = self._chance
        path = goals or self._path(member, met)
        for day, value in path:
            before = [meeting for meeting in met if meeting.day <= day]
            meeting = before[-1] if before else met[0]
            note = self.note(meeting, "stance", _pool(member, value))
            if abs(value) == 2 and not note:
                value //= 2
            on = meeting.day if goals is None else day
            sure = chance.choice(_SURENESS)
            yield self.reading(
                member, What.STANCE, str(value), on, meeting, note=note, sureness=sure
            )
        if path and goals is None:
            yield from self._still_so(member, *path[-1], met)
        last = path[-1][1] if path else 0
        if last > 0 and member.role.function == "finance" and chance.random() < 0.5:
            yield self.reading(member, What.PROJECT_STANCE, "0", met[-1].day, met[-1])
        if self._coach and last == 2 and member.role.function in _GUIDES:
            self._coach = False
            note = self.note(met[-1], "evidence", "coach")
            yield self.reading(
                member,
                What.COACH,
                "1",
                met[len(met) // 2].day,
                met[-1],
                note=note,
                sureness=Sureness.MEDIUM,
            )
            if self._language is None and chance.random() < 0.15:
                note = self.note(met[-1], "evidence", "coach_lost")
                yield self.reading(member, What.COACH, "", met[-1].day, met[-1], note=note)

    def _still_so(
        self, member: Member, day: Day, value: int, met: list[Meeting]
    ) -> Iterator[Reading]:
        """Yield the stance as it was last seen; at core customers others tell of the weighty."""
        asked = self._told.firm.grade is AccountClass.CORE and member.role.influence >= 2
        last = self._last if asked and self._last else met[-1]
        if last.day > day:
            sure = Sureness.MEDIUM if last is met[-1] else Sureness.LOW
            yield self.reading(member, What.STANCE, str(value), last.day, last, sureness=sure)

    def _path(self, member: Member, met: list[Meeting]) -> list[tuple[Day, int]]:
        """Return how the stance moved over the meetings, a step at a time."""
        chance = self._chance
        if len(met) == 1 and chance.random() < 0.5:
            return []
        goal = weighted(chance, [(v, w) for v, w in _GOAL.get(member.role.function, _ANY)])
        value = chance.choice((-1, 0, 0)) if goal > 0 else chance.choice((0, 0, 1))
        many = min(len(met), 1 + abs(goal - value) + (chance.random() < 0.4))
        at = sorted(chance.sample(range(len(met)), many))
        path = [(met[at[0]].day, value)]
        for index in at[1:]:
            if value != goal:
                value += 1 if goal > value else -1
            elif chance.random() < 0.5:
                continue
            path.append((met[index].day, value))
        return path

    def _relation(self, member: Member, met: list[Meeting]) -> Iterator[Reading]:
        chance = self._chance
        level = min(5, 1 + (len(met) >= 2) + (len(met) >= 5) + (len(met) >= 9))
        if level == 4 and chance.random() < 0.3:
            level = 5
        marks = [met[0]] if level == 1 else [met[0], met[-1]]
        if level >= 3:
            marks.insert(1, met[len(met) // 2])
        for at, meeting in enumerate(marks):
            value = 1 if at == 0 else level if at == len(marks) - 1 else (level + 1) // 2
            note = ""
            if chance.random() < 0.6:
                note = self._how_met(meeting, value)
            yield self.reading(
                member,
                What.COVERAGE,
                str(value),
                meeting.day,
                meeting,
                note=note,
                sureness=Sureness.MEDIUM if at else None,
            )

    def _how_met(self, meeting: Meeting, value: int) -> str:
        line = lines("politics", "evidence", "met")[value - 1]
        return meeting.scene.say(line, self._language or meeting.language)
