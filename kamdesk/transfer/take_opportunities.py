"""Writes judged opportunities into the workspace, with the key they came by."""

from dataclasses import replace
from typing import Any, cast

from kamdesk.core.ids import Id, OpportunityId
from kamdesk.domain.opportunities.model import Opportunity, OpportunityState
from kamdesk.domain.opportunities.store import OPPORTUNITY, OpportunityStore
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage
from kamdesk.transfer.candidates import OpportunityCandidate
from kamdesk.transfer.judge import Judgement, Verdict
from kamdesk.transfer.judge_opportunities import OpportunityJudgement, said_by


class OpportunityTaker:
    """One import of opportunities, within one change."""

    def __init__(self, storage: Storage, change: Change) -> None:
        self._storage, self._change = storage, change
        self._store = OpportunityStore(storage.reader)
        self._today = storage.clock.today()
        self._new: list[Opportunity] = []
        self._changed: list[tuple[Opportunity, Opportunity]] = []
        self._keys: list[KnownAs] = []

    def take(self, judgement: Judgement) -> None:
        """Note what a judged row brings; ``finish`` writes it. Raises ``RuleBroken``."""
        if not isinstance(judgement, OpportunityJudgement):
            return
        row = cast(OpportunityCandidate, judgement.candidate)
        if judgement.verdict is Verdict.NEW:
            one = self._settled(
                Opportunity(
                    id=OpportunityId(self._storage.new_id()),
                    account=judgement.account,
                    **cast("dict[str, Any]", said_by(row)),
                )
            )
            self._new.append(one)
        else:
            before = self._store.get(OpportunityId(judgement.record or Id(b"")))
            given: dict[str, Any] = {n: change.after for n, change in judgement.changes.items()}
            one = self._settled(replace(before, **given))
            if one != before:
                self._changed.append((before, one))
        if row.key:
            key = KnownAs.of(*row.key, "opportunity", Id(one.id), one.account, digest=row.digest)
            self._keys.append(key)

    def finish(self) -> None:
        """Write everything noted."""
        self._change.put_all(OPPORTUNITY, self._new)
        for before, after in self._changed:
            self._change.put(OPPORTUNITY, after, base=before)
        for key in self._keys:
            self._change.put(KNOWN_AS, key)

    def _settled(self, one: Opportunity) -> Opportunity:
        """Return it checked; won or lost on a day: the one expected if past, else today."""
        if one.state is OpportunityState.OPEN:
            return replace(one, settled_on=None).checked()
        expected = one.expected if one.expected and one.expected <= self._today else None
        return replace(one, settled_on=one.settled_on or expected or self._today).checked()
