"""What is in files, in a bundle: written part by part, and taken only where a file has it."""

from collections.abc import Iterator
from hashlib import sha256

from kamdesk.core.wording import Text
from kamdesk.domain.files.model import LARGEST
from kamdesk.domain.files.store import FileStore, put_content
from kamdesk.storage.storage import Storage
from kamdesk.transfer.bundle import form
from kamdesk.transfer.bundle.reading import Batch, BundleFile


def parts_of_files(storage: Storage) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the part of a bundle for every content there is, with its bytes."""
    files = FileStore(storage.reader)
    for digest in files.digests():
        yield form.content_of(digest), files.parts(digest)


class ContentTaker:
    """Takes contents as they come, within a transaction, those that files wait for.

    What is too large, or is not what it is called, is refused. ``lacking`` are the digests that
    may be missing: their contents were lost where the bundle was written.
    """

    def __init__(
        self, storage: Storage, file: BundleFile, lacking: frozenset[bytes] = frozenset()
    ) -> None:
        self._storage, self._file = storage, file
        self._lost = FileStore(storage.reader).wanted() | lacking
        self._wanted: set[bytes] | None = None
        self._part, self._data = "", bytearray()

    def take(self, batch: Batch) -> None:
        """Take some bytes of one content. Raises ``RuleBroken``."""
        digest = form.digest_of(batch.part)
        if digest is None or batch.content is None:
            return
        if self._wanted is None:
            self._wanted = FileStore(self._storage.reader).wanted()
        if digest not in self._wanted:
            return
        if batch.part != self._part:
            self._part, self._data = batch.part, bytearray()
        self._data += batch.content
        if len(self._data) > LARGEST:
            raise self._refused(Text("it is larger than a file may be."))
        if batch.ends:
            self._put(digest)

    def finish(self) -> None:
        """Refuse a bundle that lacks what was in one of its files. Raises ``RuleBroken``."""
        missing = FileStore(self._storage.reader).wanted() - self._lost
        if missing:
            self._part = form.content_of(min(missing))
            raise self._refused(Text("it is missing."))

    def _put(self, digest: bytes) -> None:
        data = bytes(self._data)
        self._data = bytearray()
        if sha256(data).digest() != digest:
            raise self._refused(Text("it is not what its name says."))
        put_content(self._storage.connection, data)

    def _refused(self, reason: Text) -> Exception:
        return self._file.refusal(form.at_line(self._part, 1, reason))
