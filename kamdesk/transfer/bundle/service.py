"""Open bundles: everything out into one, and one in again."""

from collections.abc import Callable, Iterator
from pathlib import Path

from kamdesk.core.wording import Text
from kamdesk.storage import carrying
from kamdesk.storage.storage import Storage
from kamdesk.transfer.bundle import form
from kamdesk.transfer.bundle.adding import Added, Adding
from kamdesk.transfer.bundle.reading import About, BundleFile
from kamdesk.transfer.bundle.restore import Restored, look_through, restore
from kamdesk.transfer.bundle.writer import Written, write_bundle
from kamdesk.transfer.foreign import Progress
from kamdesk.transfer.report import ImportReport

_HEAD = b"PK\x03\x04"
_NAME_AT = 30

Stopped = Callable[[], bool]


def is_bundle(path: Path) -> bool:
    """True for a file that is to be read as a bundle: a zip by name, or by its first part."""
    if path.suffix.casefold() == ".zip":
        return True
    try:
        with path.open("rb") as file:
            head = file.read(_NAME_AT + len(form.ABOUT))
    except OSError:
        return False
    return head.startswith(_HEAD) and head[_NAME_AT:] == form.ABOUT.encode()


class Bundles:
    """Writes a workspace into a bundle, and takes bundles in."""

    def __init__(self, storage: Storage, *, before: Callable[[], object] | None = None) -> None:
        """``before`` is called before records are added; what it raises stops the import."""
        self._storage, self._before = storage, before

    def write(self, target: Path) -> Written:
        """Write everything to ``target``. Raises ``RuleBroken`` or ``StorageTrouble``."""
        return write_bundle(self._storage, target)

    def look(
        self,
        path: Path,
        *,
        theirs: bool = False,
        progress: Progress | None = None,
        stopped: Stopped = lambda: False,
    ) -> ImportReport:
        """Return what ``take`` would do; nothing is written. Raises as ``take`` does."""
        fresh = carrying.is_fresh(self._storage)
        with BundleFile(path, history=fresh, progress=progress, stopped=stopped) as file:
            about = file.open()
            if fresh and about.has_history:
                return _of_workspace(look_through(self._storage, file))
            return _of_records(Adding(self._storage, file, theirs=theirs).run(), about)

    def take(
        self,
        path: Path,
        *,
        theirs: bool = False,
        progress: Progress | None = None,
        stopped: Stopped = lambda: False,
    ) -> ImportReport:
        """Take a bundle in, all or nothing.

        A fresh workspace becomes the one the bundle was written from. To any other the records it
        has not are added, as one action that can be undone; those that differ are left, or with
        ``theirs`` made what the bundle says. What was deleted or erased here stays so. Raises
        ``RuleBroken`` in plain words, ``StorageTrouble``, or ``Cancelled``.
        """
        fresh = carrying.is_fresh(self._storage)
        with BundleFile(path, history=fresh, progress=progress, stopped=stopped) as file:
            about = file.open()
            if fresh and about.has_history:
                return _of_workspace(restore(self._storage, file, about))
            if self._before is not None:
                self._before()
            name = Text("Import bundle {file}", file=path.name)
            with self._storage.change(name) as change:
                adding = Adding(
                    self._storage, file, change=change, theirs=theirs, lacking=about.lacking
                )
                return _of_records(adding.run(), about)


def _of_workspace(restored: Restored) -> ImportReport:
    records = sum(restored.records.values())
    said = Text(
        "The whole workspace: {records}, {actions} with its history.",
        records=Text("{n} record", "{n} records", n=records),
        actions=Text("{n} action", "{n} actions", n=restored.actions),
    )
    remarks = [said]
    if restored.user:
        remarks.append(Text("Its user is {name}.", name=restored.user))
    if restored.unknown:
        remarks.append(
            Text(
                "{n} change needs a newer KamDesk; it is kept.",
                "{n} changes need a newer KamDesk; they are kept.",
                n=restored.unknown,
            )
        )
    return ImportReport(rows=records, new=records, remarks=tuple(remarks))


def _of_records(added: Added, about: About) -> ImportReport:
    return ImportReport(
        rows=added.records,
        new=added.new,
        updated=added.taken,
        same=added.same,
        conflicts=added.differing,
        in_conflict=tuple(added.listed),
        remarks=tuple(_remarks(added, about)),
    )


def _remarks(added: Added, about: About) -> Iterator[Text]:
    if added.gone_here:
        yield Text(
            "{n} record was deleted here and stays so.",
            "{n} records were deleted here and stay so.",
            n=added.gone_here,
        )
    if added.gone_there:
        yield Text(
            "{n} record is deleted in the bundle and was not taken.",
            "{n} records are deleted in the bundle and were not taken.",
            n=added.gone_there,
        )
    if added.erased:
        yield Text(
            "{n} record belongs to somebody who was erased here and was not taken.",
            "{n} records belong to somebody who was erased here and were not taken.",
            n=added.erased,
        )
    for what, n in sorted(added.strangers.items()):
        yield Text(
            "{what} is unknown to this KamDesk and was not taken ({n} time).",
            "{what} is unknown to this KamDesk and was not taken ({n} times).",
            what=what,
            n=n,
        )
    if form.ERASED in about.parts:
        yield Text("People were erased where it comes from. Erase them here too if they are here.")
