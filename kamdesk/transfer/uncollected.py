"""Keeps Python's search for cycles still while a large table comes in: it stops every thread."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_WANTING: set[object] = set()


def held_still() -> bool:
    """Return whether somebody wants no search just now."""
    return bool(_WANTING)


@contextmanager
def uncollected() -> Iterator[None]:
    """Search for no cycles within; where Python searches by itself, not in what was made either.

    A table of 20,000 rows is a million objects in no cycle at all, and one search through them
    stopped the window for a third of a second. They are freed as ever when nobody names them.
    """
    by_itself = gc.isenabled()  # else whoever switched it off searches, and asks ``held_still``
    wanting = object()
    _WANTING.add(wanting)
    if by_itself:
        gc.collect()
        gc.disable()
    try:
        yield
    finally:
        _WANTING.discard(wanting)
        if by_itself:
            gc.freeze()
            gc.enable()
