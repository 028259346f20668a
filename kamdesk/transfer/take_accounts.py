"""Writes judged accounts into the workspace: new ones in one go, changed ones field by field."""

from dataclasses import replace
from typing import Any, cast

from kamdesk.core.clock import read_day
from kamdesk.core.ids import AccountId, ColleagueId, SiteId
from kamdesk.domain.accounts.model import Account, Site
from kamdesk.domain.accounts.store import ACCOUNT, SITE, AccountStore
from kamdesk.domain.origins.model import KnownAs
from kamdesk.domain.origins.store import KNOWN_AS
from kamdesk.domain.team.model import Colleague
from kamdesk.domain.team.store import COLLEAGUE, ColleagueStore
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage
from kamdesk.transfer.alike import normal_name
from kamdesk.transfer.candidates import AccountCandidate
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.judge import Judgement, Verdict
from kamdesk.transfer.own_columns import OwnTaker

_ELSEWHERE = {"group_parent", "owner", "tags", "address", "kind_of_organisation", "listed"}


class AccountTaker:
    """One import of accounts, within one change."""

    def __init__(self, storage: Storage, change: Change) -> None:
        self._storage, self._change = storage, change
        self._store = AccountStore(storage.reader)
        self._ids: dict[int, AccountId] = {}
        self._new: dict[AccountId, Account] = {}
        self._colleagues = {one.name: one.id for one in ColleagueStore(storage.reader).everybody()}
        self._by_name: dict[str, AccountId] = {}
        self._tags: list[tuple[AccountId, tuple[str, ...]]] = []
        self._sites: list[Site] = []
        self._keys: list[KnownAs] = []
        self._parents: list[tuple[AccountId, str]] = []
        self._changed: list[tuple[Account, Account]] = []
        self._own = OwnTaker(storage.reader, ImportKind.ACCOUNTS)

    def take(self, judgement: Judgement) -> None:
        """Note what a judged row brings; ``finish`` writes it."""
        row = cast(AccountCandidate, judgement.candidate)
        if judgement.verdict is Verdict.NEW:
            self._make(row)
        elif judgement.verdict is Verdict.UPDATE:
            self._update(row, judgement)

    def finish(self) -> None:
        """Write everything noted."""
        if self._parents:
            for account in (*self._store.everything(), *self._new.values()):
                self._by_name.setdefault(normal_name(account.name), account.id)
        lost = set()
        for child, name in self._parents:
            parent = self._by_name.get(normal_name(name))
            self._put_under(child, parent)
            if parent is None:
                lost.add(child)
        self._forget(lost)
        self._change.put_all(ACCOUNT, self._new.values())
        for before, after in self._changed:
            self._change.put(ACCOUNT, after.checked(), base=before)
        self._change.put_all(SITE, self._sites)
        self._change.put_all(KNOWN_AS, [key for key in self._keys if key.record in self._new])
        for key in self._keys:
            if key.record not in self._new:
                self._change.put(KNOWN_AS, key)
        for record, cells in self._own.noted:
            self._change.write(ACCOUNT, record, cells)
        for account_id, tags in self._tags:
            self._change.link(ACCOUNT, account_id, "tags", *tags)

    def _forget(self, lost: set[AccountId]) -> None:
        """Let rows whose group is not known yet be judged again next time."""
        self._keys = [replace(key, digest=b"") if key.record in lost else key for key in self._keys]

    def _put_under(self, child: AccountId, parent: AccountId | None) -> None:
        if parent is None or parent == child:
            return
        if child in self._new:
            self._new[child] = replace(self._new[child], group_parent=parent)
        else:
            before = self._latest(child)
            self._changed.append((before, replace(before, group_parent=parent)))

    def _make(self, row: AccountCandidate) -> None:
        account = AccountId(self._storage.new_id())
        self._ids[row.row] = account
        own = dict(row.own)
        given = {k: v for k, v in row.given().items() if k not in _ELSEWHERE and k not in own}
        if row.first_signed:
            given["first_signed"] = read_day(row.first_signed)
        self._own.note(account, row.own)
        self._new[account] = Account(
            id=account,
            **cast(dict[str, Any], given),
            organisation=row.kind_of_organisation,
            listed=bool(row.listed),
            owner=self._colleague(row.owner),
        ).checked()
        self._beside(account, row)
        if row.address:
            self._site(account, row)
        self._learn(account, row)

    def _update(self, row: AccountCandidate, judgement: Judgement) -> None:
        found = AccountId(judgement.record or self._ids[judgement.same_row or 0])
        self._ids[row.row] = found
        fresh = self._new.get(found)
        before = fresh or self._latest(found)
        own = dict(row.own)
        self._own.note(found, [pair for pair in row.own if pair[0] in judgement.changes])
        beside = _ELSEWHERE | own.keys()
        changed = {k: c.after for k, c in judgement.changes.items() if k not in beside}
        if "kind_of_organisation" in judgement.changes:
            changed["organisation"] = row.kind_of_organisation
        if "listed" in judgement.changes:
            changed["listed"] = bool(row.listed)
        if "first_signed" in judgement.changes:
            changed["first_signed"] = read_day(row.first_signed)
        if "owner" in judgement.changes:
            changed["owner"] = self._colleague(row.owner)
        after = replace(before, **cast(dict[str, Any], changed)) if changed else before
        if fresh:
            self._new[found] = after.checked()
        elif changed:
            self._changed.append((before, after))
        if "tags" in judgement.changes or "group_parent" in judgement.changes:
            self._beside(found, row)
        if "address" in judgement.changes:
            self._site(found, row)
        self._learn(found, row)

    def _latest(self, account: AccountId) -> Account:
        for _, after in reversed(self._changed):
            if after.id == account:
                return after
        return self._store.get(account)

    def _beside(self, account: AccountId, row: AccountCandidate) -> None:
        if row.tags:
            self._tags.append((account, row.tags))
        if row.group_parent:
            self._parents.append((account, row.group_parent))

    def _site(self, account: AccountId, row: AccountCandidate) -> None:
        self._sites.append(
            Site(
                id=SiteId(self._storage.new_id()),
                account=account,
                address=row.address,
                city=row.city,
            ).checked()
        )

    def _learn(self, account: AccountId, row: AccountCandidate) -> None:
        if row.key:
            self._keys.append(KnownAs.of(*row.key, "account", account, account, digest=row.digest))

    def _colleague(self, name: str) -> ColleagueId | None:
        if not name:
            return None
        if name not in self._colleagues:
            colleague = Colleague(id=ColleagueId(self._storage.new_id()), name=name).checked()
            self._change.put(COLLEAGUE, colleague)
            self._colleagues[name] = colleague.id
        return self._colleagues[name]
