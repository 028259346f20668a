"""Which page an import is: one that asks for a file, one for a whole workspace, one for a list."""

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import files, looks
from kamdesk.desktop.importing import bundles
from kamdesk.desktop.importing.choosing import PATTERNS, ChooseFile
from kamdesk.desktop.importing.page import CRUMBS, ImportPage
from kamdesk.desktop.importing.saying import counts_of, say_taken
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.labels import Fit, PlainLabel

if TYPE_CHECKING:
    from kamdesk.transfer.report import ImportReport
    from kamdesk.workspace import Workspace


def import_page(around: "Around[Workspace]", route: Route) -> Page["Workspace"]:
    """Return the page for a route whose record is the path of a file, or nothing."""
    if not route.record:
        return ChooseFilePage(around, route)
    path = Path(os.fsdecode(route.record))
    return (BundlePage if bundles.is_one(path) else ImportPage)(around, route)


class ChooseFilePage(Page["Workspace"]):
    """Takes a file dropped on it, or asks for one; gives everything out."""

    title = Text("Import")
    scrolls = False
    keys = (("Ctrl+O", Text("Choose a file")), ("Ctrl+Shift+E", Text("Export everything")))

    def build(self) -> None:
        add = self.actions_here.add
        choose = add(
            "import.choose", Text("Choose a file"), self._ask, keys="Ctrl+O", icon="folder-open"
        )
        everything = add(
            "import.everything",
            Text("Export everything"),
            partial(bundles.give, self),
            keys="Ctrl+Shift+E",
            icon="download",
        )
        self.head(Text("Import"))
        self.sheet.space(8)
        self.place = ChooseFile(choose, everything)
        self.place.dropped.connect(
            lambda path: QTimer.singleShot(0, self, partial(self._open, path))
        )
        self.add(self.place, stretch=1)

    def crumbs(self) -> tuple[Crumb, ...]:
        return CRUMBS

    def panes(self) -> tuple[QWidget, ...]:
        return (self.place,)

    def _ask(self) -> None:
        title = Text("Import a file")
        path = files.ask_for_file(self, title, Text("Lists, cards and bundles"), PATTERNS)
        if path is not None:
            self._open(path)

    def _open(self, path: Path) -> None:
        self.go("import", os.fsencode(path))


class BundlePage(Page["Workspace"]):
    """A whole workspace in a file: what it would add here, then all of it as one action."""

    title = Text("Import")
    keys = (("Ctrl+Enter", Text("Take it in")), ("Alt+Left", Text("Back")))

    def build(self) -> None:
        self._path = Path(os.fsdecode(self.route.record or b""))
        self._looked = False
        self._take = self.actions_here.add(
            "import.take", Text("Take it in"), self._take_in, keys="Ctrl+Return", icon="check"
        )
        self._take.enable(False)
        self._head = self.head(self._path.name, "", Button.of(self._take, kind=Kind.PRIMARY))
        self._summary = PlainLabel(Text("Reading the file…"), Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self.add(self._summary)
        self._remarks = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self.add(self._remarks)
        self.sheet.fill()

    def crumbs(self) -> tuple[Crumb, ...]:
        return CRUMBS

    def reload(self) -> None:
        if not self._looked:
            self._looked = True
            bundles.look(self, self._path, self._show, self._not_read)

    def _not_read(self, refusal: Refusal) -> None:
        self._summary.say(refusal.said, Tone.BRICK)

    def _show(self, report: "ImportReport") -> None:
        self._head.remark.say(Text("{n} record", "{n} records", n=report.rows))
        self._summary.say(counts_of(report) or Text("It holds nothing."), Tone.INK)
        remarks = [*report.remarks]
        if report.conflicts:
            remarks.append(Text("Where a record differs, the one here stays as it is."))
        self._remarks.say("\n".join(looks.said(remark) for remark in remarks))
        self._take.enable(report.new + report.updated > 0)

    def _take_in(self) -> None:
        self._take.enable(False)
        bundles.take(self, self._path, self._took, self._not_taken)

    def _took(self, report: "ImportReport") -> None:
        self._looked = False
        say_taken(self, self._path, report)
        self.go("accounts")

    def _not_taken(self, refusal: Refusal) -> None:
        self._take.enable(True)
        self.around.say(refusal.said)
