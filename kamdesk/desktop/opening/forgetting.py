"""Forgetting on locking: what was remembered of a customer's words to be quicker."""

import ctypes
import functools
import gc
import sys
from contextlib import suppress

from PySide6.QtCore import QCoreApplication, QEvent


def forget_words() -> None:
    """Let go of closed windows, and empty every memo the program keeps.

    All ``functools`` caches of ours are emptied, whatever they hold: a new one that holds words
    must not be one that somebody forgot to name here.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.unfreeze()
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper) and _ours(thing):
            thing.cache_clear()
    gc.collect()
    give_back()


def give_back() -> None:
    """Give memory that is free within the process back to the system, where it can be asked to."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # no glibc
            ctypes.CDLL("libc.so.6").malloc_trim(0)


def _ours(memo: object) -> bool:
    return str(getattr(memo, "__module__", "")).startswith("kamdesk.")
