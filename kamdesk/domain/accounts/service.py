"""What a user does with accounts: add, change, tag, drop; sites alike."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from kamdesk.core.basis import Basis
from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId, SiteId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Account, Site
from kamdesk.domain.accounts.store import ACCOUNT, SITE, AccountStore
from kamdesk.storage.basis import Parts, given
from kamdesk.storage.catalogue import Kind, nothing
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage

Bases = Mapping[str, Basis]
"""What values stand on, by cell."""
_BARE: Final[Bases] = MappingProxyType({})


class Accounts:
    """The customer file's verbs and questions."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = AccountStore(storage.reader)

    def new(self, name: str) -> Account:
        """Return an account not yet saved."""
        return Account(id=AccountId(self._storage.new_id()), name=name)

    def add(self, account: Account, *, tags: tuple[str, ...] = ()) -> ChangeSet:
        """Save a new account. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Add customer")) as change:
            change.put(ACCOUNT, account.checked())
            change.link(ACCOUNT, account.id, "tags", *tags)
        return change.touched

    def change(
        self, account: Account, *, base: Account, seen: Seen, bases: Bases = _BARE
    ) -> ChangeSet:
        """Save what the user changed of ``base``, with what it stands on.

        Raises ``RuleBroken`` at the field, ``LookupError`` for a cell that takes no basis.
        """
        checked = account.checked()
        self._check_group(checked)
        with self._storage.change(Text("Change customer"), seen=seen) as change:
            change.put(ACCOUNT, checked, base=base, bases=self._parts(ACCOUNT, checked, bases))
        return change.touched

    def confirm(self, account: Account, cell: str, *, seen: Seen) -> ChangeSet:
        """Note that a value still holds today; who said so and how surely stays.

        Raises ``RuleBroken`` where there is no value.
        """
        if nothing(ACCOUNT.values(account)[cell]):
            raise RuleBroken(Text("There is nothing to confirm: no value is known."), field=cell)
        stands = self.ask.bases(account.id).get(cell, Basis())
        today = {cell: replace(stands, as_of=self._storage.clock.today())}
        with self._storage.change(Text("Confirm a value"), seen=seen) as change:
            change.put(ACCOUNT, account, base=account, bases=self._parts(ACCOUNT, account, today))
        return change.touched

    def tag(
        self, account: AccountId, *, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()
    ) -> ChangeSet:
        """Add and remove tags."""
        with self._storage.change(Text("Tag customer")) as change:
            change.link(ACCOUNT, account, "tags", *add)
            change.unlink(ACCOUNT, account, "tags", *remove)
        return change.touched

    def join_team(self, account: AccountId, *colleagues: ColleagueId) -> ChangeSet:
        """Add colleagues to the team that serves the account."""
        with self._storage.change(Text("Change account team")) as change:
            change.link(ACCOUNT, account, "team", *colleagues)
        return change.touched

    def set_team(
        self,
        account: AccountId,
        team: tuple[ColleagueId, ...],
        *,
        base: tuple[ColleagueId, ...],
    ) -> ChangeSet:
        """Make the team what the user made of ``base``: who joined and who left, in one action."""
        with self._storage.change(Text("Change account team")) as change:
            change.link(ACCOUNT, account, "team", *(one for one in team if one not in base))
            change.unlink(ACCOUNT, account, "team", *(one for one in base if one not in team))
        return change.touched

    def drop(self, account: AccountId) -> ChangeSet:
        """Delete an account; it can be restored."""
        with self._storage.change(Text("Delete customer")) as change:
            change.drop(ACCOUNT, account)
        return change.touched

    def new_site(self, account: AccountId) -> Site:
        """Return a site not yet saved."""
        return Site(id=SiteId(self._storage.new_id()), account=account)

    def put_site(
        self,
        site: Site,
        *,
        base: Site | None = None,
        seen: Seen | None = None,
        bases: Bases = _BARE,
    ) -> ChangeSet:
        """Save a new or changed site. Raises ``RuleBroken`` at the field."""
        checked = site.checked()
        with self._storage.change(Text("Change site"), seen=seen) as change:
            change.put(SITE, checked, base=base, bases=self._parts(SITE, checked, bases))
        return change.touched

    def drop_site(self, site: SiteId) -> ChangeSet:
        """Delete a site; it can be restored."""
        with self._storage.change(Text("Delete site")) as change:
            change.drop(SITE, site)
        return change.touched

    def _parts(self, kind: Kind, record: Account | Site, bases: Bases) -> dict[str, Parts]:
        return given(kind, record, bases, self._storage.clock.today())

    def _check_group(self, account: Account) -> None:
        above, steps = account.group_parent, 0
        while above and steps < 50:
            if above == account.id:
                raise RuleBroken(
                    Text("This would make the group run in a circle."), field="group_parent"
                )
            parent = self.ask.find(above)
            above, steps = parent.group_parent if parent else None, steps + 1
