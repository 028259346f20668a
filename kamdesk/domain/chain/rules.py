"""Packs of rules as data: what must be filled on a map, what is warned of, in which words.

A condition is (fact, test, value): no expression, nothing to run. ``pack_file`` reads packs,
``facts`` knows the facts, ``gaps`` judges a map by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import OwnWords, Text
from kamdesk.domain.chain.model import Role

Value = float | bool | str | frozenset[str] | None
"""What a fact is: a number, a tick, a word, some words; None is not known."""

Forms = Mapping[str, str]
"""A sentence by language."""


class About(StrEnum):
    """What a rule looks at, one after the other."""

    PERSON = "person"
    VACANT = "vacant"
    BODY = "body"
    PART = "part"
    LINE = "line"
    LOOP = "loop"
    MAP = "map"


ABOUT_WORDS: Final = {
    About.PERSON: Text("each person"),
    About.VACANT: Text("each vacant post"),
    About.BODY: Text("each deciding body"),
    About.PART: Text("each role of the method"),
    About.LINE: Text("each line"),
    About.LOOP: Text("each circle of reporting lines"),
    About.MAP: Text("the map as a whole"),
}


class Test(StrEnum):
    """What a condition asks of a fact."""

    __test__ = False  # no class of tests

    IS = "is"
    IS_NOT = "is not"
    HAS = "has"
    LACKS = "lacks"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    KNOWN = "known"
    UNKNOWN = "unknown"


class Condition(NamedTuple):
    """What is asked of a fact; a value that begins with ``$`` is the setting of that name."""

    fact: str
    test: Test
    value: float | bool | str = ""

    def holds(self, value: Value, settings: Mapping[str, float]) -> bool | None:
        """Return whether a fact passes; None when it is not known."""
        if self.test in (Test.KNOWN, Test.UNKNOWN):
            return (value is not None) is (self.test is Test.KNOWN)
        if value is None:
            return None
        wanted = self.value
        if isinstance(wanted, str) and wanted.startswith("$"):
            wanted = settings[wanted[1:]]
        if self.test in (Test.AT_LEAST, Test.AT_MOST):
            if isinstance(value, str | frozenset):
                return False  # words have no size
            least = self.test is Test.AT_LEAST
            return value >= float(wanted) if least else value <= float(wanted)
        there = wanted in value if isinstance(value, frozenset) else value == wanted
        return there is (self.test in (Test.HAS, Test.IS))


class Setting(NamedTuple):
    """A threshold the user may change: what it is called, from what to what."""

    words: Text
    least: float
    most: float


SETTINGS: Final = {
    "days": Setting(Text("days"), 1, 3650),
    "influence": Setting(Text("influence, 1 to 5"), 1, 5),
    "relation": Setting(Text("relationship, 0 to 5"), 0, 5),
    "share": Setting(Text("share in per cent"), 1, 100),
    "count": Setting(Text("how many"), 1, 50),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRule:
    """Somebody a method wants on the map: so many people who meet all of ``when``.

    ``role`` is the buying role it comes nearest to, for ghosts and questions.
    """

    id: str
    title: Forms
    when: tuple[Condition, ...]
    least: int = 1
    role: Role | None = None
    advice: Forms = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A warning: it finds what it is ``about`` that meets all of ``when``.

    ``weight``, 0 to 10, sorts. ``settings`` are its thresholds. ``together``: one finding for all
    it finds. Sentences may name ``{who}``, ``{n}``, facts of the subject and settings.
    """

    id: str
    about: About
    title: Forms
    when: tuple[Condition, ...]
    said: Forms
    advice: Forms
    weight: float
    settings: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    together: bool = False
    on: bool = True

    def changed(
        self, *, on: bool | None = None, settings: Mapping[str, float] | None = None
    ) -> "Rule":
        """Return this rule with other settings. Raises ``RuleBroken`` at the setting."""
        wanted = dict(self.settings) | dict(settings or {})
        for name, value in wanted.items():
            if name not in self.settings:
                said = Text("This rule has no setting “{name}”.", name=name)
                raise RuleBroken(said, field=name)
            allowed = SETTINGS[name]
            if not allowed.least <= value <= allowed.most:
                said = Text(
                    "{what}: write a number from {least} to {most}.",
                    what=allowed.words,
                    least=f"{allowed.least:g}",
                    most=f"{allowed.most:g}",
                )
                raise RuleBroken(said, field=name)
        return replace(self, on=self.on if on is None else on, settings=MappingProxyType(wanted))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A method as data: the parts it wants filled and the rules it warns by."""

    id: str
    title: Forms
    about: Forms
    parts: tuple[PartRule, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def called(self) -> Text:
        """The pack's name, in the reader's language."""
        return OwnWords(self.title)

    def rule(self, rule: str) -> Rule:
        """Return a rule by its id. Raises ``LookupError``."""
        for one in self.rules:
            if one.id == rule:
                return one
        raise LookupError(rule)

    def with_rule(self, rule: Rule) -> "Pack":
        """Return this pack with one rule in place of that of its id."""
        return replace(self, rules=tuple(rule if r.id == rule.id else r for r in self.rules))
