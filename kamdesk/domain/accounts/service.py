"""What a user does with accounts: add, change, tag, drop; sites alike."""

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, ColleagueId
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.model import Account, Site
from kamdesk.domain.accounts.store import ACCOUNT, SITE, AccountStore
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage


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

    def change(self, account: Account, *, base: Account, seen: Seen) -> ChangeSet:
        """Save what the user changed of ``base``. Raises ``RuleBroken`` at the field."""
        checked = account.checked()
        self._check_group(checked)
        with self._storage.change(Text("Change customer"), seen=seen) as change:
            change.put(ACCOUNT, checked, base=base)
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

    def drop(self, account: AccountId) -> ChangeSet:
        """Delete an account; it can be restored."""
        with self._storage.change(Text("Delete customer")) as change:
            change.drop(ACCOUNT, account)
        return change.touched

    def put_site(self, site: Site, *, base: Site | None = None) -> ChangeSet:
        """Save a new or changed site. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Change site")) as change:
            change.put(SITE, site.checked(), base=base)
        return change.touched

    def _check_group(self, account: Account) -> None:
        above, steps = account.group_parent, 0
        while above and steps < 50:
            if above == account.id:
                raise RuleBroken(
                    Text("This would make the group run in a circle."), field="group_parent"
                )
            parent = self.ask.find(above)
            above, steps = parent.group_parent if parent else None, steps + 1
