"""Words of the map's side panel: what the steps of a scale mean, and on what a value stands."""

from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.chain.panel_reading import Behind
from kamdesk.desktop.stances import stance_words
from kamdesk.domain.chain.network import Network, Node
from kamdesk.domain.chain.standing import SURENESS_WORDS, Reading, What

STANCE_MEANS: Final = {
    2: Text("acted for us in our absence, at a cost of their own"),
    1: Text("said so to us and did one small thing"),
    0: Text("knows us, treats all alike"),
    -1: Text("raises obstacles, prefers another way or supplier"),
    -2: Text("works for a rival or against the project"),
    None: Text("not met, or no sign for long"),
}
"""When a stance may be chosen (``field_book.md`` D2)."""

INFLUENCE_MEANS: Final = {
    5: Text("can decide or stop it alone"),
    4: Text("the decider hardly ever goes against them"),
    3: Text("is asked and heard"),
    2: Text("gives input"),
    1: Text("is told"),
}
"""What a step of influence on this decision means; it is not rank."""

RELATION_MEANS: Final = {
    0: Text("no contact"),
    1: Text("knows us"),
    2: Text("can be met"),
    3: Text("talks openly"),
    4: Text("helps inside"),
    5: Text("stands by us"),
}
"""What a step of a relationship means; a friend may still choose the rival."""


def stance_said(stance: int | None) -> str:
    """Return a stance with its number: doubtful −1; unknown has none."""
    words = looks.said(stance_words(stance))
    return words if stance is None else f"{words} {looks.signed(stance)}"


def month_words(day: Day) -> str:
    """Return the month of a day, short: Jan, 1 月."""
    if looks.language() == "zh":
        return f"{day.month} 月"
    return looks.day(day).split(" ")[1]


def basis_words(net: Network, node: Node, what: What, behind: Behind | None) -> str:
    """Return on what a value stands: its day, how sure, from which visit; empty for none."""
    reading = node.latest.get(what)
    if reading is None or not reading.value:
        return ""
    return reading_words(net, reading, behind)


def reading_words(net: Network, reading: Reading, behind: Behind | None) -> str:
    """Return a judgement's day, how sure it is and the visit it comes from, in one line."""
    visit = behind.visits.get(Id(reading.source)) if behind and reading.source else None
    sure = SURENESS_WORDS[reading.sureness] if reading.sureness else ""
    topic = looks.cut(visit.words, 40) if visit else ""
    return looks.joined(looks.day(reading.valid_from, today=net.day), sure, topic)


def old_words(days: int) -> Text:
    """Return how old a value is that is older than it may be."""
    if days < 60:
        return Text("{n} day old", "{n} days old", n=days)
    return Text("{n} month old", "{n} months old", n=days // 30)
