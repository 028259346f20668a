"""Where the names of boxes stand, so that no line runs through them."""

from collections.abc import Iterable, Mapping
from typing import Final

from kamdesk.figures.chain import Box
from kamdesk.figures.layout.plan import Sizes
from kamdesk.figures.layout.tree import Place

_LETTER: Final = 0.62
"""Size of the type, in parts of the line's height."""
_NARROW: Final = 0.56
"""Width of a letter that is no Chinese character, in parts of the size."""
_OUTSIDE: Final = "outside: "


def label_places(boxes: Iterable[Box], frames: Mapping[str, Place], sizes: Sizes) -> list[Place]:
    """Return what the name of each box covers, as wide as it is written at most."""
    places = []
    for box in boxes:
        if (frame := frames.get(box.id)) is None:
            continue
        name = (_OUTSIDE if box.outside else "") + str(box.name)
        letters = sum(1.0 if ord(char) > 0x2E7F else _NARROW for char in name)
        wide = letters * _LETTER * sizes.label + sizes.padding
        places.append(Place(frame.x, frame.y, min(wide, frame.width), sizes.label))
    return places
