"""The columns of a pack's rules: what is warned of, when, how heavy, how often it was right."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from kamdesk.core.wording import OwnWords, Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.domain.chain.pack_file import PLACE
from kamdesk.domain.chain.rules import ABOUT_WORDS, Forms, Rule
from kamdesk.domain.playbook.model import Precision

_SET: Final[Mapping[str, Callable[[float], Text]]] = {
    "days": lambda n: Text("{n} day", "{n} days", n=_whole(n)),
    "influence": lambda n: Text("influence {value}", value=f"{n:g}"),
    "relation": lambda n: Text("relationship {value}", value=f"{n:g}"),
    "share": lambda n: Text("{value} %", value=f"{n:g}"),
    "count": lambda n: Text("{n} person", "{n} people", n=_whole(n)),
}


class RuleLine(NamedTuple):
    """A rule as the list shows it, with how often it was right (None: nobody said)."""

    id: str
    rule: Rule
    precision: Precision | None


def settings_words(rule: Rule) -> Text | str:
    """Return the thresholds of a rule in words; empty where it has none."""
    set_to = (_SET[name](value) for name, value in rule.settings.items())
    return looks.joined(*set_to)


def _state(line: RuleLine) -> Text:
    if not line.rule.on:
        return Text("Off")
    return Text("Quiet") if line.precision and line.precision.noisy else Text("On")


COLUMNS: tuple[Column[RuleLine], ...] = (
    Column(
        Text("Rule"),
        show=lambda line: OwnWords(line.rule.title),
        support=lambda line: OwnWords(line.rule.advice, **places(line.rule, line.rule.advice)),
        strong=True,
        least=260,
        tone=lambda line: Tone.INK if line.rule.on else Tone.MUTED,
    ),
    Column(
        Text("Looks at"),
        show=lambda line: ABOUT_WORDS[line.rule.about],
        width=170,
        hidden=True,
    ),
    Column(Text("Set to"), show=lambda line: settings_words(line.rule), width=120),
    Column(
        Text("Weight"),
        show=lambda line: f"{line.rule.weight:g}",
        sort_by=lambda line: line.rule.weight,
        align=Align.RIGHT,
        width=72,
    ),
    Column(
        Text("Warnings"),
        show=lambda line: line.precision.words if line.precision else None,
        sort_by=lambda line: line.precision.right / line.precision.of if line.precision else None,
        width=112,
    ),
    Column(
        Text("State"),
        show=_state,
        tone=lambda line: Tone.SECOND if line.rule.on else Tone.OCHRE,
        width=64,
    ),
)


def places(rule: Rule, forms: Forms) -> dict[str, object]:
    """Return what stands in the places of a sentence while it is about nobody yet.

    A fact that is compared with a threshold is said as the threshold.
    """
    named = {place for form in forms.values() for place in PLACE.findall(form)}
    limits = {
        one.fact: rule.settings.get(one.value[1:])
        for one in rule.when
        if isinstance(one.value, str) and one.value.startswith("$")
    }
    values = {**limits, **rule.settings}
    said = {name: f"{value:g}" for name, value in values.items() if value is not None}
    listed = any(_LISTED.search(form) for form in forms.values())
    somebody = _NAMES if listed else _SOMEBODY
    return {name: said.get(name, somebody if name == "who" else "…") for name in sorted(named)}


def _whole(value: float) -> int:
    return round(value)


_SOMEBODY: Final = Text("this person")
_NAMES: Final = Text("(names)")
_LISTED: Final = re.compile(r"[:：]\s*\{who\}")
"""A sentence that ends in a list of people."""
