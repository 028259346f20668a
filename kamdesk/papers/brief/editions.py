"""Editions of the brief: what each reader may see, and what prints only when ticked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from kamdesk.core.privacy import Privacy
from kamdesk.figures.chain import ChainMap, chosen, without_opinions
from kamdesk.papers.brief.content import Attendee, Brief, Business


class Reader(StrEnum):
    """Whom a brief is made for."""

    ME = "me"
    BOSS = "boss"
    CONSULTANT = "consultant"


class Tick(StrEnum):
    """What prints only when the user ticked it."""

    OPINIONS = "opinions"  # stance, influence, relationship: always in one's own brief
    MOTIVES = "motives"
    RIVALS = "rivals"  # who is tied to a competitor
    PRICE = "price"  # price corridor and margin
    REMARKS = "remarks"  # lines marked private
    MAP = "map"  # the map in the consultant's edition


class _Line(Protocol):
    @property
    def privacy(self) -> Privacy: ...


_AnyLine = TypeVar("_AnyLine", bound=_Line)

_OPENED_BY: Final = {
    Privacy.OPINION: Tick.OPINIONS,
    Privacy.MOTIVE: Tick.MOTIVES,
    Privacy.RIVAL: Tick.RIVALS,
    Privacy.INTERNAL: Tick.PRICE,
    Privacy.NOTE: Tick.REMARKS,
}
_NEVER: Final = {
    Reader.ME: frozenset[Privacy](),
    Reader.BOSS: frozenset[Privacy](),
    Reader.CONSULTANT: frozenset({Privacy.MONEY, Privacy.MOTIVE, Privacy.INTERNAL}),
}


@dataclass(frozen=True, slots=True)
class _Sight:
    """What one reader sees with the ticks given."""

    reader: Reader
    ticks: frozenset[Tick]

    def sees(self, privacy: Privacy) -> bool:
        if privacy in _NEVER[self.reader]:
            return False
        tick = _OPENED_BY.get(privacy)
        if tick is Tick.OPINIONS and self.reader is Reader.ME:
            return True
        return tick is None or tick in self.ticks

    def lines(self, lines: Iterable[_AnyLine]) -> tuple[_AnyLine, ...]:
        return tuple(line for line in lines if self.sees(line.privacy))


def edition(content: Brief, reader: Reader, ticks: frozenset[Tick] = frozenset()) -> Brief:
    """Return the brief as ``reader`` may see it.

    One's own brief holds everything but motives, ties to rivals, prices and private remarks,
    which need a tick. A boss gets five lines on top, and opinions when ticked; a solution
    consultant never gets money nor motives, and the map when ticked.
    """
    sight = _Sight(reader, ticks)
    opinions, money = sight.sees(Privacy.OPINION), sight.sees(Privacy.MONEY)
    inner = reader is not Reader.CONSULTANT
    price = content.purpose.price if sight.sees(Privacy.INTERNAL) else None
    risk = content.risk if content.risk and sight.sees(content.risk.privacy) else None
    return replace(
        content,
        purpose=replace(content.purpose, price=price),
        boss=content.boss if reader is Reader.BOSS else None,
        facts=sight.lines(content.facts),
        changes=tuple(
            line if money else replace(line, amount=None) for line in sight.lines(content.changes)
        ),
        attendees=tuple(_attendee(person, sight) for person in by_influence(content.attendees)),
        chain=_chain(content.chain, sight),
        risk=risk if inner else None,
        promises=sight.lines(content.promises),
        business=tuple(_business(line, sight) for line in sight.lines(content.business)),
        questions=sight.lines(content.questions),
        their_questions=sight.lines(content.their_questions),
        rivals=content.rivals if inner else (),
        colleagues=content.colleagues if inner else (),
        calendar=content.calendar if inner else (),
        opinions=content.opinions and opinions,
    )


def by_influence(people: Iterable[Attendee]) -> tuple[Attendee, ...]:
    """Return the people by influence, deciders first among equals, else in the order given."""
    return tuple(sorted(people, key=lambda who: (-(who.influence or 0), not who.decides)))


def _attendee(person: Attendee, sight: _Sight) -> Attendee:
    opinions = sight.sees(Privacy.OPINION)
    return replace(
        person,
        stance=person.stance if opinions else None,
        stance_since=person.stance_since if opinions else None,
        influence=person.influence if opinions else None,
        motive=person.motive if sight.sees(Privacy.MOTIVE) else "",
        rival_tie=person.rival_tie if sight.sees(Privacy.RIVAL) else "",
    )


def _business(line: Business, sight: _Sight) -> Business:
    return replace(
        line,
        amount=line.amount if sight.sees(Privacy.MONEY) else None,
        margin=line.margin if sight.sees(Privacy.INTERNAL) else None,
    )


def _chain(chain: ChainMap | None, sight: _Sight) -> ChainMap | None:
    if chain is None or (sight.reader is Reader.CONSULTANT and Tick.MAP not in sight.ticks):
        return None
    chain = chosen(chain)  # while influence is still there to choose by
    return chain if sight.sees(Privacy.OPINION) else without_opinions(chain)
