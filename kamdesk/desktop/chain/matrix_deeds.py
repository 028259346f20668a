"""What the matrix does: each deed one transaction with a name, from today on."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import ColleagueId, PersonId
from kamdesk.desktop import looks
from kamdesk.desktop.chain.matrix_reading import CellSeen, way_words
from kamdesk.desktop.visits.verbs import position
from kamdesk.domain.access_plans.model import STANDARD_STEPS
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.standing import What
from kamdesk.dossier.cover_matrix import Spot

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

Deed = Callable[["Workspace"], ChangeSet]


def judging(
    net: Network, spot: Spot, values: Mapping[What, str], notes: Mapping[What, str]
) -> Deed:
    """Return the deed that sets a relationship from the day of ``net`` on, each with its note."""

    def verb(desk: "Workspace") -> ChangeSet:
        chain = net.map or desk.chain.open_map(net.account)
        readings = []
        for what, value in values.items():
            note = notes.get(what, "") if value else ""
            readings.append(
                desk.chain.reading(
                    chain,
                    spot.person,
                    what,
                    value,
                    on=net.day,
                    note=note,
                    colleague=spot.colleague,
                )
            )
        return desk.chain.judge(*readings)

    return verb


def owning(person: PersonId, colleague: ColleagueId, seen: object) -> Deed:
    """Return the deed that lets a colleague answer for a person; once more: nobody does."""

    def verb(desk: "Workspace") -> ChangeSet:
        base = desk.people.ask.get(person)
        owner = None if base.owner == colleague else colleague
        changed = replace(base, owner=owner)
        return desk.people.change(changed, base=base, seen=position(desk, seen))

    return verb


def beginning(net: Network, cell: CellSeen) -> Deed:
    """Return the deed that begins an executive plan: with the standard steps and the way found."""
    steps = [looks.said(step) for step in STANDARD_STEPS]
    way = way_words(net, cell.ways[0]) if cell.ways else ""
    spot = cell.spot

    def verb(desk: "Workspace") -> ChangeSet:
        plan = desk.access_plans.new(net.account, PersonId(spot.person), spot.colleague)
        return desk.access_plans.begin(replace(plan, way=way), steps)

    return verb
