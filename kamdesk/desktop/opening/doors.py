"""The doors: what is shown while no desk is open: first run, unlock, a refusal, the demo made."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.pages import Route

if TYPE_CHECKING:
    from kamdesk.desktop.first_run.flow import Beginning
    from kamdesk.desktop.program import Program
    from kamdesk.sync.leaving import Removed


class Doors:
    """Shows one door after the other, until one of them leads to a desk."""

    def __init__(self, program: "Program") -> None:
        self._program = program

    def show_first_run(self) -> None:
        """Ask for language, workspace and passphrase."""
        from kamdesk.desktop.first_run.flow import FirstRun

        program = self._program
        flow = FirstRun(program.helping)
        flow.language_chosen.connect(program.application.choose_language)
        flow.finished.connect(self._begun)
        program.show_door(flow)

    def show_unlock(self, refusal: Refusal | None = None) -> None:
        """Ask for the passphrase."""
        from kamdesk.desktop.opening.steps import Doorway, UnlockStep

        step = UnlockStep(self._program.folder)
        step.other.connect(self.show_first_run)
        step.went_on.connect(lambda: self._unlock(step))
        self._program.show_door(Doorway(step))
        if refusal is not None:
            step.refuse(refusal)

    def _unlock(self, step: Any) -> None:
        program = self._program
        secret, folder = step.passphrase.text(), program.folder
        if not secret:
            step.refuse(RuleBroken(Text("Type the passphrase."), field="passphrase"))
            return
        step.wait(True)
        program.behind(
            step,
            lambda verbs: verbs.open(folder, secret),
            lambda _: program.show_desk(folder),
            lambda refusal: self.refuse_at(step, refusal),
        )

    def refuse_at(self, step: Any, refusal: Refusal) -> None:
        """Say a refusal where it was asked; damage has a page of its own."""
        from kamdesk.storage.database import Corrupt
        from kamdesk.storage.soundness import Damaged

        if isinstance(refusal, Damaged | Corrupt):
            self.show_refusal(refusal)
        else:
            step.refuse(refusal)

    def show_refusal(self, refusal: Refusal) -> None:
        """Say why no desk could be opened, with what helps."""
        from kamdesk.core.errors import Cancelled
        from kamdesk.desktop.opening.steps import Doorway, RefusedStep
        from kamdesk.storage.database import Corrupt
        from kamdesk.storage.keys import KeyMissing, WrongPassphrase
        from kamdesk.storage.lock import Held
        from kamdesk.storage.soundness import Damaged
        from kamdesk.sync.lease import LeaseOver

        program = self._program
        if isinstance(refusal, LeaseOver):
            self.show_sign_in(refusal)
        elif isinstance(refusal, Damaged | Corrupt):
            program.outside.show_damaged(refusal)
        elif isinstance(refusal, Cancelled):
            self.show_first_run()
        elif isinstance(refusal, KeyMissing | WrongPassphrase):
            wrong = isinstance(refusal, WrongPassphrase)
            self.show_unlock(RuleBroken(refusal.said, field="passphrase") if wrong else None)
        else:
            step = RefusedStep(refusal, program.folder, in_use=isinstance(refusal, Held))
            step.other.connect(self.show_first_run)
            step.went_on.connect(lambda: program.show_desk(program.folder))
            program.show_door(Doorway(step))

    def show_sign_in(self, refusal: Refusal) -> None:
        """Say that the lease has run out, and sign in at the team's hub."""
        from kamdesk.desktop.opening.hub_steps import SignInStep
        from kamdesk.desktop.opening.steps import Doorway

        program = self._program
        step = SignInStep(refusal, program.folder)
        step.other.connect(self.show_first_run)
        step.went_on.connect(lambda: self._sign_in(step))
        program.show_door(Doorway(step))

    def _sign_in(self, step: Any) -> None:
        program = self._program
        folder, invitation = program.folder, step.invitation.text().strip()
        step.wait(True)
        program.behind(
            step, lambda verbs: verbs.sign_in(folder, invitation), self._signed_in, step.refuse
        )

    def _signed_in(self, gone: "Removed | None") -> None:
        program = self._program
        if gone is None:
            program.show_desk(program.folder)
            return
        from kamdesk.desktop.opening.hub_steps import OutOfTeamStep
        from kamdesk.desktop.opening.steps import Doorway

        step = OutOfTeamStep(gone)
        step.went_on.connect(lambda: program.show_desk(program.folder))
        program.show_door(Doorway(step))

    def _begun(self, begun: "Beginning") -> None:
        if begun.what == "demo":
            self.make_demo()
        else:
            self._program.show_desk(begun.folder)
            if begun.what == "import":
                QTimer.singleShot(0, self._import)

    def make_demo(self) -> None:
        """Make the demo territory and open it."""
        from kamdesk.desktop.opening.making import make_demo

        program = self._program
        make_demo(program, program.demo, program.helping, self.show_refusal)

    def _import(self) -> None:
        window = self._program.application.window
        if window is not None:
            window.go(Route("accounts"))
        page = window.page if window is not None else None
        if page is not None:
            page.actions_here["accounts.import"].trigger()
