"""What stands behind a card of the map: judgements with days, visits, needs; asked at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from kamdesk.core.clock import Day
from kamdesk.core.ids import Id, PersonId, VisitId
from kamdesk.domain.chain.model import Body
from kamdesk.domain.chain.network import Network, NodeKind
from kamdesk.domain.chain.standing import Reading
from kamdesk.domain.people.model import Need, NeedLevel, Person

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

_OFFERED: Final = 6
"""Visits offered as evidence of a judgement: the latest ones where the person sat."""


class VisitNamed(NamedTuple):
    """A visit as evidence names it."""

    id: VisitId
    day: Day | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What is held on a node as of the map's day.

    ``readings`` are those of this map, oldest first; ``visits`` those they name, by id; ``recent``
    the latest visits where the person sat; ``needs`` the personal ones. ``person`` and ``needs``
    are what is known today, and missing for a past day: they have no days of their own. ``body`` is
    the record of a deciding body.
    """

    node: Id
    person: Person | None = None
    readings: tuple[Reading, ...] = ()
    visits: Mapping[Id, VisitNamed] = field(default_factory=lambda: MappingProxyType({}))
    recent: tuple[VisitNamed, ...] = ()
    needs: tuple[Need, ...] = ()
    body: Body | None = None


def read_behind(desk: "Workspace", net: Network, node: Id) -> Behind:
    """Return what stands behind a card; only what was known on the day of the map."""
    shown = net.by_id.get(node)
    if shown is None:
        return Behind(node=node)
    readings = tuple(
        reading
        for reading in desk.chain.ask.readings_of(node, until=net.day)
        if net.map is not None and reading.map == net.map.id
    )
    visits = {}
    for source in {reading.source for reading in readings if reading.source}:
        visit = desk.visits.ask.find(source)
        if visit is not None:
            day = visit.start.day if visit.start else None
            visits[Id(visit.id)] = VisitNamed(visit.id, day, visit.topic or visit.objective)
    if shown.kind is not NodeKind.PERSON:
        bodies = desk.chain.ask.bodies(net.account) if shown.kind is NodeKind.BODY else []
        body = next((one for one in bodies if one.id == node), None)
        return Behind(node=node, readings=readings, visits=visits, body=body)
    recent = [
        VisitNamed(line.id, line.start.day, line.topic or line.objective)
        for line in desk.visits.ask.of_person(PersonId(node))
        if line.start and line.start.day <= net.day
    ]
    now = net.day >= desk.clock.today()
    return Behind(
        node=node,
        person=desk.people.ask.find(node) if now else None,
        readings=readings,
        visits=visits,
        recent=tuple(recent[:_OFFERED]),
        needs=tuple(
            need
            for need in desk.people.ask.needs_of(PersonId(node))
            if need.level is NeedLevel.PERSONAL
        )
        if now
        else (),
    )
