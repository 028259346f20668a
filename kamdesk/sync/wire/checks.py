"""The checksum of a scope: how many cells stand in it, and the sum of what stands in each."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final, NamedTuple

MODULUS: Final = 1 << 128


class Checksum(NamedTuple):
    """Live cells of a scope and the sum of their heads; adding and taking away is exact."""

    cells: int = 0
    sum: int = 0

    @property
    def word(self) -> str:
        """The sum as it goes over the wire: 32 hex digits."""
        return f"{self.sum:032x}"

    def plus(self, other: "Checksum") -> "Checksum":
        """Return both together."""
        return Checksum(self.cells + other.cells, (self.sum + other.sum) % MODULUS)

    def minus(self, other: "Checksum") -> "Checksum":
        """Return this without the other."""
        return Checksum(self.cells - other.cells, (self.sum - other.sum) % MODULUS)


def cell_sum(kind: str, record: str, cell: str, places: Iterable[int]) -> int:
    """Return the number a cell adds: of its record (32 hex digits) and the places that stand."""
    said = f"{kind}\n{record}\n{cell}\n{','.join(map(str, places))}"
    digest = sha256(said.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:16], "big")


def of_record(kind: str, record: str, standing: Mapping[str, Iterable[int]]) -> Checksum:
    """Return what a record adds to the checksum of a scope it stands in."""
    total = sum(cell_sum(kind, record, cell, places) for cell, places in standing.items())
    return Checksum(len(standing), total % MODULUS)
