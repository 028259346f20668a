"""A bundle into a fresh workspace: its log is put in, and must amount to its records."""

from collections import Counter
from collections.abc import Generator
from contextlib import closing
from typing import NamedTuple

from kamdesk.core.wording import Text
from kamdesk.domain.team.store import ColleagueStore
from kamdesk.dossier.sense import makes_sense
from kamdesk.storage import carrying
from kamdesk.storage.carrying import StoredAction
from kamdesk.storage.refilling import Refill, Twice
from kamdesk.storage.storage import Storage
from kamdesk.transfer.bundle import form
from kamdesk.transfer.bundle.contents import ContentTaker
from kamdesk.transfer.bundle.form import Object
from kamdesk.transfer.bundle.log_reading import LogReader
from kamdesk.transfer.bundle.reading import About, Batch, BundleFile
from kamdesk.transfer.bundle.record_lines import RESERVED, record_line
from kamdesk.transfer.bundle.values import text


class Restored(NamedTuple):
    """What came into a fresh workspace: records by kind, actions, unknown changes, its user."""

    records: dict[str, int]
    actions: int
    unknown: int
    user: str = ""


def restore(storage: Storage, file: BundleFile, about: About) -> Restored:
    """Make a fresh workspace the one a bundle was written from, in one transaction.

    Raises ``RuleBroken`` in plain words, ``StorageTrouble``, ``Cancelled``; then all is as it was.
    """
    with storage.transaction():
        return _Restoring(storage, file, about).run()


def look_through(storage: Storage, file: BundleFile) -> Restored:
    """Return what ``restore`` would bring; each line is judged, and nothing is written."""
    log, records = LogReader(storage, file), Counter[str]()
    for batch in file.lines():
        if batch.content is not None:
            continue
        if (kind := form.kind_of(batch.part)) is None:
            for line in batch.lines:
                log.take(batch.part, line)
        elif kind in storage.catalogue:
            records[kind] += len(batch.lines)
    return Restored(dict(records), log.actions, log.unknown)


class _Restoring:
    def __init__(self, storage: Storage, file: BundleFile, about: About) -> None:
        self._storage, self._file, self._about = storage, file, about
        self._log = LogReader(storage, file)
        self._contents = ContentTaker(storage, file, about.lacking)
        self._refill: Refill | None = Refill(storage)
        self._records: Counter[str] = Counter()
        self._standing: dict[str, Generator[Object, None, None]] = {}

    def run(self) -> Restored:
        """Take in the whole file."""
        try:
            return self._run()
        finally:
            for lines in self._standing.values():
                lines.close()

    def _run(self) -> Restored:
        for batch in self._file.lines():
            if batch.content is not None:
                self._settle()
                self._contents.take(batch)
            elif (kind := form.kind_of(batch.part)) is not None:
                self._settle()
                if kind in self._storage.catalogue:
                    self._compare(kind, batch)
            else:
                self._take(batch)
        self._settle()
        self._refuse_missing()
        self._contents.finish()
        records, me = dict(self._records), self._about.state.get("me")
        return Restored(records, self._log.actions, self._log.unknown, self._name_of(me))

    def _take(self, batch: Batch) -> None:
        for line in batch.lines:
            step = self._log.take(batch.part, line)
            if step is None or self._refill is None:
                continue
            try:
                if isinstance(step, StoredAction):
                    self._refill.action(step)
                else:
                    self._refill.op(step)
            except Twice:
                raise self._log.refused(batch.part, line.number, _TWICE) from None

    def _settle(self) -> None:
        """Make the tables what the log says, once, when all of it is in."""
        if self._refill is None:
            return
        refill, self._refill = self._refill, None
        try:
            refill.close(self._about.state, self._log.offered, self._log.erased)
        except Twice:
            raise self._file.refusal(form.at_line(form.HISTORY, 1, _TWICE)) from None
        if (action := refill.astray()) is not None:
            raise self._file.refusal(
                Text("its action {n} claims changes of another one.", n=action)
            )
        me = self._about.state.get("me")
        if me is not None and not self._name_of(me):
            raise self._file.refusal(Text("it holds no colleague who is its user."))
        if self._log.unknown:  # nobody can go back on what he cannot read
            self._storage.keep("undo_starts_after", self._log.last)

    def _name_of(self, colleague: object) -> str:
        found = isinstance(colleague, bytes) and ColleagueStore(self._storage.reader).find(
            colleague
        )
        return found.name or found.id.hex() if found else ""

    def _compare(self, kind: str, batch: Batch) -> None:
        """Hold lines of records against the records that the log has brought forth."""
        if kind not in self._standing:
            self._standing[kind] = self._lines_of(kind)
        for line in batch.lines:
            stands = next(self._standing[kind], None)
            if line.content != stands and not self._same(kind, line.content, stands):
                raise self._log.refused(batch.part, line.number, _DIFFERS)
            self._records[kind] += 1

    def _lines_of(self, kind: str) -> Generator[Object, None, None]:
        shape = self._log.forms[kind]
        with closing(carrying.every_record(self._storage, shape.kind)) as records:
            for record in records:
                if not makes_sense(kind, record.values):
                    raise self._file.refusal(
                        Text(
                            "{kind} {id}: without its main values it cannot be shown.",
                            kind=kind,
                            id=record.id.hex(),
                        )
                    )
                yield record_line(shape, record)

    def _same(self, kind: str, sent: Object, stands: Object | None) -> bool:
        """True when they differ only by what is unknown here, or was put into clean form."""
        if stands is None:
            return False
        known = self._log.forms[kind].kind.by_name
        taken = (name for name in sent if name in known or name in RESERVED)
        return stands == {name: _clean(sent[name]) for name in taken}

    def _refuse_missing(self) -> None:
        for kind, shape in self._log.forms.items():
            rest = self._standing.setdefault(kind, self._lines_of(kind))
            if (lacks := next(rest, None)) is not None:
                part = form.records_of(shape.kind.name)
                raise self._file.refusal(
                    Text("{part}: {id} of its history is missing.", part=part, id=lacks["id"])
                )


_TWICE = Text("a number comes twice.")
_DIFFERS = Text(
    "it is not what its history says. Take {history} out of the bundle to import the records as"
    " they stand.",
    history=form.HISTORY,
)


def _clean(value: object) -> object:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return [_clean(part) for part in value]
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    return value
