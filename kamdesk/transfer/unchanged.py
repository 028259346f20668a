"""Tells at a glance which rows of a list are those taken before: by a digest of row and mapping."""

from hashlib import blake2b

from kamdesk.transfer.mapping import Mapping


class Digests:
    """Digests of rows as one mapping reads them: another mapping gives others."""

    def __init__(self, mapping: Mapping) -> None:
        columns = [(c.heading, c.field, c.unit, c.day_first) for c in mapping.columns if c.field]
        values = sorted(mapping.values.items())
        said = (mapping.kind.value, mapping.source, mapping.key, columns, values)
        self._start = blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=8)

    def of(self, cells: list[str]) -> bytes:
        """Return the digest of a row, 8 bytes."""
        digest = self._start.copy()
        digest.update("\x1f".join(cells).encode("utf-8", "surrogatepass"))
        return digest.digest()
