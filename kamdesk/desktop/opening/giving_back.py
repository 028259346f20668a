"""Giving memory that is free within the process back to the system."""

import sys
from contextlib import suppress
from typing import Final

_ARENAS_AT_MOST: Final = -8
"""``M_ARENA_MAX`` of glibc."""


def give_back() -> None:
    """Give back what is free, where the system can be asked to take it."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):  # no glibc
            ctypes.CDLL("libc.so.6").malloc_trim(0)


def share_arenas() -> None:
    """Let all threads share two arenas, before they begin: each one of its own holds megabytes."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):  # no glibc
            ctypes.CDLL("libc.so.6").mallopt(_ARENAS_AT_MOST, 2)


def tidy_after(job: object) -> None:
    """Give back what long work left behind, once no ``job`` runs any more."""
    if job is None:
        give_back()
