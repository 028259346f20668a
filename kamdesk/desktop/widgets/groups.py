"""Grouping of a list: by what lines are put together, how a group is called, what it sums up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from kamdesk.core.wording import Text

Line = TypeVar("Line")


@dataclass(frozen=True, kw_only=True, eq=False)
class Grouping(Generic[Line]):
    """A way to put lines together.

    ``of`` gives the group a line belongs to (None: of none, which stands last), ``words`` what the
    group is called, ``order`` by what groups are sorted, ``sums`` what a group says of its lines.
    ``within`` and ``depth``, for trees, give the place of a line in its group and how far it is
    moved in.
    """

    key: str
    title: Text
    of: Callable[[Line], Any]
    words: Callable[[Any], Text | str]
    order: Callable[[Any], Any]
    sums: Callable[[Sequence[Line]], Text | str]
    within: Callable[[Line], Any] | None = None
    depth: Callable[[Line], int] | None = None


class Group(NamedTuple):
    """A group as a row of the list: its key, its words, what it sums up, whether it is folded."""

    key: Any
    words: str
    sums: str
    folded: bool
    lines: int
