"""Whether a promise was made before: by what its words share with those of the open ones."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from kamdesk.core.clock import Day

_SAME: Final = 0.6
_FEWEST: Final = 3
_REACH: Final = 400


class OpenPromise(NamedTuple):
    """An open promise of one side: hex of its id, words, who answers for it, by when."""

    key: str
    ours: bool
    words: str
    owner: str
    due: Day | None


def same_promise(words: str, ours: bool, known: Iterable[OpenPromise]) -> OpenPromise | None:
    """Return the open promise of the same side that says nearly the same; None for none."""
    wanted = _pairs(words)
    if len(wanted) < _FEWEST:
        return None
    best, found = 0.0, None
    for promise in known:
        pairs = _pairs(promise.words)
        if promise.ours is not ours or len(pairs) < _FEWEST:
            continue
        share = len(wanted & pairs) / min(len(wanted), len(pairs))
        if share > best:
            best, found = share, promise
    return found if best >= _SAME else None


def _pairs(words: str) -> frozenset[str]:
    """Return the pairs of letters and characters in a text, blanks and marks left out."""
    plain = "".join(filter(str.isalnum, words[:_REACH].casefold()))
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
