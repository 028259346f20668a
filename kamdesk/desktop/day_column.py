"""The column of a list that shows a day."""

from collections.abc import Callable
from typing import TypeVar

from kamdesk.core.clock import Day
from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.when import Today, days_at_widest
from kamdesk.desktop.widgets.columns import Column

Line = TypeVar("Line")


def day_column(
    title: Text,
    of: Callable[[Line], Day | None],
    today: Today,
    *,
    privacy: Privacy,
    tone: Callable[[Line], Tone] = lambda _: Tone.SECOND,
    hidden: bool = False,
) -> Column[Line]:
    """Return a column that shows a line's day, sorts by it and gives it out as a day."""
    return Column(
        title,
        show=lambda line: looks.day(day, today=today.day) if (day := of(line)) else None,
        sort_by=of,
        plain=of,
        tone=tone,
        widest=days_at_widest,
        hidden=hidden,
        privacy=privacy,
    )
