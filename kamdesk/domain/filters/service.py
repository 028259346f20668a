"""What a user does with the filters of a list: keep one under a name, change it, delete it."""

from dataclasses import replace

from kamdesk.core.changes import ChangeSet
from kamdesk.core.ids import FilterId
from kamdesk.core.wording import Text
from kamdesk.domain.filters.model import Condition, SavedFilter
from kamdesk.domain.filters.store import SAVED_FILTER, FilterStore
from kamdesk.storage.storage import Storage


class Filters:
    """The verbs of saved filters, and the questions about them."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = FilterStore(storage.reader)

    def keep(self, name: str, of_list: str, conditions: tuple[Condition, ...]) -> ChangeSet:
        """Keep conditions under a name; one of that name is changed. Raises ``RuleBroken``."""
        others = self.ask.of_list(of_list)
        new = SavedFilter(
            id=FilterId(self._storage.new_id()),
            name=name,
            of_list=of_list,
            conditions=conditions,
            place=max((one.place for one in others), default=0) + 1,
        ).checked()
        base = next((one for one in others if one.name.casefold() == new.name.casefold()), None)
        if base is not None:
            new = replace(new, id=base.id, place=base.place)
        with self._storage.change(Text("Keep the filter “{name}”", name=new.name)) as change:
            change.put(SAVED_FILTER, new, base=base)
        return change.touched

    def drop(self, saved: SavedFilter) -> ChangeSet:
        """Delete a filter; it can be restored."""
        with self._storage.change(Text("Delete the filter “{name}”", name=saved.name)) as change:
            change.drop(SAVED_FILTER, saved.id)
        return change.touched
