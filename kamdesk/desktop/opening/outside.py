"""What is done while the workspace is closed: a restore, a new key, a rescue; then it opens."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kamdesk.core.clock import Instant, zone_of_this_computer
from kamdesk.core.errors import Refusal
from kamdesk.core.wording import Text
from kamdesk.desktop.drafting import open_drafts
from kamdesk.desktop.opening.steps import (
    DamagedStep,
    Doorway,
    RefusedStep,
    RescuedStep,
    WorkingStep,
)
from kamdesk.desktop.pages import Route
from kamdesk.desktop.when import moment_words

if TYPE_CHECKING:
    from kamdesk.desktop.opening.locking import Left
    from kamdesk.desktop.opening.verbs import OpeningVerbs
    from kamdesk.desktop.program import Program
    from kamdesk.storage.salvaged import Salvaged


class OutsideWork:
    """Closes the program's window for a piece of work, and opens it again after it."""

    def __init__(self, program: "Program") -> None:
        self._program = program

    def restore(self, file: Path) -> None:
        """Bring a backup back."""
        folder = self._program.folder
        self._work(
            Text("Restoring the backup"),
            Text("It is opened and checked before it takes the place of the present file."),
            lambda verbs: verbs.restore(file, folder),
            not_done=Text("The backup was not restored"),
        )

    def renew(self, passphrase: str, code: str) -> None:
        """Renew the key."""
        folder = self._program.folder
        self._work(
            Text("Renewing the key"),
            Text("The whole workspace is encrypted anew, after a backup."),
            lambda verbs: verbs.renew(folder, passphrase, code),
            not_done=Text("The key was not renewed"),
        )

    def show_damaged(self, refusal: Refusal) -> None:
        """Say that the file is damaged and offer what helps."""
        from kamdesk.storage.soundness import Damaged

        program = self._program
        if isinstance(refusal, Damaged):
            self._offer(refusal.backup)
        else:
            folder = program.folder
            program.behind(program, lambda verbs: verbs.newest_good(folder), self._offer)

    def _offer(self, backup: Path | None) -> None:
        program = self._program
        step = DamagedStep(program.folder, _made(backup))
        if backup is not None:
            step.restore.connect(lambda: self.restore(backup))
        step.rescue.connect(self.rescue)
        step.other.connect(program.doors.show_first_run)
        program.show_door(Doorway(step))

    def rescue(self) -> None:
        """Save what can be read into a new folder beside the damaged one."""
        folder = self._program.folder
        names = [f"{folder.name}-rescued", *(f"{folder.name}-rescued-{n}" for n in range(2, 100))]
        target = next(path for name in names if not (path := folder.with_name(name)).exists())
        self._work(
            Text("Rescuing what can be read"),
            Text("The damaged file is only read; what is saved goes into a new folder."),
            lambda verbs: verbs.rescue(folder, target),
            self._rescued,
            not_done=Text("Nothing could be rescued"),
        )

    def _rescued(self, done: "Salvaged") -> None:
        program = self._program
        step = RescuedStep(
            done.folder,
            saved=sum(kind.saved for kind in done.kinds),
            partly=sum(kind.partly for kind in done.kinds),
            lost=sum(kind.lost for kind in done.kinds),
        )
        step.went_on.connect(lambda: program.show_desk(done.folder))
        program.show_door(Doorway(step))

    def _work(
        self,
        question: Text,
        sentence: Text,
        work: "Callable[[OpeningVerbs], Any]",
        then: Callable[[Any], object] | None = None,
        *,
        not_done: Text,
    ) -> None:
        program = self._program
        step = WorkingStep(question, sentence)
        door = Doorway(step)
        window = program.application.window
        if window is not None:
            for one in program.application.windows:
                for draft in open_drafts(one):
                    draft.keep()
            door.setGeometry(window.geometry())
            program.cover(door)
            program.let_go(forget=False)
        else:
            program.show_door(door)
        program.behind(
            step,
            work,
            then or (lambda _: program.show_desk(program.folder, left=(_at_safety(),))),
            lambda refusal: self._refused(refusal, not_done),
        )

    def _refused(self, refusal: Refusal, not_done: Text) -> None:
        program = self._program
        step = RefusedStep(refusal, program.folder, in_use=False, not_done=not_done)
        step.other.connect(program.doors.show_first_run)
        step.went_on.connect(lambda: program.show_desk(program.folder))
        program.show_door(Doorway(step))


def _at_safety() -> "Left":
    from kamdesk.desktop.opening.locking import Left

    return Left(Route("safety"))


def _made(backup: Path | None) -> Text | str:
    """Return when a backup was made, as its name says; empty for none."""
    if backup is None:
        return ""
    at = datetime.strptime(backup.name[:22], "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
    here = Instant(round(at.timestamp() * 1000), zone_of_this_computer())
    now = Instant(round(datetime.now(UTC).timestamp() * 1000), here.zone)
    return moment_words(here, now.day)
