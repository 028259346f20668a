"""The chain over a device's own numbers: shows whether two copies of a disk write under one."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final, NamedTuple

START: Final = ""
"""The chain before the first number."""


class Link(NamedTuple):
    """What never changes of an op: not values nor verb, which an erasure changes."""

    dseq: int
    wall: int
    kind: str
    record: str
    """The record's id as 32 hex digits."""


def chained(chain: str, links: Iterable[Link]) -> str:
    """Return the chain after these numbers, given the one before them: 32 hex digits."""
    for dseq, wall, kind, record in links:
        said = f"{chain} {dseq} {wall} {record} {kind}"
        chain = sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return chain
