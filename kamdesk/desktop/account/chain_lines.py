"""What the decision chain of a customer says, on its overview: the support, the first warnings."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.pressed_line import PressedLine

if TYPE_CHECKING:
    from kamdesk.domain.chain.analysis import Analysis
    from kamdesk.workspace import Workspace

_WARNINGS: Final = 2


def read_chain_said(desk: "Workspace", account: AccountId) -> "Analysis | None":
    """Return what the customer's own map says now; None when nobody is on it."""
    from kamdesk.desktop.chain.panel_analysis import read_judged
    from kamdesk.dossier.chain_view import read_chain

    net = read_chain(desk.storage.reader, account, at=desk.clock.now())
    return read_judged(desk, net).analysis if net.people else None


def chain_lines(told: "Analysis", go: Callable[[], object]) -> list[QWidget]:
    """Return the line of the score and those of the weightiest warnings; each leads to the map."""
    support = told.support
    points = [support.low, support.high] if support.score is None else [support.score]
    score = Text("Support {score} of 100", score="–".join(looks.number(one) for one in points))
    beside: Text | str = Text("known power {share}", share=looks.percent(support.known))
    if support.movement is not None and abs(support.movement) >= 0.5:
        sign = "▲" if support.movement > 0 else "▼"
        moved = looks.number(abs(support.movement))
        beside = Text("{sign} {points} in a month", sign=sign, points=moved)
    if support.score is None:
        beside = looks.joined(Text("not judged"), beside)
    first = PressedLine(
        looks.said(looks.joined(score, beside)),
        PlainLabel(score, Type.STRONG),
        PlainLabel(beside, Type.SMALL, Tone.OCHRE if support.score is None else Tone.SECOND),
    )
    lines = [first]
    for finding in [one for one in told.findings if one.quiet is None][:_WARNINGS]:
        said = looks.cut(finding.said, 160)
        label = PlainLabel(said, Type.BODY, fit=Fit.WRAP)
        lines.append(PressedLine(looks.said(said), label, wraps=True))
    for line in lines:
        line.pressed.connect(go)
    return list(lines)
