"""Which kept files may be opened from here: what people read and look at, nothing that runs."""

from typing import TYPE_CHECKING, Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import FileId
from kamdesk.core.wording import Text

if TYPE_CHECKING:
    from pathlib import Path

    from kamdesk.workspace import Workspace

READ: Final = frozenset(
    {
        ".pdf", ".ofd", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic",
        ".txt", ".csv", ".md", ".log", ".rtf", ".docx", ".xlsx", ".pptx", ".doc", ".xls", ".ppt",
        ".wps", ".et", ".dps", ".odt", ".ods", ".odp", ".eml", ".msg", ".vcf", ".ics", ".dwg",
        ".dxf", ".step", ".stp", ".mp3", ".m4a", ".wav", ".mp4", ".mov", ".zip", ".7z", ".rar",
    }
)  # fmt: skip
"""Endings; a program, a script or a page of the web would run with the user's rights."""


def open_copy(desk: "Workspace", file: FileId) -> "Path":
    """Return a private copy of a file for a viewer; it goes when KamDesk locks or ends.

    Raises ``RuleBroken`` for one that would run, ``StorageTrouble`` for the disk.
    """
    from kamdesk.desktop.papers.shown_papers import put_shown

    found, data = desk.files.content(file)
    if found.ending not in READ or desk.folder is None:
        raise RuleBroken(
            Text(
                "“{name}” may be a program, so it is not opened from here. Save a copy if you trust"
                " whoever sent it.",
                name=found.name,
            )
        )
    return put_shown(desk.folder, data, found.ending)
