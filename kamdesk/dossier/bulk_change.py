"""One change to many customers: what it would do, said first; then done as one action."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId
from kamdesk.core.steps import Steps, unheard
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.accounts.store import ACCOUNT
from kamdesk.domain.own_fields.model import OwnField
from kamdesk.storage.own_values import cell_of, field_of
from kamdesk.storage.storage import Storage

LONGEST_TAG: Final = 60
_BATCH: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What is done to each customer: a cell gets ``value``, or tags are added and taken away.

    ``cell`` is ``class_by_hand``, ``owner``, ``industry``, ``organisation``, ``place`` (its city),
    ``group_parent`` or that of an own field; ``value`` as it is stored, None to take it away.
    """

    cell: str = ""
    value: Any = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


class Refused(NamedTuple):
    """A customer that cannot be changed, and why."""

    name: str
    why: Text


class Outlook(NamedTuple):
    """What an edit would do: whom it changes, how many are so already, who cannot be."""

    changing: tuple[AccountId, ...]
    same: int
    refused: tuple[Refused, ...]


def edit_of_field(field: OwnField, typed: str, *, storage: Storage) -> Edit:
    """Return the edit that gives an own field what was typed. Raises ``RuleBroken``."""
    taken = field.taken(typed, today=storage.clock.today()) or None
    return Edit(cell=cell_of(field.id), value=taken)


def edit_of_text(cell: str, typed: str) -> Edit:
    """Return the edit that gives a text to a cell. Raises ``RuleBroken`` at ``value``."""
    return Edit(cell=cell, value=one_line(typed, field="value") or None)


def edit_of_tags(typed: str, *, remove: bool) -> Edit:
    """Return the edit that adds or takes away the tags typed, apart by commas; ``RuleBroken``."""
    parts = one_line(typed, field="value").replace("，", ",").replace("、", ",").split(",")
    tags = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
    if not tags:
        raise RuleBroken(Text("Write at least one tag."), field="value")
    if any(len(tag) > LONGEST_TAG for tag in tags):
        raise RuleBroken(
            Text("A tag has at most {most} characters.", most=LONGEST_TAG), field="value"
        )
    return Edit(remove=tags) if remove else Edit(add=tags)


class BulkChange:
    """Looks at what an edit would do to customers, and does it."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def look(self, accounts: Sequence[AccountId], edit: Edit) -> Outlook:
        """Return what ``edit`` would do to these customers as they stand; nothing is written."""
        changing: list[AccountId] = []
        same, refused = 0, []
        names = self._names(accounts)
        stands = self._stands(edit)
        circle = self._circle(edit)
        for account in accounts:
            if account not in names:
                refused.append(Refused(account.hex()[:8], _GONE))
            elif stands(account):
                same += 1
            elif account in circle:
                refused.append(Refused(names[account], _CIRCLE))
            else:
                changing.append(account)
        return Outlook(tuple(changing), same, tuple(refused))

    def make(
        self, accounts: Sequence[AccountId], edit: Edit, *, step: Steps = unheard
    ) -> ChangeSet:
        """Do it to those it changes, as one action; all or nothing when ``step`` raises."""
        changing = self.look(accounts, edit).changing
        name = Text("Change {n} customer", "Change {n} customers", n=len(changing))
        with self._storage.change(name) as change:
            for done, account in enumerate(changing):
                if done % _BATCH == 0:
                    step(done, len(changing))
                if edit.cell:
                    change.write(ACCOUNT, account, {edit.cell: self._written(account, edit)})
                change.link(ACCOUNT, account, "tags", *edit.add)
                change.unlink(ACCOUNT, account, "tags", *edit.remove)
            step(len(changing), len(changing))
        return change.touched

    def _written(self, account: AccountId, edit: Edit) -> Any:
        """Return the whole cell: a city stands in one with its province and region."""
        if edit.cell != "place":
            return edit.value
        sql = "SELECT region, province FROM accounts WHERE id = ?"
        region, province = self._storage.reader.ask(sql, account).one()
        return (region, province, edit.value)

    def _names(self, accounts: Sequence[AccountId]) -> dict[AccountId, str]:
        ask = self._storage.reader.ask
        if len(accounts) > _BATCH:
            rows = [*ask("SELECT id, name FROM accounts WHERE NOT gone")]
        else:
            sql = "SELECT id, name FROM accounts WHERE id = ? AND NOT gone"
            rows = [row for account in accounts for row in ask(sql, account)]
        return {row[0]: row[1] or "" for row in rows}

    def _stands(self, edit: Edit) -> Callable[[AccountId], bool]:
        """Return what tells whether a customer is already as the edit wants it."""
        ask = self._storage.reader.ask
        if edit.add or edit.remove:
            tagged = set(map(tuple, ask("SELECT eid, target FROM accounts_tags")))
            return lambda account: (
                all((account, tag) in tagged for tag in edit.add)
                and not any((account, tag) in tagged for tag in edit.remove)
            )
        if edit.cell in _HELD:
            rows = ask(_HELD[edit.cell])
        else:
            field = field_of(edit.cell)
            rows = ask("SELECT eid, value FROM own_values WHERE field = ?", field)
        held: Mapping[AccountId, Any] = dict(map(tuple, rows))
        return lambda account: held.get(account) == edit.value

    def _circle(self, edit: Edit) -> set[AccountId]:
        """Return the customers that stand above the one they would be put below."""
        found: set[AccountId] = set()
        above = edit.value if edit.cell == "group_parent" else None
        while above is not None and above not in found:
            found.add(above)
            sql = "SELECT group_parent FROM accounts WHERE id = ?"
            above = self._storage.reader.ask(sql, above).value()
        return found


_HELD: Final = {
    "class_by_hand": "SELECT id, class_by_hand FROM accounts",
    "owner": "SELECT id, owner FROM accounts",
    "industry": "SELECT id, industry FROM accounts",
    "organisation": "SELECT id, organisation FROM accounts",
    "place": "SELECT id, city FROM accounts",
    "group_parent": "SELECT id, group_parent FROM accounts",
}
"""The cells that can be changed in bulk, and how they are asked for."""
_GONE: Final = Text("it was deleted meanwhile")
_CIRCLE: Final = Text("the group would run in a circle")
