"""Which op names the content of a file, and how large contents and their parts may be."""

from typing import Any, Final

from kamdesk.sync.wire.strict import Garbled, read_cells

LARGEST: Final = 50 * 1024 * 1024
"""Bytes a content may have."""
LARGEST_PART: Final = 1024 * 1024
"""Bytes a part of it may have on its way."""
KIND: Final = "file"
CELL: Final = "content"


def content_in(cells: str) -> str | None:
    """Return the hash (hex) of the content that the cells of a file, as JSON, name; or None."""
    if f'"{CELL}"' not in cells:
        return None
    try:
        return digest_in(read_cells(cells.encode()).get(CELL))
    except Garbled:
        return None


def digest_in(value: Any) -> str | None:
    """Return the hash (hex) a value of the cell names: (size, digest)."""
    if isinstance(value, tuple) and len(value) == 2:
        size, digest = value
        if isinstance(digest, bytes) and len(digest) == 32 and isinstance(size, int):
            return digest.hex()
    return None
