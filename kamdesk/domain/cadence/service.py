"""What a user does with contact duties: agree how often, pause them and go on, switch some off."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, AgreementId, PauseId, PersonId
from kamdesk.core.wording import Text
from kamdesk.domain.cadence.model import Agreement, Pause
from kamdesk.domain.cadence.store import AGREEMENT, PAUSE, TO_IMPROVE_ASKED, CadenceStore
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage


class Cadence:
    """The verbs and questions of agreements and pauses."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = CadenceStore(storage.reader)

    def new_agreement(
        self, account: AccountId, every: int, *, person: PersonId | None = None
    ) -> Agreement:
        """Return an agreement not yet saved, which holds from today."""
        return Agreement(
            id=AgreementId(self._storage.new_id()),
            account=account,
            person=person,
            every=every,
            since=self._storage.clock.today(),
        )

    def agree(self, agreement: Agreement) -> ChangeSet:
        """Save a new agreement. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Agree how often to meet")) as change:
            change.put(AGREEMENT, agreement.checked())
        return change.touched

    def change(self, agreement: Agreement, *, base: Agreement, seen: Seen) -> ChangeSet:
        """Save what the user changed of ``base``. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Change an agreement on meeting"), seen=seen) as change:
            change.put(AGREEMENT, agreement.checked(), base=base)
        return change.touched

    def end(self, agreement: AgreementId, *, seen: Seen) -> ChangeSet:
        """Let an agreement no longer hold: until yesterday; one that never held goes."""
        before = self.ask.agreement(agreement)
        today = self._storage.clock.today()
        with self._storage.change(Text("End an agreement on meeting"), seen=seen) as change:
            if before.since is not None and before.since >= today:
                change.drop(AGREEMENT, agreement)
            else:
                ended = replace(before, until=today - timedelta(days=1))
                change.put(AGREEMENT, ended, base=before)
        return change.touched

    def pause(
        self,
        accounts: Iterable[AccountId],
        *,
        until: Day,
        because: str,
        person: PersonId | None = None,
    ) -> ChangeSet:
        """Let nothing fall due at these customers until a day, that one too; one action.

        With ``person``: only with them, at their one customer. Raises ``RuleBroken`` at ``until``
        for a day gone by and at ``because`` without a reason.
        """
        today = self._storage.clock.today()
        if until < today:
            raise RuleBroken(Text("That day is over: give today or a later one."), field="until")
        pauses = [
            Pause(
                id=PauseId(self._storage.new_id()),
                account=account,
                person=person,
                since=today,
                until=until,
                because=because,
            ).checked()
            for account in dict.fromkeys(accounts)
        ]
        with self._storage.change(Text("Pause contacts")) as change:
            change.put_all(PAUSE, pauses)
        return change.touched

    def resume(self, accounts: Iterable[AccountId], *, person: PersonId | None = None) -> ChangeSet:
        """Go on at once at these customers, or with one person: what was paused ended yesterday.

        A pause that began today goes, as if it had never been.
        """
        today = self._storage.clock.today()
        with self._storage.change(Text("Go on with contacts")) as change:
            for account in dict.fromkeys(accounts):
                for pause in self.ask.pauses(account):
                    if pause.person != person or not pause.holds_on(today):
                        continue
                    if pause.since is not None and pause.since >= today:
                        change.drop(PAUSE, pause.id)
                    else:
                        ended = replace(pause, until=today - timedelta(days=1))
                        change.put(PAUSE, ended, base=pause)
        return change.touched

    def ask_to_improve(self, asked: bool) -> None:
        """Say whether anything is asked for at customers to improve; this device's own choice."""
        self._storage.remember(TO_IMPROVE_ASKED, int(asked))
