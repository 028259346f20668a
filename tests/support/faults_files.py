"""Verbs that write whole files: settings, backups, keys; each judged by what opens afterwards."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from support.faults_trials import Arm, Tell, Trial, shim

from kamdesk.settings import KeptFile, Plain


class Settings(Trial):
    """A settings file written over an older one."""

    before: Final[dict[str, Plain]] = {"language": "zh_CN", "recent": "a" * 5000}
    after: Final[dict[str, Plain]] = {"language": "en", "recent": "b" * 9000}

    def fresh(self) -> None:
        super().fresh()
        KeptFile(self.place / "settings.json").write(self.before)

    def act(self, arm: Arm, tell: Tell, *, control: str) -> None:
        kept = KeptFile(self.place / "settings.json")
        arm()
        try:
            kept.write(self.after)
            tell("saved")
        except OSError as trouble:
            tell(f"refused {trouble}")
            shim.faults_disarm()
            kept.write(self.after)
            tell("went on")

    def judged(self, said: Sequence[str]) -> Iterator[str]:
        found = KeptFile(Path(self.place / "settings.json")).read()
        if found not in (self.before, self.after):
            yield "half: settings neither as before nor as after"
        elif {"saved", "went on"} & set(said) and found != self.after:
            yield "lost: settings said to be kept"


FILE_TRIALS: Final[dict[str, type[Trial]]] = {"settings": Settings}
