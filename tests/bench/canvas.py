"""The canvas of the decision chain with a hundred people: a frame of zooming, dragging, fading."""

import os
import random
from collections.abc import Callable, Iterator

from kamdesk.figures.chain import Card, ChainMap, Tie
from tests.bench.rows import Result, late, middle, timed

PEOPLE = 100
FRAME_MS = 16


def run(rounds: int) -> Iterator[Result]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QPointF, QRectF
    from PySide6.QtWidgets import QApplication

    from kamdesk.core.wording import Text
    from kamdesk.desktop import theme
    from kamdesk.desktop.chain.canvas import ChainCanvas
    from kamdesk.desktop.chain.drawing import drawn

    app = QApplication.instance() or QApplication(["bench"])
    theme.load_fonts()
    content = a_map()
    made = drawn(content, "organisation", language="en")
    canvas = ChainCanvas(Text("Decision chain"))
    canvas.resize(1064, 640)
    canvas.show()
    cards = [bytes.fromhex(card.id) for card in content.cards]
    plan = made.plan
    places = {bytes.fromhex(one): QRectF(*place) for one, place in plan.places.items()}
    covers = QRectF(plan.left, plan.top, plan.width, plan.height)
    canvas.show_map(made.drawing, places, covers)
    canvas.zoom(0)  # all hundred are seen: the dearest case
    turn = 0

    def frame(does: Callable[[int], object]) -> Callable[[], None]:
        def work() -> None:
            nonlocal turn
            turn += 1
            does(turn)
            canvas.viewport().repaint()
            app.processEvents()

        return work

    canvas._pressed_at = QPointF(0, 0)
    moves: tuple[tuple[str, Callable[[int], object]], ...] = (
        ("zoom", lambda n: canvas.zoom(1.06 if n % 40 < 20 else 1 / 1.06)),
        ("drag a card", lambda n: canvas._drag_to(QPointF(5 + n % 37, 3 + n % 23), cards[5])),
        ("point at a card", lambda n: canvas.fade(frozenset({cards[n % PEOPLE]}))),
    )
    for name, does in moves:
        times = timed(frame(does), 4 * rounds)
        yield Result(
            name=f"map canvas, {PEOPLE} people: {name}",
            scale="-",
            ours=middle(times),
            p95=late(times),
            bar_ms=FRAME_MS,
        )
    canvas.close()


def a_map() -> ChainMap:
    """Return a map of a hundred people with fifty ties."""
    rng = random.Random(1)
    ids = [bytes([n] * 16).hex() for n in range(PEOPLE)]
    cards = tuple(
        Card(
            id=ids[n],
            name=f"Person {n}",
            post=f"Manager of line {n}",
            roles=("approver",),
            stance=rng.choice([None, -2, -1, 0, 1, 2]),
            influence=rng.randint(1, 5),
            relation=rng.randint(0, 5),
            met=rng.random() > 0.3,
            reports_to=ids[rng.randint((n - 1) // 6, (n - 1) // 4)] if n else None,
        )
        for n in range(PEOPLE)
    )
    pairs = [rng.sample(ids, 2) for _ in range(PEOPLE // 2)]
    ties = tuple(
        Tie(
            id=bytes([255, n] * 8).hex(),
            source=one,
            target=other,
            weight=rng.randint(1, 3),
            against_us=rng.random() < 0.3,
        )
        for n, (one, other) in enumerate(pairs)
    )
    return ChainMap(cards=cards, ties=ties)
