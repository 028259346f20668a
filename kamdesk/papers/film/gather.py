"""From the customer's file to a film strip of the decision chain."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, ColleagueId, MapId
from kamdesk.domain.chain.standing import What
from kamdesk.dossier.chain_moves import Moved, moved_between
from kamdesk.dossier.chain_picture import picture
from kamdesk.dossier.chain_view import read_chain
from kamdesk.figures.chain import ChainMap
from kamdesk.papers.chain_map.gather import made_by, standing
from kamdesk.papers.film.content import Film, Frame
from kamdesk.storage.database import Reader

QUARTER: Final = 91


def days_before(day: Day, *, apart: int = QUARTER) -> tuple[Day, Day, Day]:
    """Return two days before ``day`` and itself, so many days apart."""
    return day - timedelta(days=2 * apart), day - timedelta(days=apart), day


def of_film(
    reader: Reader,
    account: AccountId,
    map_id: MapId | None = None,
    *,
    days: Sequence[Day],
    now: Instant,
    me: ColleagueId | None = None,
) -> Film:
    """Return a customer's chain on some days, the earliest first.

    Raises ``LookupError`` for an account that is not there.
    """
    nets = [
        read_chain(reader, account, at=Instant.at(day, 23, 59, zone=now.zone), map_id=map_id)
        for day in sorted(days)
    ]
    moved: list[tuple[Moved, ...]] = [()]
    for before, after in pairwise(sorted(days)):
        told = moved_between(reader, account, before, after, map_id=map_id)
        moved.append(tuple(one for one in told if one.what is not What.COVERAGE))
    last = nets[-1]
    return Film(
        customer=last.account_name,
        map_name=last.map.name if last.map else "",
        made=now,
        made_by=made_by(reader, me),
        frames=tuple(
            Frame(
                day=net.day,
                chain=_bare(picture(net)),
                standing=standing(net) if net.people else (),
                moves=told,
            )
            for net, told in zip(nets, moved, strict=True)
        ),
    )


def _bare(chain: ChainMap) -> ChainMap:
    """Return the map without boxes and places of its own: a frame has no room for them."""
    cards = tuple(replace(card, group=None, place=None) for card in chain.cards)
    return replace(chain, cards=cards, boxes=())
