"""Papers of a customer's decision chain for ``kamdesk paper``: which there are, what makes each."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, MapId

if TYPE_CHECKING:
    from kamdesk.papers.chain_map.drawing import PaperSize
    from kamdesk.papers.chain_map.files import Form
    from kamdesk.papers.influence_table.content import InfluenceTable
    from kamdesk.papers.voice import Language
    from kamdesk.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A paper as it was ordered; ``day`` None: as of now, ``map`` None: the customer's own map.

    ``earlier`` are the other days of a film strip, else they lie ``apart`` days apart. ``ticks``
    name what prints in the influence table though it is private.
    """

    account: AccountId
    map: MapId | None = None
    day: Day | None = None
    language: "Language" = "zh"
    file: Path
    size: "PaperSize" = "a4"
    polite: bool = False
    by_influence: bool = False
    apart: int = 91
    earlier: tuple[Day, ...] = ()
    ticks: tuple[str, ...] = ()


def _map(desk: "Workspace", ordered: Ordered) -> bytes:
    from kamdesk.papers.chain_map.files import make_map

    now = desk.clock.now()
    return make_map(
        desk.storage.reader,
        ordered.account,
        ordered.map,
        at=Instant.at(ordered.day, 23, 59, zone=now.zone) if ordered.day else now,
        made=now,
        language=ordered.language,
        me=desk.team.sits_here,
        form=cast("Form", ordered.file.suffix[1:].casefold()),
        size=ordered.size,
        opinions=not ordered.polite,
        by_influence=ordered.by_influence,
    )


def _film(desk: "Workspace", ordered: Ordered) -> bytes:
    from kamdesk.papers.film.drawing import draw_film
    from kamdesk.papers.film.gather import days_before, of_film

    now = desk.clock.now()
    day = ordered.day or now.day
    film = of_film(
        desk.storage.reader,
        ordered.account,
        ordered.map,
        days=sorted({*ordered.earlier, day})
        if ordered.earlier
        else days_before(day, apart=ordered.apart),
        now=now,
        me=desk.team.sits_here,
    )
    return draw_film(film, language=ordered.language)


def _influence_table(desk: "Workspace", ordered: Ordered) -> bytes:
    from kamdesk.papers.influence_table.drawing import draw_influence_table

    return draw_influence_table(_table(desk, ordered), language=ordered.language)


def _key_people(desk: "Workspace", ordered: Ordered) -> bytes:
    from kamdesk.papers.key_people.drawing import draw_key_people

    return draw_key_people(_table(desk, ordered), language=ordered.language)


def _table(desk: "Workspace", ordered: Ordered) -> "InfluenceTable":
    from kamdesk.papers.brief.editions import Tick
    from kamdesk.papers.influence_table.content import ticked
    from kamdesk.papers.influence_table.gather import of_chain

    now = desk.clock.now()
    table = of_chain(
        desk.storage.reader,
        ordered.account,
        ordered.map,
        at=Instant.at(ordered.day, 23, 59, zone=now.zone) if ordered.day else now,
        made=now,
        me=desk.team.sits_here,
        pack=desk.playbook.in_force(),
        quiet=desk.playbook.quiet(),
    )
    return ticked(table, frozenset(map(Tick, ordered.ticks)))


def _matrix(desk: "Workspace", ordered: Ordered) -> bytes:
    from kamdesk.dossier.cover_matrix import read_matrix
    from kamdesk.papers.day_pack.gather import made_by
    from kamdesk.papers.matrix.drawing import draw_matrix

    now, reader = desk.clock.now(), desk.storage.reader
    at = Instant.at(ordered.day, 23, 59, zone=now.zone) if ordered.day else now
    matrix = read_matrix(reader, ordered.account, at=at, map_id=ordered.map)
    by = made_by(reader, desk.team.sits_here)
    return draw_matrix(matrix, language=ordered.language, made=now, made_by=by)


def _access(desk: "Workspace", ordered: Ordered) -> bytes:
    from kamdesk.dossier.access_plan import plans_of
    from kamdesk.papers.access_plan.drawing import draw_access_plans
    from kamdesk.papers.day_pack.gather import made_by

    now, reader = desk.clock.now(), desk.storage.reader
    plans = [seen for seen in plans_of(reader, ordered.account, at=now) if seen.open]
    by = made_by(reader, desk.team.sits_here)
    return draw_access_plans(plans, language=ordered.language, made=now, made_by=by)


def _exchange(desk: "Workspace", ordered: Ordered) -> bytes:
    from kamdesk.dossier.access_plan import plans_of
    from kamdesk.papers.access_plan.exchange import draw_exchange, exchange_of
    from kamdesk.papers.day_pack.gather import made_by

    now, reader = desk.clock.now(), desk.storage.reader
    plans = plans_of(reader, ordered.account, at=now)
    exchange = exchange_of(desk.accounts.ask.get(ordered.account).name, plans)
    by = made_by(reader, desk.team.sits_here)
    return draw_exchange(exchange, language=ordered.language, made=now, made_by=by)


MAKERS: Final[dict[str, Callable[["Workspace", Ordered], bytes]]] = {
    "map": _map,
    "film": _film,
    "influence": _influence_table,
    "key_people": _key_people,
    "matrix": _matrix,
    "access": _access,
    "exchange": _exchange,
}
"""What makes each of them, by its name on the command line."""

ENDINGS: Final = {"map": (".pdf", ".svg", ".png")}
"""What the files of a paper may be; the others are PDF only."""
