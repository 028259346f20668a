"""What a fact rests on: the judgement with its day, note and visit; and how its value is said."""

from collections.abc import Mapping
from typing import Any, Final

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.facts import AGEING, BODY, PERSON, Judged
from kamdesk.domain.chain.finding import Evidence
from kamdesk.domain.chain.model import ROLE_WORDS, Role
from kamdesk.domain.chain.network import Node, NodeKind
from kamdesk.domain.chain.rules import Value
from kamdesk.domain.chain.standing import (
    LEVEL_WORDS,
    LINE_WORDS,
    PART_WORDS,
    STANCE_WORDS,
    WHAT_WORDS,
    Reading,
    What,
)


def evidence(judged: Judged, who: Id, fact: str) -> Evidence | None:
    """Return what a fact of a person or body rests on, with its record; None: nothing to show."""
    node = judged.net.by_id.get(who)
    if node is None:
        return None
    known = (BODY if node.kind is NodeKind.BODY else PERSON).get(fact)
    if known is None:
        return None
    if known.what and (reading := node.latest.get(known.what)) and reading.value:
        return _reading(node, reading)
    if fact == "stale":
        old = [node.latest[what] for what in AGEING if judged.net.stale(node, what)]
        return _reading(node, min(old, key=lambda said: said.valid_from)) if old else None
    if fact in ("met", "days_unseen") and node.kind is NodeKind.PERSON:
        said = (
            Text("last met on {day}", day=node.last_met.isoformat())
            if node.last_met
            else Text("never met")
        )
        return Evidence(said=said, kind="person", record=who)
    return None


def _reading(node: Node, reading: Reading) -> Evidence:
    """Return a judgement as it was noted, with the visit where it was learnt."""
    value: object = reading.value
    if reading.what in _TICKS:
        value = Text("yes") if reading.value == "1" else Text("no")
    elif reading.what is What.ROLES:
        value = value_words("role", frozenset(node.stands.roles))
    elif reading.what in (What.STANCE, What.PROJECT_STANCE):
        value = STANCE_WORDS[int(reading.value)]
    elif words := _VALUES.get(reading.what):
        value = words.get(reading.value, reading.value)
    said = Text(
        "{what}: {value}, since {day}",
        what=WHAT_WORDS[reading.what],
        value=value,
        day=reading.valid_from.isoformat(),
    )
    if reading.note:
        said = Text("{said}: “{note}”", said=said, note=reading.note)
    if reading.source:
        return Evidence(said=said, kind="visit", record=reading.source)
    return Evidence(said=said, kind="reading", record=reading.id)


_TICKS: Final = frozenset({What.COACH, What.VETO, What.URGENCY, What.LEGITIMACY})
_VALUES: Final[Mapping[str, Mapping[Any, Text]]] = {
    "stance": STANCE_WORDS,
    "stance_said": STANCE_WORDS,
    "project_stance": STANCE_WORDS,
    "line": LINE_WORDS,
    "level": LEVEL_WORDS,
    "part": PART_WORDS,
    "role": ROLE_WORDS,
    "guide": {
        "proved": Text("proved"),
        "possible": Text("still to be proved"),
        "no": Text("no guide"),
    },
}


def value_words(fact: str, value: Value) -> object:
    """Return how the value of a fact is said in a sentence."""
    words: Mapping[Any, Text] = _VALUES.get(fact, {})
    if isinstance(value, frozenset):
        return [words.get(Role(one), one) for one in sorted(value)]
    if value in words and (value is not None or fact in _VALUES):
        return words[value]
    if isinstance(value, bool):
        return Text("yes") if value else Text("no")
    if value is None:
        return Text("not known")
    return round(value) if isinstance(value, float) else value
