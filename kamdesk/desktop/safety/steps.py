"""The steps of the safety page: another passphrase, a new recovery code, a new key, a restore."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from kamdesk.core.errors import Refusal, RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop.first_run.strength import strength
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.pages import Page
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.recovery_code import CodeShown
from kamdesk.desktop.safety.reading import BackupRow
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.when import moment_words
from kamdesk.desktop.widgets.labels import Fit, PlainLabel

if TYPE_CHECKING:
    from datetime import date

    from kamdesk.workspace import Workspace

_Page = Page["Workspace"]


class PassphraseStep(PanelStep):
    """Changes the passphrase. Signals: ``done(Left)`` key files of backups left as they were."""

    done = Signal(object)

    def __init__(self, page: _Page) -> None:
        super().__init__(
            Text("Change the passphrase"),
            Text("It then opens the backups as well. The recovery code stays."),
            do=Text("Change it"),
        )
        self._page = page
        self.secret = self.ask("secret", Text("Passphrase or recovery code"), secret=True)
        self.new = self.ask("new", Text("New passphrase"), secret=True)
        self.again = self.ask("again", Text("The same passphrase again"), secret=True)
        row = self.form.rows["new"]
        self.new.textChanged.connect(lambda text: row.advise(*strength(text)[1:]))
        self.wanted.connect(self._change)

    def _change(self) -> None:
        secret, new = self.secret.text(), self.new.text()
        self.form.accept()
        if new != self.again.text():
            self.refused(RuleBroken(Text("The two passphrases differ."), field="again"))
            return

        def change(desk: "Workspace", _job: Job) -> Any:
            from kamdesk.storage.rekeying import change_passphrase

            return change_passphrase(_opened(desk), secret=secret, new=new)

        self.wait(True)
        self._page.workbench.job(
            self, Text("Changing the passphrase"), change, self.done.emit, self.refused, writes=True
        )


class NewCodeStep(PanelStep):
    """Makes a new recovery code, and with ``renew`` a new key that it belongs to.

    First the passphrase is asked, then the code is shown; it counts when that is confirmed.
    Signals: ``done(Left)`` · ``renewal(passphrase, code)`` the workspace is to be closed for it.
    """

    done = Signal(object)
    renewal = Signal(str, str)

    def __init__(self, page: _Page, folder: Path, *, renew: bool) -> None:
        super().__init__(
            Text("Renew the key") if renew else Text("New recovery code"),
            Text(
                "The whole workspace is encrypted anew, after a backup; it is closed meanwhile."
                " The passphrase stays, and there is a new recovery code."
            )
            if renew
            else Text("The code before then opens nothing any more, nor do the backups by it."),
            do=Text("Show the new code"),
        )
        self._page, self._folder, self._renew = page, folder, renew
        label = Text("Passphrase") if renew else Text("Passphrase or recovery code")
        self.secret = self.ask("secret", label, secret=True)
        self.shown: CodeShown | None = None
        self._code = ""
        self.wanted.connect(self._go_on)

    def _go_on(self) -> None:
        self.form.accept()
        if self.shown is None:
            self._prove()
        else:
            self._count()

    def _prove(self) -> None:
        secret, folder, renew = self.secret.text(), self._folder, self._renew

        def prove(_desk: "Workspace") -> str:
            from kamdesk.storage.key_file import new_code
            from kamdesk.storage.rekeying import proved

            proved(folder, secret, by_code=not renew)
            return new_code()

        self.wait(True)
        self._page.workbench.ask(self, prove, self._show, self.refused)

    def _show(self, code: str) -> None:
        self.wait(False)
        self._code = code
        self.form.hide()
        self.shown = CodeShown(code, self._folder, self._behind, narrow=True)
        self.column.addWidget(self.shown)
        if self.do is not None:
            words = Text("Renew the key") if self._renew else Text("Let it count")
            self.do.say(words)
            self.do.setEnabled(False)
            self.shown.kept.toggled.connect(self.do.setEnabled)
        self.shown.kept.setFocus()

    def _behind(self, work: Any, then: Any, failed: Any) -> None:
        self._page.workbench.ask(self, lambda _desk: work(), then, failed)

    def _count(self) -> None:
        secret, code = self.secret.text(), self._code
        if self._renew:
            self.renewal.emit(secret, code)
            return

        def change(desk: "Workspace", _job: Job) -> Any:
            from kamdesk.storage.rekeying import change_code

            return change_code(_opened(desk), secret=secret, code=code)

        self.wait(True)
        self._page.workbench.job(
            self, Text("Changing the code"), change, self.done.emit, self._not_counting, writes=True
        )

    def _not_counting(self, refusal: Refusal) -> None:
        self.refused(refusal)
        self.form.show()


class RestoreStep(PanelStep):
    """Asks once more before a backup is brought back. Signals: ``wanted``."""

    def __init__(self, name: str, row: BackupRow | None, today: "date") -> None:
        super().__init__(Text("Restore a backup"), do=Text("Restore it"), danger=True)
        lines: list[Text | str] = [name]
        if row is not None:
            when = moment_words(row.at, today)
            lines = [Text("The workspace becomes what it was: {when}.", when=when)]
            lines.append(
                Text(
                    "{n} action since then is not in it.",
                    "{n} actions since then are not in it.",
                    n=row.behind,
                )
                if row.behind
                else Text("Nothing was written since then.")
            )
        lines.append(
            Text("The present file is put aside whole in the workspace's folder, not deleted.")
        )
        for n, words in enumerate(lines):
            tone = Tone.INK if n == 0 else Tone.SECOND
            self.column.addWidget(PlainLabel(words, Type.BODY, tone, fit=Fit.WRAP))


def _opened(desk: "Workspace") -> Any:
    if desk.opened is None:
        raise LookupError("a workspace without a folder has no key file")
    return desk.opened
