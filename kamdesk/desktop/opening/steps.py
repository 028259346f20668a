"""The pages one sees instead of the desk: unlock it, it is open elsewhere, it is being made."""

from pathlib import Path

from PySide6.QtCore import QRectF, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop import icons, theme
from kamdesk.desktop.first_run.step import Step
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.opening.place import DEMO_PASSPHRASE
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import LineEditor, TickBox
from kamdesk.desktop.widgets.fields import Form
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.pick import PickRow


class Doorway(QWidget):
    """The window before the desk is open: the mark, and one step in the middle."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step
        self.setWindowTitle("KamDesk")
        self.resize(1280, 720)
        self.setMinimumSize(560, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.now().px(48), 0, 0)
        column.addWidget(step)
        if (first := step.first()) is not None:
            first.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("page"))
        side = look.px(18)
        box = QRectF(look.px(16), look.px(24) - side / 2, side, side)
        icons.paint(painter, "route", box, look.colour(Tone.ACCENT))
        font = look.font(Type.HEADING)
        painter.setFont(font)
        painter.setPen(look.colour(Tone.INK))
        painter.drawText(look.px(42), round(look.px(24) + 0.365 * font.pixelSize()), "KamDesk")


class UnlockStep(Step):
    """Asks for the passphrase. Signals: ``other`` another workspace is wanted."""

    other = Signal()

    def __init__(
        self, folder: Path, *, locked: bool = False, demo: bool = False, by_pin: bool = False
    ) -> None:
        """``by_pin``: the PIN opens it as well."""
        kept = Text("What you were writing is kept. The passphrase or the recovery code opens it.")
        if by_pin:
            kept = Text("What you were writing is kept. The PIN or the passphrase opens it.")
        super().__init__(
            Text("KamDesk is locked") if locked else Text("Unlock your workspace"),
            kept if locked else Text("The passphrase or the recovery code opens it."),
            number=0,
            of=0,
            onward=Text("Unlock"),
            back=False,
        )
        self.folder = folder
        where = PlainLabel(str(folder), Type.SMALL, Tone.MUTED, fit=Fit.WRAP)
        self.column.addWidget(where)
        if demo:  # nothing in it is real
            known = Text(
                "The passphrase of the demo territory is {passphrase}.", passphrase=DEMO_PASSPHRASE
            )
            self.column.addWidget(PlainLabel(known, Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
        self.form = Form()
        self.passphrase = LineEditor(secret=True)
        label = Text("PIN or passphrase") if by_pin else Text("Passphrase")
        self.form.add("passphrase", label, self.passphrase, beside=False)
        self.column.addWidget(self.form)
        shown = TickBox(Text("Show the passphrase"))
        shown.toggled.connect(self.passphrase.reveal)
        self.column.addWidget(shown)
        self.passphrase.returnPressed.connect(self.went_on)
        if not locked:
            other = Button(Text("Another workspace…"), kind=Kind.LINK, keys="Ctrl+O")
            other.clicked.connect(self.other)
            QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self.other)
            self.column.addWidget(other)

    def first(self) -> QWidget | None:
        return self.passphrase

    def refuse(self, error: Refusal) -> None:
        """Say at the field why it did not open."""
        self.wait(False)
        self.form.refused(error)
        self.passphrase.selectAll()
        self.passphrase.setFocus()


class RefusedStep(Step):
    """Says why the workspace cannot be opened now. Signals: ``other``; ``went_on``: try again.

    ``not_done`` says instead that something else was not done.
    """

    other = Signal()

    def __init__(
        self, error: Refusal, folder: Path, *, in_use: bool, not_done: Text | None = None
    ) -> None:
        question = not_done or Text("This workspace cannot be opened")
        super().__init__(
            Text("KamDesk is open") if in_use else question,
            Text("Another window or command is writing to this workspace. Close it and try again.")
            if in_use
            else error.said,
            number=0,
            of=0,
            onward=Text("Open the workspace") if not_done else Text("Try again"),
            back=False,
        )
        self.column.addWidget(PlainLabel(str(folder), Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
        other = Button(Text("Another workspace…"), kind=Kind.LINK, keys="Ctrl+O")
        other.clicked.connect(self.other)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self.other)
        self.column.addWidget(other)


class DamagedStep(Step):
    """Says that the file is damaged and what helps; the file itself stays as it is.

    Signals: ``restore`` the newest good backup · ``rescue`` what can be read · ``other``.
    """

    restore = Signal()
    rescue = Signal()
    other = Signal()

    def __init__(self, folder: Path, made: Text | str) -> None:
        """``made`` says when the newest good backup was made; empty: there is none."""
        super().__init__(
            Text("The workspace file is damaged"),
            Text("Nothing was changed, and nothing will be: whatever you choose, it is kept."),
            number=0,
            of=0,
            back=False,
        )
        self.column.addWidget(PlainLabel(str(folder), Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
        offered: list[tuple[str, Text, Text, SignalInstance]] = []
        if made:
            said = Text("Made {when}. What was written after it is not in it.", when=made)
            offered.append(("history", Text("Restore the newest backup"), said, self.restore))
        said = Text("Into a new folder beside it; you see what could be saved.")
        offered.append(("shield-alert", Text("Rescue what can be read"), said, self.rescue))
        said = Text("Open or make one in another folder.")
        offered.append(("folder-open", Text("Another workspace…"), said, self.other))
        self.rows: list[PickRow] = []
        for n, (icon, name, meaning, told) in enumerate(offered, 1):
            row = PickRow(icon, name, meaning, keys=str(n))
            row.clicked.connect(lambda *_, told=told: told.emit())
            self.rows.append(row)
            self.column.addWidget(row)

    def first(self) -> QWidget | None:
        return self.rows[0]


class RescuedStep(Step):
    """Says what was rescued. Signals: ``went_on`` open it."""

    def __init__(self, folder: Path, *, saved: int, partly: int, lost: int) -> None:
        super().__init__(
            Text("{n} record was rescued", "{n} records were rescued", n=saved),
            Text("The damaged file stays where it is. The rescued workspace lies here:"),
            number=0,
            of=0,
            onward=Text("Open the rescued workspace"),
            back=False,
        )
        self.column.addWidget(PlainLabel(str(folder), Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
        for n, said in (
            (partly, Text("{n} may lack something.", "{n} may lack something.", n=partly)),
            (lost, Text("{n} is lost.", "{n} are lost.", n=lost)),
        ):
            if n:
                self.column.addWidget(PlainLabel(said, Type.BODY, Tone.OCHRE, fit=Fit.WRAP))


class WorkingStep(Step):
    """Shows that something is being done while the workspace is closed."""

    def __init__(self, question: Text, sentence: Text) -> None:
        super().__init__(question, sentence, number=0, of=0, back=False)
        self._far = PlainLabel(Text("A moment…"), Type.BODY, Tone.SECOND)
        self.column.addWidget(self._far)

    def first(self) -> QWidget | None:
        return None

    def show_job(self, job: Job | None) -> None:
        """Show how far it is, where that is known."""
        if job is not None and job.share is not None:
            self._far.say(Text("{percent} %", percent=round(100 * job.share)))


class MakingStep(Step):
    """Shows how far the demo territory is. Signals: ``went_back`` it shall stop."""

    def __init__(self) -> None:
        super().__init__(
            Text("Making the demo territory"),
            Text("80 invented customers with their people, visits and promises. A few seconds."),
            number=0,
            of=0,
        )
        self._far = PlainLabel("", Type.BODY, Tone.SECOND)
        self.column.addWidget(self._far)

    def first(self) -> QWidget | None:
        return self.back

    def show_job(self, job: Job | None) -> None:
        """Show how many customers there are by now."""
        if job is not None and job.total:
            self._far.say(Text("{done} of {all} customers", done=job.done, all=job.total))
