"""The files of a customer: dropped in, opened from a private copy, renamed, taken out again."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.changes import ChangeSet
from kamdesk.core.clock import Day
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.account import files_away
from kamdesk.desktop.account.dropping import paths_in, picture_in
from kamdesk.desktop.account.opened_files import open_copy
from kamdesk.desktop.drafting import Drafting
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import day_words, days_at_widest
from kamdesk.desktop.widgets.buttons import Button, ButtonRow
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.fields import FieldRow
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.domain.files.model import MIB, Incoming
from kamdesk.domain.files.store import FileLine, NotHereYet
from kamdesk.storage import arriving

if TYPE_CHECKING:
    from kamdesk.desktop.account.page import AccountPage
    from kamdesk.desktop.jobs import Job
    from kamdesk.storage.change import Seen
    from kamdesk.workspace import Workspace


class FilesTab(Sheet):
    """The list of files; below it what can be done with the chosen one."""

    def __init__(self, page: "AccountPage") -> None:
        super().__init__(scrolls=False, top=8, foot=12)
        self._page, self._today = page, page.today
        self._wanted: bytes | None = None
        self._fresh: bytes | None = None
        self._away: dict[bytes, str] = {}
        self.renaming: FieldRow | None = None
        self._draft: Drafting | None = None
        add = page.actions_here["files.add"]
        self.list: RecordTable[FileLine] = RecordTable(
            Text("Files"),
            self._columns(),
            key="account.files",
            remembered=page.around.remembered,
            empty=EmptyState(
                "folder-open",
                Text("No files yet"),
                Text(
                    "Drop offers, minutes, name cards or photographs here. They are kept encrypted"
                    " with everything else, and go into every backup."
                ),
                add,
            ),
        )
        self.list.opened.connect(lambda _: self.open())
        self.list.chosen.connect(self._choose)
        self.list.view.installEventFilter(self)
        self.add(self.list, reach="list", stretch=1)
        foot = QWidget()
        self._foot = QVBoxLayout(foot)
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.setSpacing(theme.now().px(8))
        self._buttons = ButtonRow(*self._all_buttons(Button.of(add)), shortens=True)
        self.away = PlainLabel("", Type.SMALL, Tone.SECOND, fit=Fit.WRAP)
        self._foot.addWidget(self.away)
        self._foot.addWidget(self._buttons)
        self.add(foot)
        self.setFocusProxy(self.list)
        self._choose(None)

    def _all_buttons(self, add: Button) -> Sequence[Button]:
        made = [add]
        self._of_chosen: list[Button] = []
        for words, icon, keys, does in (
            (Text("Open"), "external-link", "Enter", self.open),
            (Text("Save a copy"), "download", "Ctrl+S", self.save_copy),
            (Text("Rename"), "pencil", "F2", self.begin_rename),
            (Text("Delete"), "trash-2", "Del", self.drop),
        ):
            button = Button(words, icon=icon, keys=keys)
            button.clicked.connect(does)
            made.append(button)
            self._of_chosen.append(button)
        return made

    def _columns(self) -> tuple[Column[FileLine], ...]:
        return (
            Column(Text("Name"), show=lambda row: row.name, strong=True),
            Column(
                Text("Size"),
                show=self._size,
                sort_by=lambda row: row.size,
                align=Align.RIGHT,
                widest=self._widest,
            ),
            Column(
                Text("Added"),
                show=lambda row: day_words(row.added, self._today),
                sort_by=lambda row: row.id,
                widest=days_at_widest,
            ),
            Column(Text("Added by"), show=lambda row: row.by, width=130),
            Column(Text("Visit"), show=lambda row: row.visit, width=200),
        )

    def ask(self) -> None:
        """Ask for the files."""
        account = self._page.account
        self._page.ask(
            lambda desk: (
                desk.files.ask.lines(account),
                files_away.away(desk, account),
                desk.clock.today(),
            ),
            lambda found: self._show(*found),
            key="files",
        )

    def _size(self, line: FileLine) -> str:
        size, why = size_words(line.size), self._away.get(line.id)
        return f"{size} · {looks.said(files_away.short(why))}" if why else size

    def _widest(self) -> list[str]:
        said = {looks.said(files_away.short(why)) for why in self._away.values()}
        return ["999.9 MB", *(f"999.9 MB · {words}" for words in said)]

    def _show(self, lines: list[FileLine], away: dict[bytes, str], today: Day) -> None:
        others = set(away.values()) != set(self._away.values())
        self._today, self._away = today, away
        if others:
            self.list.seen.recall()  # as wide as what now stands beside a size
        self.list.show_lines(lines)
        if self._fresh is not None and self.list.choose(self._fresh):
            self._fresh = None
        self._choose(self.list.current)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.list.choose(wanted):
            self.begin_rename()

    def _choose(self, line: FileLine | None) -> None:
        for button in self._of_chosen:
            button.setEnabled(line is not None)
        said = files_away.sentence(self._away.get(line.id)) if line is not None else ""
        self.away.say(said)
        self.away.setVisible(bool(said))

    def resume(self, file: bytes) -> None:
        """Go on with another name for a file."""
        self._wanted = file
        self.ask()

    # ---- taking in

    def take(self, paths: list[Path], given: Sequence[Incoming] = ()) -> None:
        """Keep files; what cannot be kept is said, and then none of them is."""
        page, account = self._page, self._page.account

        def work(desk: "Workspace", _: "Job") -> ChangeSet:
            return desk.files.keep(account, paths, given=given)

        def kept(changes: ChangeSet) -> None:
            n = len(changes.of("file"))
            self._say_undoable(Text("{n} file is kept here.", "{n} files are kept here.", n=n))
            self._fresh = max(changes.of("file"), default=None)  # to be chosen once it is listed

        page.workbench.job(page, Text("Keep files"), work, kept, self._refused, writes=True)

    def paste(self) -> bool:
        """Keep what was copied: files, or a picture; false when it is neither."""
        mime = QGuiApplication.clipboard().mimeData()
        if paths := paths_in(mime):
            self.take(paths)
            return True
        picture = picture_in(mime, datetime.now())
        if picture is not None:
            self.take([], [picture])
        return picture is not None

    # ---- doing something with one

    def open(self) -> None:
        """Open a private copy of the chosen file in the system's viewer."""
        if (line := self.list.current) is None:
            return
        file = line.id

        def opened(path: Path) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self._page.around.say(
                    Text("No program here opens “{name}”. Save a copy instead.", name=line.name)
                )

        self._page.ask(lambda desk: open_copy(desk, file), opened, self._refused, key="open")

    def save_copy(self) -> None:
        """Save a copy of the chosen file where the user says."""
        from kamdesk.desktop import files
        from kamdesk.transfer.writers.whole_file import whole_file

        if (line := self.list.current) is None:
            return
        stem, dot, end = line.name.rpartition(".")
        ending = dot + end if stem else ""
        title, kinds = Text("Save a copy"), Text("This file")
        path = files.ask_where_to(self, title, stem or line.name, kinds, ending or ".bin")
        if path is None:
            return

        def write(desk: "Workspace") -> str:
            data = desk.files.content(line.id)[1]
            with whole_file(path) as file:
                file.write(data)
            return path.name

        self._page.ask(
            write,
            lambda name: self._page.around.say(
                Text("Saved as {file}. This copy is not encrypted.", file=name)
            ),
            self._refused,
            key="save",
        )

    def drop(self) -> None:
        """Delete the chosen file; it can be brought back."""
        if (line := self.list.current) is None:
            return
        page, file = self._page, line.id
        page.workbench.do(
            page,
            lambda desk: desk.files.drop(file),
            lambda _: self._say_undoable(Text("Deleted: {name}.", name=line.name)),
        )

    def begin_rename(self) -> None:
        """Open the line that takes another name; Enter saves, Esc closes."""
        line = self.list.current
        if line is None or self.renaming is not None:
            return
        editor = LineEditor(line.name)
        self.renaming = FieldRow("name", Text("New name"), editor, help=Text("Enter saves"))
        place = f"account:{self._page.account.hex()}:file:{line.id.hex()}"
        self._draft = Drafting(self.renaming, self._page.workbench, place, {"name": editor})
        editor.installEventFilter(self)
        self._buttons.hide()
        self._foot.addWidget(self._draft.line)
        self._foot.addWidget(self.renaming)
        editor.returnPressed.connect(partial(self._rename, line))
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        stem = line.name.rpartition(".")[0] or line.name
        editor.setSelection(0, len(stem))
        self._draft.begin()

    def _rename(self, line: FileLine) -> None:
        if self.renaming is None or not isinstance(self.renaming.editor, LineEditor):
            return
        row, page = self.renaming, self._page
        name, seen = self.renaming.editor.text(), cast("Seen", page.seen)

        def verb(desk: "Workspace") -> ChangeSet:
            return desk.files.rename(desk.files.found(line.id), name, seen=seen)

        def renamed(_: ChangeSet) -> None:
            self._end_rename()

        page.workbench.do(
            page, verb, renamed, lambda error: row.refuse(error.said), key="file:name"
        )

    def _end_rename(self) -> None:
        if self.renaming is None or self._draft is None:
            return
        self._draft.settle()
        for part in (self._draft.line, self.renaming):
            part.hide()
            part.deleteLater()
        self.renaming = self._draft = None
        self._buttons.show()
        self.list.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        typed = self.renaming is not None and watched is self.renaming.editor
        if typed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._end_rename()
            event.accept()  # here Esc is ours, not the page's
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            does = {Qt.Key.Key_F2: self.begin_rename, Qt.Key.Key_Delete: self.drop}
            act = does.get(Qt.Key(event.key()))
            if event.matches(QKeySequence.StandardKey.Save):
                act = self.save_copy
            if watched is self.list.view and act is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    def _refused(self, error: Refusal) -> None:
        self._page.around.say(error.said)
        if isinstance(error, NotHereYet):
            self._wish(error.digest)

    def _wish(self, digest: bytes) -> None:
        """Have a content fetched in the next exchange, which begins at once where it can."""
        from kamdesk.desktop.exchanging import exchanging_of

        bench = self._page.workbench

        def wish(desk: "Workspace") -> ChangeSet:
            arriving.wish(desk.storage, digest)
            return ChangeSet()

        def wished(_: ChangeSet) -> None:
            if (exchanging := exchanging_of(bench)) is not None:
                exchanging.now()

        bench.do(self._page, wish, wished)

    def _say_undoable(self, words: Text) -> None:
        page = self._page
        page.around.say(
            words,
            way_out=undo_way(page.workbench, page.around.say),
        )


def size_words(size: int) -> str:
    """Return a size as people say it: 312 B, 48 KB, 3.4 MB."""
    if size < 1024:
        return f"{size} B"
    if size < MIB:
        return f"{looks.number(size / 1024)} KB"
    return f"{looks.number(size / MIB, 1)} MB"
