"""What a user does with ties between people on a map: tie, tie otherwise, end."""

from dataclasses import replace
from datetime import timedelta

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Tie, TieKind
from kamdesk.domain.chain.store import TIE, ChainStore
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage


class Ties:
    """The verbs of ties. A tie holds since a day until another, both days included."""

    def __init__(self, storage: Storage, ask: ChainStore) -> None:
        self._storage = storage
        self._ask = ask

    def join(self, *ties: Tie) -> ChangeSet:
        """Save new ties as one action.

        Raises ``RuleBroken`` at the field, also where two are tied in this way already.
        """
        with self._storage.change(Text("Tie people")) as change:
            for tie in ties:
                self._refuse_double(tie)
                change.put(TIE, tie.checked())
        return change.touched

    def change(self, tie: Tie, *, base: Tie, on: Day) -> ChangeSet:
        """Let a tie be otherwise from a day on: the old one ends the day before.

        Raises ``RuleBroken`` at the field.
        """
        checked = tie.checked()
        with self._storage.change(Text("Change a tie")) as change:
            if checked == base:
                return change.touched
            if base.since is not None and base.since >= on:
                change.put(TIE, checked, base=base)
            else:
                _end(change, base, on)
                change.put(TIE, replace(checked, id=self._storage.new_id(), since=on, until=None))
        return change.touched

    def end(self, *ties: Tie, on: Day) -> ChangeSet:
        """Let ties hold no longer from a day on; one that began then was a mistake and goes."""
        with self._storage.change(Text("End a tie")) as change:
            for tie in ties:
                _end(change, tie, on)
        return change.touched

    def _refuse_double(self, tie: Tie) -> None:
        day = tie.since or self._storage.clock.today()
        ends = {tie.source, tie.target}
        for other in self._ask.ties(tie.map, on=day):
            same_way = other.source == tie.source or tie.kind is not TieKind.INFLUENCES
            if other.kind is tie.kind and {other.source, other.target} == ends and same_way:
                raise RuleBroken(
                    Text("The two are tied in this way already: change that tie."), field="target"
                )


def _end(change: Change, tie: Tie, on: Day) -> None:
    if tie.since is not None and tie.since >= on:
        change.drop(TIE, tie.id)
    else:
        change.put(TIE, replace(tie, until=on - timedelta(days=1)), base=tie)
