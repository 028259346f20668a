"""What is thought of people on a map, with its day and evidence, and where each stands by it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, Id, MapId
from kamdesk.core.stored import read_word, read_words
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Role

STANCE_WORDS: Final = {
    2: Text("champion"),
    1: Text("supporter"),
    0: Text("neutral"),
    -1: Text("doubtful"),
    -2: Text("opponent"),
    None: Text("stance unknown"),
}
"""Stance towards us on this map (``field_book.md`` D2); None is unknown, never neutral."""


class What(StrEnum):
    """What a judgement is about; each is dated and belongs to (map, person)."""

    ROLES = "roles"
    STANCE = "stance"
    PROJECT_STANCE = "project_stance"
    INFLUENCE = "influence"
    COVERAGE = "coverage"
    COACH = "coach"
    VETO = "veto"
    RIVAL = "rival"
    STANCE_WANTED = "stance_wanted"
    COVERAGE_WANTED = "coverage_wanted"
    PART = "part"
    LEVEL = "level"
    LINE = "line"
    LEAVING = "leaving"
    INTEREST = "interest"
    LEGITIMACY = "legitimacy"
    URGENCY = "urgency"
    BELIEVED = "believed"
    GAINS = "gains"
    PROVED = "proved"


WHAT_WORDS: Final = {
    What.ROLES: Text("roles"),
    What.STANCE: Text("stance"),
    What.PROJECT_STANCE: Text("stance to the project"),
    What.INFLUENCE: Text("influence"),
    What.COVERAGE: Text("relationship"),
    What.COACH: Text("guide"),
    What.VETO: Text("veto"),
    What.RIVAL: Text("tie to a rival"),
    What.STANCE_WANTED: Text("stance wanted"),
    What.COVERAGE_WANTED: Text("relationship wanted"),
    What.PART: Text("part in the decision"),
    What.LEVEL: Text("level"),
    What.LINE: Text("line"),
    What.LEAVING: Text("may leave"),
    What.INTEREST: Text("interest in the matter"),
    What.LEGITIMACY: Text("has a rightful say"),
    What.URGENCY: Text("presses for it"),
    What.BELIEVED: Text("is believed inside"),
    What.GAINS: Text("gains if we win, and we know what"),
    What.PROVED: Text("told us what proved true, twice"),
}

GUIDE_TESTS: Final = (What.BELIEVED, What.GAINS, What.PROVED)
"""What a guide must pass, each with evidence (``field_book.md`` D2); with two: a possible one.
"""


class Part(StrEnum):
    """How far somebody takes part in the decision (``field_book.md`` D2, G45)."""

    LEADING = "leading"
    TAKING = "taking"
    INFORMED = "informed"


PART_WORDS: Final = {
    Part.LEADING: Text("leading"),
    Part.TAKING: Text("taking part"),
    Part.INFORMED: Text("informed"),
}


class Level(StrEnum):
    """On which level of the organisation somebody works (``field_book.md`` P2)."""

    DECISION = "decision"
    MANAGEMENT = "management"
    OPERATION = "operation"


LEVEL_WORDS: Final = {
    Level.DECISION: Text("decision level"),
    Level.MANAGEMENT: Text("management level"),
    Level.OPERATION: Text("operation level"),
}


class Line(StrEnum):
    """On which of three lines somebody works, theirs matched with ours (``field_book.md`` G48)."""

    BUSINESS = "business"
    TECHNOLOGY = "technology"
    MANAGEMENT = "management"


LINE_WORDS: Final = {
    Line.BUSINESS: Text("business line"),
    Line.TECHNOLOGY: Text("technology line"),
    Line.MANAGEMENT: Text("management line"),
}

_RANGES: Final = {
    What.STANCE: range(-2, 3),
    What.PROJECT_STANCE: range(-2, 3),
    What.STANCE_WANTED: range(-2, 3),
    What.INFLUENCE: range(1, 6),
    What.INTEREST: range(1, 6),
    What.COVERAGE: range(6),
    What.COVERAGE_WANTED: range(6),
}


def on_scale(what: What, value: str) -> bool:
    """True for a value of the scale of ``what``, for an empty one, and where there is no scale."""
    scale = _RANGES.get(what)
    return scale is None or not value or value in {str(n) for n in scale}


class Sureness(StrEnum):
    """How sure we are (``field_book.md`` D2)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


SURENESS_WORDS: Final = {
    Sureness.HIGH: Text("sure"),
    Sureness.MEDIUM: Text("fairly sure"),
    Sureness.LOW: Text("a guess"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One judgement of a person on a map, valid from a day, with evidence: never changed, only
    followed by a later one. An empty ``value`` means: known no longer.

    ``colleague`` says whose relationship a coverage is, now or wanted; None: ours as a whole.
    """

    id: Id
    account: AccountId
    map: MapId
    subject: Id
    what: What
    value: str
    valid_from: Day
    source: Id | None = None
    sureness: Sureness | None = None
    note: str = ""
    colleague: ColleagueId | None = None

    def checked(self) -> "Reading":
        """Return this reading cleaned. Raises ``RuleBroken`` for a value out of its scale."""
        neat = cleaned(self, long=("note",))
        if not on_scale(neat.what, neat.value):
            scale = _RANGES[neat.what]
            raise RuleBroken(
                Text(
                    "{what} goes from {low} to {high}.",
                    what=WHAT_WORDS[neat.what],
                    low=scale[0],
                    high=scale[-1],
                ),
                field=neat.what.value,
            )
        if neat.what is What.ROLES:
            for role in neat.value.split():
                Role(role)
        firm = neat.what in (What.STANCE, What.PROJECT_STANCE) and neat.value in ("2", "-2")
        if firm and not (neat.note or neat.source):
            raise RuleBroken(
                Text("Firmly for or against needs evidence: what did they do or say?"),
                field="note",
            )
        return neat


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a person stands on a map as of a day; None or empty means not known.

    ``coverage`` is the strongest relationship any of us has; ``guide_tests`` those passed.
    """

    roles: tuple[Role, ...] = ()
    stance: int | None = None
    stance_since: Day | None = None
    stance_sureness: Sureness | None = None
    project_stance: int | None = None
    influence: int | None = None
    coverage: int | None = None
    coach: bool = False
    veto: bool = False
    rival: str = ""
    stance_wanted: int | None = None
    part: Part | None = None
    level: Level | None = None
    line: Line | None = None
    leaving: str = ""
    interest: int | None = None
    legitimacy: bool | None = None
    urgency: bool | None = None
    guide_tests: tuple[What, ...] = ()


def standing(readings: list[Reading]) -> Standing:
    """Return where a person stands by the latest reading of each kind.

    ``readings`` are those of one person valid on the day, in order of validity and writing.
    """
    last = latest(readings)

    def number(what: What) -> int | None:
        reading = last.get(what)
        return int(reading.value) if reading and reading.value else None

    def text(what: What) -> str:
        reading = last.get(what)
        return reading.value if reading else ""

    stance = last.get(What.STANCE)
    return Standing(
        roles=read_words(Role, text(What.ROLES)),
        stance=number(What.STANCE),
        stance_since=stance.valid_from if stance and stance.value else None,
        stance_sureness=stance.sureness if stance and stance.value else None,
        project_stance=number(What.PROJECT_STANCE),
        influence=number(What.INFLUENCE),
        coverage=_strongest(readings),
        coach=text(What.COACH) == "1",
        veto=text(What.VETO) == "1",
        rival=text(What.RIVAL),
        stance_wanted=number(What.STANCE_WANTED),
        part=read_word(Part, text(What.PART), None),
        level=read_word(Level, text(What.LEVEL), None),
        line=read_word(Line, text(What.LINE), None),
        leaving=text(What.LEAVING),
        interest=number(What.INTEREST),
        legitimacy=_ticked(text(What.LEGITIMACY)),
        urgency=_ticked(text(What.URGENCY)),
        guide_tests=tuple(test for test in GUIDE_TESTS if text(test) == "1"),
    )


def latest(readings: Iterable[Reading]) -> dict[What, Reading]:
    """Return the latest reading of each kind, of those that are not one colleague's."""
    return {reading.what: reading for reading in readings if reading.colleague is None}


def _strongest(readings: Iterable[Reading]) -> int | None:
    """Return the strongest relationship any of us has.

    One that names nobody holds until a named one is as new.
    """
    last = {reading.colleague: reading for reading in readings if reading.what is What.COVERAGE}
    plain = last.get(None)
    named = [reading for who, reading in last.items() if who is not None]
    if plain and any(reading.valid_from >= plain.valid_from for reading in named):
        del last[None]
    return max((int(reading.value) for reading in last.values() if reading.value), default=None)


def _ticked(value: str) -> bool | None:
    return {"1": True, "0": False}.get(value)


def standings(readings: Iterable[Reading]) -> dict[Id, Standing]:
    """Return where everybody stands, given the readings of a map as ``standing`` takes them."""
    by_subject: dict[Id, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_subject[reading.subject].append(reading)
    return {subject: standing(found) for subject, found in by_subject.items()}
