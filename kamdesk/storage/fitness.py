"""Where a workspace may lie: on this computer's own disk, in a folder nobody else copies."""

import re
import sys
from pathlib import Path

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text

_FAR = re.compile(r"nfs\d?|cifs|smb\d?|smbfs|afpfs|davfs|fuse\.(?!fuse-overlayfs$).*")
_SYNCED = re.compile(
    r"(onedrive|dropbox|google ?drive|icloud( ?drive|~.*)?|mobile documents|com~apple~clouddocs"
    r"|cloudstorage|nextcloud|owncloud|baidusyncdisk|(我的)?坚果云|(my )?nutstore( files)?)"
    r"( .*)?"
)


def refuse(reason: Text | None) -> None:
    """Raise ``StorageTrouble`` for a reason, where there is one."""
    if reason is not None:
        raise StorageTrouble(reason)


def why_unfit(folder: Path, *, mounts: str | None = None) -> Text | None:
    """Return why a workspace must not lie in ``folder``; None where it may.

    ``mounts`` is what ``/proc/mounts`` says, read when left out.
    """
    for part in folder.parts:
        if _SYNCED.fullmatch(part.casefold()):
            return Text(
                "“{part}” is a folder that another program copies to other computers, also while"
                " the workspace is being written: that damages it. Choose a folder that stays on"
                " this computer.",
                part=part,
            )
    if _on_network(folder, _mounts() if mounts is None else mounts):
        return Text(
            "{folder} lies on a network drive, where a workspace gets damaged. Choose a folder on"
            " this computer's own disk.",
            folder=str(folder),
        )
    return None


def _on_network(folder: Path, mounts: str) -> bool:
    name = str(folder)
    if name.startswith("\\\\"):
        return not name.startswith("\\\\?\\") or name.startswith("\\\\?\\UNC")
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == 4)
    found: tuple[int, str] = (-1, "")
    for line in mounts.splitlines():
        _, where, kind, *_ = [*line.split(" "), "", "", ""]
        place = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), where))
        if folder.is_relative_to(place):
            found = max(found, (len(place.parts), kind), key=lambda mount: mount[0])
    return _FAR.fullmatch(found[1]) is not None


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
