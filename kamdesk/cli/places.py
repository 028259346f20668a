"""Where things are when nobody says: the user's own workspace, the demo territory, a screen."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk.settings import LAST_WORKSPACE, MachineSettings, data_folder

if TYPE_CHECKING:  # the window is painted before it is needed
    from kamdesk.core.clock import Day


def usual_workspace(chosen: MachineSettings, given: Mapping[str, str] = os.environ) -> Path:
    """Return the user's own workspace.

    ``KAMDESK_WORKSPACE`` if set, else the one last opened in the window, else the usual folder.
    """
    named = given.get("KAMDESK_WORKSPACE", "") or chosen.get(LAST_WORKSPACE)
    return Path(named).expanduser() if named else data_folder() / "workspace"


def demo_day_folder(day: "Day") -> Path:
    """Return where the demo territory of one day and its papers go on a machine without screen."""
    return data_folder() / f"demo-{day.isoformat()}"


def has_screen(given: Mapping[str, str] = os.environ) -> bool:
    """Return whether a window can be shown here."""
    if sys.platform != "linux":
        return True
    return bool(
        given.get("DISPLAY")
        or given.get("WAYLAND_DISPLAY")
        or given.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal", "vnc")
    )
