"""From the customer's file to the content of a map on paper."""

from collections.abc import Sequence
from typing import Final

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, ColleagueId, Id, MapId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.support import Support, support
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.dossier.chain_picture import picture
from kamdesk.dossier.chain_view import read_chain
from kamdesk.papers.chain_map.content import MapPaper
from kamdesk.papers.words import Words
from kamdesk.storage.database import Reader

MOVEMENT_DAYS: Final = 30
"""Over how many days the movement of the support is told."""


def of_map(
    reader: Reader,
    account: AccountId,
    map_id: MapId | None = None,
    *,
    at: Instant,
    made: Instant,
    me: ColleagueId | None = None,
    way_in: Sequence[Id] = (),
) -> MapPaper:
    """Return a customer's map as of ``at`` for the paper made at ``made``.

    Raises ``LookupError`` for an account that is not there. Without any map it has no cards.
    """
    net = read_chain(reader, account, at=at, map_id=map_id)
    before = read_chain(reader, account, at=at.plus(days=-MOVEMENT_DAYS), map_id=map_id)
    return MapPaper(
        customer=net.account_name,
        map_name=net.map.name if net.map else "",
        decision_way=net.map.decision_way if net.map else "",
        day=net.day,
        made=made,
        made_by=made_by(reader, me),
        chain=picture(net, way_in=way_in),
        standing=standing(net, before) if net.people else (),
    )


def made_by(reader: Reader, me: ColleagueId | None) -> str:
    """Return the name and title of whoever makes a paper; empty when nobody said."""
    maker = ColleagueStore(reader).find(me)
    return "·".join(filter(None, (maker.name, maker.title))) if maker else ""


def standing(net: Network, before: Network | None = None) -> tuple[Words, ...]:
    """Return in clauses how far a chain leans to us, its movement, and how much is known."""
    said = support(net, before=before)
    clauses: list[Words] = [_score(said)]
    if said.score is not None and said.movement is not None and round(said.movement):
        points = round(said.movement)
        clauses.append(
            Text(
                "{sign}{points} in {days} days",
                sign="+" if points > 0 else "\u2212",
                points=abs(points),
                days=MOVEMENT_DAYS,
            )
        )
    clauses.append(Text("{share} % of the power known", share=round(said.known * 100)))
    return tuple(clauses)


def _score(said: Support) -> Text:
    if said.score is None:
        return Text("support not judged: too little is known")
    return Text(
        "support {score} of 100, between {low} and {high}",
        score=round(said.score),
        low=round(said.low),
        high=round(said.high),
    )
