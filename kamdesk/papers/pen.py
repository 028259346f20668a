"""The pen of a page: text and lines as PDF operators, written directly and never parsed."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from kamdesk.core.text.lines import Line
from kamdesk.figures import type as letters
from kamdesk.figures.ink import BLACK, Ink
from kamdesk.figures.type import BOX, Way, Weight
from kamdesk.papers.fonts import NotInFaceError, Subset

Point: TypeAlias = tuple[float, float]
_ROUND: Final = 0.5523  # how far the handle of a quarter circle stands off, in radii
_WIDE: Final = 100_000.0
_STROKES: Final = {
    "a": (4, 5),
    "b": (3, 5),
    "c": (1, 3),
    "d": (0, 1),
    "e": (0, 2),
    "f": (2, 4),
    "g": (2, 3),
}
"""Strokes of a digit between corners counted from the lower left, left before right."""
_DIGITS: Final = dict(
    zip(
        "0123456789ABCDEF",
        (
            "abcdef",
            "bc",
            "abdeg",
            "abcdg",
            "bcfg",
            "acdfg",
            "acdefg",
            "abc",
            "abcdefg",
            "abcdfg",
            "abcefg",
            "cdefg",
            "adef",
            "bcdeg",
            "adefg",
            "aefg",
        ),
        strict=True,
    )
)


class Pen:
    """Draws on one page; points are 1/72 inch from the lower left corner.

    ``code`` collects the operators; ``fonts`` are the document's subsets, shared by its pages.
    """

    def __init__(self, fonts: dict[Weight, Subset]) -> None:
        self.code: list[str] = []
        self._fonts = fonts
        self._fill: Ink | None = None
        self._stroke: Ink | None = None
        self._width = -1.0
        self._dash: tuple[float, ...] = ()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        weight: Weight = Weight.REGULAR,
        ink: Ink = BLACK,
        align: float = 0.0,
        most: float = _WIDE,
    ) -> float:
        """Write one line with its baseline at ``y``; return its width.

        ``align`` 0 begins at ``x``, 1 ends there, 0.5 is centred on it. Text wider than
        ``most`` ends in “…”.
        """
        if not text:
            return 0.0
        line = letters.line(text, size, most, weight)
        self.lines((line,), x - line.width * align, y, size, 0.0, weight=weight, ink=ink)
        return line.width

    def lines(
        self,
        lines: Iterable[Line],
        x: float,
        y: float,
        size: float,
        leading: float,
        *,
        weight: Weight = Weight.REGULAR,
        ink: Ink = BLACK,
    ) -> None:
        """Write lines below each other, the first with its baseline at ``y``."""
        font = self._fonts[weight]
        code_of = font.__getitem__
        self.fill(ink)
        out = [f"BT /{font.name} {size:g} Tf"]
        mixed: list[tuple[float, float, str]] = []
        for runs, _ in lines:
            for dx, text in runs:
                try:
                    codes = "".join(map(code_of, text))
                except NotInFaceError:
                    mixed.append((x + dx, y, text))
                else:
                    out.append(f"1 0 0 1 {x + dx:.2f} {y:.2f} Tm <{codes}> Tj")
            y -= leading
        if len(out) > 1:
            out.append("ET")
            self.code.append(" ".join(out))
        for left, base, text in mixed:
            self._mixed(left, base, text, size, weight, ink)

    def run(self, x: float, y: float, text: str, size: float, *, weight: Weight, ink: Ink) -> None:
        """Write a stretch of text that was measured and placed before."""
        self.lines((Line(((0.0, text),), 0.0),), x, y, size, 0.0, weight=weight, ink=ink)

    def rule(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        width: float = 0.5,
        ink: Ink = BLACK,
        dash: tuple[float, ...] = (),
    ) -> None:
        """Draw a straight line."""
        self.stroke(ink, width, dash)
        self.code.append(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def band(self, x: float, y: float, width: float, height: float, ink: Ink) -> None:
        """Fill a rectangle."""
        self.fill(ink)
        self.code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        line: float = 0.6,
        ink: Ink = BLACK,
    ) -> None:
        """Draw a rectangle's outline."""
        self.stroke(ink, line)
        self.code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def rounded(
        self, x: float, y: float, width: float, height: float, radius: float, *, paint: str
    ) -> None:
        """Draw a rectangle with round corners; ``paint`` is f, S or B (fill, stroke, both)."""
        k, right, top, r = radius * (1 - _ROUND), x + width, y + height, radius
        self.code.append(
            f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
            f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c "
            f"{right:.2f} {top - r:.2f} l "
            f"{right:.2f} {top - k:.2f} {right - k:.2f} {top:.2f} {right - r:.2f} {top:.2f} c "
            f"{x + r:.2f} {top:.2f} l "
            f"{x + k:.2f} {top:.2f} {x:.2f} {top - k:.2f} {x:.2f} {top - r:.2f} c "
            f"{x:.2f} {y + r:.2f} l "
            f"{x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h {paint}"
        )

    def circle(self, x: float, y: float, radius: float, *, paint: str) -> None:
        """Draw a circle around a point."""
        k, r = radius * _ROUND, radius
        self.code.append(
            f"{x + r:.2f} {y:.2f} m "
            f"{x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
            f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
            f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
            f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c h {paint}"
        )

    def shape(self, points: Sequence[Point], *, paint: str) -> None:
        """Draw the polygon through ``points``; open when ``paint`` is S without h."""
        (x, y), *others = points
        path = " ".join(f"{a:.2f} {b:.2f} l" for a, b in others)
        self.code.append(f"{x:.2f} {y:.2f} m {path} {paint}")

    def raw(self, operators: str) -> None:
        """Append path operators made elsewhere (never text, never data)."""
        self.code.append(operators)

    def forget(self) -> None:
        """Set every colour and line anew after a saved state came back."""
        self._fill = self._stroke = None
        self._width, self._dash = -1.0, (-1.0,)

    def fill(self, ink: Ink) -> None:
        """Fill with this colour from now on."""
        if ink is not self._fill:
            self._fill = ink
            self.code.append(_parts(ink) + "rg")

    def stroke(self, ink: Ink, width: float, dash: tuple[float, ...] = ()) -> None:
        """Draw lines of this colour, width and dash from now on."""
        if ink is not self._stroke:
            self._stroke = ink
            self.code.append(_parts(ink) + "RG")
        if width != self._width:
            self._width = width
            self.code.append(f"{width:g} w")
        if dash != self._dash:
            self._dash = dash
            self.code.append(f"[{' '.join(f'{step:g}' for step in dash)}] 0 d")

    def _mixed(self, x: float, y: float, text: str, size: float, weight: Weight, ink: Ink) -> None:
        """Write a run some of whose characters its weight does not have."""
        for how, part in letters.parts(text, weight):
            if how is Way.SILENT:
                continue
            if how is Way.BOXED:
                for place, char in enumerate(part):
                    self._boxed(x + place * BOX * size / 1000, y, char, size, ink)
            else:
                thick = how is Way.THICKENED
                font = self._fonts[Weight.REGULAR if thick else weight]
                codes = "".join(map(font.__getitem__, part))
                if thick:
                    self.stroke(ink, round(size * 0.032, 3))
                self.fill(ink)
                self.code.append(
                    f"BT {2 if thick else 0} Tr /{font.name} {size:g} Tf"
                    f" 1 0 0 1 {x:.2f} {y:.2f} Tm <{codes}> Tj{' 0 Tr' if thick else ''} ET"
                )
            x += letters.width(part, size, weight)

    def _boxed(self, x: float, y: float, char: str, size: float, ink: Ink) -> None:
        """Draw a box with the code point of a character that no face has."""
        code = f"{ord(char):04X}"
        edge = (BOX - 60) * size / 1000
        self.box(x + 0.03 * size, y - 0.1 * size, edge, 0.9 * size, line=0.35, ink=ink)
        half, wide, high = (len(code) + 1) // 2, size * 0.13, size * 0.27
        for digits, base in ((code[:half], y + 0.42 * size), (code[half:], y + 0.02 * size)):
            left = x + 0.03 * size + (edge - len(digits) * wide * 1.55 + wide * 0.55) / 2
            for place, digit in enumerate(digits):
                self._digit(digit, left + place * wide * 1.55, base, wide, high)
        font = self._fonts[Weight.REGULAR]
        self.code.append(
            f"BT 3 Tr /{font.name} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm"
            f" <{font.unseen(char)}> Tj 0 Tr ET"
        )

    def _digit(self, digit: str, x: float, y: float, width: float, height: float) -> None:
        """Draw a digit as strokes between the six corners of an eight."""
        corners = [(x + width * (at % 2), y + height * (at // 2) / 2) for at in range(6)]
        strokes = " ".join(
            f"{corners[a][0]:.2f} {corners[a][1]:.2f} m {corners[b][0]:.2f} {corners[b][1]:.2f} l"
            for a, b in (_STROKES[stroke] for stroke in _DIGITS[digit])
        )
        self.code.append(strokes + " S")


@lru_cache(maxsize=64)
def _parts(ink: Ink) -> str:
    return f"{ink[0]:g} {ink[1]:g} {ink[2]:g} "
