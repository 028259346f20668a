"""A filter with a name: conditions that a line of a list meets, all of them. Rules only."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import FilterId
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text

LONGEST_FILTER: Final = 40
"""Characters of a filter's name: it stands on a chip."""
MOST_CONDITIONS: Final = 12


class Test(StrEnum):
    """What a condition asks of a value. Days are counted from today."""

    __test__ = False  # no class of tests

    IS = "is"
    IS_NOT = "is_not"
    HOLDS = "holds"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    WITHIN = "within"
    NOT_FOR = "not_for"
    KNOWN = "known"
    UNKNOWN = "unknown"


TEST_WORDS: Final = {
    Test.IS: Text("is"),
    Test.IS_NOT: Text("is not"),
    Test.HOLDS: Text("holds the words"),
    Test.AT_LEAST: Text("is at least"),
    Test.AT_MOST: Text("is at most"),
    Test.WITHIN: Text("within … days of today"),
    Test.NOT_FOR: Text("not for … days, or never"),
    Test.KNOWN: Text("is known"),
    Test.UNKNOWN: Text("is not known"),
}
ALONE: Final = frozenset({Test.KNOWN, Test.UNKNOWN})
"""What a condition asks without a value."""
COUNTING: Final = frozenset({Test.WITHIN, Test.NOT_FOR})
"""What it asks with a number of days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What is asked of one field: ``value`` is a stored word, a text, a number, or days."""

    field: str
    test: Test
    value: str = ""

    def __str__(self) -> str:
        return f"{self.field}\t{self.test}\t{self.value}"

    @staticmethod
    def read(text: str) -> "Condition | None":
        """Return the condition written so; None for what a newer program wrote."""
        field, _, rest = text.partition("\t")
        test, _, value = rest.partition("\t")
        known = test in Test.__members__.values()
        return Condition(field=field, test=Test(test), value=value) if field and known else None

    def checked(self) -> "Condition":
        """Return this condition cleaned. Raises ``RuleBroken`` at ``value``."""
        neat = replace(self, value="" if self.test in ALONE else one_line(self.value))
        if neat.test not in ALONE and not neat.value:
            raise RuleBroken(Text("Say what the field is compared with."), field="value")
        if neat.test in COUNTING and not (neat.value.isdecimal() and len(neat.value) <= 5):
            raise RuleBroken(Text("Write a number of days, like 30."), field="value")
        return neat


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFilter:
    """Conditions under a name, for one list (``accounts``); ``place`` orders them."""

    id: FilterId
    name: str
    of_list: str
    conditions: tuple[Condition, ...] = ()
    place: int = 0

    def checked(self) -> "SavedFilter":
        """Return this filter cleaned. Raises ``RuleBroken`` at the field."""
        neat = replace(
            self,
            name=one_line(self.name, field="name"),
            conditions=tuple(condition.checked() for condition in self.conditions),
        )
        if not neat.name:
            raise RuleBroken(Text("Give the filter a name."), field="name")
        if len(neat.name) > LONGEST_FILTER:
            said = Text("A filter's name has at most {most} characters.", most=LONGEST_FILTER)
            raise RuleBroken(said, field="name")
        if not neat.conditions:
            raise RuleBroken(Text("Set at least one condition."), field="value")
        if len(neat.conditions) > MOST_CONDITIONS:
            said = Text("A filter has at most {most} conditions.", most=MOST_CONDITIONS)
            raise RuleBroken(said, field="value")
        return neat
