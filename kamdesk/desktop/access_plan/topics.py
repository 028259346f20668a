"""Topics for executives to pick from: shipped in both languages, taken into the plan by a press."""

import tomllib
from functools import cache, partial

from PySide6.QtCore import Signal

from kamdesk.assets import asset
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.theme import Type
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.pressed_line import PressedLine


@cache
def topics(language: str) -> tuple[str, ...]:
    """Return the shipped topics in a language (``field_book.md`` 6.7)."""
    with asset("playbook", "topics.toml").open("rb") as file:
        entries = tomllib.load(file)["topic"]
    return tuple(entry["en" if language == "en" else "zh"] for entry in entries)


class TopicsStep(PanelStep):
    """Signals: ``taken(str)`` this topic goes into the plan."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__(
            Text("Topics for executives"),
            Text("Pick three within their remit; each needs one fact they do not know."),
            do=None,
        )
        self.lines = []
        for topic in topics(looks.language()):
            line = PressedLine(topic, PlainLabel(topic, Type.BODY, fit=Fit.WRAP), wraps=True)
            line.pressed.connect(partial(self.taken.emit, topic))
            self.column.addWidget(line)
            self.lines.append(line)

    def begin(self) -> None:
        self.lines[0].setFocus()


def with_topic(topics_now: str, topic: str) -> str:
    """Return the topics with one more line, ready for the fact; the same if it stands there."""
    lines = [line for line in topics_now.splitlines() if line.strip()]
    if any(line.partition("|")[0].strip() == topic for line in lines):
        return topics_now
    return "\n".join([*lines, f"{topic} | "])
