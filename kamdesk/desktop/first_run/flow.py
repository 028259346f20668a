"""The flow of the first run: which step comes after which, and what is done in between."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import icons, looks, theme
from kamdesk.desktop.first_run.step import Step
from kamdesk.desktop.first_run.steps import CodeStep, KeyStep, LanguageStep, PlaceStep, ReadyStep
from kamdesk.desktop.first_run.verbs import FirstRunVerbs
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.workbench import Workbench


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What came of the first run: the workspace, and what to begin with."""

    folder: Path
    passphrase: str
    new: bool
    what: str = "empty"


class FirstRun(QWidget):
    """The window before there is a workspace.

    Signals: ``language_chosen(language)`` the program shall speak it and call ``rebuild`` ·
    ``finished(Beginning)``.
    """

    language_chosen = Signal(str)
    finished = Signal(object)

    def __init__(self, workbench: Workbench[FirstRunVerbs], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._folder = Path()
        self._begun: Beginning | None = None
        self.setWindowTitle("KamDesk")
        self.resize(1280, 720)
        self.setMinimumSize(560, 480)
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.now().px(48), 0, 0)
        column.addWidget(self._stack)
        QShortcut(QKeySequence("Esc"), self).activated.connect(
            lambda: self.step.went_back.emit() if self.step.isEnabled() else None
        )
        self.show_language()
        workbench.ask(self, lambda verbs: verbs.usual_folder(), self._know_folder)

    @property
    def step(self) -> Step:
        """The step shown."""
        shown = self._stack.currentWidget()
        assert isinstance(shown, Step)  # noqa: S101  (nothing else is put on the stack)
        return shown

    def rebuild(self) -> None:
        """Speak the language that was chosen."""
        if isinstance(self.step, LanguageStep):
            self.show_place()

    def show_language(self) -> None:
        """Ask for the language."""
        step = LanguageStep()
        step.picked.connect(self._pick_language)
        self._show(step)

    def show_place(self) -> None:
        """Ask whether the workspace is new."""
        step = PlaceStep()
        step.went_back.connect(self.show_language)
        step.picked.connect(self.show_key)
        self._show(step)

    def show_key(self, new: bool) -> None:
        """Ask for folder and passphrase."""
        step = KeyStep(self._folder, new=new)
        step.went_back.connect(self.show_place)
        step.went_on.connect(lambda: self._unlock(step))
        self._show(step)

    def show_code(self, code: str) -> None:
        """Show the recovery code."""

        def behind(
            work: Callable[[], Any],
            then: Callable[[Any], object],
            failed: Callable[[Refusal], object],
        ) -> None:
            self._workbench.ask(step, lambda _verbs: work(), then, failed)

        step = CodeStep(code, self._begun.folder if self._begun else self._folder, behind)
        step.went_on.connect(self.show_ready)
        self._show(step)

    def show_ready(self) -> None:
        """Ask what to begin with."""
        step = ReadyStep()
        step.picked.connect(self._finish)
        self._show(step)

    def _show(self, step: Step) -> None:
        before = self._stack.currentWidget()
        self._stack.addWidget(step)
        self._stack.setCurrentWidget(step)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        if (first := step.first()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _know_folder(self, folder: Path) -> None:
        self._folder = folder

    def _pick_language(self, language: str) -> None:
        before = looks.language()
        self.language_chosen.emit(language)
        if looks.language() == before:
            self.show_place()

    def _unlock(self, step: KeyStep) -> None:
        folder, passphrase = Path(step.folder.text().strip()).expanduser(), step.passphrase.text()
        name = step.name.text().strip()
        step.form.accept()
        try:
            _check(step, name, passphrase)
        except RuleBroken as error:
            step.form.refused(error)
            return
        begun = Beginning(folder=folder, passphrase=passphrase, new=step.new)

        def refused(error: Refusal) -> None:
            step.wait(False)
            step.form.refused(error)

        def made(code: str) -> None:
            self._begun = begun
            self.show_code(code)

        def opened(_: None) -> None:
            self._begun = begun
            self._finish("empty")

        step.wait(True)
        if step.new:
            self._workbench.ask(
                step, lambda verbs: verbs.create(folder, passphrase, name), made, refused
            )
        else:
            self._workbench.ask(step, lambda verbs: verbs.open(folder, passphrase), opened, refused)

    def _finish(self, what: str) -> None:
        if (begun := self._begun) is not None:
            self.finished.emit(
                Beginning(
                    folder=begun.folder, passphrase=begun.passphrase, new=begun.new, what=what
                )
            )

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


def _check(step: KeyStep, name: str, passphrase: str) -> None:
    if not step.folder.text().strip():
        raise RuleBroken(Text("Say in which folder."), field="folder")
    if step.new and not name:
        raise RuleBroken(Text("Say your name: it stands beside what you write."), field="name")
    if not passphrase:
        raise RuleBroken(Text("Type the passphrase."), field="passphrase")
    if step.new and passphrase != step.again.text():
        raise RuleBroken(Text("The two passphrases differ."), field="again")
