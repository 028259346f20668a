"""What a user does with the own side: add colleagues, and say who sits here."""

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import ColleagueId, Id
from kamdesk.core.wording import Text
from kamdesk.domain.team.model import Colleague
from kamdesk.domain.team.store import COLLEAGUE, ColleagueStore
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage


class Team:
    """Colleagues; ``me`` is the one at this laptop."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = ColleagueStore(storage.reader)

    def new(self, name: str) -> Colleague:
        """Return a colleague not yet saved."""
        return Colleague(id=ColleagueId(self._storage.new_id()), name=name)

    def add(self, colleague: Colleague) -> ChangeSet:
        """Save a new colleague. Raises ``RuleBroken`` at the field."""
        with self._storage.change(Text("Add colleague")) as change:
            change.put(COLLEAGUE, colleague.checked())
        return change.touched

    def change(self, colleague: Colleague, *, base: Colleague, seen: Seen) -> ChangeSet:
        """Save what the user changed of ``base``."""
        with self._storage.change(Text("Change colleague"), seen=seen) as change:
            change.put(COLLEAGUE, colleague.checked(), base=base)
        return change.touched

    @property
    def me(self) -> ColleagueId:
        """Who sits at this laptop. Raises ``RuleBroken`` when nobody said."""
        me = self.sits_here
        if me is None:
            raise RuleBroken(Text("This workspace does not know your name yet."))
        return me

    @property
    def sits_here(self) -> ColleagueId | None:
        """Who sits at this laptop; None when nobody said."""
        me = self._storage.remembered("me")
        return ColleagueId(Id(me)) if me is not None else None

    def i_am(self, colleague: Colleague) -> ChangeSet:
        """Add a colleague and remember that it is the one at this laptop."""
        with self._storage.change(Text("Add colleague")) as change:
            change.put(COLLEAGUE, colleague.checked())
            self._storage.keep("me", colleague.id)
        return change.touched
