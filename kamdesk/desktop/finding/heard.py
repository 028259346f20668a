"""What of a name was typed: the letters themselves, or the characters that sound like them."""

from collections.abc import Sequence

Mark = tuple[int, int]


def typed_marks(name: str, typed: str, syllables: Sequence[str] = ()) -> tuple[Mark, ...]:
    """Return the places in ``name`` that were typed; none where that cannot be told.

    ``syllables`` say how each of its characters sounds, where that was what fitted; a syllable may
    be typed whole, in part or by its first letter.
    """
    letters = "".join(typed.casefold().split())
    at = name.casefold().find(typed.casefold().strip())
    if letters and at >= 0 and len(name.casefold()) == len(name):
        return ((at, at + len(typed.strip())),)
    if len(syllables) != len(name) or not letters:
        return ()
    for start in range(len(name)):
        taken = _said(letters, syllables[start:])
        if taken:
            return ((start, start + taken),)
    return ()


def _said(letters: str, syllables: Sequence[str]) -> int:
    """Return how many syllables from the first on the letters stand for; 0 when they do not."""
    if not letters:
        return 0
    if not syllables or letters[0] != syllables[0][:1]:
        return 0
    first = syllables[0]
    for most in range(min(len(first), len(letters)), 0, -1):
        if first.startswith(letters[:most]):
            if most == len(letters):
                return 1
            if rest := _said(letters[most:], syllables[1:]):
                return 1 + rest
    return 0
