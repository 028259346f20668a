"""Papers about a customer's decision chain: which there are, and what makes each."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from kamdesk.core.clock import Instant
from kamdesk.core.ids import AccountId, Id, MapId
from kamdesk.desktop.papers.offered import PaperKind

if TYPE_CHECKING:
    from kamdesk.desktop.papers.making import About, Wanted
    from kamdesk.dossier.access_plan import PlanSeen
    from kamdesk.papers.access_plan.exchange import Exchange
    from kamdesk.papers.chain_map.drawing import PaperSize
    from kamdesk.papers.influence_table.content import InfluenceTable
    from kamdesk.papers.voice import Language
    from kamdesk.workspace import Workspace


def _map(desk: "Workspace", about: "About", wanted: "Wanted") -> bytes:
    from kamdesk.papers.chain_map.files import make_map

    now = desk.clock.now()
    return make_map(
        desk.storage.reader,
        AccountId(Id(about.record)),
        _map_of(about),
        at=Instant.at(about.day, 23, 59, zone=now.zone) if about.day else now,
        made=now,
        language=_language(wanted),
        me=desk.team.sits_here,
        size=cast("PaperSize", wanted.size),
        opinions=not wanted.polite,
        by_influence=wanted.by_influence,
    )


def _film(desk: "Workspace", about: "About", wanted: "Wanted") -> bytes:
    from kamdesk.papers.film.drawing import draw_film
    from kamdesk.papers.film.gather import days_before, of_film

    now = desk.clock.now()
    content = of_film(
        desk.storage.reader,
        AccountId(Id(about.record)),
        _map_of(about),
        days=days_before(about.day or now.day, apart=int(wanted.apart)),
        now=now,
        me=desk.team.sits_here,
    )
    return draw_film(content, language=_language(wanted))


def _influence_table(desk: "Workspace", about: "About", wanted: "Wanted") -> bytes:
    from kamdesk.papers.influence_table.content import ticked
    from kamdesk.papers.influence_table.drawing import draw_influence_table

    table = ticked(_table(desk, about), wanted.ticks)
    return draw_influence_table(table, language=_language(wanted))


def _key_people(desk: "Workspace", about: "About", wanted: "Wanted") -> bytes:
    from kamdesk.papers.influence_table.content import ticked
    from kamdesk.papers.key_people.drawing import draw_key_people

    return draw_key_people(ticked(_table(desk, about), ()), language=_language(wanted))


def _table(desk: "Workspace", about: "About") -> "InfluenceTable":
    from kamdesk.papers.influence_table.gather import of_chain

    now = desk.clock.now()
    return of_chain(
        desk.storage.reader,
        AccountId(Id(about.record)),
        _map_of(about),
        at=Instant.at(about.day, 23, 59, zone=now.zone) if about.day else now,
        made=now,
        me=desk.team.sits_here,
        pack=desk.playbook.in_force(),
        quiet=desk.playbook.quiet(),
    )


def _matrix(desk: "Workspace", about: "About", wanted: "Wanted") -> bytes:
    from kamdesk.dossier.cover_matrix import read_matrix
    from kamdesk.papers.day_pack.gather import made_by
    from kamdesk.papers.matrix.drawing import draw_matrix

    now, reader = desk.clock.now(), desk.storage.reader
    matrix = read_matrix(
        reader,
        AccountId(Id(about.record)),
        at=Instant.at(about.day, 23, 59, zone=now.zone) if about.day else now,
        map_id=_map_of(about),
    )
    return draw_matrix(
        matrix, language=_language(wanted), made=now, made_by=made_by(reader, desk.team.sits_here)
    )


def _access(desk: "Workspace", about: "About", wanted: "Wanted") -> bytes:
    from kamdesk.papers.access_plan.drawing import draw_access_plans
    from kamdesk.papers.day_pack.gather import made_by

    every = _plans(desk, about)
    plans = [seen for seen in every if seen.plan.id == about.map]
    return draw_access_plans(
        plans or [seen for seen in every if seen.open],
        language=_language(wanted),
        made=desk.clock.now(),
        made_by=made_by(desk.storage.reader, desk.team.sits_here),
    )


def _exchange(desk: "Workspace", about: "About", wanted: "Wanted") -> bytes:
    from kamdesk.papers.access_plan.exchange import draw_exchange
    from kamdesk.papers.day_pack.gather import made_by

    return draw_exchange(
        _exchange_of(desk, about),
        language=_language(wanted),
        made=desk.clock.now(),
        made_by=made_by(desk.storage.reader, desk.team.sits_here),
    )


def left_out(desk: "Workspace", about: "About") -> int:
    """Return how many texts are kept off the exchange plan: the customer must never read them."""
    return _exchange_of(desk, about).left_out


def _exchange_of(desk: "Workspace", about: "About") -> "Exchange":
    from kamdesk.papers.access_plan.exchange import exchange_of

    account = desk.accounts.ask.get(AccountId(Id(about.record)))
    return exchange_of(account.name, _plans(desk, about))


def _plans(desk: "Workspace", about: "About") -> "list[PlanSeen]":
    from kamdesk.dossier.access_plan import plans_of

    return plans_of(desk.storage.reader, AccountId(Id(about.record)), at=desk.clock.now())


MAKERS: Final[dict[PaperKind, Callable[["Workspace", "About", "Wanted"], bytes]]] = {
    PaperKind.MAP: _map,
    PaperKind.INFLUENCE: _influence_table,
    PaperKind.KEY_PEOPLE: _key_people,
    PaperKind.MATRIX: _matrix,
    PaperKind.FILM: _film,
    PaperKind.ACCESS: _access,
    PaperKind.EXCHANGE: _exchange,
}
"""What makes each of them, in the order in which they are offered."""


_OF_PLANS: Final = (PaperKind.ACCESS, PaperKind.EXCHANGE)


def beside(kind: PaperKind) -> tuple[PaperKind, ...]:
    """Return the papers offered with one: those of the chain, or those of executive plans."""
    if kind in _OF_PLANS:
        return _OF_PLANS
    return tuple(one for one in MAKERS if one not in _OF_PLANS)


def _map_of(about: "About") -> MapId | None:
    return MapId(Id(about.map)) if about.map else None


def _language(wanted: "Wanted") -> "Language":
    return cast("Language", wanted.language)
