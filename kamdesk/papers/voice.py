"""How a paper speaks: in its reader's language, or with labels in two; days, times, amounts."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal, NamedTuple, TypeAlias

from kamdesk.core.clock import Day, Instant, days_between
from kamdesk.core.minutes import WEEKDAYS
from kamdesk.core.money import Money
from kamdesk.core.wording import Text, say
from kamdesk.papers.words import Words

Language: TypeAlias = Literal["en", "zh", "both"]
"""``both``: labels in Chinese and English, sentences in Chinese."""

NOT_KNOWN: Final = Text("not known")


class Label(NamedTuple):
    """A label in the first language, and in the second where the paper has two."""

    first: str
    second: str


class Voice:
    """Says words in the language of one paper. ``first`` is the language of its sentences."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.first = "en" if language == "en" else "zh"

    def say(self, words: Words) -> str:
        """Return words, data or an amount as it is read."""
        if isinstance(words, Money):
            return self.money(words)
        return say(words, self.first)

    def label(self, text: Text) -> Label:
        """Return a label with its second language, which is empty on papers with one."""
        said = say(text, self.first)
        second = say(text, "en").upper() if self.language == "both" else ""
        return Label(said[:1].upper() + said[1:], second)

    def joined(self, parts: Sequence[Words]) -> str:
        """Return several words as one list."""
        said = [self.say(part) for part in parts if part]
        return ("、" if self.first == "zh" else ", ").join(said)

    def clauses(self, parts: Sequence[Words]) -> str:
        """Return several statements one after the other."""
        said = [self.say(part) for part in parts if part]
        return ("；" if self.first == "zh" else "; ").join(said)

    def sentence(self, *parts: Words) -> str:
        """Return several statements one after the other, as a sentence begins."""
        said = self.clauses(parts)
        return said[:1].upper() + said[1:]

    def aside(self, words: Words) -> str:
        """Return words in brackets, nothing for nothing."""
        said = self.say(words)
        if not said:
            return ""
        return f"（{said}）" if self.first == "zh" else f" ({said})"

    def day(self, day: Day) -> str:
        """Return a day with its weekday."""
        return day.isoformat() + self.aside(self.weekday(day))

    def weekday(self, day: Day) -> str:
        """Return a day's weekday, in short."""
        return say(WEEKDAYS[day.weekday()], self.first)

    def short_day(self, day: Day, *, near: Day) -> str:
        """Return a day without its year where that goes without saying."""
        return f"{day:%m-%d}" if abs(days_between(day, near)) < 300 else day.isoformat()

    def when(self, start: Instant, minutes: int) -> str:
        """Return day, weekday and time of day, from–to when a length is known."""
        begins = start.local
        hours = f"{begins:%H:%M}"
        if minutes:
            hours += f"–{begins + timedelta(minutes=minutes):%H:%M}"
        return f"{self.day(begins.date())} {hours}".replace("） ", "）")

    def money(self, amount: Money) -> str:
        """Return an amount in thousands or in 万, as its reader counts."""
        return amount.counted(self.first)
