"""Whole workspaces as files: everything written into a bundle; one looked at and taken in."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import files, looks
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Page

if TYPE_CHECKING:
    from kamdesk.transfer.bundle.writer import Written
    from kamdesk.transfer.report import ImportReport
    from kamdesk.workspace import Workspace

Shows = Callable[["ImportReport"], object]


class Taken(NamedTuple):
    """What a bundle brought, and which pages have to hear of it."""

    report: "ImportReport"
    changes: ChangeSet


def is_one(path: Path) -> bool:
    """True when a file is a bundle by its first bytes."""
    from kamdesk.transfer.bundle.service import is_bundle

    return is_bundle(path)


def look(
    page: Page["Workspace"], path: Path, show: Shows, refused: Callable[[Refusal], object]
) -> None:
    """Look what taking in a bundle would do."""

    def work(desk: "Workspace", job: Job) -> "ImportReport":
        return desk.bundles.look(path, progress=_steps(job), stopped=lambda: job.cancelled)

    page.workbench.job(page, Text("Reading {file}", file=path.name), work, show, refused)


def take(
    page: Page["Workspace"], path: Path, show: Shows, refused: Callable[[Refusal], object]
) -> None:
    """Take a bundle in; where records differ, ours stay."""

    def work(desk: "Workspace", job: Job) -> Taken:
        report = desk.bundles.take(path, progress=_steps(job), stopped=lambda: job.cancelled)
        kinds = desk.storage.catalogue.kinds
        return Taken(report, ChangeSet(frozenset((kind.name, Id(b"")) for kind in kinds)))

    def took(taken: Taken) -> None:
        page.workbench.changed.emit(taken.changes)
        show(taken.report)

    name = Text("Importing {file}", file=path.name)
    page.workbench.job(page, name, work, took, refused, writes=True)


def give(page: Page["Workspace"]) -> None:
    """Ask where to, and write everything into a bundle."""
    name = looks.said(Text("Everything"))
    path = files.ask_where_to(page, Text("Export everything"), name, Text("Bundle"), ".zip")
    if path is None:
        return

    def work(desk: "Workspace", _job: Job) -> "Written":
        return desk.bundles.write(path)

    page.workbench.job(
        page,
        Text("Writing {file}", file=path.name),
        work,
        partial(_written, page, path),
        lambda refusal: page.around.say(refusal.said),
    )


def _steps(job: Job) -> Callable[[int, int, int], None]:
    return lambda _lines, done, every: job.step(done, every)


def _written(page: Page["Workspace"], path: Path, written: "Written") -> None:
    records = sum(written.records.values())
    page.around.say(
        Text(
            "{file} holds the whole workspace, {records}. It is not encrypted: whoever has the file"
            " can read everything in it.",
            file=path.name,
            records=Text("{n} record", "{n} records", n=records),
        )
    )
