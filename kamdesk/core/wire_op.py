"""A change of one record as it travels between files: words and ids, none of a file's numbers."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Final, NamedTuple


class Verb(IntEnum):
    """What an op does to a record.

    ``FORGET`` changes nothing that stands: of the cells it names, what its writer had seen and no
    longer stands is taken from every log, for it names somebody who was erased.
    """

    SET = 1
    DELETE = 2
    RESTORE = 3
    LINK = 4
    UNLINK = 5
    RESOLVE = 6
    ERASE = 7
    FORGET = 8


SETS: Final = (Verb.SET, Verb.RESOLVE)
"""The verbs that give cells a value."""
LINKS: Final = (Verb.LINK, Verb.UNLINK)
"""The verbs that say what a cell is linked with."""


class WireOp(NamedTuple):
    """One record changed in one action, as another file can read it.

    ``scope`` is (account, audience), the account None for the house. ``txn`` groups the ops of one
    action of ``dev``; ``name`` is the action's name without a customer's words; ``by`` its author,
    whom only the hub may name; ``seq`` the op's place in the common log, None before it has one.
    """

    dev: int
    dseq: int
    wall: int
    ctx: int
    txn: int
    scope: tuple[bytes | None, str]
    kind: str
    record: bytes
    verb: int
    cells: Mapping[str, Any]
    name: str = ""
    by: bytes | None = None
    seq: int | None = None
