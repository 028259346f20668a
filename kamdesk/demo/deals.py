"""What may be sold to an invented account: an opportunity for each matter, and some lost."""

from datetime import timedelta
from random import Random
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import OpportunityId
from kamdesk.core.money import Money
from kamdesk.demo.account import Telling
from kamdesk.demo.book import Book
from kamdesk.demo.material import Line, lines
from kamdesk.demo.story import STAGES, Matter
from kamdesk.domain.opportunities.model import Opportunity, OpportunityState
from kamdesk.domain.opportunities.store import OPPORTUNITY

_STEP: Final = {"open": 2, "need": 5, "offer": 4, "prove": 6, "decide": 7, "buy": 8}
_SIGNED: Final = STAGES.index("buy")
_FEN: Final = 1_000_000
"""Fen in ten thousand yuan."""


def tell_deals(told: Telling, book: Book, chance: Random) -> None:
    """Add the opportunities of an account."""
    for matter in told.matters:
        book.add(OPPORTUNITY, _deal(told, matter, chance))
    if chance.random() < 0.3:
        book.add(OPPORTUNITY, _lost(told, chance))


def _deal(told: Telling, matter: Matter, chance: Random) -> Opportunity:
    stage, day, language = matter.stage(told.desk.day), told.desk.day, told.desk.language
    place = matter.area.en.removeprefix("the ")
    zh, en = matter.area.zh + matter.name.zh, f"{matter.name.en}, {place}"
    open_still = stage in _STEP
    unknown = stage == "open" or (chance.random() < 0.1 and told.firm.index > 0)
    return _opportunity(
        told,
        Line(zh, en[:1].upper() + en[1:]).text(language),
        since=matter.start,
        step=_STEP.get(stage, 9),
        amount=None if unknown and open_still else Money(matter.amount * _FEN),
        expected=max(matter.ends[_SIGNED], day + timedelta(14)) if open_still else None,
        settled_on=None if open_still else matter.ends[_SIGNED],
    )


def _lost(told: Telling, chance: Random) -> Opportunity:
    language, ago = told.desk.language, chance.randint(60, 420)
    return _opportunity(
        told,
        chance.choice(lines("chain", "deal", "lost")).text(language),
        since=told.desk.day - timedelta(ago + 150),
        step=chance.randint(4, 7),
        amount=Money(chance.randint(3, 20) * 10 * _FEN),
        settled_on=told.desk.day - timedelta(ago),
        lost=True,
        note=chance.choice(lines("chain", "deal", "lost_why")).text(language),
    )


def _opportunity(
    told: Telling,
    name: str,
    *,
    since: Day,
    step: int,
    amount: Money | None,
    expected: Day | None = None,
    settled_on: Day | None = None,
    lost: bool = False,
    note: str = "",
) -> Opportunity:
    settled = OpportunityState.LOST if lost else OpportunityState.WON
    return Opportunity(
        id=OpportunityId(told.desk.ids.new()),
        account=told.id,
        name=name,
        step=step,
        amount=amount,
        expected=expected,
        state=settled if settled_on else OpportunityState.OPEN,
        settled_on=settled_on,
        since=since,
        note=note,
    ).checked()
