"""Open opportunities of a customer: what, how far, worth what, by when; each leads to its page."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.opportunities.said import step_words
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.pressed_line import PressedLine
from kamdesk.domain.opportunities.model import Opportunity


def opportunity_line(shown: Opportunity, today: date, go: Callable[[bytes], object]) -> QWidget:
    """Return the line of one; what is not known is a dash."""
    late = shown.expected is not None and shown.expected < today
    amount = looks.money(shown.amount) if shown.amount else looks.DASH
    day = looks.day(shown.expected, today=today) if shown.expected else looks.DASH
    words = (shown.name, step_words(shown.step), amount, day)
    line = PressedLine(
        looks.said(looks.joined(*words)),
        PlainLabel(shown.name, Type.BODY, fit=Fit.ELIDE),
        PlainLabel(Text("step {n}", n=shown.step), Type.SMALL, Tone.MUTED),
        PlainLabel(amount, Type.STRONG if shown.amount else Type.BODY),
        PlainLabel(day, Type.SMALL, Tone.BRICK if late else Tone.MUTED),
    )
    line.pressed.connect(lambda: go(shown.id))
    return line
