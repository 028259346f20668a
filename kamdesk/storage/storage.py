"""The opened workspace file: questions, changes, undo, history; one connection, one writer."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Clock
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.ids import Id, Ids
from kamdesk.core.wording import Text
from kamdesk.storage.catalogue import Catalogue
from kamdesk.storage.change import Change, Seen
from kamdesk.storage.database import Connection, Reader, trouble
from kamdesk.storage.followers import Follower
from kamdesk.storage.naming import name_columns
from kamdesk.storage.ops import Dictionary, Log

SWEEP: Final = "sweep"
"""What the file remembers while erased words may still lie in free pages."""


class Storage:
    """What the services stand on. ``catalogue`` and ``followers`` come from ``workspace.py``."""

    def __init__(
        self,
        connection: Connection,
        catalogue: Catalogue,
        *,
        clock: Clock,
        ids: Ids | None = None,
        followers: Sequence[Follower] = (),
        readonly: bool = False,
    ) -> None:
        self.connection: Final = connection
        self.catalogue: Final = catalogue
        self.clock: Final = clock
        self.ids: Final = ids or Ids(clock)
        self.followers: Final = tuple(followers)
        self.readonly: Final = readonly
        self.reader: Final = Reader(connection)
        self.dictionary: Final = Dictionary(connection)
        self.log: Final = Log(connection, self.dictionary)
        self._changing = self._resting = False

    def number(self, key: str) -> int:
        """Return a number this file remembers about itself, 0 when it does not."""
        return int(self.reader.ask("SELECT value FROM state WHERE key = ?", key).value() or 0)

    def remembered(self, key: str) -> bytes | None:
        """Return an id this file remembers about itself (``me``)."""
        value = self.reader.ask("SELECT value FROM state WHERE key = ?", key).value()
        return value if isinstance(value, bytes) else None

    def remember(self, key: str, value: int | str | bytes) -> None:
        """Remember something about this file itself; not exchanged, no history."""
        with self.transaction():
            self.keep(key, value)

    def start_undo_here(self) -> None:
        """Make all actions so far the ground on which this file stands: no undo goes behind it."""
        last = self.reader.ask("SELECT max(id) FROM actions").value() or 0
        self.remember("undo_starts_after", last)

    def keep(self, key: str, value: int | str | bytes) -> None:
        """Remember something within a transaction that is open."""
        self.connection.execute(
            "INSERT INTO state (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    def position(self) -> Seen:
        """Return the position of the common log this file stands at (0 before a hub)."""
        return Seen(self.number("position"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, durable at the end. Raises ``StorageTrouble``."""
        if self.readonly:
            raise StorageTrouble(Text("KamDesk is open; close it or do this in the window."))
        execute = self.connection.execute
        with trouble():
            execute("BEGIN IMMEDIATE")
            try:
                yield
                execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    execute("ROLLBACK")
                self.dictionary.reload()
                self.log.reload()
                raise

    @contextmanager
    def change(
        self,
        name: Text,
        *,
        seen: Seen | None = None,
        undoes: int | None = None,
        redoes: int | None = None,
    ) -> Iterator[Change]:
        """Open the one road for writes: an action named ``name``, which undo and history show.

        ``seen`` is the position at which the caller read the values it changes; the present one
        when left out. Within it ``Change`` writes; at its end followers run and all is committed.
        """
        if self._changing:
            raise RuntimeError("a change is open already")
        with self.transaction():
            self._changing = True
            try:
                yield from self._recorded(name, seen, undoes, redoes)
            finally:
                self._changing = False

    def change_under(self, action: int, *, seen: Seen | None = None) -> Change:
        """Return what writes under an action that stands on its own, within a transaction.

        For what is more than a save: the caller sees to the action, its numbers, the followers.
        """
        position = self.position()
        return Change(
            self.connection,
            self.catalogue,
            self.dictionary,
            self.log,
            self.clock,
            action=action,
            seen=position if seen is None else seen,
            position=position,
            joined=bool(self.log.own),
        )

    def _recorded(
        self, name: Text, seen: Seen | None, undoes: int | None, redoes: int | None
    ) -> Iterator[Change]:
        execute = self.connection.execute
        first = (execute("SELECT max(lid) FROM op").fetchone()[0] or 0) + 1
        action = (execute("SELECT max(id) FROM actions").fetchone()[0] or 0) + 1
        change = self.change_under(action, seen=seen)
        yield change
        if self.log.own:
            self.log.number(self.log.own, first=first)
        last = execute("SELECT max(lid) FROM op").fetchone()[0] or 0
        done = last >= first or bool(undoes or redoes)  # an undo that found nothing is done too
        if done:
            execute(
                "INSERT INTO actions (id, name, plural, said, at, by, first_lid, last_lid,"
                " undoes, redoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    action,
                    *name_columns(name),
                    str(self.clock.now()),
                    self.remembered("me"),
                    first,
                    last,
                    undoes,
                    redoes,
                ),
            )
        self.follow(change)
        change.result = ChangeSet(change.records, action if done else None)

    def follow(self, change: Change) -> None:
        """Let the derived tables follow what a change touched."""
        for follower in () if self._resting else self.followers:
            follower.follow(self.connection, change.by_kind)

    @contextmanager
    def followers_resting(self) -> Iterator[None]:
        """Within it derived tables stay as they are; whoever asks for this makes them anew."""
        self._resting = True
        try:
            yield
        finally:
            self._resting = False

    def new_id(self) -> Id:
        """Return a fresh id."""
        return self.ids.new()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
