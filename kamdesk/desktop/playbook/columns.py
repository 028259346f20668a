"""The columns of a pack's rules: what is warned of, when, how heavy, how often it was right."""

from typing import NamedTuple

from kamdesk.core.wording import OwnWords, Text
from kamdesk.desktop import looks
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.desktop.widgets.groups import Grouping
from kamdesk.domain.chain.rules import ABOUT_WORDS, SETTINGS, Rule
from kamdesk.domain.playbook.model import Precision

HEAVY, MIDDLE = 7.0, 4.5
"""Weights from which a rule is listed as heavy, and as of middle weight."""


class RuleLine(NamedTuple):
    """A rule as the list shows it, with how often it was right (None: nobody said)."""

    id: str
    rule: Rule
    precision: Precision | None


def settings_words(rule: Rule) -> Text | str:
    """Return the thresholds of a rule in words; empty where it has none."""
    return looks.joined(
        *(
            Text("{what} {value}", what=SETTINGS[name].words, value=f"{value:g}")
            for name, value in rule.settings.items()
        )
    )


def _state(line: RuleLine) -> Text:
    if not line.rule.on:
        return Text("Off")
    return Text("Quiet") if line.precision and line.precision.noisy else Text("On")


def _heavy(line: RuleLine) -> str:
    weight = line.rule.weight
    return "heavy" if weight >= HEAVY else "middle" if weight >= MIDDLE else "light"


COLUMNS: tuple[Column[RuleLine], ...] = (
    Column(
        Text("Rule"),
        show=lambda line: OwnWords(line.rule.title),
        support=lambda line: OwnWords(line.rule.advice, **_places(line.rule)),
        strong=True,
        least=280,
        tone=lambda line: Tone.INK if line.rule.on else Tone.MUTED,
    ),
    Column(Text("Looks at"), show=lambda line: ABOUT_WORDS[line.rule.about], width=170),
    Column(Text("Set to"), show=lambda line: settings_words(line.rule), width=170),
    Column(
        Text("Weight"),
        show=lambda line: f"{line.rule.weight:g}",
        sort_by=lambda line: line.rule.weight,
        align=Align.RIGHT,
        width=80,
    ),
    Column(
        Text("Warnings"),
        show=lambda line: line.precision.words if line.precision else None,
        sort_by=lambda line: line.precision.right / line.precision.of if line.precision else None,
        width=130,
    ),
    Column(
        Text("State"),
        show=_state,
        tone=lambda line: Tone.SECOND if line.rule.on else Tone.OCHRE,
        width=80,
    ),
)
_HEAVY_WORDS = {
    "heavy": Text("Heavy"),
    "middle": Text("Middle"),
    "light": Text("Light"),
}
BY_WEIGHT: Grouping[RuleLine] = Grouping(
    key="weight",
    title=Text("Weight"),
    of=_heavy,
    words=lambda weight: _HEAVY_WORDS[weight],
    order=lambda weight: tuple(_HEAVY_WORDS).index(weight),
    sums=lambda lines: Text("{n} rule", "{n} rules", n=len(lines)),
)


def _places(rule: Rule) -> dict[str, object]:
    """Return what stands in the places of a sentence where nobody is meant: dots."""
    import re

    named = {place for form in rule.advice.values() for place in re.findall(r"\{([a-z_]+)\}", form)}
    return {name: f"{rule.settings[name]:g}" if name in rule.settings else "…" for name in named}
