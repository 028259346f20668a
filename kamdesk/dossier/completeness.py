"""How complete a customer's file is, and what to do next to make it so: pure, point by point."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Role
from kamdesk.domain.people.model import Channel, NeedLevel
from kamdesk.dossier.customer_file import CustomerFile

Known = bool | None
"""Whether something is in the file; None where it cannot be judged yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to do, and what it gains.

    ``opens`` is where it is done: ``field:<name>``, ``site``, ``site:<name>``, ``people``,
    ``chain``, ``visit``.
    """

    key: str
    said: Text
    points: int
    opens: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Points of those that could be judged; steps by what they gain; what was not judged."""

    points: int
    of: int
    steps: tuple[Step, ...]
    not_judged: tuple[Text, ...]

    @property
    def percent(self) -> int | None:
        """The share, rounded down; None where nothing could be judged."""
        return self.points * 100 // self.of if self.of else None

    def after(self, steps: int) -> int | None:
        """The share once so many of the first steps are done."""
        gained = sum(step.points for step in self.steps[:steps])
        return (self.points + gained) * 100 // self.of if self.of else None


@dataclass(frozen=True, slots=True)
class _Piece:
    step: Step
    known: Callable[[CustomerFile], Known]
    because: Text | None = None


def completeness(file: CustomerFile, *, team: Collection[bytes] = ()) -> Completeness:
    """Return how complete a file is. ``team`` are those of us who serve the customer."""
    judged = [(piece, piece.known(file)) for piece in (*_PIECES, _team(team))]
    missing = [piece.step for piece, known in judged if known is False]
    return Completeness(
        points=sum(piece.step.points for piece, known in judged if known),
        of=sum(piece.step.points for piece, known in judged if known is not None),
        steps=tuple(sorted(missing, key=lambda step: -step.points)),
        not_judged=tuple(
            piece.because for piece, known in judged if known is None and piece.because
        ),
    )


def _field(name: str, said: Text, points: int) -> _Piece:
    step = Step(key=name, said=said, points=points, opens=f"field:{name}")
    return _Piece(step, lambda file: getattr(file.account, name) not in (None, ""))


def _team(team: Collection[bytes]) -> _Piece:
    step = Step(key="team", said=Text("Name the account team"), points=3, opens="field:team")
    return _Piece(step, lambda _: bool(team))


def _weighty(file: CustomerFile) -> list[bytes]:
    return [who for who in file.on_map() if (file.stands(who).influence or 0) >= 4]


def _reachable(file: CustomerFile) -> Known:
    by_voice = (Channel.MOBILE, Channel.PHONE, Channel.WECHAT)
    weighty = _weighty(file) or list(file.people)
    if not weighty:
        return None
    return all(
        any(way.channel in by_voice for way in file.ways.get(who, ()))  # type: ignore[call-overload]
        for who in weighty
    )


def _judged(file: CustomerFile) -> Known:
    seated = file.on_map()
    return all(file.stands(who).stance is not None for who in seated) if seated else None


def _owned(file: CustomerFile) -> Known:
    weighty = _weighty(file)
    return all(file.people[who].owner is not None for who in weighty) if weighty else None  # type: ignore[index]


def _needs(file: CustomerFile) -> Known:
    deciders = file.with_role(Role.DECIDER, Role.APPROVER)
    if not deciders:
        return None
    return any(
        need.level is NeedLevel.BUSINESS for who in deciders for need in file.needs.get(who, [])
    )


_NOBODY: Final = Text("stances and owners: nobody is on the decision chain yet")

_PIECES: Final = (
    _Piece(
        Step(key="decider", said=Text("Find out who decides"), points=12, opens="chain"),
        lambda file: bool(file.with_role(Role.DECIDER) or file.bodies),
    ),
    _Piece(
        Step(
            key="approver", said=Text("Find out who approves the budget"), points=6, opens="chain"
        ),
        lambda file: bool(file.with_role(Role.APPROVER)),
    ),
    _Piece(
        Step(
            key="stances",
            said=Text("Say where each on the chain stands"),
            points=10,
            opens="chain",
        ),
        _judged,
        _NOBODY,
    ),
    _Piece(
        Step(
            key="people",
            said=Text("Name at least three people of theirs"),
            points=8,
            opens="people",
        ),
        lambda file: len(file.people) >= 3,
    ),
    _Piece(
        Step(
            key="owners",
            said=Text("Give each weighty person one of us who looks after them"),
            points=8,
            opens="people",
        ),
        _owned,
    ),
    _Piece(
        Step(
            key="ways",
            said=Text("Note a telephone or WeChat of those who count"),
            points=6,
            opens="people",
        ),
        _reachable,
        Text("telephones: nobody of theirs is in the file yet"),
    ),
    _Piece(
        Step(
            key="needs",
            said=Text("Write what those who decide need for the business"),
            points=8,
            opens="people",
        ),
        _needs,
        Text("needs: it is not known who decides"),
    ),
    _Piece(
        Step(key="next", said=Text("Plan the next visit"), points=8, opens="visit"),
        lambda file: any(
            visit.state == "planned" and visit.start and visit.start >= file.at
            for visit in file.visits
        ),
    ),
    _field("class_by_hand", Text("Set the class"), 6),
    _field("owner", Text("Name the owner"), 5),
    _field("industry", Text("Write the industry"), 5),
    _field("phone", Text("Note the telephone"), 3),
    _field("city", Text("Write the city"), 3),
    _field("organisation", Text("Choose the kind of organisation"), 3),
    _field("employees", Text("Write how many people work there"), 3),
    _field("annual_revenue", Text("Write their revenue a year"), 3),
    _field("credit_code", Text("Write the credit code"), 3),
    _field("first_signed", Text("Write when they first signed"), 2),
    _field("short_name", Text("Give it a short name"), 1),
    _Piece(
        Step(key="site", said=Text("Add a site with its address"), points=4, opens="site"),
        lambda file: any(site.address for site in file.sites),
    ),
    _Piece(
        Step(
            key="hours",
            said=Text("Write when the site receives visitors"),
            points=3,
            opens="site:hours",
        ),
        lambda file: any(site.hours for site in file.sites) if file.sites else None,
        Text("visiting hours: no site is in the file yet"),
    ),
)
"""The table of points: with the team's three they are 113; a file is held against what applies."""
