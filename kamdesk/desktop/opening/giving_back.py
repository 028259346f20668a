"""Giving memory that is free within the process back to the system."""

import sys
from contextlib import suppress
from typing import Final

_ARENAS_AT_MOST: Final = -8
"""``M_ARENA_MAX`` of glibc."""
_MAPPED_FROM: Final = -3
"""``M_MMAP_THRESHOLD`` of glibc; left alone, it grows with what is freed."""
_LARGE: Final = 1 << 20
"""Bytes from which a piece of memory is one of its own."""


def give_back() -> None:
    """Give back what is free, where the system can be asked to take it."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):  # no glibc
            ctypes.CDLL("libc.so.6").malloc_trim(0)


def hold_little() -> None:
    """Hold on to little of what is freed from now on; to be called before threads begin.

    All threads share two arenas: each one of its own holds megabytes. What is large goes back as
    soon as it is free; else glibc keeps the room of every page's picture in case of another one.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):  # no glibc
            libc = ctypes.CDLL("libc.so.6")
            libc.mallopt(_ARENAS_AT_MOST, 2)
            libc.mallopt(_MAPPED_FROM, _LARGE)


def tidy_after(job: object) -> None:
    """Give back what long work left behind, once no ``job`` runs any more."""
    if job is None:
        give_back()
