"""What a user does with patterns of visits: make, rename, fill and delete one."""

from collections.abc import Sequence
from dataclasses import replace

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id, PatternId
from kamdesk.core.wording import Text
from kamdesk.domain.patterns.model import MOST_STOPS, Pattern, PatternStop
from kamdesk.domain.patterns.store import PATTERN, PATTERN_STOP, PatternStore
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage


class Patterns:
    """The verbs of patterns, and the questions about them. Laying one: ``dossier.patterns``."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = PatternStore(storage.reader)

    def new(self, name: str, *, weeks: int = 4) -> Pattern:
        """Return a pattern not yet saved."""
        return Pattern(id=PatternId(self._storage.new_id()), name=name, weeks=weeks)

    def new_stop(self, pattern: PatternId, account: AccountId) -> PatternStop:
        """Return a visit of a pattern, not yet saved."""
        return PatternStop(id=self._storage.new_id(), pattern=pattern, account=account)

    def make(self, pattern: Pattern, stops: Sequence[PatternStop] = ()) -> ChangeSet:
        """Save a new pattern with its visits. Raises ``RuleBroken`` at the field."""
        neat = pattern.checked()
        self._refuse_too_many(len(stops))
        with self._storage.change(Text("Make the pattern “{name}”", name=neat.name)) as change:
            change.put(PATTERN, neat)
            change.put_all(PATTERN_STOP, [stop.checked(neat.weeks) for stop in stops])
        return change.touched

    def change(self, pattern: Pattern, *, base: Pattern, seen: Seen) -> ChangeSet:
        """Save another name or another length. Raises ``RuleBroken`` at the field."""
        neat = pattern.checked()
        latest = max((stop.week for stop in self.ask.stops(base.id)), default=1)
        if neat.weeks < latest:
            said = Text("There are visits in week {n}: move them first.", n=latest)
            raise RuleBroken(said, field="weeks")
        with self._storage.change(Text("Change a pattern"), seen=seen) as change:
            change.put(PATTERN, neat, base=base)
        return change.touched

    def drop(self, pattern: Pattern) -> ChangeSet:
        """Delete a pattern with its visits; it can be restored."""
        named = Text("Delete the pattern “{name}”", name=pattern.name)
        with self._storage.change(named) as change:
            for stop in self.ask.stops(pattern.id):
                change.drop(PATTERN_STOP, stop.id)
            change.drop(PATTERN, pattern.id)
        return change.touched

    def add_stop(self, stop: PatternStop) -> ChangeSet:
        """Add a visit to a pattern. Raises ``RuleBroken`` at the field."""
        self._refuse_too_many(len(self.ask.stops(stop.pattern)) + 1)
        neat = stop.checked(self.ask.get(stop.pattern).weeks)
        with self._storage.change(Text("Add a visit to the pattern")) as change:
            change.put(PATTERN_STOP, neat)
        return change.touched

    def change_stop(self, stop: PatternStop, *, base: PatternStop, seen: Seen) -> ChangeSet:
        """Save what the user changed of a pattern's visit. Raises ``RuleBroken`` at the field."""
        neat = replace(stop, id=base.id).checked(self.ask.get(base.pattern).weeks)
        with self._storage.change(Text("Change a visit of the pattern"), seen=seen) as change:
            change.put(PATTERN_STOP, neat, base=base)
        return change.touched

    def drop_stop(self, stop: Id) -> ChangeSet:
        """Take a visit out of a pattern."""
        with self._storage.change(Text("Take a visit out of the pattern")) as change:
            change.drop(PATTERN_STOP, stop)
        return change.touched

    def _refuse_too_many(self, count: int) -> None:
        if count > MOST_STOPS:
            said = Text("A pattern has at most {most} visits.", most=MOST_STOPS)
            raise RuleBroken(said, field="account")
