"""What a user does with habits: keep them, correct how long a way takes, forget a correction."""

from dataclasses import replace

from kamdesk.core.changes import ChangeSet
from kamdesk.core.spot import Spot, kilometres
from kamdesk.core.wording import Text
from kamdesk.domain.travel.model import Habits, LearntLeg
from kamdesk.domain.travel.places import located
from kamdesk.domain.travel.store import HABITS, LEARNT_LEG, TravelStore
from kamdesk.storage.storage import Storage


class OwnHabits:
    """The verbs of habits and learnt ways, and the questions about them."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = TravelStore(storage.reader)

    def keep(self, habits: Habits, *, base: Habits | None = None) -> ChangeSet:
        """Keep habits, what differs from ``base``. Raises ``RuleBroken`` at the field.

        A home without a spot given by hand lies where its address does.
        """
        new = _at_home(habits.checked())
        with self._storage.change(Text("Change how your week runs")) as change:
            known = self.ask.habits()
            change.put(HABITS, new, base=(base or known) if known != Habits() else None)
        return change.touched

    def learn(self, one: Spot, other: Spot, minutes: int) -> ChangeSet:
        """Keep that a way took so many minutes, the gate included. Raises ``RuleBroken``."""
        leg = LearntLeg.between(one, other, kilometres=kilometres(one, other), minutes=minutes)
        with self._storage.change(Text("Correct how long a way takes")) as change:
            change.put(LEARNT_LEG, leg, base=self.ask.leg(one, other))
        return change.touched

    def forget(self, one: Spot, other: Spot) -> ChangeSet:
        """Go by the rule again between two spots."""
        leg = self.ask.leg(one, other)
        with self._storage.change(Text("Forget how long a way takes")) as change:
            if leg is not None:
                change.drop(LEARNT_LEG, leg.id)
        return change.touched

    def forget_all(self) -> ChangeSet:
        """Go by the rule again everywhere."""
        with self._storage.change(Text("Forget corrected ways")) as change:
            for leg in self.ask.learnt():
                change.drop(LEARNT_LEG, leg.id)
        return change.touched


def _at_home(habits: Habits) -> Habits:
    if habits.home is not None and habits.home_from:
        return habits
    found = located(habits.home_address)
    spot = found.spot if found and found.sure else None
    return replace(habits, home_lat=spot.lat if spot else None, home_lon=spot.lon if spot else None)
