"""Names where one line is all there is: words cut to their beginnings, the first one kept whole."""

from collections.abc import Callable, Iterator

_BEGINNING = 4
"""So many letters of a word tell what it is: Indu."""


def shortened(name: str, fits: Callable[[str], bool]) -> str:
    """Return the longest short form of a name that fits; the name itself where none does.

    Juwu Heavy Industries: Juwu Heavy Indu., Juwu Heav. Indu., Juwu Heavy I., Juwu H. I., Juwu.
    """
    return next((form for form in _forms(name) if fits(form)), name)


def _forms(name: str) -> Iterator[str]:
    yield name
    words = name.split()
    for letters in (_BEGINNING, 1):
        for at in range(len(words) - 1, 0, -1):
            yield " ".join([*words[:at], *(_cut(word, letters) for word in words[at:])])
    for at in range(len(words) - 1, 0, -1):
        yield " ".join(words[:at])


def _cut(word: str, letters: int) -> str:
    return word if len(word) <= letters + 1 else f"{word[:letters]}."
