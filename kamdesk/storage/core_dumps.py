"""No core dump: the memory of a program that dies, with the key in it, goes to no disk."""

import sys
from contextlib import suppress


def forbid() -> None:
    """Let neither this process nor its children leave a core dump, from now on.

    Of one byte none is written, and with that limit Linux does not hand it to a crash reporter
    either, as it does with a limit of nothing. Windows has no such limit.
    """
    if sys.platform == "win32":
        return
    import resource

    wanted = 1 if sys.platform == "linux" else 0
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    with suppress(ValueError, OSError):  # a sandbox may not let it be touched
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
