"""What if: moves supposed on a map and never saved, with what they would do to the support."""

from PySide6.QtCore import QObject, Signal

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.chain.panel_words import stance_said
from kamdesk.domain.chain.network import Network
from kamdesk.domain.chain.what_if import (
    Cheap,
    LeaveMove,
    Move,
    Outcome,
    StanceMove,
    TieMove,
    cheapest,
    outcome,
    supposing,
)


class WhatIf(QObject):
    """A supposition over ``base``. Signals: ``changed`` · ``ended``.

    It holds values only: it is given no desk, so nothing can be saved from here.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, base: Network, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.base = base
        self.moves: tuple[Move, ...] = ()
        self._work_out()

    def _work_out(self) -> None:
        self.net: Network = supposing(self.base, self.moves)
        self.outcome: Outcome = outcome(self.base, self.moves)
        self.cheapest: tuple[Cheap, ...] = cheapest(self.net)

    def suppose(self, move: Move) -> None:
        """Suppose a move besides those before; a person or tie moved before moves anew.

        Back where it was, it is supposed no longer. Raises ``RuleBroken`` for a tie to oneself.
        """
        kept = [one for one in self.moves if _about(one) != _about(move)]
        if not self._as_it_is(move):
            kept.append(move)
        supposing(self.base, kept)  # refuses before anything is taken on
        self.moves = tuple(kept)
        self._work_out()
        self.changed.emit()

    def forget(self, n: int) -> None:
        """Suppose the move number ``n``, from 0, no longer."""
        self.moves = self.moves[:n] + self.moves[n + 1 :]
        self._work_out()
        self.changed.emit()

    def apply(self, n: int) -> None:
        """Suppose the cheapest move number ``n``, from 0, if there is one."""
        if 0 <= n < len(self.cheapest):
            self.suppose(self.cheapest[n].move)

    def rebase(self, base: Network) -> None:
        """Suppose the same of the map as it is now."""
        self.base = base
        self._work_out()
        self.changed.emit()

    def leave(self) -> None:
        """End it; the map is as it was."""
        self.moves = ()
        self.ended.emit()

    def _as_it_is(self, move: Move) -> bool:
        if isinstance(move, StanceMove):
            node = self.base.by_id.get(move.person)
            return node is not None and self.base.stance(node) == move.value
        return False


def _about(move: Move) -> tuple[Id, ...]:
    if isinstance(move, TieMove):
        return move.source, move.target
    return (move.person,)


def move_words(net: Network, move: Move) -> Text:
    """Return a move as a sentence: Li Min: doubtful −1 → neutral 0."""

    def name(node: Id) -> str:
        found = net.by_id.get(node)
        return looks.cut(found.name, 40) if found else looks.DASH

    if isinstance(move, StanceMove):
        node = net.by_id.get(move.person)
        before = stance_said(net.stance(node) if node else None)
        after = stance_said(move.value)
        return Text(
            "{name}: {before} → {after}", name=name(move.person), before=before, after=after
        )
    if isinstance(move, LeaveMove):
        return Text("{name} leaves", name=name(move.person))
    if not move.strength:
        return Text("{a} influences {b} no longer", a=name(move.source), b=name(move.target))
    n = move.strength
    if move.negative:
        return Text(
            "{a} moves {b} the other way, {n} of 3", a=name(move.source), b=name(move.target), n=n
        )
    return Text("{a} influences {b}, {n} of 3", a=name(move.source), b=name(move.target), n=n)
