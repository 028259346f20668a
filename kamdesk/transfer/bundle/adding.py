"""A bundle into a workspace that holds something: records not here are added, as one action."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Final

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.dossier.sense import makes_sense
from kamdesk.storage import basis, carrying, own_values
from kamdesk.storage.carrying import StoredRecord
from kamdesk.storage.catalogue import Kind
from kamdesk.storage.change import Change
from kamdesk.storage.fold import Verb
from kamdesk.storage.scrubbing import is_about, what_stays
from kamdesk.storage.storage import Storage
from kamdesk.transfer.bundle import form
from kamdesk.transfer.bundle.comparing import called, columns_of, differing, other_sets
from kamdesk.transfer.bundle.contents import ContentTaker
from kamdesk.transfer.bundle.form import Line, Unfit
from kamdesk.transfer.bundle.reading import BundleFile
from kamdesk.transfer.bundle.record_lines import take_record
from kamdesk.transfer.bundle.values import KindForm
from kamdesk.transfer.bundle.writer import forms_of
from kamdesk.transfer.report import Remarked

_BATCH: Final = 500
_LISTED: Final = 1_000


@dataclass
class Added:
    """What a bundle brings, or brought, to the records here; ``differing`` as far as listed."""

    new: int = 0
    taken: int = 0
    same: int = 0
    differing: int = 0
    gone_there: int = 0
    gone_here: int = 0
    erased: int = 0
    listed: list[Remarked] = field(default_factory=list)
    strangers: Counter[str] = field(default_factory=Counter)

    @property
    def records(self) -> int:
        """How many records the bundle holds, of kinds known here."""
        here = self.new + self.taken + self.same + self.differing
        return here + self.gone_there + self.gone_here + self.erased


class Adding:
    """Compares each record of a bundle with what is here, and writes within a change if given one.

    ``theirs``: whether records that differ are made what the bundle says.
    """

    def __init__(
        self,
        storage: Storage,
        file: BundleFile,
        *,
        change: Change | None = None,
        theirs: bool = False,
        lacking: frozenset[bytes] = frozenset(),
    ) -> None:
        self._storage, self._file, self._lacking = storage, file, lacking
        self._change, self._theirs = change, theirs
        self._forms = forms_of(storage)
        self._erased = frozenset(entry[0] for entry in carrying.erased(storage))
        self.added = Added()

    def run(self) -> Added:
        """Go through the whole bundle. Raises ``RuleBroken`` naming the line, or ``Cancelled``."""
        contents = ContentTaker(self._storage, self._file, self._lacking)
        for batch in self._file.lines():
            if batch.content is not None and self._change is not None:
                contents.take(batch)
            kind = form.kind_of(batch.part)
            if kind is None:
                continue
            if kind not in self._forms:
                self.added.strangers[batch.part] += len(batch.lines)
                continue
            for at in range(0, len(batch.lines), _BATCH):
                self._take(self._forms[kind], batch.part, batch.lines[at : at + _BATCH])
        if self._change is not None:
            contents.finish()
        return self.added

    def _take(self, shape: KindForm, part: str, lines: list[Line]) -> None:
        new = []
        seen: set[bytes] = set()
        for line in lines:
            record = self._read(shape, part, line)
            if record.id in seen:
                said = Text("this record comes twice.")
                raise self._file.refusal(form.at_line(part, line.number, said))
            seen.add(record.id)
            if self._is_erased(shape.kind, record):
                self.added.erased += 1
                continue
            record = self._without_erased(shape.kind, record)
            here = carrying.one_record(self._storage, shape.kind, record.id)
            if here is None and record.gone:
                self.added.gone_there += 1
            elif here is None:
                new.append(record)
            else:
                self._meet(shape.kind, record, here, line, part)
        self.added.new += len(new)
        if self._change is not None:
            self._write(self._change, shape.kind, new)

    def _read(self, shape: KindForm, part: str, line: Line) -> StoredRecord:
        try:
            record, strangers = take_record(shape, line.content)
            if not makes_sense(shape.kind.name, record.values):
                raise Unfit(Text("without its main values it cannot be shown."))
        except Unfit as unfit:
            raise self._file.refusal(form.at_line(part, line.number, unfit.said)) from None
        for name in strangers:
            self.added.strangers[f"{part}: {str(name)[:40]}"] += 1
        return record

    def _is_erased(self, kind: Kind, record: StoredRecord) -> bool:
        return record.id in self._erased or is_about(kind, Verb.SET, record.values, self._erased)

    def _without_erased(self, kind: Kind, record: StoredRecord) -> StoredRecord:
        if not self._erased:
            return record
        sets = {name: tuple(targets) for name, targets in record.links.items()}
        stays = what_stays(kind, {**record.values, **sets}, self._erased, gone=False)
        return record._replace(
            values={name: stays[name] for name in record.values},
            links={name: list(stays[name]) for name in sets if stays[name]},
        )

    def _meet(
        self, kind: Kind, there: StoredRecord, here: StoredRecord, line: Line, part: str
    ) -> None:
        if here.gone:
            self.added.gone_here += 1
            return
        values, sets = differing(kind, there, here), other_sets(kind, there, here)
        if not values and not sets and not there.gone:
            self.added.same += 1
        elif self._theirs:
            self.added.taken += 1
            if self._change is not None:
                _overwrite(self._change, kind, there, here, values)
        else:
            self.added.differing += 1
            self._list(kind, there, here, line, part, [*values, *sets])

    def _list(
        self,
        kind: Kind,
        there: StoredRecord,
        here: StoredRecord,
        line: Line,
        part: str,
        cells: list[str],
    ) -> None:
        if len(self.added.listed) >= _LISTED:
            return
        name = called(here)
        said = (
            Text("{part}: “{name}” is deleted in the bundle, not here", part=part, name=name)
            if there.gone
            else Text("{part}: “{name}” differs in {cells}", part=part, name=name, cells=cells)
        )
        self.added.listed.append(Remarked(line.number, kind.name, said))

    def _write(self, change: Change, kind: Kind, records: list[StoredRecord]) -> None:
        change.put_all(kind, [SimpleNamespace(**columns_of(kind, one)) for one in records])
        for one in records:
            beside = [*basis.said(kind, one.values), *own_values.said(kind, one.values)]
            if beside:
                change.write(kind, Id(one.id), {name: one.values[name] for name in beside})
            for name, targets in one.links.items():
                change.link(kind, Id(one.id), name, *targets)


def _overwrite(
    change: Change,
    kind: Kind,
    there: StoredRecord,
    here: StoredRecord,
    values: Mapping[str, Any],
) -> None:
    record = Id(there.id)
    if there.gone:
        change.drop(kind, record)
        return
    if values:
        change.write(kind, record, values)
    for cell in kind.cells:
        if not cell.columns:
            wanted, has = (set(one.links.get(cell.name, ())) for one in (there, here))
            change.link(kind, record, cell.name, *sorted(wanted - has))
            change.unlink(kind, record, cell.name, *sorted(has - wanted))
