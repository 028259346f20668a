"""Whether the system could hold a key at all: asked before anything heavy is imported."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def has_bus(given: Mapping[str, str] = os.environ) -> bool:
    """Return whether the session's message bus, by which Linux's keyrings talk, is there."""
    if sys.platform != "linux" or given.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    folder = given.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
    return Path(folder, "bus").exists()
