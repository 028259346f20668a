"""Writes a bundle: streamed from one moment of the workspace; the same content, the same bytes."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Final, NamedTuple

from kamdesk import __version__
from kamdesk.domain.files.store import FileStore
from kamdesk.storage import carrying
from kamdesk.storage.carrying import StoredAction, held_still
from kamdesk.storage.storage import Storage
from kamdesk.transfer.bundle import form
from kamdesk.transfer.bundle.contents import parts_of_files
from kamdesk.transfer.bundle.form import Object
from kamdesk.transfer.bundle.log_lines import Forms, action_line, op_line
from kamdesk.transfer.bundle.readme import README
from kamdesk.transfer.bundle.record_lines import record_line
from kamdesk.transfer.bundle.values import KindForm
from kamdesk.transfer.writers.whole_file import whole_file

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can name: the moment of writing is not part of the content."""
_UNIX: Final = 3
_PRIVATE: Final = 0o100600 << 16
_LINES_AT_ONCE: Final = 500
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class Written(NamedTuple):
    """What a bundle holds: records by kind, and ops of the log."""

    records: dict[str, int]
    ops: int


def forms_of(storage: Storage) -> Forms:
    """Return how the values of every kind are written."""
    types = carrying.column_types(storage)
    return {kind.name: KindForm(kind, types) for kind in storage.catalogue.kinds}


def write_bundle(storage: Storage, target: Path) -> Written:
    """Write everything ``storage`` holds to ``target``, private, whole or not at all.

    Raises ``RuleBroken`` for a place where it cannot be, ``StorageTrouble`` for the disk.
    """
    with whole_file(target) as file, held_still(storage):
        return _write(storage, file)


def _write(storage: Storage, file: BinaryIO) -> Written:
    forms = forms_of(storage)
    records = carrying.counts(storage)
    state = {
        key: value.hex() if isinstance(value, bytes) else value
        for key, value in carrying.remembered(storage).items()
    }
    about = {"kamdesk_bundle": form.VERSION, "program": __version__}
    about |= {"records": records, "state": state}
    if lacking := FileStore(storage.reader).wanted():
        about["lacking"] = sorted(digest.hex() for digest in lacking)
    with zipfile.ZipFile(file, "w") as bundle:
        _put(bundle, form.ABOUT, [json.dumps(about, indent=1) + "\n"])
        _put(bundle, form.README, [README])
        ops = _Counted(_log(storage, forms))
        _put(bundle, form.HISTORY, _text(ops))
        _put_some(bundle, form.ERASED, _erased(storage))
        _put_some(bundle, form.OFFERED, _offered(storage))
        for kind in storage.catalogue.kinds:
            every = carrying.every_record(storage, kind)
            _put_some(
                bundle,
                form.records_of(kind.name),
                (record_line(forms[kind.name], record) for record in every),
            )
        for name, pieces in parts_of_files(storage):
            with _part(bundle, name) as part:
                for piece in pieces:
                    part.write(piece)
    return Written(records, ops.ops)


class _Counted:
    """Counts the ops among the lines of the log that pass."""

    def __init__(self, lines: Iterable[Object]) -> None:
        self._lines = lines
        self.ops = 0

    def __iter__(self) -> Iterator[Object]:
        for line in self._lines:
            self.ops += "op" in line
            yield line


def _log(storage: Storage, forms: Forms) -> Iterator[Object]:
    for step in carrying.every_step(storage):
        yield action_line(step) if isinstance(step, StoredAction) else op_line(forms, step)


def _erased(storage: Storage) -> Iterator[Object]:
    for record, kind, at in carrying.erased(storage):
        yield {"id": record.hex(), "kind": kind, "at": at}


def _offered(storage: Storage) -> Iterator[Object]:
    for account, audience in carrying.offered(storage):
        yield {"account": account.hex() if account else None, "audience": audience}


def _put_some(bundle: zipfile.ZipFile, name: str, lines: Iterator[Object]) -> None:
    """Write a part, unless it has no line at all."""
    first = next(lines, None)
    if first is not None:
        _put(bundle, name, _text([first]), _text(lines))


def _text(lines: Iterable[Object]) -> Iterator[str]:
    waiting: list[str] = []
    for line in lines:
        waiting.append(_encode(line))
        if len(waiting) == _LINES_AT_ONCE:
            yield "\n".join(waiting) + "\n"
            waiting.clear()
    if waiting:
        yield "\n".join(waiting) + "\n"


def _put(bundle: zipfile.ZipFile, name: str, *texts: Iterable[str]) -> None:
    with _part(bundle, name) as part:
        for text in texts:
            for piece in text:
                part.write(piece.encode())


@contextmanager
def _part(bundle: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system, entry.external_attr = _UNIX, _PRIVATE
    entry.compress_type = zipfile.ZIP_DEFLATED  # at its usual level
    with bundle.open(entry, "w", force_zip64=True) as part:
        yield part
