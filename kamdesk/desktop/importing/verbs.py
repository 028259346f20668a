"""What the import page asks of the desk: read a file, judge it, take it, write the rejected."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.importing.reading import Chosen, from_draft, mapping_from_draft
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.when import day_words
from kamdesk.transfer.fields import ImportKind
from kamdesk.transfer.guess import guess_mapping
from kamdesk.transfer.mapping import Mapping
from kamdesk.transfer.preview import ForeignTable, Preview

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class Judged(NamedTuple):
    """A table, how it is mapped, and what it would do; or ``refused``: why that cannot be said."""

    table: ForeignTable
    chosen: Chosen
    mapping: Mapping
    shown: Preview | None
    refused: RuleBroken | None = None
    put_back: bool = False
    """What was chosen about this file before was put back."""


def read(path: Path, place: str, chosen: Chosen, desk: "Workspace", job: Job) -> Judged:
    """Read a file and judge it; what was chosen about it before is put back."""
    draft = desk.drafts.at(place) if chosen == Chosen() else None
    if draft is not None:
        chosen = from_draft(draft.content)
    table = desk.imports.read(
        path,
        sheet=chosen.sheet,
        encoding=chosen.encoding,
        separator=chosen.separator,
        progress=lambda _rows, done, every: job.step(done, every),
        stopped=partial(is_stopped, job),
    )
    mapping = mapping_from_draft(draft.content, table.headings) if draft else chosen.mapping
    chosen = replace(chosen, mapping=mapping)
    return judge(table, chosen, desk, job)._replace(put_back=draft is not None)


def judge(table: ForeignTable, chosen: Chosen, desk: "Workspace", job: Job) -> Judged:
    """Judge a table as it is mapped now."""
    try:
        shown = desk.imports.preview(
            table,
            kind=chosen.kind,
            mapping=chosen.mapping,
            decisions=chosen.decisions,
            stopped=partial(is_stopped, job),
        )
    except RuleBroken as broken:
        broken.__context__ = None
        kind = chosen.kind or ImportKind.ACCOUNTS
        mapping = chosen.mapping or guess_mapping(table.headings, table.columns(), kind)
        return Judged(table, chosen, mapping, None, broken.with_traceback(None))
    return Judged(table, chosen, shown.mapping, shown)


def remarks_on(judged: Judged) -> list[Text]:
    """Return what is to be said about a file as a whole."""
    shown, remarks = judged.shown, []
    if shown is None:
        return []
    if judged.put_back:
        remarks.append(Text("What you chose about this file before was put back."))
    elif shown.mapped_before is not None:
        day = day_words(shown.mapped_before, shown.mapped_before.day)
        remarks.append(Text("Mapped as on {day}.", day=day))
    remarks += shown.report.remarks
    if shown.report.left_over:
        remarks.append(
            Text(
                "Columns that found no field: {names}. They are not taken.",
                names=shown.report.left_over[:12],
            )
        )
    return remarks


def guess_anew(table: ForeignTable, chosen: Chosen, desk: "Workspace", job: Job) -> Judged:
    """Judge a table by a fresh guess, whatever was remembered about such lists."""
    kind = chosen.kind
    try:
        mapping = guess_mapping(table.headings, table.columns(), kind)
    except RuleBroken:
        mapping = guess_mapping(table.headings, table.columns(), kind or ImportKind.ACCOUNTS)
    return judge(table, replace(chosen, mapping=mapping), desk, job)


def forget(table: ForeignTable, desk: "Workspace") -> ChangeSet:
    """Forget how lists with these headings were mapped."""
    desk.list_mappings.forget(table.headings.fingerprint)
    return ChangeSet()


def keep(place: str, chosen: Chosen, desk: "Workspace") -> ChangeSet:
    """Keep what was chosen, for when the page is come back to."""
    desk.drafts.keep(place, chosen.as_draft())
    return ChangeSet()


def drop(place: str, desk: "Workspace") -> ChangeSet:
    """Forget what was chosen: it is done."""
    desk.drafts.drop(place)
    return ChangeSet()


def take(shown: Preview, desk: "Workspace", job: Job) -> ChangeSet:
    """Take in what was shown, as one action."""
    return desk.imports.take(shown, steps=job.step, stopped=partial(is_stopped, job))


def write_rejected(shown: Preview, target: Path, language: str, _desk: "Workspace") -> int:
    """Write the rejected rows as a file to mend; return how many they are."""
    from kamdesk.transfer.report import write_rejected as write

    write(
        target,
        headings=shown.table.headings.names,
        cells=shown.cells,
        report=shown.report,
        language=language,
    )
    return len(shown.cells)


def is_stopped(job: Job) -> bool:
    """True when the user wants a job to stop."""
    return job.cancelled
