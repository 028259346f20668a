"""The safety page: backups at the left; at the right what opens the workspace, step by step."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.actions import Action
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Around, Crumb, Page, Route
from kamdesk.desktop.panel_step import PanelStep, fill_panel
from kamdesk.desktop.safety.keeper import short_of
from kamdesk.desktop.safety.outside import Outside
from kamdesk.desktop.safety.reading import BackupRow, SafetySeen, read_safety
from kamdesk.desktop.safety.steps import NewCodeStep, PassphraseStep, RestoreStep
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words, moments_at_widest
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.desktop.widgets.labels import Fit, Heading, PlainLabel
from kamdesk.desktop.widgets.panes import SidePanel
from kamdesk.desktop.widgets.record_table import RecordTable
from kamdesk.desktop.widgets.states import EmptyState

if TYPE_CHECKING:
    from kamdesk.storage.backups import Backup
    from kamdesk.storage.pin import Pin
    from kamdesk.workspace import Workspace


class SafetyPage(Page["Workspace"]):
    """Backups, keys, the weekly look; steps take the side panel."""

    title = Text("Safety")
    scrolls = False
    keys = (
        ("B", Text("Back up now")),
        ("Enter", Text("Restore…")),
        ("P", Text("Passphrase")),
        ("F6", Text("Next part")),
    )

    def __init__(
        self, around: "Around[Workspace]", route: Route, folder: Path, outside: Outside | None
    ) -> None:
        self._folder, self._outside = folder, outside
        self.step: PanelStep | None = None
        self._today = date.max
        self._seen: SafetySeen | None = None
        self._kept_too_long: int | None = None
        super().__init__(around, route)

    def build(self) -> None:
        add = self.actions_here.add
        self._now = now = add(
            "safety.backup", Text("Back up now"), self._back_up, keys="B", icon="save"
        )
        copy = add("safety.copy", Text("Save a copy…"), self._copy, keys="S", icon="download")
        add("safety.restore", Text("Restore…"), self._ask_restore, icon="history")
        other = add(
            "safety.other",
            Text("Restore another file…"),
            self._other_file,
            keys="O",
            icon="folder-open",
        )
        self._in_panel: tuple[Action, ...] = (
            add("safety.passphrase", Text("Change the passphrase"), self._passphrase, keys="P"),
            add("safety.pin", Text("PIN"), self._pin, keys="I"),
            add("safety.code", Text("New recovery code"), self._new_code, keys="C"),
            add("safety.renew", Text("Renew the key"), self._renew, keys="K"),
        )
        self._check = add("safety.check", Text("Look through it now"), self._look, keys="W")
        self._review = add(
            "safety.review", Text("Who is kept too long"), lambda: self.go("review"), keys="V"
        )
        sheet = Sheet(scrolls=False, foot=12)
        roomy = theme.now().percent <= 125  # else the title would be cut
        self._head = sheet.head(
            Text("Safety"),
            "",
            Button.of(copy, words_shown=roomy),
            Button.of(now, kind=Kind.PRIMARY, words_shown=roomy),
        )
        self.list: RecordTable[BackupRow] = RecordTable(
            Text("Backups"),
            self._columns(),
            key="safety.backups",
            remembered=self.around.remembered,
            empty=EmptyState(
                "history",
                Text("No backup yet"),
                Text("One is made every day by itself, and before anything that changes much."),
            ),
        )
        self.list.opened.connect(lambda _: self._ask_restore())
        sheet.add(self.list, reach="list", stretch=1)
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.now().px(8))
        restore = Button(Text("Restore…"), icon="history", keys="Enter")  # the list's own key
        restore.clicked.connect(self._ask_restore)
        row.addWidget(restore)
        row.addWidget(Button.of(other, words_shown=roomy))
        row.addStretch(1)
        sheet.add(foot)
        self.panel = SidePanel()
        self.use(sheet, self.panel)
        self._show_overview()
        self.workbench.job(
            self,
            Text("Look who is kept too long"),
            lambda desk, job: len(desk.rights.review(job.step)),
            self._judged,
        )

    def _columns(self) -> tuple[Column[BackupRow], ...]:
        return (
            Column(
                Text("When"),
                show=lambda row: looks.capital(moment_words(row.at, self._today)),
                sort_by=lambda row: row.at.ms,
                strong=True,
                widest=moments_at_widest,
            ),
            Column(
                Text("Why"),
                show=lambda row: looks.capital(row.why if row.whole else Text("not whole")),
                tone=lambda row: Tone.SECOND if row.whole else Tone.BRICK,
            ),
            Column(
                Text("Actions since"),
                show=lambda row: str(row.behind),
                sort_by=lambda row: row.behind,
                align=Align.RIGHT,
                width=112,
            ),
            Column(
                Text("Size"),
                show=lambda row: Text("{n} MB", n=f"{row.size / 1_000_000:,.1f}"),
                sort_by=lambda row: row.size,
                align=Align.RIGHT,
                width=96,
            ),
        )

    def crumbs(self) -> tuple[Crumb, ...]:
        return Crumb(Text("Settings"), Route("settings")), Crumb(self.title)

    def panes(self) -> tuple[QWidget, ...]:
        return self.list, self.panel

    # ---- showing

    def reload(self) -> None:
        folder = self._folder
        self.ask(lambda desk: read_safety(desk, folder), self._show)

    def _show(self, seen: SafetySeen) -> None:
        self._seen, self._today = seen, seen.today
        self.list.show_lines(seen.backups)
        if self.list.current is None and seen.backups:
            self.list.choose(seen.backups[0].id)
        n = len(seen.backups)
        self._head.remark.say(Text("{n} backup", "{n} backups", n=n) if n else "")
        if self.step is None:
            self._show_overview()

    def _show_overview(self) -> None:
        self.step = None
        look, seen = theme.now(), self._seen
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(Heading(Text("What opens this workspace")))
        said = Text("The passphrase, the recovery code, and this computer's keyring if it has one.")
        column.addWidget(PlainLabel(said, Type.BODY, Tone.SECOND, fit=Fit.WRAP))
        for action in self._in_panel:
            column.addWidget(Button.of(action))
        column.addSpacing(look.px(20))
        column.addWidget(Heading(Text("Is it whole?")))
        checked = seen.checked if seen else None
        day = looks.day(checked, today=self._today) if checked else ""
        whole = (
            Text("Found whole on {day}. It is looked through once a week by itself.", day=day)
            if checked
            else Text("Not looked through yet. It is done once a week by itself.")
        )
        column.addWidget(PlainLabel(whole, Type.BODY, Tone.SECOND, fit=Fit.WRAP))
        column.addWidget(Button.of(self._check))
        column.addSpacing(look.px(20))
        column.addWidget(Heading(Text("People's rights")))
        self._late = PlainLabel(self._late_words(), Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        column.addWidget(self._late)
        column.addWidget(Button.of(self._review))
        column.addStretch(1)
        fill_panel(self.panel, holder)

    def _late_words(self) -> Text:
        n = self._kept_too_long
        if n is None:
            return Text("Looking through the file …")
        if n == 0:
            return Text("Nobody is kept too long.")
        return Text("{n} person is kept too long.", "{n} people are kept too long.", n=n)

    def _judged(self, late: int) -> None:
        self._kept_too_long = late
        if self.step is None:
            self._late.say(self._late_words())

    def _begin(self, step: PanelStep) -> None:
        self.step = step
        step.closed.connect(self._close_step)
        fill_panel(self.panel, step)
        step.begin()

    def _close_step(self) -> None:
        self._show_overview()
        self.list.setFocus()

    # ---- backups

    def _back_up(self) -> None:
        def make(desk: "Workspace", job: Job) -> "Backup":
            from kamdesk.storage.backups import Why

            return desk.backups.make(Why.BY_HAND, steps=job.step)

        self._now.enable(False)  # pressed twice it is one
        self.workbench.job(self, Text("Making a backup"), make, self._made, self._not_done)

    def _made(self, made: "Backup") -> None:
        self._now.enable(True)
        self.around.say(Text("The backup was made, opened and counted."))
        self.reload()

    def _copy(self) -> None:
        from kamdesk.desktop.files import ask_for_folder

        folder = ask_for_folder(self, Text("Save a copy…"))
        if folder is None:
            return

        def copy(desk: "Workspace", job: Job) -> Path:
            return desk.backups.make_at(folder, steps=job.step)

        self.workbench.job(self, Text("Saving a copy"), copy, self._copied, self._not_done)

    def _copied(self, path: Path) -> None:
        said = Text(
            "The copy is {file}, with its key file beside it. Keep the two together.",
            file=path.name,
        )
        self.around.say(said)

    def _not_done(self, refusal: Refusal) -> None:
        self._now.enable(True)
        self.around.say(short_of(refusal))

    def _ask_restore(self) -> None:
        row = self.list.current
        if row is not None:
            self._confirm(row.path, row)

    def _other_file(self) -> None:
        from kamdesk.desktop.files import ask_for_file

        path = ask_for_file(self, Text("Restore another file…"), Text("Backups"), "*.db")
        if path is not None:
            self._confirm(path, None)

    def _confirm(self, path: Path, row: BackupRow | None) -> None:
        step = RestoreStep(path.name, row, self._today)
        outside = self._outside
        if outside is not None:
            step.wanted.connect(lambda: outside.restore(path))
        self._begin(step)

    # ---- keys

    def _passphrase(self) -> None:
        step = PassphraseStep(self)
        step.done.connect(
            lambda left: self._changed(Text("From now on the new passphrase counts."), left)
        )
        self._begin(step)

    def _pin(self) -> None:
        from kamdesk.desktop.safety.pin_step import PinStep

        step = PinStep(self)
        step.done.connect(self._pin_set)
        self._begin(step)

    def _pin_set(self, pin: "Pin | None") -> None:
        if self._outside is not None:
            self._outside.pin(pin)
        off = Text("There is no PIN any more.")
        self.around.say(Text("From now on the PIN counts.") if pin else off)
        self._close_step()

    def _new_code(self) -> None:
        step = NewCodeStep(self, self._folder, renew=False)
        step.done.connect(
            lambda left: self._changed(Text("From now on the new recovery code counts."), left)
        )
        self._begin(step)

    def _renew(self) -> None:
        step = NewCodeStep(self, self._folder, renew=True)
        if self._outside is not None:
            step.renewal.connect(self._outside.renew)
        self._begin(step)

    def _changed(self, said: Text, left: Any) -> None:
        if left:
            said = Text(
                "{said} {n} backup could not be changed: it opens as it did before.",
                "{said} {n} backups could not be changed: they open as they did before.",
                said=said,
                n=len(left),
            )
        self.around.say(said)
        self._close_step()

    # ---- whole?

    def _look(self) -> None:
        def look(desk: "Workspace", _job: Job) -> date:
            desk.soundness.look()
            return desk.clock.today()

        name = Text("Looking through the whole file")
        self.workbench.job(self, name, look, self._looked, self._not_done)

    def _looked(self, today: date) -> None:
        self.around.say(Text("The file is whole."))
        self.workbench.do(self, lambda desk: desk.soundness.note(today), lambda _: self.reload())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.fit(self.window().width())
        narrow = self.width() - self.panel.width() < theme.now().px(520)
        for column in (2, 3):
            self.list.view.setColumnHidden(column, narrow)
