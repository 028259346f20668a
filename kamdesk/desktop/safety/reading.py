"""What the safety page shows, read in one go: the backups, and when the file was found whole."""

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kamdesk.core.clock import Day, Instant, zone_of_this_computer
from kamdesk.core.wording import Text
from kamdesk.storage.backups import WORDS, Backup, found

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace


class BackupRow(NamedTuple):
    """One backup: when (here), why, bytes, and how many actions came after it."""

    id: str
    path: Path
    at: Instant
    why: Text
    size: int
    behind: int
    whole: bool


class SafetySeen(NamedTuple):
    """The backups, newest first; when the file was last found whole; the calendar's today."""

    backups: list[BackupRow]
    checked: Day | None
    today: Day


def read_safety(desk: "Workspace", folder: Path) -> SafetySeen:
    """Return what the page shows."""
    now = Instant(desk.clock.now().ms, zone_of_this_computer())
    checked = desk.soundness.last() if desk.opened else None
    rows = [_row(desk, backup) for backup in found(folder)]
    return SafetySeen(rows, checked, now.day)


def _row(desk: "Workspace", backup: Backup) -> BackupRow:
    at = backup.at.astimezone(UTC)
    behind = desk.storage.reader.ask(
        "SELECT count(*) FROM actions WHERE at > ?",
        f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z",
    ).value()
    here = Instant(round(at.timestamp() * 1000), zone_of_this_computer())
    return BackupRow(
        backup.path.name,
        backup.path,
        here,
        WORDS[backup.why],
        backup.size,
        behind,
        backup.looks_whole,
    )
