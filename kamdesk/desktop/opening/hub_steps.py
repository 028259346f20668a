"""The pages a team's hub is the reason for: sign in after a long absence, and out of the team."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.first_run.step import Step
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import LineEditor
from kamdesk.desktop.widgets.fields import Form
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.sync.post import Cause, HubTrouble

if TYPE_CHECKING:
    from kamdesk.sync.leaving import Removed


class SignInStep(Step):
    """Says that the lease has run out. Signals: ``went_on`` sign in; ``other`` workspace."""

    other = Signal()

    def __init__(self, refusal: Refusal, folder: Path) -> None:
        super().__init__(
            Text("Sign in to your team again"),
            refusal.said,
            number=0,
            of=0,
            onward=Text("Sign in"),
            back=False,
        )
        self.column.addWidget(PlainLabel(str(folder), Type.SMALL, Tone.MUTED, fit=Fit.WRAP))
        self._said = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self._said.hide()
        self.column.addWidget(self._said)
        self.form = Form()
        self.invitation = LineEditor()
        self.form.add("invitation", Text("New invitation"), self.invitation, beside=False)
        self.invitation.returnPressed.connect(self.went_on)
        self.form.hide()
        self.column.addWidget(self.form)
        other = Button(Text("Another workspace…"), kind=Kind.LINK, keys="Ctrl+O")
        other.clicked.connect(self.other)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self.other)
        self.column.addWidget(other)

    def first(self) -> QWidget | None:
        return self.onward

    def wait(self, waiting: bool) -> None:
        """Say that the hub is being asked, and take no pressing meanwhile."""
        if self.onward is not None:
            self.onward.setEnabled(not waiting)
        if waiting:
            self._said.say(Text("Asking the hub…"), Tone.SECOND)
            self._said.show()

    def refuse(self, error: Refusal) -> None:
        """Say why one could not sign in; whom the hub does not know may give an invitation."""
        self.wait(False)
        if isinstance(error, RuleBroken) and error.field == "invitation":
            self._said.hide()
            self.form.refused(error)
            self.invitation.setFocus()
            return
        self._said.say(error.said, Tone.BRICK)
        self._said.show()
        if isinstance(error, HubTrouble) and error.cause is Cause.SHUT_OUT:
            self.form.show()
            self.invitation.setFocus()
        elif self.onward is not None:
            self.onward.setFocus()


class OutOfTeamStep(Step):
    """Says what went because this computer was shut out. Signals: ``went_on``."""

    def __init__(self, gone: "Removed") -> None:
        super().__init__(
            Text("This computer is no longer in the team"),
            Text(
                "The administrator of {hub} has taken its access away. What came from the team was"
                " removed from this computer.",
                hub=gone.hub,
            ),
            number=0,
            of=0,
            onward=Text("Open the workspace"),
            back=False,
        )
        stays = Text("What was never shared with the team is still here.")
        kept = Text(
            "{n} change of yours the hub never got is kept under Exchange.",
            "{n} changes of yours the hub never got are kept under Exchange.",
            n=gone.kept,
        )
        went = Text("{n} customer was removed.", "{n} customers were removed.", n=gone.customers)
        again = Text("If this is a mistake, ask the administrator for a new invitation.")
        for said in (went, stays, *((kept,) if gone.kept else ()), again):
            self.column.addWidget(PlainLabel(said, Type.BODY, Tone.INK, fit=Fit.WRAP))
        if self.onward is not None:
            self.setFocusProxy(self.onward)

    def first(self) -> QWidget | None:
        return self.onward
