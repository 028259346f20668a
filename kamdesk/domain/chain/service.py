"""What a user does with decision-chain maps: open, name and copy them, judge who stands there."""

from dataclasses import replace
from typing import Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, Id, MapId, OpportunityId, PersonId
from kamdesk.core.text.records import cleaned
from kamdesk.core.wording import Text
from kamdesk.domain.chain.bodies import Bodies
from kamdesk.domain.chain.bonds import Bond
from kamdesk.domain.chain.copying import copied
from kamdesk.domain.chain.model import Body, Map, Role, Tie, TieKind
from kamdesk.domain.chain.seats import Seats
from kamdesk.domain.chain.standing import Reading, Sureness, What
from kamdesk.domain.chain.store import MAP, READING, SEAT, TIE, ChainStore
from kamdesk.domain.chain.ties import Ties
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage


class Chain:
    """The verbs and questions of decision-chain maps; those of ``seats``, ``ties``, ``bodies``."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask: Final = ChainStore(storage.reader)
        self.seats: Final = Seats(storage, self.ask)
        self.ties: Final = Ties(storage, self.ask)
        self.bodies: Final = Bodies(storage, self.ask, self.seats)

    def open_map(
        self, account: AccountId, name: str = "", *, opportunity: OpportunityId | None = None
    ) -> Map:
        """Return the customer's map of this name, or of an opportunity, made if there is none."""
        for found in self.ask.maps(account):
            if found.opportunity == opportunity if opportunity else found.name == name:
                return found
        chain = cleaned(
            Map(
                id=MapId(self._storage.new_id()),
                account=account,
                name=name,
                opportunity=opportunity,
            )
        )
        with self._storage.change(Text("Draw a decision chain")) as change:
            change.put(MAP, chain)
        return chain

    def own_map(self, account: AccountId) -> Map:
        """Return the customer's own map; one not yet saved where there is none."""
        return self.ask.map_of(account) or Map(id=MapId(self._storage.new_id()), account=account)

    def change_map(self, chain: Map, *, base: Map) -> ChangeSet:
        """Save a map's name and how they decide. Raises ``RuleBroken`` for a name taken."""
        neat = cleaned(chain, long=("decision_way",))
        taken = {other.name for other in self.ask.maps(chain.account) if other.id != chain.id}
        if neat.name != base.name and neat.name in taken:
            raise RuleBroken(
                Text("A map of this customer has this name already: choose another."), field="name"
            )
        with self._storage.change(Text("Change a decision chain")) as change:
            change.put(MAP, neat, base=base)
        return change.touched

    def copy_map(
        self, chain: Map, name: str, *, on: Day, opportunity: OpportunityId | None = None
    ) -> Map:
        """Return a new map, of an opportunity, with all that stands on another one on a day.

        What was judged keeps its days, so that what is old stays old.
        """
        new = cleaned(
            replace(chain, id=MapId(self._storage.new_id()), name=name, opportunity=opportunity)
        )
        copy = copied(self.ask, chain, new, on=on, new_id=self._storage.new_id)
        with self._storage.change(Text("Copy a decision chain")) as change:
            change.put(MAP, new)
            change.put_all(SEAT, copy.seats)
            change.put_all(READING, copy.readings)
            change.put_all(TIE, copy.ties)
        return new

    def drop_map(self, chain: Map) -> ChangeSet:
        """Delete a map; can be restored. The customer's people and posts stay."""
        with self._storage.change(Text("Delete a decision chain")) as change:
            change.drop(MAP, chain.id)
        return change.touched

    def seat(
        self, chain: Map, person: PersonId, *, label: str = "", on: Day | None = None
    ) -> ChangeSet:
        """Put a person on a map (once), from a day on; None: since ever."""
        with self._storage.change(Text("Put on the map")) as change:
            self.put_seat(change, chain, person, label=label, on=on)
        return change.touched

    def put_seat(
        self,
        change: Change,
        chain: Map,
        person: PersonId,
        *,
        label: str = "",
        on: Day | None = None,
    ) -> None:
        """Put a person on a map within a larger change; nothing when already there."""
        self.seats.put(change, chain, person, on=on, label=label)

    def ghost(self, chain: Map, *roles: Role, label: str = "", on: Day | None = None) -> ChangeSet:
        """Put an empty seat on a map for roles nobody fills, from a day on; None: since ever."""
        with self._storage.change(Text("Add an empty seat")) as change:
            change.put(SEAT, self.seats.new(chain, wanted=roles, label=label, since=on))
        return change.touched

    def add_body(self, body: Body, *, members: tuple[PersonId, ...] = ()) -> ChangeSet:
        """Save a deciding body that stands on all maps of its customer. Raises ``RuleBroken``."""
        return self.bodies.add(body, members=members)

    def body(self, account: AccountId, name: str) -> Body:
        """Return a deciding body not yet saved."""
        return self.bodies.new(account, name)

    def reading(
        self,
        chain: Map,
        subject: Id,
        what: What,
        value: str,
        *,
        on: Day,
        source: Id | None = None,
        sureness: Sureness | None = None,
        note: str = "",
        colleague: ColleagueId | None = None,
    ) -> Reading:
        """Return a judgement not yet saved."""
        return Reading(
            id=self._storage.new_id(),
            account=chain.account,
            map=chain.id,
            subject=subject,
            what=what,
            value=value,
            valid_from=on,
            source=source,
            sureness=sureness,
            note=note,
            colleague=colleague,
        )

    def judge(self, *readings: Reading) -> ChangeSet:
        """Save judgements as one action. Raises ``RuleBroken`` for a value out of scale."""
        with self._storage.change(Text("Judge on the map")) as change:
            for reading in readings:
                change.put(READING, reading.checked())
        return change.touched

    def tie(
        self,
        chain: Map,
        kind: TieKind,
        source: Id,
        target: Id,
        *,
        strength: int = 2,
        negative: bool = False,
        since: Day | None = None,
        note: str = "",
        visit: Id | None = None,
        sureness: Sureness | None = None,
        bond: Bond | None = None,
    ) -> Tie:
        """Return a tie not yet saved."""
        return Tie(
            id=self._storage.new_id(),
            account=chain.account,
            map=chain.id,
            kind=kind,
            source=source,
            target=target,
            strength=strength,
            negative=negative,
            since=since,
            note=note,
            visit=visit,
            sureness=sureness or "",
            bond=bond,
        )

    def join(self, *ties: Tie) -> ChangeSet:
        """Save ties as one action. Raises ``RuleBroken``."""
        return self.ties.join(*ties)
