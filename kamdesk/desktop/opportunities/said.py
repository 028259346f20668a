"""What an opportunity's values look like in a list and on its page."""

from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone
from kamdesk.domain.opportunities.model import STEP_WORDS, OpportunityState


def step_words(step: int) -> str:
    """Return a step with its number: 6 meet key persons one to one."""
    return f"{step} {looks.said(STEP_WORDS[step])}"


STEP_CHOICES = tuple(STEP_WORDS)
"""The steps in their order."""


def state_tone(state: OpportunityState) -> Tone:
    """Return how a state is coloured: lost in brick, the others as text."""
    return Tone.BRICK if state is OpportunityState.LOST else Tone.INK


def opened_words(n: int, settled: int) -> Text:
    """Return how many are open, and how many more stand in the list."""
    if settled:
        return Text("{open} open · {settled} won or lost", open=n, settled=settled)
    return Text("{n} still open", "{n} still open", n=n)
