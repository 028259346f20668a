"""The decision-chain map of a customer as a figure: cards, ties, the way to the decider."""

from collections import deque
from dataclasses import replace

from kamdesk.core.ids import Id, PersonId
from kamdesk.domain.chain.model import ROLE_WORDS, Role, TieKind
from kamdesk.dossier.customer_file import CustomerFile
from kamdesk.figures import chain as figure

_TIES = {
    TieKind.INFLUENCES: figure.TieKind.INFLUENCE,
    TieKind.CLOSE: figure.TieKind.CLOSE,
    TieKind.CONFLICT: figure.TieKind.AT_ODDS,
}


def chain_map(file: CustomerFile, attending: set[Id]) -> figure.ChainMap | None:
    """Return the customer's map as it is drawn; None when nobody is on it."""
    people = file.on_map()
    cards = [_person(file, who, who in attending) for who in people]
    cards += [_person(file, PersonId(who), True) for who in attending if who not in people]
    shown = {card.id for card in cards}
    cards += [
        figure.Card(
            id=body.id.hex(),
            name=body.name,
            post=body.decides or body.meets,
            kind=figure.CardKind.BODY,
            decides=True,
            met=True,
        )
        for body in file.bodies
    ]
    for seat in file.seats:
        if seat.person is None and seat.post is None and seat.body is None:
            cards.append(
                figure.Card(
                    id=seat.id.hex(),
                    name=seat.label,
                    kind=figure.CardKind.GHOST,
                    roles=tuple(ROLE_WORDS[role] for role in seat.wanted),
                    met=False,
                )
            )
    if not cards:
        return None
    shown |= {card.id for card in cards}
    cards = [_under_its_boss(file, card, shown) for card in cards]
    ties = [
        figure.Tie(
            source=tie.source.hex(),
            target=tie.target.hex(),
            kind=_TIES[tie.kind],
            weight=tie.strength,
            against_us=tie.negative or tie.kind is TieKind.CONFLICT,
        )
        for tie in file.ties
        if tie.source.hex() in shown and tie.target.hex() in shown
    ]
    return figure.ChainMap(cards=tuple(cards), ties=tuple(ties), way_in=_way_in(file, attending))


def _person(file: CustomerFile, who: PersonId, attends: bool) -> figure.Card:
    stands, post = file.stands(who), file.post_of.get(who)
    return figure.Card(
        id=who.hex(),
        name=file.people[who].name,
        post=post.title if post else file.people[who].department,
        roles=tuple(ROLE_WORDS[role] for role in stands.roles),
        stance=stands.stance,
        influence=stands.influence,
        relation=stands.coverage,
        met=who in file.last_met,
        attends=attends,
        decides=Role.DECIDER in stands.roles,
    )


def _under_its_boss(file: CustomerFile, card: figure.Card, shown: set[str]) -> figure.Card:
    if card.kind is not figure.CardKind.PERSON:
        return card
    boss = file.boss_of(PersonId(Id(bytes.fromhex(card.id))))
    seen = {card.id}
    while boss is not None and boss.hex() not in shown:
        if boss.hex() in seen:
            boss = None
            break
        seen.add(boss.hex())
        boss = file.boss_of(boss)
    return replace(card, reports_to=boss.hex()) if boss else card


def _way_in(file: CustomerFile, attending: set[Id]) -> tuple[str, ...]:
    """Return the shortest chain of positive influence from a friendly attendee to a decider."""
    deciders = set(file.with_role(Role.DECIDER))
    friendly = [
        who
        for who in file.on_map()
        if who in attending and (file.stands(who).stance or 0) > 0 and who not in deciders
    ]
    best: tuple[str, ...] = ()
    for start in sorted(friendly, key=lambda who: -(file.stands(who).stance or 0)):
        before: dict[Id, Id | None] = {start: None}
        queue: deque[Id] = deque([start])
        while queue:
            at = queue.popleft()
            if at in deciders:
                path: list[str] = []
                step: Id | None = at
                while step is not None:
                    path.append(step.hex())
                    step = before[step]
                found = tuple(reversed(path))
                if not best or len(found) < len(best):
                    best = found
                break
            for tie in file.ties:
                if (
                    tie.kind is TieKind.INFLUENCES
                    and not tie.negative
                    and tie.source == at
                    and tie.target not in before
                ):
                    before[tie.target] = at
                    queue.append(tie.target)
    return best
