"""What a user does with promises: make, change, settle, ask to be reminded."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
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
        return self.settle_all([promise], state, seen=seen)

    def settle_all(
        self, promises: Sequence[PromiseId], state: PromiseState, *, seen: Seen
    ) -> ChangeSet:
        """Say the same of several promises, as one action."""
        today = self._storage.clock.today()
        return self._each(
            Text("Settle promise"), promises, lambda one: one.settled(state, today), seen
        )

    def remind(self, promises: Sequence[PromiseId], on: Day | None, *, seen: Seen) -> ChangeSet:
        """Let promises stand among what is to be done on a day; None: no longer."""
        name = Text("Set a reminder") if on is not None else Text("Take away a reminder")
        return self._each(name, promises, lambda one: replace(one, remind=on), seen)

    def _each(
        self,
        name: Text,
        promises: Sequence[PromiseId],
        change_one: Callable[[Promise], Promise],
        seen: Seen,
    ) -> ChangeSet:
        before = [self.ask.get(promise) for promise in promises]
        with self._storage.change(name, seen=seen) as change:
            for one in before:
                change.put(PROMISE, change_one(one), base=one)
        return change.touched
