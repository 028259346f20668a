"""What a user does on a decision-chain map: seat people, judge, tie, set up deciding bodies."""

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, BodyId, Id, MapId, PersonId, SeatId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Body, Map, Role, Seat, Tie, TieKind
from kamdesk.domain.chain.standing import Reading, Sureness, What
from kamdesk.domain.chain.store import BODY, MAP, READING, SEAT, TIE, ChainStore
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage


class Chain:
    """The verbs and questions of decision-chain maps."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = ChainStore(storage.reader)

    def open_map(self, account: AccountId, name: str = "") -> Map:
        """Return the account's map of this name, making it when there is none."""
        for found in self.ask.maps(account):
            if found.name == name:
                return found
        chain = Map(id=MapId(self._storage.new_id()), account=account, name=name)
        with self._storage.change(Text("Draw a decision chain")) as change:
            change.put(MAP, chain)
        return chain

    def seat(self, chain: Map, person: PersonId, *, label: str = "") -> ChangeSet:
        """Put a person on a map (once)."""
        with self._storage.change(Text("Put on the map")) as change:
            self.put_seat(change, chain, person, label=label)
        return change.touched

    def put_seat(self, change: Change, chain: Map, person: PersonId, *, label: str = "") -> None:
        """Put a person on a map within a larger change; nothing when already there."""
        if all(seat.person != person for seat in self.ask.seats(chain.id)):
            change.put(
                SEAT,
                Seat(
                    id=SeatId(self._storage.new_id()),
                    account=chain.account,
                    map=chain.id,
                    person=person,
                    label=label,
                ),
            )

    def ghost(self, chain: Map, *roles: Role, label: str = "") -> ChangeSet:
        """Put an empty seat on a map for roles nobody fills."""
        seat = Seat(
            id=SeatId(self._storage.new_id()),
            account=chain.account,
            map=chain.id,
            wanted=roles,
            label=label,
        )
        with self._storage.change(Text("Add an empty seat")) as change:
            change.put(SEAT, seat)
        return change.touched

    def add_body(self, body: Body, *, members: tuple[PersonId, ...] = ()) -> ChangeSet:
        """Save a deciding body with its members. Raises ``RuleBroken``."""
        with self._storage.change(Text("Add a deciding body")) as change:
            change.put(BODY, body.checked())
            change.link(BODY, body.id, "members", *members)
        return change.touched

    def body(self, account: AccountId, name: str) -> Body:
        """Return a deciding body not yet saved."""
        return Body(id=BodyId(self._storage.new_id()), account=account, name=name)

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
        )

    def join(self, *ties: Tie) -> ChangeSet:
        """Save ties as one action. Raises ``RuleBroken``."""
        with self._storage.change(Text("Tie people")) as change:
            for tie in ties:
                change.put(TIE, tie.checked())
        return change.touched
