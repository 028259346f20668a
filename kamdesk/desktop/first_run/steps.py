"""The steps of the first run, each with its fields; the flow decides what comes after what."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.first_run.step import Step
from kamdesk.desktop.first_run.strength import strength
from kamdesk.desktop.recovery_code import Behind, CodeShown
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import LineEditor, TickBox
from kamdesk.desktop.widgets.fields import Form
from kamdesk.desktop.widgets.pick import PickRow

STEPS = 4


class LanguageStep(Step):
    """English or Chinese. Signals: ``picked(language)``."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            Text("Which language do you work in?"),
            Text("English and Chinese are equals here; papers may speak another one."),
            number=1,
            of=STEPS,
            back=False,
        )
        self.rows: dict[str, PickRow] = {}
        for key, code, name in (("1", "zh", "中文"), ("2", "en", "English")):
            row = PickRow("languages", name, keys=key)
            row.setChecked(code == looks.language())
            row.clicked.connect(lambda *_, code=code: self.picked.emit(code))
            self.rows[code] = row
            self.column.addWidget(row)

    def first(self) -> QWidget | None:
        return self.rows[looks.language()]


class PlaceStep(Step):
    """A new workspace, or one that exists. Signals: ``picked(new)``."""

    picked = Signal(bool)

    def __init__(self) -> None:
        super().__init__(
            Text("Where is your workspace?"),
            Text("A workspace is one folder on this computer, encrypted as a whole."),
            number=2,
            of=STEPS,
        )
        self.new = PickRow(
            "plus",
            Text("Make a new workspace"),
            Text("You start here, or this is a new computer"),
            keys="1",
        )
        self.old = PickRow(
            "folder-open",
            Text("Open a workspace"),
            Text("Its folder is already on this computer or on a disk"),
            keys="2",
        )
        for row, new in ((self.new, True), (self.old, False)):
            row.clicked.connect(lambda *_, new=new: self.picked.emit(new))
            self.column.addWidget(row)

    def first(self) -> QWidget | None:
        return self.new


class KeyStep(Step):
    """The folder and the passphrase: given twice for a new workspace, once for an old one."""

    def __init__(self, folder: Path, *, new: bool) -> None:
        super().__init__(
            Text("Make your workspace") if new else Text("Open your workspace"),
            Text("Nobody can reset this passphrase: not us, not your company.")
            if new
            else Text("The passphrase or the recovery code opens it."),
            number=3,
            of=STEPS,
            onward=Text("Make the workspace") if new else Text("Open the workspace"),
        )
        self.new = new
        self.form = Form()
        self.column.addWidget(self.form)
        self.folder = LineEditor(str(folder))
        self.folder.setAccessibleName(looks.said(Text("Folder")))
        choose = Button(Text("Choose…"), icon="folder-open", keys="Ctrl+O")
        choose.clicked.connect(self._choose_folder)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._choose_folder)
        self.form.add("folder", Text("Folder"), _beside(self.folder, choose), beside=False)
        self.name = LineEditor()
        self.passphrase = LineEditor(secret=True)
        self.again = LineEditor(secret=True)
        if new:
            self.form.add(
                "name",
                Text("Your name"),
                self.name,
                help=Text("As colleagues see it beside what you write"),
                beside=False,
            )
        row = self.form.add("passphrase", Text("Passphrase"), self.passphrase, beside=False)
        if new:
            self.form.add("again", Text("The same passphrase again"), self.again, beside=False)
            self.passphrase.textChanged.connect(lambda text: row.advise(*strength(text)[1:]))
            row.advise(*strength("")[1:])
        shown = TickBox(Text("Show the passphrase"))
        for secret in (self.passphrase, self.again):
            shown.toggled.connect(secret.reveal)
        self.column.addWidget(shown)
        for editor in (self.folder, self.name, self.passphrase, self.again):
            editor.returnPressed.connect(self.went_on)
            editor.textChanged.connect(lambda _: self.form.accept())

    def first(self) -> QWidget | None:
        return self.name if self.new else self.passphrase

    def _choose_folder(self) -> None:
        title = looks.said(Text("Choose the workspace's folder"))
        if chosen := QFileDialog.getExistingDirectory(self, title, self.folder.text()):
            self.folder.setText(chosen)


class CodeStep(Step):
    """The recovery code, to be written down before going on."""

    def __init__(self, code: str, folder: Path, behind: Behind) -> None:
        super().__init__(
            Text("Keep your recovery code"),
            Text("It opens the workspace when the passphrase is lost. It is shown only now."),
            number=4,
            of=STEPS,
            onward=Text("Go on"),
            back=False,
        )
        shown = CodeShown(code, folder, behind)
        self.column.addWidget(shown)
        self.kept = shown.kept
        self.kept.toggled.connect(self._may_go_on)
        self._may_go_on(False)

    def first(self) -> QWidget | None:
        return self.kept

    def _may_go_on(self, kept: bool) -> None:
        if self.onward is not None:
            self.onward.setEnabled(kept)


class ReadyStep(Step):
    """What to begin with. Signals: ``picked(beginning)``: ``import``, ``demo`` or ``empty``."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            Text("Your workspace is ready"),
            Text("What would you like to begin with?"),
            number=0,
            of=STEPS,
            back=False,
        )
        self.rows: dict[str, PickRow] = {}
        for key, beginning, icon, name, meaning in (
            (
                "1",
                "import",
                "upload",
                Text("Import a file"),
                Text("Customers, people or visits from Excel, CSV, vCard or a calendar"),
            ),
            (
                "2",
                "demo",
                "map",
                Text("Look at the demo territory"),
                Text("Invented customers, in a workspace of their own"),
            ),
            (
                "3",
                "empty",
                "plus",
                Text("Start empty"),
                Text("Enter your first customer by hand"),
            ),
        ):
            row = PickRow(icon, name, meaning, keys=key)
            row.clicked.connect(lambda *_, beginning=beginning: self.picked.emit(beginning))
            self.rows[beginning] = row
            self.column.addWidget(row)

    def first(self) -> QWidget | None:
        return self.rows["import"]


def _beside(editor: LineEditor, button: Button) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.now().px(8))
    row.addWidget(editor, 1)
    row.addWidget(button)
    holder.setFocusProxy(editor)
    return holder
