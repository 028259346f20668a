"""A record as a person reads it in a terminal: labels and values, then its parts line by line."""

from datetime import date

from kamdesk.cli.printing import printable, width
from kamdesk.core.clock import Instant
from kamdesk.core.wording import Text, say

Said = Text | str | Instant | date | None


class Sheet:
    """Collects what is to be read; what says nothing is left out, and so is an empty part."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._facts: list[tuple[Text | str, list[Said]]] = []
        self._parts: list[tuple[Text, list[tuple[Said, ...]]]] = []

    def say(self, label: Text | str, value: Said) -> None:
        """Say one fact."""
        if value:
            self._facts.append((label, [value]))

    def long(self, label: Text, text: str) -> None:
        """Say something that may go over several lines."""
        if text:
            self._facts.append((label, list(text.splitlines())))

    def part(self, title: Text) -> None:
        """Begin a part of the sheet."""
        self._parts.append((title, []))

    def line(self, *said: Said) -> None:
        """Say one line of the present part."""
        if not self._parts:
            self.part(Text("People"))
        self._parts[-1][1].append(said)

    def lines(self, language: str) -> list[str]:
        """Return the sheet in a language, line by line."""
        found = [printable(self._title)]
        labels = [printable(say(label, language)) for label, _ in self._facts]
        room = max(map(width, labels), default=0)
        for label, (_, values) in zip(labels, self._facts, strict=True):
            for at, value in enumerate(values):
                head = "" if at else label
                found.append(f"  {head}{' ' * (room - width(head))}  {_shown(value, language)}")
        for title, lines in self._parts:
            if lines:
                found += ["", printable(say(title, language))]
            for said in lines:
                shown = [text for one in said if (text := _shown(one, language))]
                found.append("  " + " · ".join(shown))
        return found


def _shown(value: Said, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Instant):
        return f"{value.local:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return printable(say(value, language))
