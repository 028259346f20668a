"""A QR code on a page."""

from kamdesk.figures.ink import BLACK
from kamdesk.papers.pen import Pen


def draw_qr(pen: Pen, text: str, x: float, y: float, side: float) -> None:
    """Draw ``text`` as a square with its lower left corner at a point; no quiet zone around it.

    Row by row as bars: each row's dark modules that touch are one.
    """
    import segno  # drawn on few pages only

    rows = segno.make(text, error="m", micro=False, boost_error=False).matrix
    step = side / len(rows)
    bars: list[str] = []
    for number, row in enumerate(rows):
        base = y + side - (number + 1) * step
        start = None
        for column, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                left, wide = x + start * step, (column - start) * step
                bars.append(f"{left:.3f} {base:.3f} {wide:.3f} {step:.3f} re")
                start = None
    pen.fill(BLACK)
    pen.raw(" ".join(bars) + " f")
