"""Taking in a file: what would happen to each row, then all of it as one action."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.taking_back import take_back
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.transfer.fields import KIND_WORDS, ImportKind
from kamdesk.transfer.judge import VERDICT_WORDS, Judgement, Verdict

if TYPE_CHECKING:
    from kamdesk.transfer.preview import Preview
    from kamdesk.workspace import Workspace

_TONES = {Verdict.REJECTED: Tone.BRICK, Verdict.CONFLICT: Tone.OCHRE}
_ORDER = (Verdict.REJECTED, Verdict.CONFLICT, Verdict.NEW, Verdict.UPDATE, Verdict.SAME)


class RowShown(NamedTuple):
    """A row of the file and what would become of it."""

    id: int
    name: str
    verdict: Verdict
    why: Text | str


class ImportPage(Page["Workspace"]):
    """The route's record is the path of the file."""

    title = Text("Import")
    scrolls = False
    keys = (
        ("Ctrl+Enter", Text("Take it in")),
        ("J+K", Text("Move")),
        ("/", Text("Filter")),
        ("Alt+Left", Text("Back")),
    )

    def __init__(self, around: "Around[Workspace]", route: Route) -> None:
        self._path = Path(os.fsdecode(route.record or b""))
        self._shown: Preview | None = None
        self._looked = False
        self._taken = False
        super().__init__(around, route)

    def build(self) -> None:
        self._take = self.actions_here.add(
            "import.take", Text("Take it in"), self._take_in, keys="Ctrl+Return", icon="check"
        )
        self._take.enable(False)
        self._kind = SegmentedControl(
            Text("What the rows are"),
            [(kind.value, looks.capital(KIND_WORDS[kind])) for kind in ImportKind],
        )
        self._kind.chosen.connect(lambda kind: self._look(ImportKind(kind)))
        self._head = self.head(
            self._path.name, "", self._kind, Button.of(self._take, kind=Kind.PRIMARY)
        )
        self._summary = PlainLabel(Text("Reading the file…"), Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self.add(self._summary)
        self._remarks = PlainLabel("", Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self._remarks.hide()
        self.add(self._remarks)
        self.sheet.space(12)
        self.list = self.table(
            Text("Rows of the file"),
            (
                Column[RowShown](
                    Text("Row"),
                    show=lambda row: str(row.id),
                    sort_by=lambda row: row.id,
                    align=Align.RIGHT,
                    width=64,
                ),
                Column[RowShown](Text("Name"), show=lambda row: row.name, strong=True),
                Column[RowShown](
                    Text("What happens"),
                    show=lambda row: looks.capital(VERDICT_WORDS[row.verdict]),
                    sort_by=lambda row: _ORDER.index(row.verdict),
                    tone=lambda row: _TONES.get(row.verdict, Tone.SECOND),
                    width=132,
                ),
                Column[RowShown](Text("Why"), show=lambda row: row.why),
            ),
            key="import",
            empty=EmptyState(
                "table-2",
                Text("Nothing to show yet"),
                Text("What the file would bring stands here, row by row."),
            ),
        )

    def crumbs(self) -> tuple[Crumb, ...]:
        return Crumb(Text("Customers"), Route("accounts")), Crumb(Text("Import"))

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list,)

    def reload(self) -> None:
        if not self._looked:
            self._looked = True
            self._look(None)

    def _look(self, kind: ImportKind | None) -> None:
        path = self._path
        self._take.enable(False)

        def look(desk: "Workspace", job: Job) -> "Preview":
            def read(_rows: int, done: int, total: int) -> None:
                job.step(done, total)

            return desk.imports.look(path, kind=kind, progress=read, stopped=partial(_stopped, job))

        name = Text("Reading {file}", file=path.name)
        self.workbench.job(self, name, look, self._show, self._not_read)

    def _not_read(self, refusal: Refusal) -> None:
        self._summary.say(refusal.said, Tone.BRICK)
        self._remarks.hide()

    def _show(self, shown: "Preview") -> None:
        self._shown = shown
        report = shown.report
        self._kind.choose(shown.mapping.kind.value)
        rejected = len({one.row for one in report.rejected})
        self._head.remark.say(Text("{n} row", "{n} rows", n=report.rows))
        counted = (
            Text("{n} new", "{n} new", n=report.new),
            Text("{n} to be updated", "{n} to be updated", n=report.updated),
            Text("{n} unchanged", "{n} unchanged", n=report.same),
            Text("{n} in conflict", "{n} in conflict", n=report.conflicts),
            Text("{n} rejected", "{n} rejected", n=rejected),
        )
        self._summary.say(
            looks.joined(*(words for words in counted if words.values["n"])),
            Tone.INK,
        )
        remarks = [looks.said(remark) for remark in report.remarks]
        if report.left_over:
            left = Text(
                "Columns that found no field: {names}. They are not taken.",
                names=report.left_over[:12],
            )
            remarks.append(looks.said(left))
        self._remarks.say(" ".join(remarks))
        self._remarks.setVisible(bool(remarks))
        self.list.show_lines([_row(one) for one in shown.judgements])
        wanted = report.new + report.updated
        self._take.enable(wanted > 0)
        self.list.setFocus()

    # ---- taking it in

    def _take_in(self) -> None:
        shown = self._shown
        if shown is None or self._taken:
            return
        self._take.enable(False)

        def take(desk: "Workspace", job: Job) -> ChangeSet:
            return desk.imports.take(shown, steps=job.step, stopped=partial(_stopped, job))

        name = Text("Importing {file}", file=self._path.name)
        self.workbench.job(self, name, take, self._took, self._not_taken, writes=True)

    def _took(self, _: ChangeSet) -> None:
        shown = self._shown
        if shown is None:
            return
        self._taken = True
        bench, say = self.workbench, self.around.say
        say(
            Text(
                "{file}: {new} new, {updated} updated.",
                file=self._path.name,
                new=shown.report.new,
                updated=shown.report.updated,
            ),
            way_out=(Text("Undo"), "Ctrl+Z", lambda: take_back(bench, say)),
        )
        self.go("accounts")

    def _not_taken(self, refusal: Refusal) -> None:
        self._take.enable(True)
        self.around.say(refusal.said)


def _stopped(job: Job) -> bool:
    return job.cancelled


def _row(judgement: Judgement) -> RowShown:
    candidate = judgement.candidate
    why: Text | str = judgement.why
    if candidate.problems:
        why = looks.joined(*(problem.reason for problem in candidate.problems[:3]))
    return RowShown(candidate.row, candidate.name, judgement.verdict, why)
