"""What a user does with files: keep, rename, delete, take out again."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, FileId, PersonId, VisitId
from kamdesk.core.wording import Text
from kamdesk.domain.files.incoming import read_incoming
from kamdesk.domain.files.model import Incoming, KeptFile, renamed
from kamdesk.domain.files.store import FILE, FileStore, put_content
from kamdesk.storage.change import Seen
from kamdesk.storage.storage import Storage


class Files:
    """Files of customers, kept in the workspace with everything else."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = FileStore(storage.reader)

    def keep(
        self,
        account: AccountId,
        paths: Sequence[Path] = (),
        *,
        given: Sequence[Incoming] = (),
        visit: VisitId | None = None,
        about: PersonId | None = None,
    ) -> ChangeSet:
        """Keep the files at ``paths`` and those ``given``: all of them in one action, or none.

        One that is there already under the same name is passed over; what several files hold lies
        here once. Raises ``RuleBroken`` naming the file, ``StorageTrouble`` for the disk.
        """
        incoming = [*read_incoming(paths), *given]
        there = {(file.name, file.digest) for file in self.ask.of_account(account)}
        new = []
        for one in incoming:
            file = self._file(account, one, visit, about)
            if (file.name, file.digest) not in there:
                there.add((file.name, file.digest))
                new.append((file, one.data))
        if not new:
            raise RuleBroken(
                Text("This file is here already.", "These files are here already.", n=len(incoming))
            )
        with self._storage.change(Text("Add {n} file", "Add {n} files", n=len(new))) as change:
            for file, data in new:
                put_content(self._storage.connection, data)
                change.put(FILE, file)
        return change.touched

    def rename(self, file: KeptFile, name: str, *, seen: Seen) -> ChangeSet:
        """Give a file another name; its ending stays where none is typed. Raises ``RuleBroken``."""
        if not name.strip():
            raise RuleBroken(Text("Give the file a name."), field="name")
        changed = replace(file, name=renamed(file.name, name)).checked()
        with self._storage.change(Text("Rename file"), seen=seen) as change:
            change.put(FILE, changed, base=file)
        return change.touched

    def drop(self, file: FileId) -> ChangeSet:
        """Delete a file; it can be restored."""
        with self._storage.change(Text("Delete file")) as change:
            change.drop(FILE, file)
        return change.touched

    def content(self, file: FileId) -> tuple[KeptFile, bytes]:
        """Return a file and what is in it. Raises ``RuleBroken``, and ``StorageTrouble``."""
        found = self.found(file)
        return found, self.ask.content(found)

    def found(self, file: FileId) -> KeptFile:
        """Return a file. Raises ``RuleBroken`` for one that is not there any more."""
        found = self.ask.find(file)
        if found is None:
            raise RuleBroken(Text("This file was deleted. Ctrl+Z brings it back."))
        return found

    def _file(
        self, account: AccountId, one: Incoming, visit: VisitId | None, about: PersonId | None
    ) -> KeptFile:
        return KeptFile(
            id=FileId(self._storage.new_id()),
            account=account,
            name=one.name,
            size=len(one.data),
            digest=one.digest,
            visit=visit,
            about=about,
        ).checked()
