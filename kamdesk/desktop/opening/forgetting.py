"""Forgetting on locking: what was remembered of a customer's words to be quicker."""

import functools
import gc

from PySide6.QtCore import QCoreApplication, QEvent

from kamdesk.desktop.opening.giving_back import give_back


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


def _ours(memo: object) -> bool:
    return str(getattr(memo, "__module__", "")).startswith("kamdesk.")
