"""What a user does with promises: make, change, settle."""

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import AccountId, PromiseId
from kamdesk.core.wording import Text
from kamdesk.domain.promises.model import Promise, PromiseSide, PromiseState
from kamdesk.domain.promises.store import PROMISE, PromiseStore
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage


class Promises:
    """The ledger of what both sides promised."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = PromiseStore(storage.reader)

    def new(self, account: AccountId, side: PromiseSide, words: str) -> Promise:
        """Return a promise not yet saved."""
        return Promise(
            id=PromiseId(self._storage.new_id()), account=account, side=side, words=words
        )

    def make(self, *promises: Promise) -> ChangeSet:
        """Save new promises as one action. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Note a promise")) as change:
            for promise in promises:
                change.put(PROMISE, promise.checked())
        return change.touched

    def change(self, promise: Promise, *, base: Promise, seen: Seen) -> ChangeSet:
        """Save what the user changed of ``base``."""
        with self._storage.change(Text("Change promise"), seen=seen) as change:
            change.put(PROMISE, promise.checked(), base=base)
        return change.touched

    def settle(self, promise: PromiseId, state: PromiseState, *, seen: Seen) -> ChangeSet:
        """Say that a promise was kept, broken or dropped today, or is open again."""
        before = self.ask.get(promise)
        after = before.settled(state, self._storage.clock.today())
        with self._storage.change(Text("Settle promise"), seen=seen) as change:
            change.put(PROMISE, after, base=before)
        return change.touched
