"""In which measure a chain map is drawn: card by card on paper, on the screen, in the brief."""

from typing import Final, NamedTuple


class Measures(NamedTuple):
    """Sizes in points of the drawing. ``unit`` scales what the card of 104 × 31 points holds.

    ``name``, ``small`` and ``flag`` are sizes of type, ``thin`` and ``thick`` frames of cards,
    ``arrows`` the widths of the three strengths. ``remarks``: flags on frames and notes on lines.
    """

    unit: float
    name: float
    small: float
    flag: float
    thin: float
    thick: float
    hair: float
    arrows: tuple[float, float, float]
    remarks: bool = True


PAPER: Final = Measures(
    unit=1.0,
    name=8.6,
    small=6.6,
    flag=6.0,
    thin=0.7,
    thick=1.7,
    hair=0.7,
    arrows=(0.9, 1.5, 2.2),
)
SCREEN: Final = Measures(
    unit=1.7,
    name=14.0,
    small=12.0,
    flag=11.0,
    thin=1.2,
    thick=2.5,
    hair=1.0,
    arrows=(1.3, 2.0, 3.2),
)
BRIEF: Final = PAPER._replace(remarks=False)
"""Cards of the brief stand too close for words between them."""
