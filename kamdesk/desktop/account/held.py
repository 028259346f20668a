"""A customer and its sites as their particulars need them, and what saves a changed one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from kamdesk.core.basis import Basis
from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.ids import ColleagueId
from kamdesk.domain.accounts.model import Account, Site

if TYPE_CHECKING:
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace

Bases = Mapping[str, Basis]
Verb = Callable[["Workspace", "Seen", Bases], ChangeSet]
"""What saves a value, given the desk, what was seen and what the value stands on."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """A customer with the names its particulars need: group, owner, team by id, tags in order."""

    record: Account
    group: str = ""
    owner: str = ""
    team: Mapping[ColleagueId, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    bases: Mapping[str, Basis] = field(default_factory=dict)
    today: Day

    def changed(self, values: Mapping[str, Any], bases: Bases) -> "Verb | None":
        """Return what saves these fields; None when nothing is another than it was."""
        base, changed = self.record, replace(self.record, **values)
        if changed == base and not _other(bases, self.bases):
            return None
        return lambda desk, seen, given: desk.accounts.change(
            changed, base=base, seen=seen, bases=given
        )


@dataclass(frozen=True, kw_only=True)
class HeldSite:
    """A site of a customer, with what its values stand on, and the customer's city."""

    record: Site
    city: str = ""
    province: str = ""
    bases: Mapping[str, Basis] = field(default_factory=dict)
    today: Day

    def changed(self, values: Mapping[str, Any], bases: Bases) -> "Verb | None":
        """Return what saves these fields; None when nothing is another than it was."""
        base, changed = self.record, replace(self.record, **values)
        if changed == base and not _other(bases, self.bases):
            return None
        return lambda desk, seen, given: desk.accounts.put_site(
            changed, base=base, seen=seen, bases=given
        )


def _other(given: Bases, stand: Bases) -> bool:
    return any(stand.get(cell, Basis()) != basis for cell, basis in given.items())
