"""What a user does with the bodies that decide: set them up, name their members, chair, papers."""

from collections.abc import Collection

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import AccountId, BodyId, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Body, Map
from kamdesk.domain.chain.seats import Seats
from kamdesk.domain.chain.store import BODY, SEAT, ChainStore
from kamdesk.storage.storage import Storage


class Bodies:
    """The verbs of deciding bodies. Who sits in them has no days: it is what holds now."""

    def __init__(self, storage: Storage, ask: ChainStore, seats: Seats) -> None:
        self._storage = storage
        self._ask = ask
        self._seats = seats

    def new(self, account: AccountId, name: str) -> Body:
        """Return a deciding body not yet saved."""
        return Body(id=BodyId(self._storage.new_id()), account=account, name=name)

    def add(
        self,
        body: Body,
        *,
        members: Collection[PersonId] = (),
        chain: Map | None = None,
        on: Day | None = None,
    ) -> ChangeSet:
        """Save a deciding body with its members; with ``chain`` it stands there from a day on.

        Without, it stands on all maps of its customer, since ever. Raises ``RuleBroken``.
        """
        with self._storage.change(Text("Add a deciding body")) as change:
            change.put(BODY, body.checked())
            change.link(BODY, body.id, "members", *members)
            if chain is not None:
                self._seats.open(change, chain)
                change.put(SEAT, self._seats.new(chain, body=body.id, since=on))
        return change.touched

    def change(
        self, body: Body, *, base: Body, members: Collection[PersonId] | None = None
    ) -> ChangeSet:
        """Save what differs from ``base``, and who sits in it now. Raises ``RuleBroken``."""
        with self._storage.change(Text("Change a deciding body")) as change:
            change.put(BODY, body.checked(), base=base)
            if members is not None:
                before = set(self._ask.members(body.id))
                change.link(BODY, body.id, "members", *sorted(set(members) - before))
                change.unlink(BODY, body.id, "members", *sorted(before - set(members)))
        return change.touched
