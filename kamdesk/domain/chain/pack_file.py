"""Reads a pack of rules from a TOML or JSON file, strictly and within limits; writes it as JSON.

Whatever does not fit is refused in plain words that say where: a pack comes from others.
"""

import json
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeVar

from kamdesk.core.errors import RuleBroken
from kamdesk.core.text.clean import one_line
from kamdesk.core.wording import Text
from kamdesk.domain.chain.facts import PERSON, fact_words
from kamdesk.domain.chain.model import Role
from kamdesk.domain.chain.rules import (
    SETTINGS,
    About,
    Condition,
    Forms,
    Pack,
    PartRule,
    Rule,
    Test,
)

W = TypeVar("W", bound=StrEnum)

LARGEST: Final = 200_000
"""Bytes a pack file may have."""
MOST_RULES: Final = 80
MOST_PARTS: Final = 16
MOST_CONDITIONS: Final = 8
LONGEST_SENTENCE: Final = 400
LANGUAGES: Final = ("en", "zh")
_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
PLACE: Final = re.compile(r"\{([a-z_]+)\}")
"""A place in a sentence where a name or a figure goes."""
_SENTENCE_FACTS: Final = frozenset({"who", "n"})


def read_pack(content: bytes, *, shared: Callable[[str], tuple[Rule, ...]] | None = None) -> Pack:
    """Return the pack a file holds. Raises ``RuleBroken`` at ``file``, saying what is wrong where.

    ``shared`` gives the rules a pack ``builds_on``, by name; it raises ``LookupError``.
    """
    entries = _entries(content)
    where = Text("the file")
    rules = _shared(entries, shared)
    own = _list(entries, "rules", MOST_RULES, where)
    for entry in own:
        rule = _rule(entry)
        rules = (*(one for one in rules if one.id != rule.id), rule)
    for name, entry in _table(entries.get("change", {}), Text("change")).items():
        rules = _changed(rules, name, _table(entry, Text("change.{name}", name=name)))
    if len(rules) > MOST_RULES:
        raise _wrong(where, Text("it has more than {most} rules", most=MOST_RULES))
    parts = tuple(_part(entry) for entry in _list(entries, "parts", MOST_PARTS, where))
    if not (rules or parts):
        raise _wrong(where, Text("it holds no rules"))
    _refuse_twins([part.id for part in parts])
    _refuse_twins([_text(entry, "id", where) for entry in own])
    return Pack(
        id=_name(entries, where),
        title=_forms(entries, "title", where, None),
        about=_forms(entries, "about", where, None, needed=False),
        parts=parts,
        rules=rules,
    )


def read_rules(content: bytes) -> tuple[Rule, ...]:
    """Return the rules of a file that holds rules only. Raises ``RuleBroken`` as ``read_pack``."""
    return tuple(
        _rule(entry) for entry in _list(_entries(content), "rules", MOST_RULES, Text("the file"))
    )


def write_pack(pack: Pack) -> str:
    """Return a pack as the JSON ``read_pack`` reads again, complete in itself."""

    def conditions(when: tuple[Condition, ...]) -> list[list[Any]]:
        return [[c.fact, c.test.value, c.value] for c in when]

    parts = [
        {
            "id": part.id,
            "title": dict(part.title),
            "when": conditions(part.when),
            "least": part.least,
            **({"role": part.role.value} if part.role else {}),
            **({"advice": dict(part.advice)} if part.advice else {}),
        }
        for part in pack.parts
    ]
    rules = [
        {
            "id": rule.id,
            "about": rule.about.value,
            "title": dict(rule.title),
            "when": conditions(rule.when),
            "said": dict(rule.said),
            "advice": dict(rule.advice),
            "weight": rule.weight,
            "settings": dict(rule.settings),
            "together": rule.together,
            "on": rule.on,
        }
        for rule in pack.rules
    ]
    whole = {
        "id": pack.id,
        "title": dict(pack.title),
        "about": dict(pack.about),
        "parts": parts,
        "rules": rules,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _entries(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        said = Text("a pack has at most {most} kB", most=LARGEST // 1000)
        raise _wrong(Text("the file"), said)
    try:
        text = content.decode("utf-8-sig")
        entries = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError):
        said = Text("it is no TOML or JSON text in UTF-8")
        raise _wrong(Text("the file"), said) from None
    return _table(entries, Text("the file"))


def _shared(
    entries: Mapping[str, Any], shared: Callable[[str], tuple[Rule, ...]] | None
) -> tuple[Rule, ...]:
    if "builds_on" not in entries:
        return ()
    name = _text(entries, "builds_on", Text("the file"))
    try:
        return shared(name) if shared else ()
    except LookupError:
        said = Text("it builds on “{name}”, which is not here", name=name[:40])
        raise _wrong(Text("the file"), said) from None


def _rule(entry: Mapping[str, Any]) -> Rule:
    name = _name(entry, Text("a rule"))
    where = Text("rule “{name}”", name=name)
    about = _word(About, entry, "about", where)
    settings = {
        key: _number(value, where, SETTINGS[key].least, SETTINGS[key].most)
        for key, value in _table(entry.get("settings", {}), where).items()
        if key in SETTINGS or _refuse(where, Text("it has no setting “{name}”", name=key[:40]))
    }
    facts = frozenset(fact_words(about))
    places = facts | settings.keys() | _SENTENCE_FACTS
    return Rule(
        id=name,
        about=about,
        title=_forms(entry, "title", where, None),
        when=_when(entry, where, facts, settings, needed=about is not About.VACANT),
        said=_forms(entry, "said", where, places),
        advice=_forms(entry, "advice", where, places),
        weight=_number(entry.get("weight", 5), where, 0, 10),
        settings=MappingProxyType(settings),
        together=_tick(entry.get("together", False), where),
        on=_tick(entry.get("on", True), where),
    )


def _part(entry: Mapping[str, Any]) -> PartRule:
    name = _name(entry, Text("a part"))
    where = Text("part “{name}”", name=name)
    return PartRule(
        id=name,
        title=_forms(entry, "title", where, None),
        when=_when(entry, where, frozenset(PERSON), {}),
        least=round(_number(entry.get("least", 1), where, 1, 20)),
        role=_word(Role, entry, "role", where) if "role" in entry else None,
        advice=_forms(entry, "advice", where, frozenset(), needed=False),
    )


def _changed(rules: tuple[Rule, ...], name: str, entry: Mapping[str, Any]) -> tuple[Rule, ...]:
    where = Text("change.{name}", name=name[:40])
    if all(rule.id != name for rule in rules):
        raise _wrong(where, Text("there is no such rule"))
    on = _tick(entry["on"], where) if "on" in entry else None
    settings = {
        key: _number(value, where, 0, 10_000) for key, value in entry.items() if key != "on"
    }
    return tuple(
        rule.changed(on=on, settings=settings) if rule.id == name else rule for rule in rules
    )


def _when(
    entry: Mapping[str, Any],
    where: Text,
    facts: frozenset[str],
    settings: Mapping[str, float],
    *,
    needed: bool = True,
) -> tuple[Condition, ...]:
    asked = entry.get("when", [])
    if not isinstance(asked, list) or len(asked) > MOST_CONDITIONS or (needed and not asked):
        raise _wrong(where, Text("“when” takes 1 to {most} conditions", most=MOST_CONDITIONS))
    return tuple(_condition(one, where, facts, settings) for one in asked)


def _condition(
    asked: object, where: Text, facts: frozenset[str], settings: Mapping[str, float]
) -> Condition:
    if not (isinstance(asked, list) and 2 <= len(asked) <= 3):
        raise _wrong(where, Text("a condition is a fact, a test and a value"))
    fact, value = asked[0], asked[2] if len(asked) == 3 else ""
    if not (isinstance(fact, str) and fact in facts):
        raise _wrong(where, Text("nothing is known as “{name}” here", name=str(fact)[:40]))
    if not (isinstance(asked[1], str) and asked[1] in Test.__members__.values()):
        raise _wrong(where, Text("there is no test “{name}”", name=str(asked[1])[:40]))
    test = Test(asked[1])
    if isinstance(value, str) and value.startswith("$") and value[1:] not in settings:
        raise _wrong(where, Text("it has no setting “{name}”", name=value[1:][:40]))
    if isinstance(value, str) and (len(value) > 40 or not value.isprintable()):
        raise _wrong(where, Text("a condition is a fact, a test and a value"))
    if not isinstance(value, str | bool):
        value = _number(value, where, -10_000, 10_000)
    counting = isinstance(value, str) and not value.startswith("$")
    if test in (Test.AT_LEAST, Test.AT_MOST) and (counting or isinstance(value, bool)):
        raise _wrong(where, Text("“{test}” wants a number", test=test.value))
    return Condition(fact, test, value)


def _forms(
    entry: Mapping[str, Any],
    key: str,
    where: Text,
    places: frozenset[str] | None,
    *,
    needed: bool = True,
) -> Forms:
    """Return a sentence by language; its places in braces are among ``places``.

    None: it is said as it stands, braces and all.
    """
    given = entry.get(key)
    if given is None and not needed:
        return MappingProxyType({})
    if isinstance(given, str):
        given = {"en": given}
    if not isinstance(given, dict) or not set(given) or not set(given) <= set(LANGUAGES):
        raise _wrong(where, Text("“{key}” is a sentence in en, zh or both", key=key))
    found = {}
    for language, sentence in given.items():
        if not isinstance(sentence, str) or not 0 < len(sentence) <= LONGEST_SENTENCE:
            said = Text("“{key}” has 1 to {most} characters", key=key, most=LONGEST_SENTENCE)
            raise _wrong(where, said)
        left = PLACE.sub("", sentence)
        unknown = set(PLACE.findall(sentence)) - (places or set())
        if places is not None and (unknown or "{" in left or "}" in left):
            name = next(iter(sorted(unknown)), "{ }")
            raise _wrong(where, Text("“{key}” cannot name “{name}”", key=key, name=name))
        found[language] = one_line(sentence, field="file")
    return MappingProxyType(found)


def _list(entries: Mapping[str, Any], key: str, most: int, where: Text) -> list[Mapping[str, Any]]:
    found = entries.get(key, [])
    if not isinstance(found, list) or len(found) > most:
        raise _wrong(where, Text("“{key}” is a list of at most {most}", key=key, most=most))
    return [_table(one, Text("“{key}”", key=key)) for one in found]


def _table(value: object, where: Text) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(where, Text("it holds no entries by name"))
    return value


def _name(entry: Mapping[str, Any], where: Text) -> str:
    name = _text(entry, "id", where)
    if not _NAME.fullmatch(name):
        raise _wrong(where, Text("its id is a word of small letters, digits and _"))
    return name


def _text(entry: Mapping[str, Any], key: str, where: Text) -> str:
    value = entry.get(key)
    if not isinstance(value, str):
        raise _wrong(where, Text("“{key}” is missing", key=key))
    return value


def _word(words: type[W], entry: Mapping[str, Any], key: str, where: Text) -> W:
    value = _text(entry, key, where)
    if value not in words.__members__.values():
        raise _wrong(where, Text("“{key}” cannot be “{name}”", key=key, name=value[:40]))
    return words(value)


def _number(value: object, where: Text, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(where, Text("a number is wanted there"))
    if isinstance(value, float) and not math.isfinite(value):
        raise _wrong(where, Text("a number is wanted there"))
    if not least <= value <= most:
        said = Text(
            "a number from {least} to {most} is wanted", least=f"{least:g}", most=f"{most:g}"
        )
        raise _wrong(where, said)
    return value


def _tick(value: object, where: Text) -> bool:
    if not isinstance(value, bool):
        raise _wrong(where, Text("true or false is wanted there"))
    return value


def _refuse_twins(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise _wrong(Text("the file"), Text("“{name}” stands there twice", name=name))


def _refuse(where: Text, said: Text) -> bool:
    raise _wrong(where, said)


def _wrong(where: Text, said: Text) -> RuleBroken:
    return RuleBroken(
        Text(
            "This is no pack of rules KamDesk can take. In {where}: {said}.", where=where, said=said
        ),
        field="file",
    )
