"""A field the workspace adds to customers, people or visits: what it takes, how private it is."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from kamdesk.core.clock import Day, read_day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import OwnFieldId
from kamdesk.core.privacy import Privacy
from kamdesk.core.text.clean import one_line
from kamdesk.core.text.records import cleaned
from kamdesk.core.text.said_days import find_day
from kamdesk.core.wording import Text

LONGEST_TITLE: Final = 40
"""Characters of a field's name: it heads a column."""


class Of(StrEnum):
    """Whose field it is: the kind of record that has it."""

    ACCOUNT = "account"
    PERSON = "person"
    VISIT = "visit"


OF_WORDS: Final = {
    Of.ACCOUNT: Text("customers"),
    Of.PERSON: Text("people"),
    Of.VISIT: Text("visits"),
}


class Sort(StrEnum):
    """What a field takes."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    YES_NO = "yes_no"


SORT_WORDS: Final = {
    Sort.TEXT: Text("text"),
    Sort.NUMBER: Text("number"),
    Sort.DAY: Text("day"),
    Sort.CHOICE: Text("one of a list"),
    Sort.YES_NO: Text("yes or no"),
}
PRIVACY_WORDS: Final = {
    Privacy.PUBLIC: Text("anybody may know"),
    Privacy.BUSINESS: Text("the customer may see it"),
    Privacy.INTERNAL: Text("only we may see it"),
}
"""How private an own field can be: what the customer may see stays when the customer looks on."""
YES: Final = "yes"
NO: Final = "no"
_YES_NO: Final = {
    **dict.fromkeys(("yes", "y", "true", "1", "是", "有", "√"), YES),
    **dict.fromkeys(("no", "n", "false", "0", "否", "无", "没有", "×"), NO),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnField:
    """One field. ``place`` orders them; a ``retired`` one is offered no more and keeps its values.

    ``choices`` are the words of a CHOICE; a value that is none of them any more stays as it is.
    """

    id: OwnFieldId
    name: str
    of_kind: Of
    sort: Sort = Sort.TEXT
    choices: tuple[str, ...] = ()
    privacy: Privacy = Privacy.INTERNAL
    place: int = 0
    retired: bool = False

    def checked(self) -> "OwnField":
        """Return this field with its texts cleaned. Raises ``RuleBroken`` at the field."""
        neat = cleaned(self)
        if not neat.name:
            raise RuleBroken(Text("Give the field a name."), field="name")
        if len(neat.name) > LONGEST_TITLE:
            said = Text("A field's name has at most {most} characters.", most=LONGEST_TITLE)
            raise RuleBroken(said, field="name")
        if neat.sort is Sort.CHOICE and len(neat.choices) < 2:
            said = Text("Name at least two things to choose from, one a line.")
            raise RuleBroken(said, field="choices")
        if len({choice.casefold() for choice in neat.choices}) < len(neat.choices):
            raise RuleBroken(Text("One choice is named twice."), field="choices")
        return neat

    def taken(self, typed: str, *, today: Day) -> str:
        """Return what was typed as it is stored; empty for nothing.

        Raises ``RuleBroken`` at ``value`` in words that say what the field takes.
        """
        text = one_line(typed, field="value")
        if not text:
            return ""
        if self.sort is Sort.NUMBER:
            return _number(text)
        if self.sort is Sort.DAY:
            return _day(text, today)
        if self.sort is Sort.YES_NO:
            return _yes_or_no(text)
        return self._chosen(text) if self.sort is Sort.CHOICE else text

    def said(self, stored: str) -> Text | str:
        """Return a stored value as it is shown; a day and a number as they are stored."""
        if self.sort is Sort.YES_NO and stored in _SAID:
            return _SAID[stored]
        return stored

    def ordered(self, stored: str) -> object:
        """Return what a stored value sorts by, None for what is none of this field's values."""
        if self.sort is Sort.NUMBER:
            return number_of(stored)
        if self.sort is Sort.DAY:
            return stored if read_day(stored) else None
        if self.sort is Sort.CHOICE:
            known = stored in self.choices
            return (0, self.choices.index(stored), "") if known else (1, 0, stored.casefold())
        return stored.casefold()

    def _chosen(self, text: str) -> str:
        folded = {choice.casefold(): choice for choice in self.choices}
        if text.casefold() not in folded:
            raise RuleBroken(
                Text("“{value}” is not on the list: {choices}.", value=text, choices=self.choices),
                field="value",
            )
        return folded[text.casefold()]


_SAID: Final = {YES: Text("yes"), NO: Text("no")}


def number_of(stored: str) -> Decimal | None:
    """Return the number a stored value is; None for what is none."""
    try:
        found = Decimal(stored)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _number(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    found = number_of(plain.replace("\u2212", "-"))
    if found is None or abs(found.adjusted()) > 15:
        raise RuleBroken(Text("Write a number, like 12 or 3.5."), field="value")
    return f"{found.normalize():f}" if found else "0"


def _day(text: str, today: Day) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        said = find_day(text, today)
    if said is None or text[: said.start].strip() or text[said.end :].strip():
        words = Text("Write a day, like 2026-03-12, 12.3. or next Friday.")
        raise RuleBroken(words, field="value")
    return said.day.isoformat()


def _yes_or_no(text: str) -> str:
    if text.casefold() not in _YES_NO:
        raise RuleBroken(Text("Write yes or no."), field="value")
    return _YES_NO[text.casefold()]
